SELECT pa.id, pa.op, pa.person, pa.cohort, pa.application_date, pa.decision, pa.entry, pa.exit, pa.exit_reason,
  pa.status_at_entry, pa.status_since, pa.in_education, pa.education, pa.disability, pa.income_support,
  pa.priority_district, pa.rural, pa.third_country, pa.foreign_background, pa.minority, pa.homeless,
  pa.licence_at_entry,
  -- The first present half-day and the operation of its mark in one number: one search finds both.
  (
    SELECT (a.day * 2 + a.half) << 32 | a.op
    FROM attendance a
    WHERE a.participation = s.id AND a.mark & 3 = 0
    ORDER BY a.day, a.half
    LIMIT 1
  ) AS first
FROM temp.scope_participation s
CROSS JOIN participation pa ON pa.id = s.id
ORDER BY s.id
