-- One row a person: sorted by cohort, the file would be read row by row through an index.
SELECT cohort, exit IS NOT NULL AND exit < :day AS has_left
FROM participation
WHERE entry <= :day
