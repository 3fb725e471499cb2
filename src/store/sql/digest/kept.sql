SELECT kind, sum
FROM main.digest
ORDER BY kind
