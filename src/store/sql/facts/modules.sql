SELECT s.id, m.id, m.op, m.module, coalesce(m.title, ''), m.stream
FROM temp.scope_cohort s
CROSS JOIN module m ON m.cohort = s.id
ORDER BY s.id, m.module
