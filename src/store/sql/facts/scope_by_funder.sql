INSERT INTO temp.scope_allowed (id)
SELECT DISTINCT c.id
FROM funder f
CROSS JOIN grants g ON g.funder = f.id
CROSS JOIN grant_cohort gc ON gc."grant" = g.id
CROSS JOIN cohort c ON c.id = gc.cohort
WHERE f.funder = :funder AND c.start <= :as_of
ORDER BY c.id
