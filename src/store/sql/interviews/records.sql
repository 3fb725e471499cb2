SELECT t.id, c.cohort, p.slug, t.date, t.kind, t.minutes, t.note
FROM interview t
JOIN participation pa ON pa.id = t.participation
JOIN cohort c ON c.id = pa.cohort
JOIN person p ON p.id = pa.person
