SELECT name, rows, sha256, bytes
FROM close_file
WHERE close = :close
ORDER BY position
