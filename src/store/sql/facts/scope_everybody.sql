INSERT INTO temp.scope_participation (id, person, cohort, entry, exit)
SELECT pa.id, pa.person, pa.cohort, pa.entry, pa.exit
FROM temp.scope_cohort s
CROSS JOIN participation pa ON pa.cohort = s.id
ORDER BY pa.id
