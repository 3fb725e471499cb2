SELECT day * 2 + CASE half WHEN 'am' THEN 0 ELSE 1 END AS at
FROM slot
WHERE cohort = :cohort AND kind <> 'cancelled' AND day BETWEEN :from AND :to
ORDER BY at
