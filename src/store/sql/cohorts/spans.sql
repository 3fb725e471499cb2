SELECT id, cohort AS code, start, "end", slot_minutes
FROM cohort
