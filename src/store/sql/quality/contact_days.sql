-- The last day on which something was heard of each person, other than by the participation itself.
SELECT person, max(day) AS day
FROM (
  SELECT pa.person AS person, max(pl.start, coalesce(pl.actual_end, pl.start), coalesce(pl.seen_on, pl.start)) AS day
  FROM placement pl JOIN participation pa ON pa.id = pl.participation
  UNION ALL
  SELECT pa.person, f.date FROM followup f JOIN participation pa ON pa.id = f.participation
  UNION ALL
  SELECT pa.person, i.date FROM interview i JOIN participation pa ON pa.id = i.participation
  UNION ALL
  SELECT person, date FROM note
  UNION ALL
  SELECT person, date FROM licence)
GROUP BY person
ORDER BY person
