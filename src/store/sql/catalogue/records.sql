SELECT t.id, t.certificate, t.label, t.registry, t.counts_as_qualification, t.valid_months
FROM catalogue t
