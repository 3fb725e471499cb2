SELECT person, step, date, outcome
FROM licence
WHERE person IN (SELECT person FROM licence WHERE outcome = 'booked' AND date >= :from)
ORDER BY person, date, id
