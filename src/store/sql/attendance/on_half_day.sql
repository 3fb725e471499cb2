SELECT count(a.mark) AS marks, coalesce(max(a.mark >> 7), 0) AS longest
FROM participation pa
JOIN attendance a ON a.participation = pa.id AND a.day = :day AND a.half = :half
WHERE pa.cohort = :cohort
