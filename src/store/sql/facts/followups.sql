SELECT t.id, t.op, t.participation, t.point, t.date, t.reached
FROM temp.scope_participation s
CROSS JOIN followup t ON t.participation = s.id
ORDER BY s.id, t.date, t.id
