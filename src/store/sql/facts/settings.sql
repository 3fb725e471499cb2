SELECT key, value
FROM setting
WHERE key IN ('bpf_hours', 'durable_min', 'ltu_months', 'ltu_under25')
ORDER BY key
