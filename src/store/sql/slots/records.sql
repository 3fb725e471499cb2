SELECT t.id, c.cohort, t.day, t.half, t.kind, m.module, t.trainer, t.minutes
FROM slot t
JOIN cohort c ON c.id = t.cohort
LEFT JOIN module m ON m.id = t.module
