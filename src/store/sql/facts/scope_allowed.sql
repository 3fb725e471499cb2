INSERT INTO temp.scope_cohort (id)
SELECT id FROM temp.scope_allowed ORDER BY id
