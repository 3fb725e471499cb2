SELECT t.id, t."grant", f.funder, t.object, t.amount, t.from_day, t.to_day,
  (SELECT group_concat(cohort, '|') FROM
    (SELECT c.cohort FROM grant_cohort gc JOIN cohort c ON c.id = gc.cohort WHERE gc."grant" = t.id ORDER BY c.start, c.cohort))
FROM grants t
JOIN funder f ON f.id = t.funder
