INSERT OR IGNORE INTO temp.scope_person (id)
SELECT person FROM temp.scope_participation ORDER BY id
