SELECT t.id, c.cohort, t.module, t.title, t.stream, t.minutes
FROM module t
JOIN cohort c ON c.id = t.cohort
