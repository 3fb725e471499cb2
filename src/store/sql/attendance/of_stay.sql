SELECT day, half, mark
FROM attendance
WHERE participation = :stay
ORDER BY day, half
