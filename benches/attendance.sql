-- The cells of `fil report show attendance -p MONTH` in the sqlite3 shell, by the best plan known: the month's calendar
-- in memory with each half-day's rank, half-days read once, and only absences looked at for the longest run.
-- `run` puts the first and the last day of the month in place of :first and :last.
.mode csv
.headers on
.separator , "\n"
PRAGMA temp_store = MEMORY;
BEGIN;
CREATE TEMP TABLE calendar (cohort, day, half, centre, rank, PRIMARY KEY (cohort, day, half)) WITHOUT ROWID;
INSERT INTO calendar
SELECT s.cohort, s.day, s.half = 'pm', s.kind = 'centre', row_number() OVER ()
FROM cohort c CROSS JOIN slot s ON s.cohort = c.id AND s.day BETWEEN :first AND :last
WHERE c."end" >= :first AND c.start <= :last AND s.kind <> 'cancelled'
ORDER BY s.cohort, s.day, s.half;

CREATE TEMP TABLE who (id INTEGER PRIMARY KEY, person, cohort, entry, exit);
INSERT INTO who
SELECT p.id, p.person, p.cohort, p.entry, p.exit
FROM participation p
WHERE p.id IN (
    SELECT p.id FROM cohort c CROSS JOIN participation p ON p.cohort = c.id
    WHERE c."end" >= :first AND c.start <= :last AND p.entry <= :last AND (p.exit IS NULL OR p.exit >= :first)
    UNION ALL SELECT id FROM participation WHERE exit IS NULL AND entry <= :last
  )
  AND EXISTS (SELECT 1 FROM attendance a WHERE a.participation = p.id AND a.day <= :last AND a.mark & 3 = 0);

CREATE TEMP TABLE mark AS
SELECT w.id, s.rank, s.centre, a.mark & 3 AS status, a.mark >> 7 AS minutes
FROM who w
CROSS JOIN attendance a ON a.participation = w.id AND a.day BETWEEN :first AND :last
CROSS JOIN calendar s ON s.cohort = w.cohort AND s.day = a.day AND s.half = a.half;
CREATE TEMP TABLE marked (id INTEGER PRIMARY KEY, present, excused, unexcused, centre, company);
INSERT INTO marked
SELECT id, sum(status = 0), sum(status = 1), sum(status = 2),
  sum(iif(status = 0 AND centre, minutes, 0)), sum(iif(status = 0 AND NOT centre, minutes, 0))
FROM mark GROUP BY id;
-- Absences that follow one another have ranks that grow as fast as their number.
CREATE TEMP TABLE away (id INTEGER PRIMARY KEY, longest);
INSERT INTO away
SELECT id, max(length)
FROM (
  SELECT id, count(*) AS length
  FROM (SELECT id, rank - row_number() OVER (ORDER BY id, rank) AS island FROM mark WHERE status > 0)
  GROUP BY id, island
)
GROUP BY id;
SELECT c.cohort, n.slug AS trainee, planned, ifnull(present, 0) AS present, ifnull(excused, 0) AS excused,
  ifnull(unexcused, 0) AS unexcused, planned - ifnull(present + excused + unexcused, 0) AS unmarked,
  CASE WHEN planned > 0 THEN printf('%d.%d', (2000 * ifnull(present, 0) + planned) / (2 * planned) / 10,
    (2000 * ifnull(present, 0) + planned) / (2 * planned) % 10) END AS attendance_pct,
  rtrim(rtrim(printf('%d.%02d', (ifnull(centre, 0) * 100 + 30) / 60 / 100, (ifnull(centre, 0) * 100 + 30) / 60 % 100), '0'), '.') AS hours_centre,
  rtrim(rtrim(printf('%d.%02d', (ifnull(company, 0) * 100 + 30) / 60 / 100, (ifnull(company, 0) * 100 + 30) / 60 % 100), '0'), '.') AS hours_company,
  ifnull(longest, 0) AS longest_absence
FROM (
  SELECT w.*, (
      SELECT count(*) FROM calendar s
      WHERE s.cohort = w.cohort AND s.day BETWEEN max(w.entry, :first) AND min(ifnull(w.exit, :last), :last)
    ) AS planned
  FROM who w
) w
CROSS JOIN cohort c ON c.id = w.cohort
CROSS JOIN person n ON n.id = w.person
LEFT JOIN marked m ON m.id = w.id
LEFT JOIN away a ON a.id = w.id
ORDER BY c.start, c.cohort, n.slug, w.id;
