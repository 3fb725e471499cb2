SELECT t.id, g."grant", t.indicator, t.value
FROM target t
JOIN grants g ON g.id = t."grant"
