-- Marks of a cohort by participation. Bits of a mark: 0-1 status, 2-3 signatures, 4-6 justification.
SELECT pa.id AS participation, count(*) AS marked,
  count(*) FILTER (WHERE a.mark & 3 = 1 AND a.mark >> 4 & 7 = 0) AS bare,
  min(a.day * 2 + a.half) FILTER (WHERE a.mark & 3 = 1 AND a.mark >> 4 & 7 = 0) AS first_bare,
  count(*) FILTER (WHERE a.mark & 3 = 0 AND a.mark & 12 <> 12) AS unsigned,
  min(a.day * 2 + a.half) FILTER (WHERE a.mark & 3 = 0 AND a.mark & 12 <> 12) AS first_unsigned
FROM participation pa
JOIN attendance a ON a.participation = pa.id AND a.day BETWEEN :from AND :to
WHERE pa.cohort = :cohort
GROUP BY pa.id
ORDER BY pa.id
