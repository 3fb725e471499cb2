SELECT number, stamp, day, verb, kind, created, changed, removed, undoes, digests
FROM main.operation
WHERE number = ?1
