SELECT t.id, t.op, s.id, t.step, t.date, t.outcome, coalesce(t.minutes, 0)
FROM temp.scope_person s
CROSS JOIN licence t ON t.person = s.id
WHERE +t.date <= :last
ORDER BY s.id, t.date, t.id
