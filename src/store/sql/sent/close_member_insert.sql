INSERT INTO close_member (close, figure, units, list) VALUES (?1, ?2, ?3, ?4)
