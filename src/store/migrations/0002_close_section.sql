-- The figures of a close as they were printed, a row per section instead of one per figure. `figures` is JSON:
-- {"columns": [...], "rows": [[words of the row, value, ...], ...]}, values in machine notation, "" where nothing stood,
-- null where a figure was masked.
CREATE TABLE close_section (
  close INTEGER NOT NULL REFERENCES close (number),
  section TEXT NOT NULL,
  figures TEXT NOT NULL,
  PRIMARY KEY (close, section)
) STRICT, WITHOUT ROWID;

INSERT INTO close_section (close, section, figures)
SELECT line.close, line.section, json_object(
  'columns', json((SELECT json_group_array(name ORDER BY name)
    FROM (SELECT DISTINCT f.column AS name FROM close_figure f
      WHERE f.close = line.close AND f.section = line.section))),
  'rows', json_group_array(json(line.row) ORDER BY line.key))
FROM (
  SELECT close, section, key,
    '[' || json_quote(key) || ',' || substr(json_group_array(value ORDER BY column), 2) AS row
  FROM close_figure
  GROUP BY close, section, key) line
GROUP BY line.close, line.section;

DROP TABLE close_figure;
