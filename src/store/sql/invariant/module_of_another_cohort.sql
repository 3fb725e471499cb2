SELECT 'result ' || r.id, r.op
FROM result r
JOIN module m ON m.id = r.module
JOIN participation pa ON pa.id = r.participation
WHERE m.cohort <> pa.cohort
UNION ALL
SELECT 'slot ' || s.id, s.op
FROM slot s
JOIN module m ON m.id = s.module
WHERE m.cohort <> s.cohort
