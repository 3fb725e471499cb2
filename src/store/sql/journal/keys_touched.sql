SELECT key FROM history WHERE kind = :table AND op_to = :op
UNION
SELECT key FROM history WHERE kind = :table AND op_from = :op
