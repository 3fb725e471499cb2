INSERT INTO close_figure (close, section, key, column, value, masked) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
