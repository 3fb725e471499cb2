SELECT g.id, g."grant", gc.cohort, g.from_day, g.to_day
FROM grants g
JOIN grant_cohort gc ON gc."grant" = g.id
ORDER BY gc.cohort, g."grant"
