SELECT number, stamp, day, verb, kind, ids, created, changed, removed, undoes
FROM operation
ORDER BY number
