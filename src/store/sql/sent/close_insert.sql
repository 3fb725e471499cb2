INSERT INTO close (number, funder, period, from_day, to_day, as_of, op, version, format, level, threshold, settings,
  definitions, errors, accepted, manifest, root, seed)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
