SELECT a.id, a.op, g."grant", a.figure, coalesce(a.row, 'both') AS row
FROM funder f
CROSS JOIN grants g ON g.funder = f.id
CROSS JOIN agreed a ON a."grant" = g.id
WHERE f.funder = :funder
ORDER BY g."grant", a.figure, row
