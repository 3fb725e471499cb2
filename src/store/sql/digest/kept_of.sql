SELECT sum FROM main.digest WHERE kind = ?1
