INSERT INTO operation (stamp, day, verb, kind, command)
VALUES (:stamp, :day, :verb, :kind, :command)
