INSERT INTO history (kind, key, row, op_from, op_to)
VALUES (?1, ?2, ?3, ?4, ?5)
