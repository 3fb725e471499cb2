SELECT t.id, c.cohort, p.slug, t.point, t.date, t.channel, t.reached, t.note
FROM followup t
JOIN participation pa ON pa.id = t.participation
JOIN cohort c ON c.id = pa.cohort
JOIN person p ON p.id = pa.person
