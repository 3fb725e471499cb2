SELECT t.id, c.cohort, p.slug, g.certificate, t.date, t.outcome, t.expires
FROM certificate t
JOIN catalogue g ON g.id = t.certificate
JOIN participation pa ON pa.id = t.participation
JOIN cohort c ON c.id = pa.cohort
JOIN person p ON p.id = pa.person
