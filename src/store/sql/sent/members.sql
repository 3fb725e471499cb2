SELECT figure, units, list
FROM close_member
WHERE close = :close
ORDER BY figure
