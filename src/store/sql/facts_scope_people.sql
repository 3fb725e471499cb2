INSERT INTO temp.scope_person (id)
SELECT DISTINCT person FROM temp.scope_participation ORDER BY person
