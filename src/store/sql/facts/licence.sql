-- A lesson that is planned or was missed is no hour of driving.
-- In the order of the index, so that nothing is sorted here; the loader puts a person's events by date.
SELECT t.id, t.op, s.id AS person, t.step, t.date, t.outcome,
  CASE WHEN t.outcome IN ('booked', 'absent') THEN 0 ELSE coalesce(t.minutes, 0) END AS minutes
FROM temp.scope_person s
CROSS JOIN licence t ON t.person = s.id
WHERE +t.date <= :last
ORDER BY s.id, t.step, t.date
