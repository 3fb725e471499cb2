-- The tree of hashes of an issued report: its root, what the salts of its lists come from, and the root over the lines of
-- each list. Reports issued before have none.
ALTER TABLE close ADD COLUMN root TEXT;
ALTER TABLE close ADD COLUMN seed TEXT;
ALTER TABLE close_member ADD COLUMN root TEXT;
