SELECT id, op, certificate, coalesce(label, ''), registry, counts_as_qualification
FROM catalogue
ORDER BY certificate
