SELECT 'person ' || p.id || ', person ' || a.person, a.op
FROM alias a
JOIN person p ON (a.field = 'slug' AND p.slug = a.name) OR (a.field = 'ref' AND p.ref = a.name)
WHERE p.id <> a.person
ORDER BY p.id, a.person
