SELECT row, op_from, op_to
FROM history
WHERE kind = :table AND key = :key AND op_to <= :op
ORDER BY op_to DESC
LIMIT 1
