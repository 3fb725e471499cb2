INSERT INTO release_file (release, position, name, rows, sha256) VALUES (?1, ?2, ?3, ?4, ?5)
