SELECT p.id, p.ref, p.slug, p.last_name, p.first_name, p.birth_date, p.sex, k.phone, k.email, k.address, k.postal_code,
  k.commune, c.cohort, t.application_date, t.interview_date, t.decision, t.referrer_kind, t.referrer, t.entry, t.exit,
  t.exit_reason, t.status_at_entry, t.status_since, t.in_education, t.education, t.disability, t.income_support,
  t.priority_district, t.rural, t.third_country, t.foreign_background, t.minority, t.homeless, t.licence_at_entry,
  t.informed_on, t.consent_stories, t.id
FROM participation t
JOIN cohort c ON c.id = t.cohort
JOIN person p ON p.id = t.person
LEFT JOIN contact k ON k.person = p.id
