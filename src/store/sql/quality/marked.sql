SELECT day * 2 + half AS at
FROM attendance
WHERE participation = :participation AND day BETWEEN :from AND :to
ORDER BY day, half
