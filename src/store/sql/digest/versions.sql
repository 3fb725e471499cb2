SELECT kind, row, op_from
FROM main.history
ORDER BY number
