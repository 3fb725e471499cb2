SELECT DISTINCT participation, point
FROM followup
WHERE reached = 1 AND date <= :as_of
ORDER BY participation, point
