SELECT p.id, p.slug, p.ref AS reference, p.last_name, p.first_name, p.birth_date, p.sex, c.phone, c.email
FROM person p
LEFT JOIN contact c ON c.person = p.id
