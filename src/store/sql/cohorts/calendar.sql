SELECT day AS date, half, kind, minutes
FROM slot
WHERE cohort = :cohort
ORDER BY day, half
