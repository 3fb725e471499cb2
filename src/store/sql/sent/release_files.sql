SELECT name, rows, sha256
FROM (
  SELECT position, name, rows, sha256 FROM release_file WHERE release = :release
  UNION ALL
  SELECT position, name, rows, sha256 FROM close_file WHERE close = :release)
ORDER BY position
