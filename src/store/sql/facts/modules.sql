SELECT s.id AS cohort, m.id, m.op, m.module AS code, coalesce(m.title, '') AS title, m.stream
FROM temp.scope_cohort s
CROSS JOIN module m ON m.cohort = s.id
ORDER BY s.id, m.module
