INSERT INTO close_member (close, figure, units, list, root) VALUES (?1, ?2, ?3, ?4, ?5)
