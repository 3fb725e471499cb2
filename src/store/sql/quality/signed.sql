SELECT 1
FROM participation pa
JOIN attendance a ON a.participation = pa.id AND a.day <= :as_of
WHERE pa.cohort = :cohort AND a.mark & 12 <> 0
LIMIT 1
