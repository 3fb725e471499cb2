-- What the rows of each table come to: a sum, modulo 2^128, of a keyed hash of each row, as 32 hexadecimal digits. Every
-- write adjusts it, so that a value that was changed by another hand is noticed.
CREATE TABLE digest (
  kind TEXT PRIMARY KEY,
  sum TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- `wrote` says what the versions that the operation wrote come to, by table, as JSON: it finds the rows that were changed.
-- `digests` is a SHA-256 of what all other tables came to after it, and `chain` one of the link before and of the
-- operation: no name is in it.
ALTER TABLE operation ADD COLUMN wrote TEXT NOT NULL DEFAULT '{}';
ALTER TABLE operation ADD COLUMN digests TEXT NOT NULL DEFAULT '';
ALTER TABLE operation ADD COLUMN chain TEXT NOT NULL DEFAULT '';
