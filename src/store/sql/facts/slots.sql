SELECT s.id AS cohort, t.id, t.op, t.day AS date, t.half, t.kind, t.minutes
FROM temp.scope_cohort s
CROSS JOIN slot t ON t.cohort = s.id AND t.day BETWEEN :first AND :last
ORDER BY s.id, t.day, t.half
