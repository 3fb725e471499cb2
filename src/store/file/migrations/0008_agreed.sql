-- What a grant's agreement promises beside its targets: figures by name, and which of their rows.
CREATE TABLE agreed (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  "grant" INTEGER NOT NULL REFERENCES grants (id),
  figure TEXT NOT NULL,
  row TEXT CHECK (row IN ('cohort', 'total', 'both')),
  note TEXT,
  op INTEGER NOT NULL REFERENCES operation (number)
) STRICT;
CREATE UNIQUE INDEX agreed_key ON agreed ("grant", figure, coalesce(row, ''));

-- A target may be dated, so that a grant has one for each year; numbers that were given stay given.
CREATE TABLE target_dated (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  "grant" INTEGER NOT NULL REFERENCES grants (id),
  indicator TEXT NOT NULL,
  value INTEGER NOT NULL,
  "by" INTEGER,
  baseline INTEGER,
  op INTEGER NOT NULL REFERENCES operation (number)
) STRICT;
INSERT INTO target_dated (id, "grant", indicator, value, op) SELECT id, "grant", indicator, value, op FROM target;
INSERT INTO sqlite_sequence (name, seq)
SELECT 'target_dated', 0 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'target_dated');
UPDATE sqlite_sequence
SET seq = max(seq, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'target'), 0))
WHERE name = 'target_dated';
DROP TABLE target;
ALTER TABLE target_dated RENAME TO target;
CREATE UNIQUE INDEX target_key ON target ("grant", indicator, coalesce("by", 0));
