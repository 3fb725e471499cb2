SELECT 'participation ' || a.participation || ', ' || date(a.day * 86400, 'unixepoch') || CASE a.half WHEN 0 THEN ' am' ELSE ' pm' END, a.op
FROM participation pa
JOIN attendance a ON a.participation = pa.id
WHERE pa.entry IS NULL OR a.day < pa.entry OR a.day > coalesce(pa.exit, a.day)
ORDER BY a.participation, a.day, a.half
