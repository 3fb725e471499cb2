(
  SELECT group_concat(cohort, '|')
  FROM (
    SELECT c.cohort
    FROM grant_cohort gc
    JOIN cohort c ON c.id = gc.cohort
    WHERE gc."grant" = t.id
    ORDER BY c.start, c.cohort
  )
)
