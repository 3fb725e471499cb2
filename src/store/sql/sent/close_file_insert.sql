INSERT INTO close_file (close, position, name, rows, sha256, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
