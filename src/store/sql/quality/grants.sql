SELECT g.id AS "grant", g."grant" AS code, gc.cohort, g.from_day AS "from", g.to_day AS "to"
FROM grants g
JOIN grant_cohort gc ON gc."grant" = g.id
ORDER BY gc.cohort, g."grant"
