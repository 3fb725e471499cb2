SELECT 'participation ' || a.participation || ', ' || date(a.day * 86400, 'unixepoch') || CASE a.half WHEN 0 THEN ' am' ELSE ' pm' END, a.op
FROM attendance a
JOIN participation pa ON pa.id = a.participation
LEFT JOIN slot s ON s.cohort = pa.cohort AND s.day = a.day AND s.half = CASE a.half WHEN 0 THEN 'am' ELSE 'pm' END
WHERE s.id IS NULL OR s.kind = 'cancelled' OR (a.mark >> 7) > s.minutes
ORDER BY a.participation, a.day, a.half
