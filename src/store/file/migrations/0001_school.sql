-- A school in one file. Days are integers counted from 1970-01-01, time is in minutes, money in cents, marks and targets
-- in hundredths. Every row carries `op`, the operation that wrote its present version; older versions are in `history`.

CREATE TABLE database (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  id  TEXT NOT NULL
) STRICT;

CREATE TABLE operation (
  number  INTEGER PRIMARY KEY AUTOINCREMENT,
  stamp   TEXT NOT NULL,
  day     INTEGER NOT NULL,
  verb    TEXT NOT NULL,
  kind    TEXT NOT NULL,
  ids     TEXT NOT NULL DEFAULT '[]',
  tables  TEXT NOT NULL DEFAULT '',
  created INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL DEFAULT 0,
  undoes  INTEGER REFERENCES operation (number),
  command TEXT NOT NULL UNIQUE
) STRICT;
CREATE INDEX operation_undoes ON operation (undoes) WHERE undoes IS NOT NULL;

CREATE TABLE history (
  number  INTEGER PRIMARY KEY AUTOINCREMENT,
  kind    TEXT NOT NULL,
  key     TEXT NOT NULL,
  row     TEXT NOT NULL,
  op_from INTEGER NOT NULL REFERENCES operation (number),
  op_to   INTEGER NOT NULL REFERENCES operation (number)
) STRICT;
CREATE INDEX history_key ON history (kind, key, op_to);
CREATE INDEX history_from ON history (op_from);
CREATE INDEX history_to ON history (op_to);

CREATE TABLE catalogue (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  certificate TEXT NOT NULL UNIQUE,
  label TEXT,
  registry TEXT NOT NULL CHECK (registry IN ('RNCP', 'RS', 'none')),
  counts_as_qualification INTEGER NOT NULL CHECK (counts_as_qualification IN (0, 1)),
  valid_months INTEGER CHECK (valid_months BETWEEN 1 AND 600),
  op INTEGER NOT NULL REFERENCES operation (number)
) STRICT;

CREATE TABLE cohort (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort TEXT NOT NULL UNIQUE,
  title TEXT,
  site TEXT,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  places INTEGER NOT NULL CHECK (places >= 1),
  slot_minutes INTEGER NOT NULL CHECK (slot_minutes BETWEEN 1 AND 720),
  training_status TEXT NOT NULL,
  nsf TEXT NOT NULL,
  integration_days INTEGER NOT NULL CHECK (integration_days >= 0),
  certificate INTEGER REFERENCES catalogue (id),
  op INTEGER NOT NULL REFERENCES operation (number),
  CHECK (start <= "end")
) STRICT;
CREATE INDEX cohort_end ON cohort ("end", start);
CREATE INDEX cohort_certificate ON cohort (certificate) WHERE certificate IS NOT NULL;

CREATE TABLE module (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort INTEGER NOT NULL REFERENCES cohort (id),
  module TEXT NOT NULL,
  title TEXT,
  stream TEXT NOT NULL CHECK (stream IN ('general', 'licence', 'technical', 'employability', 'company')),
  minutes INTEGER CHECK (minutes >= 0),
  op INTEGER NOT NULL REFERENCES operation (number),
  UNIQUE (cohort, module)
) STRICT;

CREATE TABLE slot (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort INTEGER NOT NULL REFERENCES cohort (id),
  day INTEGER NOT NULL,
  half TEXT NOT NULL CHECK (half IN ('am', 'pm')),
  kind TEXT NOT NULL CHECK (kind IN ('centre', 'company', 'cancelled')),
  module INTEGER REFERENCES module (id),
  trainer TEXT,
  minutes INTEGER NOT NULL CHECK (minutes BETWEEN 1 AND 720),
  op INTEGER NOT NULL REFERENCES operation (number),
  UNIQUE (cohort, day, half)
) STRICT;
CREATE INDEX slot_module ON slot (module) WHERE module IS NOT NULL;

CREATE TABLE person (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  slug TEXT NOT NULL UNIQUE,
  ref TEXT UNIQUE,
  last_name TEXT NOT NULL,
  first_name TEXT NOT NULL,
  folded TEXT NOT NULL,
  birth_date INTEGER,
  sex TEXT CHECK (sex IN ('F', 'M', 'X')),
  op INTEGER NOT NULL REFERENCES operation (number)
) STRICT;
CREATE INDEX person_folded ON person (folded, birth_date);

-- Slugs and references of records merged into another person's: never given to somebody else, they lead to that person.
CREATE TABLE alias (
  field TEXT NOT NULL CHECK (field IN ('slug', 'ref')),
  name TEXT NOT NULL,
  person INTEGER NOT NULL REFERENCES person (id),
  op INTEGER NOT NULL REFERENCES operation (number),
  PRIMARY KEY (field, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX alias_person ON alias (person);

CREATE TABLE contact (
  person INTEGER PRIMARY KEY REFERENCES person (id),
  phone TEXT,
  email TEXT,
  address TEXT,
  postal_code TEXT,
  commune TEXT,
  op INTEGER NOT NULL REFERENCES operation (number)
) STRICT;

CREATE TABLE participation (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person (id),
  cohort INTEGER NOT NULL REFERENCES cohort (id),
  application_date INTEGER,
  interview_date INTEGER,
  decision TEXT CHECK (decision IN ('pending', 'admitted', 'waiting', 'refused', 'withdrawn')),
  referrer_kind TEXT,
  referrer TEXT,
  entry INTEGER,
  exit INTEGER,
  exit_reason TEXT,
  status_at_entry TEXT CHECK (status_at_entry IN ('unemployed', 'inactive', 'employed')),
  status_since INTEGER,
  in_education TEXT NOT NULL,
  education INTEGER CHECK (education BETWEEN 0 AND 8),
  disability TEXT NOT NULL,
  income_support TEXT NOT NULL,
  priority_district TEXT NOT NULL,
  rural TEXT NOT NULL,
  third_country TEXT NOT NULL,
  foreign_background TEXT NOT NULL,
  minority TEXT NOT NULL,
  homeless TEXT NOT NULL,
  licence_at_entry TEXT CHECK (licence_at_entry IN ('none', 'code', 'B')),
  informed_on INTEGER,
  consent_stories TEXT NOT NULL,
  op INTEGER NOT NULL REFERENCES operation (number),
  UNIQUE (cohort, person),
  CHECK (exit IS NULL OR entry <= exit),
  CHECK ((exit IS NULL) = (exit_reason IS NULL))
) STRICT;
CREATE INDEX participation_person ON participation (person);
CREATE INDEX participation_open ON participation (entry) WHERE exit IS NULL AND entry IS NOT NULL;

-- One row per marked half-day, clustered by person and day. `half`: 0 morning, 1 afternoon. `mark` packs
-- status (bits 0-1: 0 present, 1 excused, 2 unexcused), signed by the trainee (bit 2), by the trainer (bit 3),
-- justification (bits 4-6: 0 none, then the order of the list) and minutes present (from bit 7).
CREATE TABLE attendance (
  participation INTEGER NOT NULL REFERENCES participation (id),
  day INTEGER NOT NULL,
  half INTEGER NOT NULL CHECK (half IN (0, 1)),
  mark INTEGER NOT NULL CHECK (mark & 3 <= 2),
  op INTEGER NOT NULL REFERENCES operation (number),
  PRIMARY KEY (participation, day, half)
) STRICT, WITHOUT ROWID;

CREATE TABLE result (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  participation INTEGER NOT NULL REFERENCES participation (id),
  module INTEGER NOT NULL REFERENCES module (id),
  date INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('validated', 'in_progress', 'failed')),
  mark INTEGER CHECK (mark >= 0),
  out_of INTEGER CHECK (out_of > 0),
  op INTEGER NOT NULL REFERENCES operation (number),
  UNIQUE (participation, module, date)
) STRICT;
CREATE INDEX result_module ON result (module);
CREATE INDEX result_date ON result (date, participation);

CREATE TABLE certificate (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  participation INTEGER NOT NULL REFERENCES participation (id),
  certificate INTEGER NOT NULL REFERENCES catalogue (id),
  date INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('obtained', 'failed', 'absent')),
  expires INTEGER,
  op INTEGER NOT NULL REFERENCES operation (number),
  UNIQUE (participation, certificate, date)
) STRICT;
CREATE INDEX certificate_catalogue ON certificate (certificate);

CREATE TABLE licence (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person (id),
  step TEXT NOT NULL CHECK (step IN ('registered', 'code_exam', 'lesson', 'driving_exam')),
  date INTEGER NOT NULL,
  outcome TEXT CHECK (outcome IN ('passed', 'failed', 'absent', 'booked')),
  minutes INTEGER CHECK (minutes BETWEEN 0 AND 1440),
  financed_by TEXT,
  op INTEGER NOT NULL REFERENCES operation (number),
  UNIQUE (person, step, date)
) STRICT;
CREATE INDEX licence_date ON licence (date, person);

CREATE TABLE interview (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  participation INTEGER NOT NULL REFERENCES participation (id),
  date INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('tutorial', 'follow_up', 'company_visit')),
  minutes INTEGER CHECK (minutes BETWEEN 1 AND 1440),
  note TEXT,
  op INTEGER NOT NULL REFERENCES operation (number)
) STRICT;
CREATE UNIQUE INDEX interview_key ON interview (participation, date, kind, coalesce(minutes, 0));
CREATE INDEX interview_date ON interview (date, participation);

CREATE TABLE placement (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  participation INTEGER NOT NULL REFERENCES participation (id),
  type TEXT NOT NULL,
  company TEXT,
  start INTEGER NOT NULL,
  planned_end INTEGER,
  actual_end INTEGER,
  end_reason TEXT,
  weekly_hours INTEGER CHECK (weekly_hours BETWEEN 0 AND 10080),
  prehire INTEGER NOT NULL CHECK (prehire IN (0, 1)),
  job TEXT,
  evidence TEXT CHECK (evidence IN ('contract', 'payslip', 'declaration', 'register', 'none')),
  seen_on INTEGER,
  user_company TEXT,
  op INTEGER NOT NULL REFERENCES operation (number),
  CHECK (actual_end IS NULL OR actual_end >= start),
  CHECK (planned_end IS NULL OR planned_end >= start)
) STRICT;
CREATE UNIQUE INDEX placement_key ON placement (participation, type, coalesce(company, ''), start);
CREATE INDEX placement_start ON placement (start, participation);

CREATE TABLE followup (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  participation INTEGER NOT NULL REFERENCES participation (id),
  point TEXT NOT NULL CHECK (point IN ('3m', '6m', '12m')),
  date INTEGER NOT NULL,
  channel TEXT CHECK (channel IN ('phone', 'sms', 'email', 'visit', 'employer')),
  reached INTEGER NOT NULL CHECK (reached IN (0, 1)),
  note TEXT,
  op INTEGER NOT NULL REFERENCES operation (number),
  UNIQUE (participation, point, date)
) STRICT;

CREATE TABLE note (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  person INTEGER NOT NULL REFERENCES person (id),
  date INTEGER NOT NULL,
  text TEXT NOT NULL,
  op INTEGER NOT NULL REFERENCES operation (number),
  UNIQUE (person, date, text)
) STRICT;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL,
  op INTEGER NOT NULL REFERENCES operation (number)
) STRICT, WITHOUT ROWID;

CREATE TABLE funder (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  funder TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  lang TEXT NOT NULL CHECK (lang IN ('fr', 'en')),
  dialect TEXT NOT NULL CHECK (dialect IN ('csv-fr', 'csv')),
  level TEXT NOT NULL CHECK (level IN ('contract', 'aggregate', 'public')),
  suppress_below INTEGER CHECK (suppress_below >= 0),
  rate_min_denominator INTEGER CHECK (rate_min_denominator >= 0),
  people TEXT NOT NULL CHECK (people IN ('none', 'pseudonymised')),
  secret TEXT NOT NULL,
  op INTEGER NOT NULL REFERENCES operation (number)
) STRICT;

-- How a funder wants its report laid out, as it was written; without a row it gets the built-in layout.
CREATE TABLE template (
  funder INTEGER PRIMARY KEY REFERENCES funder (id),
  toml TEXT NOT NULL,
  op INTEGER NOT NULL REFERENCES operation (number)
) STRICT;

CREATE TABLE grants (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  "grant" TEXT NOT NULL UNIQUE,
  funder INTEGER NOT NULL REFERENCES funder (id),
  object TEXT,
  amount INTEGER CHECK (amount >= 0),
  from_day INTEGER,
  to_day INTEGER,
  op INTEGER NOT NULL REFERENCES operation (number)
) STRICT;
CREATE INDEX grants_funder ON grants (funder);

CREATE TABLE grant_cohort (
  "grant" INTEGER NOT NULL REFERENCES grants (id),
  cohort INTEGER NOT NULL REFERENCES cohort (id),
  op INTEGER NOT NULL REFERENCES operation (number),
  PRIMARY KEY ("grant", cohort)
) STRICT, WITHOUT ROWID;
CREATE INDEX grant_cohort_cohort ON grant_cohort (cohort);

CREATE TABLE target (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  "grant" INTEGER NOT NULL REFERENCES grants (id),
  indicator TEXT NOT NULL,
  value INTEGER NOT NULL,
  op INTEGER NOT NULL REFERENCES operation (number),
  UNIQUE ("grant", indicator)
) STRICT;

CREATE TABLE budget (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  cohort INTEGER NOT NULL REFERENCES cohort (id),
  "grant" INTEGER REFERENCES grants (id),
  side TEXT NOT NULL CHECK (side IN ('charge', 'income')),
  class TEXT NOT NULL,
  label TEXT,
  planned INTEGER,
  realised INTEGER,
  op INTEGER NOT NULL REFERENCES operation (number),
  CHECK ("grant" IS NULL OR side = 'income')
) STRICT;
CREATE UNIQUE INDEX budget_key ON budget (cohort, coalesce("grant", 0), side, class, coalesce(label, ''));
CREATE INDEX budget_grant ON budget ("grant") WHERE "grant" IS NOT NULL;

-- Issued reports. A close is written once, never undone; only its place in time may change, when it is reopened.
CREATE TABLE close (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  funder TEXT NOT NULL,
  period TEXT NOT NULL,
  from_day INTEGER NOT NULL,
  to_day INTEGER NOT NULL,
  as_of INTEGER NOT NULL,
  op INTEGER NOT NULL REFERENCES operation (number),
  version TEXT NOT NULL,
  format TEXT NOT NULL CHECK (format IN ('csv', 'csv-fr')),
  level TEXT NOT NULL,
  threshold INTEGER NOT NULL,
  settings TEXT NOT NULL,
  definitions TEXT NOT NULL,
  errors TEXT NOT NULL,
  accepted TEXT NOT NULL,
  manifest TEXT NOT NULL,
  reopened_by INTEGER REFERENCES operation (number),
  reopened_why TEXT,
  CHECK (from_day <= to_day),
  CHECK ((reopened_by IS NULL) = (reopened_why IS NULL))
) STRICT;
CREATE UNIQUE INDEX close_current ON close (funder, from_day, to_day) WHERE reopened_by IS NULL;
CREATE INDEX close_op ON close (op);

-- The files of a close as they were issued, in order. `bytes` is their content, byte for byte.
CREATE TABLE close_file (
  close INTEGER NOT NULL REFERENCES close (number),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  rows INTEGER,
  sha256 TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (close, position)
) STRICT;

-- Every figure of a close as it was printed, in machine notation; a masked one has no value.
CREATE TABLE close_figure (
  close INTEGER NOT NULL REFERENCES close (number),
  section TEXT NOT NULL,
  key TEXT NOT NULL,
  column TEXT NOT NULL,
  value TEXT,
  masked INTEGER NOT NULL CHECK (masked IN (0, 1)),
  PRIMARY KEY (close, section, key, column)
) STRICT, WITHOUT ROWID;

-- Who was behind each figure over all cohorts: one compressed list per figure, people by their numbers only.
CREATE TABLE close_member (
  close INTEGER NOT NULL REFERENCES close (number),
  figure TEXT NOT NULL,
  units INTEGER NOT NULL,
  list BLOB NOT NULL,
  PRIMARY KEY (close, figure)
) STRICT, WITHOUT ROWID;
