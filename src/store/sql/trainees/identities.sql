SELECT id, slug, ref AS reference, last_name, first_name, folded, birth_date
FROM person
