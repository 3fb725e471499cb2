SELECT t.id, c.cohort, g."grant", t.side, t.class, t.label, t.planned, t.realised
FROM budget t
JOIN cohort c ON c.id = t.cohort
LEFT JOIN grants g ON g.id = t."grant"
