SELECT DISTINCT c.cohort
FROM funder f
JOIN grants g ON g.funder = f.id
JOIN grant_cohort gc ON gc."grant" = g.id
JOIN cohort c ON c.id = gc.cohort
WHERE f.funder = ?1
ORDER BY c.start, c.cohort
