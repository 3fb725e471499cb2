SELECT t.id, c.cohort, p.slug, t.type, t.company, t.start, t.planned_end, t.actual_end, t.end_reason, t.weekly_hours,
  t.prehire, t.job, t.evidence, t.seen_on, t.user_company
FROM placement t
JOIN participation pa ON pa.id = t.participation
JOIN cohort c ON c.id = pa.cohort
JOIN person p ON p.id = pa.person
