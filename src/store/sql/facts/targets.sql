SELECT t.id, t.op, g."grant", t.indicator, t.value, t."by", t.baseline
FROM funder f
CROSS JOIN grants g ON g.funder = f.id
CROSS JOIN target t ON t."grant" = g.id
WHERE f.funder = :funder
ORDER BY g."grant", t.indicator, t."by"
