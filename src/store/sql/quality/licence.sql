SELECT person,
  min(date) FILTER (WHERE step = 'registered') AS registered,
  min(date) FILTER (WHERE step = 'code_exam' AND outcome = 'passed') AS code,
  min(date) FILTER (WHERE step = 'driving_exam' AND outcome = 'passed') AS driving
FROM licence
WHERE date <= :as_of
GROUP BY person
ORDER BY person
