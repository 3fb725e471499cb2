-- The school as it is: how trainees are chosen, tutorials with their staff and their money, partner companies, the money of
-- each grant.
ALTER TABLE catalogue ADD COLUMN level INTEGER CHECK (level BETWEEN 2 AND 8);
ALTER TABLE catalogue ADD COLUMN certifier TEXT;

ALTER TABLE cohort ADD COLUMN am_hours TEXT;
ALTER TABLE cohort ADD COLUMN pm_hours TEXT;
ALTER TABLE cohort ADD COLUMN driving_hours INTEGER CHECK (driving_hours >= 0);

ALTER TABLE participation ADD COLUMN meeting_on INTEGER;
ALTER TABLE participation ADD COLUMN motivation INTEGER CHECK (motivation BETWEEN 1 AND 5);
ALTER TABLE participation ADD COLUMN motivation_note TEXT;
ALTER TABLE participation ADD COLUMN decided_on INTEGER;
ALTER TABLE participation ADD COLUMN decided_by INTEGER REFERENCES staff (id);
ALTER TABLE participation ADD COLUMN decision_reason TEXT;
ALTER TABLE participation ADD COLUMN waiting_rank INTEGER CHECK (waiting_rank >= 1);
CREATE INDEX participation_decided_by ON participation (decided_by) WHERE decided_by IS NOT NULL;

ALTER TABLE licence ADD COLUMN school TEXT;
ALTER TABLE licence ADD COLUMN cost INTEGER CHECK (cost >= 0);
ALTER TABLE licence ADD COLUMN "grant" INTEGER REFERENCES grants (id);

ALTER TABLE grants ADD COLUMN signed_on INTEGER;
ALTER TABLE grants ADD COLUMN report_due INTEGER CHECK (report_due BETWEEN 0 AND 366);
ALTER TABLE grants ADD COLUMN object_classes TEXT;

-- Interviews have more kinds, and a charge may name a grant: what a table forbids changes only with the whole table. The numbers
-- that were given stay given.
CREATE TABLE new_interview (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  participation INTEGER NOT NULL REFERENCES participation (id),
  date INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('tutorial', 'follow_up', 'company_visit', 'group_tutorial', 'call')),
  minutes INTEGER CHECK (minutes BETWEEN 1 AND 1440),
  note TEXT,
  staff INTEGER REFERENCES staff (id),
  at TEXT,
  session TEXT,
  "grant" INTEGER REFERENCES grants (id),
  goal TEXT,
  next_on INTEGER,
  next_action TEXT,
  op INTEGER NOT NULL REFERENCES operation (number)
) STRICT;
INSERT INTO new_interview (id, participation, date, kind, minutes, note, op)
  SELECT id, participation, date, kind, minutes, note, op FROM interview;
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_interview', 0
  WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'new_interview');
UPDATE sqlite_sequence SET seq = max(seq, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'interview'), 0))
  WHERE name = 'new_interview';
DROP TABLE interview;
ALTER TABLE new_interview RENAME TO interview;
CREATE UNIQUE INDEX interview_key ON interview (participation, date, kind, coalesce(minutes, 0), coalesce(staff, 0), coalesce(at, ''));
CREATE INDEX interview_date ON interview (date, participation);
CREATE INDEX interview_staff ON interview (staff, date) WHERE staff IS NOT NULL;
CREATE INDEX interview_grant ON interview ("grant") WHERE "grant" IS NOT NULL;

CREATE TABLE new_budget (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort INTEGER NOT NULL REFERENCES cohort (id),
  "grant" INTEGER REFERENCES grants (id),
  side TEXT NOT NULL CHECK (side IN ('charge', 'income')),
  class TEXT NOT NULL,
  label TEXT,
  planned INTEGER,
  realised INTEGER,
  op INTEGER NOT NULL REFERENCES operation (number)
) STRICT;
INSERT INTO new_budget (id, cohort, "grant", side, class, label, planned, realised, op)
  SELECT id, cohort, "grant", side, class, label, planned, realised, op FROM budget;
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_budget', 0
  WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'new_budget');
UPDATE sqlite_sequence SET seq = max(seq, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'budget'), 0))
  WHERE name = 'new_budget';
DROP TABLE budget;
ALTER TABLE new_budget RENAME TO budget;
CREATE UNIQUE INDEX budget_key ON budget (cohort, coalesce("grant", 0), side, class, coalesce(label, ''));
CREATE INDEX budget_grant ON budget ("grant") WHERE "grant" IS NOT NULL;

CREATE TABLE company (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  company TEXT NOT NULL UNIQUE,
  siret TEXT,
  sector TEXT,
  address TEXT,
  postal_code TEXT,
  commune TEXT,
  contact TEXT,
  contact_role TEXT,
  phone TEXT,
  email TEXT,
  partner_since INTEGER,
  agreement_on INTEGER,
  note TEXT,
  op INTEGER NOT NULL REFERENCES operation (number)
) STRICT;

CREATE TABLE opening (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  company INTEGER NOT NULL REFERENCES company (id),
  opening TEXT NOT NULL UNIQUE,
  opened INTEGER NOT NULL,
  posts INTEGER NOT NULL CHECK (posts BETWEEN 1 AND 1000),
  type TEXT,
  start INTEGER,
  closed INTEGER,
  note TEXT,
  op INTEGER NOT NULL REFERENCES operation (number),
  CHECK (closed IS NULL OR opened <= closed)
) STRICT;
CREATE INDEX opening_company ON opening (company);

CREATE TABLE proposal (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  opening INTEGER NOT NULL REFERENCES opening (id),
  person INTEGER NOT NULL REFERENCES person (id),
  date INTEGER NOT NULL,
  outcome TEXT CHECK (outcome IN ('proposed', 'interview', 'promised', 'hired', 'declined', 'rejected')),
  op INTEGER NOT NULL REFERENCES operation (number),
  UNIQUE (person, opening, date)
) STRICT;
CREATE INDEX proposal_opening ON proposal (opening);

CREATE TABLE company_contact (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  company INTEGER NOT NULL REFERENCES company (id),
  date INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('call', 'visit', 'email', 'meeting', 'site_visit')),
  staff INTEGER REFERENCES staff (id),
  note TEXT,
  next_on INTEGER,
  op INTEGER NOT NULL REFERENCES operation (number)
) STRICT;
CREATE UNIQUE INDEX company_contact_key ON company_contact (company, date, kind, coalesce(staff, 0));

CREATE TABLE instalment (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  "grant" INTEGER NOT NULL REFERENCES grants (id),
  due INTEGER NOT NULL,
  amount INTEGER NOT NULL CHECK (amount >= 0),
  received_on INTEGER,
  received INTEGER,
  reference TEXT,
  op INTEGER NOT NULL REFERENCES operation (number),
  UNIQUE ("grant", due),
  CHECK ((received_on IS NULL) = (received IS NULL))
) STRICT;

CREATE TABLE expense (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort INTEGER NOT NULL REFERENCES cohort (id),
  date INTEGER NOT NULL,
  class TEXT NOT NULL,
  label TEXT,
  amount INTEGER NOT NULL,
  supplier TEXT,
  reference TEXT,
  "grant" INTEGER REFERENCES grants (id),
  staff INTEGER REFERENCES staff (id),
  op INTEGER NOT NULL REFERENCES operation (number)
) STRICT;
CREATE UNIQUE INDEX expense_key ON expense (cohort, date, class, coalesce(label, ''), amount, coalesce(reference, ''));
CREATE INDEX expense_grant ON expense ("grant") WHERE "grant" IS NOT NULL;
