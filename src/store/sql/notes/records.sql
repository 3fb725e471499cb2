SELECT t.id, p.slug, t.date, t.text
FROM note t
JOIN person p ON p.id = t.person
