SELECT NULL, t.key, t.value
FROM setting t
