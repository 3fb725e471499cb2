SELECT p.id, p.op, p.slug, p.first_name || ' ' || p.last_name AS name, p.birth_date, p.sex
FROM temp.scope_person s
CROSS JOIN person p ON p.id = s.id
ORDER BY s.id
