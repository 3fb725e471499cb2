SELECT number, ids
FROM operation
WHERE instr(ids, '"alias"') > 0
ORDER BY number
