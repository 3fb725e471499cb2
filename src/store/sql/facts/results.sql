-- In the order of the index, so that nothing is sorted here; the loader puts a participation's results by date.
SELECT t.id, t.op, t.participation, t.module, t.date, t.outcome
FROM temp.scope_participation s
CROSS JOIN result t ON t.participation = s.id
WHERE +t.date <= :last
ORDER BY s.id, t.module, t.date
