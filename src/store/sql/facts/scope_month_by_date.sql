-- Who the period touches, found by date: the cost follows the people of the period, not those of the file.
-- A stay lies within its cohort's dates, except one that was left open.
INSERT INTO temp.scope_participation (id, person, cohort, entry, exit)
SELECT pa.id, pa.person, pa.cohort, pa.entry, pa.exit
FROM participation pa
CROSS JOIN cohort c ON c.id = pa.cohort
WHERE pa.id IN (
    SELECT stay.id
    FROM cohort open
    CROSS JOIN participation stay ON stay.cohort = open.id
    WHERE open."end" >= :from AND open.start <= :last
      AND stay.entry <= :last AND (stay.exit IS NULL OR stay.exit >= :from)
    UNION ALL
    SELECT id FROM participation WHERE exit IS NULL AND entry <= :last
    UNION ALL
    SELECT participation FROM placement WHERE start BETWEEN :from AND :last
    UNION ALL
    SELECT participation FROM result WHERE date BETWEEN :from AND :last
    UNION ALL
    SELECT participation FROM interview WHERE date BETWEEN :from AND :last
    UNION ALL
    SELECT stay.id
    FROM licence l
    CROSS JOIN participation stay ON stay.person = l.person AND stay.entry <= l.date
    WHERE l.date BETWEEN :from AND :last
  )
  AND pa.entry <= :as_of
  AND c.start <= :as_of
  AND (:limited = 0 OR pa.cohort IN (SELECT id FROM temp.scope_allowed))
ORDER BY pa.id
