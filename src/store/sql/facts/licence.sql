-- In the order of the index, so that nothing is sorted here; the loader puts a person's events by date.
SELECT t.id, t.op, s.id AS person, t.step, t.date, t.outcome, coalesce(t.minutes, 0) AS minutes
FROM temp.scope_person s
CROSS JOIN licence t ON t.person = s.id
WHERE +t.date <= :last
ORDER BY s.id, t.step, t.date
