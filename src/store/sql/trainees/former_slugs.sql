SELECT a.name AS former, p.slug
FROM alias a
JOIN person p ON p.id = a.person
WHERE a.field = 'slug'
ORDER BY a.name
