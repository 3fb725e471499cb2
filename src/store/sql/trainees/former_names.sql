SELECT DISTINCT
  coalesce(
    (SELECT a.person FROM alias a WHERE a.field = 'slug' AND a.name = json_extract(h.row, '$[1]')),
    json_extract(h.key, '$[0]')
  ) AS person,
  json_extract(h.row, '$[3]') AS last_name,
  json_extract(h.row, '$[4]') AS first_name
FROM history h
WHERE h.kind = 'person'
ORDER BY 1, 2, 3
