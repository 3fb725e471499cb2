-- The same people for a few cohorts, found from these: the cost follows them, not the other schools of the file.
-- A sign before a column keeps the planner off the indexes by date.
INSERT INTO temp.scope_participation (id, person, cohort, entry, exit)
SELECT pa.id, pa.person, pa.cohort, pa.entry, pa.exit
FROM temp.scope_allowed s
CROSS JOIN participation pa ON pa.cohort = s.id
WHERE pa.entry <= :as_of
  AND (
    (pa.entry <= :last AND (pa.exit IS NULL OR pa.exit >= :from))
    OR EXISTS (SELECT 1 FROM placement t WHERE t.participation = pa.id AND +t.start BETWEEN :from AND :last)
    OR EXISTS (SELECT 1 FROM result t WHERE t.participation = pa.id AND +t.date BETWEEN :from AND :last)
    OR EXISTS (SELECT 1 FROM interview t WHERE t.participation = pa.id AND +t.date BETWEEN :from AND :last)
    OR EXISTS (
      SELECT 1
      FROM licence t
      WHERE t.person = pa.person AND +t.date BETWEEN :from AND :last AND t.date >= pa.entry
    )
  )
ORDER BY pa.id
