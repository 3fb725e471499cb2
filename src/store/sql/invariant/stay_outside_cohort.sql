SELECT 'participation ' || pa.id, pa.op
FROM participation pa
JOIN cohort c ON c.id = pa.cohort
WHERE pa.entry < c.start OR pa.entry > c."end" OR pa.exit > c."end"
ORDER BY pa.id
