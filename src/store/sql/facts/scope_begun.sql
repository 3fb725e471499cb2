INSERT INTO temp.scope_cohort (id)
SELECT id FROM cohort WHERE start <= :as_of ORDER BY id
