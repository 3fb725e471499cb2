SELECT t.id, t.op, t.cohort, f.funder, g."grant", t.side, t.class, coalesce(t.label, '') AS label,
  coalesce(t.planned, 0) AS planned, coalesce(t.realised, 0) AS realised
FROM temp.scope_cohort s
CROSS JOIN budget t ON t.cohort = s.id
LEFT JOIN grants g ON g.id = t."grant"
LEFT JOIN funder f ON f.id = g.funder
ORDER BY s.id, t.side, t.class, coalesce(t.label, ''), t.id
