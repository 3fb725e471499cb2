-- Who works at the school, figures about its territory, and what stands in the way of the trainees with the help given.
CREATE TABLE staff (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  staff TEXT NOT NULL UNIQUE,
  last_name TEXT NOT NULL,
  first_name TEXT NOT NULL,
  role TEXT CHECK (role IN ('trainer', 'tutor', 'coordinator', 'driving_instructor', 'other')),
  employment TEXT CHECK (employment IN ('internal', 'external', 'volunteer')),
  weekly_hours INTEGER CHECK (weekly_hours BETWEEN 0 AND 10080),
  from_day INTEGER,
  to_day INTEGER,
  op INTEGER NOT NULL REFERENCES operation (number),
  CHECK (from_day IS NULL OR to_day IS NULL OR from_day <= to_day)
) STRICT;

CREATE TABLE context (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  territory TEXT NOT NULL,
  figure TEXT NOT NULL,
  date INTEGER NOT NULL,
  value INTEGER NOT NULL,
  source TEXT,
  op INTEGER NOT NULL REFERENCES operation (number),
  UNIQUE (territory, figure, date)
) STRICT;

CREATE TABLE obstacle (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person (id),
  kind TEXT NOT NULL,
  since INTEGER NOT NULL,
  action TEXT,
  partner TEXT,
  lifted_on INTEGER,
  result TEXT CHECK (result IN ('lifted', 'reduced', 'unchanged')),
  op INTEGER NOT NULL REFERENCES operation (number),
  UNIQUE (person, kind, since),
  CHECK (lifted_on IS NULL OR since <= lifted_on)
) STRICT;

CREATE TABLE aid (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  participation INTEGER NOT NULL REFERENCES participation (id),
  date INTEGER NOT NULL,
  kind TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  "grant" INTEGER REFERENCES grants (id),
  note TEXT,
  op INTEGER NOT NULL REFERENCES operation (number),
  UNIQUE (participation, date, kind, amount)
) STRICT;
CREATE INDEX aid_grant ON aid ("grant") WHERE "grant" IS NOT NULL;

CREATE TABLE loan (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person (id),
  item TEXT NOT NULL,
  given INTEGER NOT NULL,
  due INTEGER,
  returned INTEGER,
  value INTEGER CHECK (value >= 0),
  note TEXT,
  op INTEGER NOT NULL REFERENCES operation (number),
  UNIQUE (person, item, given),
  CHECK (due IS NULL OR given <= due),
  CHECK (returned IS NULL OR given <= returned)
) STRICT;
