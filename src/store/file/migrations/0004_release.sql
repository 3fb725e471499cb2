-- Every report that left the school, whatever became of its period: what it was made of, its files, and what it told of
-- each number. A close is the release of its own number, and keeps its bytes beside. A release is written once and never
-- changes.
CREATE TABLE release (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('export', 'close')),
  funder TEXT NOT NULL,
  period TEXT NOT NULL,
  label TEXT NOT NULL,
  from_day INTEGER NOT NULL,
  to_day INTEGER NOT NULL,
  as_of INTEGER NOT NULL,
  op INTEGER NOT NULL REFERENCES operation (number),
  version TEXT NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('csv', 'csv-fr', 'html')),
  level TEXT NOT NULL,
  threshold INTEGER NOT NULL,
  settings TEXT NOT NULL,
  -- The sha256 of the layout of then; nothing for the built-in one.
  template TEXT,
  -- The name of its folder.
  folder TEXT NOT NULL,
  -- The numbers of the cohorts behind its `*` rows, as a JSON array; nothing where an older program sent it.
  cohorts TEXT,
  -- The sha256 of everything that its figures and its words came from.
  data TEXT NOT NULL,
  -- The sha256 of its manifest.
  manifest TEXT NOT NULL,
  -- What it told of each number: compressed lines; nothing where an older program sent it.
  told BLOB,
  CHECK (from_day <= to_day)
) STRICT;
CREATE INDEX release_op ON release (op);
CREATE INDEX release_funder ON release (funder, from_day, to_day);

-- The files of a release, in order. Those of a close are in close_file.
CREATE TABLE release_file (
  release INTEGER NOT NULL REFERENCES release (number),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  rows INTEGER,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (release, position)
) STRICT, WITHOUT ROWID;

INSERT INTO release (number, kind, funder, period, label, from_day, to_day, as_of, op, version, format, level, threshold,
  settings, folder, data, manifest)
SELECT number, 'close', funder, period, '', from_day, to_day, as_of, op, version, format, level, threshold, settings,
  period || '_' || funder, '', manifest
FROM close
ORDER BY number;
