UPDATE operation
SET tables = :tables, ids = :ids, created = :created, changed = :changed, removed = :removed, undoes = :undoes,
  wrote = :wrote
WHERE number = :number
