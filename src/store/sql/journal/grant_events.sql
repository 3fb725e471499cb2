-- Operations that put a cohort into a grant or took it out, whatever view of the past is open.
SELECT json_array("grant", cohort) AS key, op
FROM main.grant_cohort
WHERE cohort = :cohort
UNION
SELECT key, op_from FROM main.history WHERE kind = 'grant_cohort' AND json_extract(key, '$[1]') = :cohort
UNION
SELECT key, op_to FROM main.history WHERE kind = 'grant_cohort' AND json_extract(key, '$[1]') = :cohort
ORDER BY op
