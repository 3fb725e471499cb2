-- Reports that left the school that bear a code which is no funder's any more.
SELECT op, funder
FROM release
WHERE funder NOT IN (SELECT funder FROM funder)
ORDER BY op
