UPDATE close
SET reopened_by = :op, reopened_why = :why
WHERE number = :number AND reopened_by IS NULL
