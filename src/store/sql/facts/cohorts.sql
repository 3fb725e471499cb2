SELECT c.id, c.op, c.cohort AS code, c.start, c."end", c.places, c.training_status, c.nsf, c.integration_days,
  c.certificate
FROM temp.scope_cohort s
CROSS JOIN cohort c ON c.id = s.id
ORDER BY c.start, c.cohort
