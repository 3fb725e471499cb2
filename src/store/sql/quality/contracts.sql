SELECT pl.id, pl.participation, pa.person, pl.type AS kind, pl.company, pl.start, pl.planned_end, pl.actual_end,
  pl.weekly_hours AS weekly_minutes, pl.seen_on
FROM placement pl
JOIN participation pa ON pa.id = pl.participation
WHERE pl.start <= :as_of AND pl.end_reason IS NOT 'not_started'
ORDER BY pa.person, pl.start, pl.id
