-- The sign before the number keeps the planner on the index by last day, off a walk of every cohort.
INSERT INTO temp.scope_cohort (id)
SELECT +id
FROM cohort
WHERE "end" >= :from AND start <= :last AND (:limited = 0 OR id IN (SELECT id FROM temp.scope_allowed))
UNION
SELECT cohort FROM temp.scope_participation
ORDER BY 1
