SELECT number, stamp, day, verb, kind, created, changed, removed, undoes, digests, chain
FROM main.operation
ORDER BY number
