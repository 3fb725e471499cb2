SELECT t.id, t.op, t.participation, t.date, t.kind, coalesce(t.minutes, 0) AS minutes
FROM temp.scope_participation s
CROSS JOIN interview t ON t.participation = s.id AND t.date BETWEEN :first AND :last
ORDER BY s.id, t.date, t.id
