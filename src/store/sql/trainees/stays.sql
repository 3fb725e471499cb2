SELECT id, person, cohort, entry, exit
FROM participation
