INSERT INTO release (kind, funder, period, label, from_day, to_day, as_of, op, version, format, level, threshold, settings,
  template, folder, cohorts, data, manifest, told)
VALUES (:kind, :funder, :period, :label, :from, :to, :as_of, :op, :version, :format, :level, :threshold, :settings,
  :template, :folder, :cohorts, :data, :manifest, :told)
