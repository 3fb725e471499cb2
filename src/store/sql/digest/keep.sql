INSERT INTO main.digest (kind, sum) VALUES (?1, ?2)
ON CONFLICT (kind) DO UPDATE SET sum = excluded.sum
