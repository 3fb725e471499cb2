INSERT OR IGNORE INTO temp.scope_cohort (id)
SELECT id
FROM cohort
WHERE "end" >= :from AND start <= :last AND (:limited = 0 OR id IN (SELECT id FROM temp.scope_allowed))
UNION ALL
SELECT cohort FROM temp.scope_participation
