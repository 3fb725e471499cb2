SELECT number, key, row, op_from, op_to
FROM history
WHERE kind = :table
ORDER BY number
