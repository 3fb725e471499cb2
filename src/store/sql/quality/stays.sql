SELECT pa.id, pa.cohort, pa.person, p.slug, p.last_name, p.first_name, p.birth_date, p.sex IS NOT NULL AS has_sex,
  pa.application_date, pa.interview_date, pa.entry, pa.exit, pa.exit_reason,
  pa.status_at_entry IS NOT NULL AS has_status, pa.education IS NOT NULL AS has_education, pa.licence_at_entry, pa.informed_on,
  (SELECT a.day FROM attendance a WHERE a.participation = pa.id AND a.day <= :as_of AND a.mark & 3 = 0
   ORDER BY a.day LIMIT 1) AS first_present,
  (SELECT a.day FROM attendance a WHERE a.participation = pa.id AND a.day <= :as_of
   ORDER BY a.day DESC LIMIT 1) AS last_mark,
  p.folded
FROM participation pa
JOIN cohort c ON c.id = pa.cohort
JOIN person p ON p.id = pa.person
WHERE pa.cohort IN (SELECT value FROM json_each(:cohorts))
ORDER BY c.start, c.cohort, p.folded, p.id
