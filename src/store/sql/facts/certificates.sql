SELECT t.id, t.op, t.participation, t.certificate, t.date, t.outcome
FROM temp.scope_participation s
CROSS JOIN certificate t ON t.participation = s.id
ORDER BY s.id, t.date, t.id
