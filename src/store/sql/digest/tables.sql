SELECT name
FROM main.sqlite_schema
WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> 'digest'
ORDER BY name
