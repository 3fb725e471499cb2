SELECT t.id, t.cohort, t.title, t.site, t.start, t."end", t.places, t.slot_minutes, t.training_status, t.nsf,
  t.integration_days, g.certificate
FROM cohort t
LEFT JOIN catalogue g ON g.id = t.certificate
