SELECT c.cohort, p.slug AS trainee, t.day AS date, t.half, t.mark
FROM participation pa
JOIN cohort c ON c.id = pa.cohort
JOIN person p ON p.id = pa.person
JOIN attendance t ON t.participation = pa.id
