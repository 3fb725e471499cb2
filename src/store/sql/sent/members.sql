SELECT figure, units, list, root
FROM close_member
WHERE close = :close
ORDER BY figure
