-- The figures of a close as they were printed, a row per section instead of one per figure. `figures` is JSON:
-- {"columns": [...], "rows": [[words of the row, value, ...], ...]}, values in machine notation, "" where nothing stood,
-- null where a figure was masked.
CREATE TABLE close_section (
  close INTEGER NOT NULL REFERENCES close (number),
  section TEXT NOT NULL,
  figures TEXT NOT NULL,
  PRIMARY KEY (close, section)
) STRICT, WITHOUT ROWID;

-- Figures come in the order of their key: the values of every row in the order of the columns.
INSERT INTO close_section (close, section, figures)
SELECT line.close, line.section, json_object(
  'columns', json((SELECT json_group_array(name)
    FROM (SELECT DISTINCT f.column AS name FROM close_figure f
      WHERE f.close = line.close AND f.section = line.section ORDER BY f.column))),
  'rows', json_group_array(json(line.row)))
FROM (
  SELECT close, section, '[' || json_quote(key) || ',' || substr(json_group_array(value), 2) AS row
  FROM (SELECT close, section, key, value FROM close_figure ORDER BY close, section, key, column)
  GROUP BY close, section, key
  ORDER BY close, section, key) line
GROUP BY line.close, line.section;

DROP TABLE close_figure;
