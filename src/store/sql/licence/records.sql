SELECT t.id, p.slug, t.step, t.date, t.outcome, t.minutes, t.financed_by
FROM licence t
JOIN person p ON p.id = t.person
