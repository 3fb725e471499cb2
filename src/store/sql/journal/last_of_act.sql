SELECT max(number)
FROM main.operation
WHERE verb = :act AND number > :since AND number <= :until
