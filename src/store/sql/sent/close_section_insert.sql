INSERT INTO close_section (close, section, figures) VALUES (?1, ?2, ?3)
