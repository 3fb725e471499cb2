DELETE FROM temp.scope_allowed;
DELETE FROM temp.scope_cohort;
DELETE FROM temp.scope_participation;
DELETE FROM temp.scope_person;
