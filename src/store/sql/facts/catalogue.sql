SELECT id, op, certificate AS code, coalesce(label, '') AS label, registry, counts_as_qualification
FROM catalogue
ORDER BY certificate
