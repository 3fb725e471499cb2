-- The cells of `fil report show monthly -p MONTH` in the sqlite3 shell, by the best plan known: dates as plain
-- comparisons on indexed columns, half-days read once from their clustered table, the month's calendar in memory.
-- `run` puts the first and the last day of the month in place of :first and :last, and may ask for some cohorts only
-- where a comment says so.
.mode csv
.headers on
.separator , "\n"
PRAGMA temp_store = MEMORY;
BEGIN;
CREATE TEMP TABLE calendar (cohort, day, half, centre, PRIMARY KEY (cohort, day, half)) WITHOUT ROWID;
INSERT INTO calendar
SELECT s.cohort, s.day, s.half = 'pm', s.kind = 'centre'
FROM cohort c CROSS JOIN slot s ON s.cohort = c.id AND s.day BETWEEN :first AND :last
WHERE c."end" >= :first AND c.start <= :last AND s.kind <> 'cancelled' /* and c.id */;

-- Every stay that touches the month, or has an event in it, of those who came at least once.
CREATE TEMP TABLE who (id INTEGER PRIMARY KEY, person, cohort, entry, exit);
INSERT INTO who
SELECT p.id, p.person, p.cohort, p.entry, p.exit
FROM participation p CROSS JOIN cohort c ON c.id = p.cohort
WHERE p.id IN (
    SELECT p.id FROM cohort c CROSS JOIN participation p ON p.cohort = c.id
    WHERE c."end" >= :first AND c.start <= :last AND p.entry <= :last AND (p.exit IS NULL OR p.exit >= :first)
    UNION ALL SELECT id FROM participation WHERE exit IS NULL AND entry <= :last
    UNION ALL SELECT participation FROM result WHERE date BETWEEN :first AND :last AND outcome = 'validated'
    UNION ALL SELECT participation FROM interview WHERE date BETWEEN :first AND :last
    UNION ALL SELECT participation FROM placement WHERE start BETWEEN :first AND :last
    UNION ALL SELECT p.id FROM licence l CROSS JOIN participation p ON p.person = l.person AND p.entry <= l.date
    WHERE l.date BETWEEN :first AND :last AND l.outcome = 'passed'
  )
  AND p.entry <= :last AND c.start <= :last /* and c.id */
  AND EXISTS (SELECT 1 FROM attendance a WHERE a.participation = p.id AND a.day <= :last AND a.mark & 3 = 0);

CREATE TEMP TABLE part (
  cohort, before, came, gone, after, planned, present, excused, unexcused, centre, company,
  modules, code, licence, interviews, minutes, prehire, contracts
);
INSERT INTO part (cohort, before, came, gone, after, planned)
SELECT cohort, entry < :first AND (exit IS NULL OR exit >= :first), entry >= :first,
  exit BETWEEN :first AND :last, exit IS NULL OR exit > :last,
  (SELECT count(*) FROM calendar s
   WHERE s.cohort = w.cohort AND s.day BETWEEN max(w.entry, :first) AND min(ifnull(w.exit, :last), :last))
FROM who w;
INSERT INTO part (cohort, present, excused, unexcused, centre, company)
SELECT w.cohort, sum(a.mark & 3 = 0), sum(a.mark & 3 = 1), sum(a.mark & 3 = 2),
  sum(iif(s.centre AND a.mark & 3 = 0, a.mark >> 7, 0)), sum(iif(s.centre OR a.mark & 3 <> 0, 0, a.mark >> 7))
FROM who w
CROSS JOIN attendance a ON a.participation = w.id AND a.day BETWEEN :first AND :last
CROSS JOIN calendar s ON s.cohort = w.cohort AND s.day = a.day AND s.half = a.half
WHERE w.exit IS NULL OR w.exit >= :first
GROUP BY w.id;
INSERT INTO part (cohort, modules)
SELECT w.cohort, count(DISTINCT r.module)
FROM result r CROSS JOIN who w ON w.id = r.participation CROSS JOIN module m ON m.id = r.module
WHERE r.date BETWEEN :first AND :last AND r.outcome = 'validated' AND m.stream = 'technical' AND m.cohort = w.cohort
  AND NOT EXISTS (
    SELECT 1 FROM result o WHERE o.participation = r.participation AND o.module = r.module
      AND o.date < :first AND o.outcome = 'validated'
  )
GROUP BY w.id;
CREATE TEMP TABLE pass AS
SELECT w.cohort, l.step, NOT EXISTS (
    SELECT 1 FROM participation o CROSS JOIN who e ON e.id = o.id
    WHERE o.person = w.person AND (o.entry < w.entry OR (o.entry = w.entry AND o.id < w.id))
  ) AS first
FROM licence l CROSS JOIN participation p ON p.person = l.person CROSS JOIN who w ON w.id = p.id AND w.entry <= l.date
WHERE l.date BETWEEN :first AND :last AND l.outcome = 'passed' AND l.step IN ('code_exam', 'driving_exam')
  AND NOT EXISTS (
    SELECT 1 FROM licence o WHERE o.person = l.person AND o.step = l.step AND o.date >= w.entry
      AND o.date < l.date AND o.outcome = 'passed'
  );
INSERT INTO part (cohort, code, licence) SELECT cohort, step = 'code_exam', step = 'driving_exam' FROM pass;
INSERT INTO part (cohort, interviews, minutes)
SELECT w.cohort, 1, i.minutes FROM interview i CROSS JOIN who w ON w.id = i.participation
WHERE i.date BETWEEN :first AND :last;
INSERT INTO part (cohort, prehire, contracts)
SELECT w.cohort, t.prehire, NOT t.prehire
FROM placement t CROSS JOIN who w ON w.id = t.participation
WHERE t.start BETWEEN :first AND :last AND t.end_reason IS NOT 'not_started'
  AND (t.prehire OR t.type IN (
    'CDI', 'CDI_INTERIM', 'CDD', 'INTERIM', 'APPRENTISSAGE', 'PROFESSIONNALISATION', 'CONTRAT_AIDE', 'IAE_CDDI',
    'IAE_ETTI', 'IAE_CDI_INCLUSION', 'FONCTION_PUBLIQUE', 'CREATION'
  ));

CREATE TEMP TABLE line AS
SELECT c.start, c.cohort, ifnull(sum(p.before), 0) AS before, ifnull(sum(p.came), 0) AS came, ifnull(sum(p.gone), 0) AS gone, ifnull(sum(p.after), 0) AS after,
  ifnull(sum(p.planned), 0) AS planned, ifnull(sum(p.present), 0) AS present, ifnull(sum(p.excused), 0) AS excused, ifnull(sum(p.unexcused), 0) AS unexcused,
  ifnull(sum(p.centre), 0) AS centre, ifnull(sum(p.company), 0) AS company, ifnull(sum(p.modules), 0) AS modules, ifnull(sum(p.code), 0) AS code,
  ifnull(sum(p.licence), 0) AS licence, ifnull(sum(p.interviews), 0) AS interviews, ifnull(sum(p.minutes), 0) AS minutes, ifnull(sum(p.prehire), 0) AS prehire,
  ifnull(sum(p.contracts), 0) AS contracts
FROM (
  SELECT * FROM part
  UNION ALL
  SELECT id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
  FROM cohort c WHERE c."end" >= :first AND c.start <= :last /* and c.id */
) p CROSS JOIN cohort c ON c.id = p.cohort
GROUP BY c.start, c.cohort
HAVING c."end" >= :first OR max(
    ifnull(p.before + p.came + p.gone + p.after + p.planned, 0) + ifnull(p.modules, 0) + ifnull(p.code + p.licence, 0)
    + ifnull(p.interviews, 0) + ifnull(p.prehire + p.contracts, 0)
  ) > 0;
-- Over all cohorts a person passes once, counted from their first entry.
INSERT INTO line
SELECT NULL, '*', ifnull(sum(before), 0), ifnull(sum(came), 0), ifnull(sum(gone), 0), ifnull(sum(after), 0), ifnull(sum(planned), 0), ifnull(sum(present), 0), ifnull(sum(excused), 0), ifnull(sum(unexcused), 0), ifnull(sum(centre), 0), ifnull(sum(company), 0), ifnull(sum(modules), 0), (SELECT ifnull(sum(x.step = 'code_exam'), 0) FROM pass x WHERE x.first), (SELECT ifnull(sum(x.step = 'driving_exam'), 0) FROM pass x WHERE x.first), ifnull(sum(interviews), 0), ifnull(sum(minutes), 0), ifnull(sum(prehire), 0), ifnull(sum(contracts), 0)
FROM line;
SELECT cohort, strftime('%Y-%m', :first * 86400, 'unixepoch') AS month, before AS start, came AS entries, gone AS exits,
  after AS "end", planned, present, excused, unexcused, planned - present - excused - unexcused AS unmarked,
  CASE WHEN planned > 0 THEN printf('%d.%d', (2000 * present + planned) / (2 * planned) / 10,
    (2000 * present + planned) / (2 * planned) % 10) END AS attendance_pct,
  rtrim(rtrim(printf('%d.%02d', (centre * 100 + 30) / 60 / 100, (centre * 100 + 30) / 60 % 100), '0'), '.') AS hours_centre,
  rtrim(rtrim(printf('%d.%02d', (company * 100 + 30) / 60 / 100, (company * 100 + 30) / 60 % 100), '0'), '.') AS hours_company,
  modules AS modules_validated, code AS code_passed, licence AS licence_obtained, interviews,
  rtrim(rtrim(printf('%d.%02d', (minutes * 100 + 30) / 60 / 100, (minutes * 100 + 30) / 60 % 100), '0'), '.') AS interview_hours,
  prehire AS prehire_started, contracts AS contracts_signed
FROM line
ORDER BY line.start IS NULL, line.start, line.cohort;
