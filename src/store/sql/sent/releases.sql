SELECT number, kind, funder, period, label, from_day AS "from", to_day AS "to", as_of, op, version, format, level,
  threshold, settings, template, folder, cohorts, data, manifest
FROM release
