SELECT cohort,
  coalesce(sum(planned) FILTER (WHERE side = 'charge'), 0) AS planned_charges,
  coalesce(sum(planned) FILTER (WHERE side = 'income'), 0) AS planned_income,
  coalesce(sum(realised) FILTER (WHERE side = 'charge'), 0) AS realised_charges,
  coalesce(sum(realised) FILTER (WHERE side = 'income'), 0) AS realised_income
FROM budget
GROUP BY cohort
ORDER BY cohort
