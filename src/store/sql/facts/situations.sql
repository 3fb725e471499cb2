SELECT t.id, t.op, s.id AS person, t.participation, t.type AS kind, t.company, t.user_company, t.start, t.planned_end, t.actual_end,
  coalesce(t.end_reason = 'not_started', 0) AS not_started, t.prehire, t.evidence
FROM temp.scope_person s
CROSS JOIN participation pa ON pa.person = s.id
CROSS JOIN placement t ON t.participation = pa.id
WHERE +t.start BETWEEN :first AND :last
ORDER BY s.id, t.start, t.id
