SELECT t.id, c.cohort, p.slug, m.module, t.date, t.outcome, t.mark, t.out_of
FROM result t
JOIN module m ON m.id = t.module
JOIN participation pa ON pa.id = t.participation
JOIN cohort c ON c.id = pa.cohort
JOIN person p ON p.id = pa.person
