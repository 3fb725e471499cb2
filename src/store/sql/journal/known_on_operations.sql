CREATE TEMP VIEW operation AS
SELECT * FROM main.operation WHERE number <= {op};
CREATE TEMP VIEW close AS
SELECT number, funder, period, from_day, to_day, as_of, op, version, format, level, threshold, settings, definitions,
  errors, accepted, manifest, root, seed,
  CASE WHEN reopened_by <= {op} THEN reopened_by END AS reopened_by,
  CASE WHEN reopened_by <= {op} THEN reopened_why END AS reopened_why
FROM main.close
WHERE op <= {op};
CREATE TEMP VIEW release AS
SELECT * FROM main.release WHERE op <= {op};
