INSERT INTO temp.scope_allowed (id)
SELECT DISTINCT c.id
FROM json_each(:codes) j
CROSS JOIN cohort c ON c.cohort = j.value
WHERE c.start <= :as_of
  AND (
    :funder IS NULL
    OR EXISTS (
      SELECT 1
      FROM grant_cohort gc
      CROSS JOIN grants g ON g.id = gc."grant"
      CROSS JOIN funder f ON f.id = g.funder
      WHERE gc.cohort = c.id AND f.funder = :funder
    )
  )
ORDER BY c.id
