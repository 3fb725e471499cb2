SELECT number, funder, period, from_day AS "from", to_day AS "to", as_of, op, version, format, level, threshold, settings,
  definitions, errors, accepted, manifest, root, seed, reopened_by, reopened_why
FROM close
