SELECT section, figures
FROM close_section
WHERE close = :close
ORDER BY section
