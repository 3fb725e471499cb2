#!/usr/bin/env python3
"""Writes a school file of synthetic people, the same at every run, to measure with.

  generate.py SIZE FILE
  SIZE  S  one school, 5 years          180 trainees,  20 thousand half-days
        M  20 schools, 10 years       7,200 trainees, 0.87 million half-days
        L  2,780 schools, 10 years        1 million trainees, 22 million half-days
        I  23 schools, 10 years     1 million half-days: what an import is measured with
  H<years>  200 schools, that many years: the last month has the same size for every H

Needs python3 alone. The schema is the program's own, read from src/store/file/migrations.
"""
import datetime
import glob
import os
import random
import sqlite3
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
STORE = os.path.join(HERE, "..", "src", "store")
COHORTS_A_YEAR, TRAINEES = 3, 12
LAST_DAY = (datetime.date(2026, 6, 30) - datetime.date(1970, 1, 1)).days
GIVEN = "Ada Bilal Chloé David Emma Farid Gabin Hana Inès Jules Karim Léa Malik Nora Omar Paul Rania Sami Théo Yanis".split()
FAMILY = "Arnaud Benali Caron Diallo Étienne Fabre Girard Haddad Ivanov Joly Klein Leroy Mercier Nguyen Olivier Petit".split()
WORK = ["CDI", "CDD", "INTERIM", "APPRENTISSAGE", "FORMATION_QUALIFIANTE"]
EARLY = ["job", "training", "dropped_out", "excluded"]


def shape(size):
    """Schools, years, weeks of a cohort, days a week, and how many results, licence events and follow-ups a trainee."""
    if size.startswith("H"):
        return 200, int(size[1:]), 13, 5, 8, 2, 2
    return {"S": (1, 5, 13, 5, 8, 2, 2), "M": (20, 10, 13, 5, 8, 2, 2), "I": (23, 10, 13, 5, 8, 2, 2),
            "L": (2780, 10, 12, 1, 2, 1, 1)}[size]


def create(path):
    """An empty file with the program's schema and one operation."""
    for name in (path, path + "-journal"):
        if os.path.exists(name):
            os.remove(name)
    file = sqlite3.connect(path, isolation_level=None)
    file.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;")
    migrations = sorted(glob.glob(os.path.join(STORE, "file", "migrations", "*.sql")))
    for migration in migrations:
        file.executescript(open(migration, encoding="utf-8").read())
    file.executescript(f"PRAGMA application_id = {0x66696C01}; PRAGMA user_version = {len(migrations)};")
    file.execute("INSERT INTO database (one, id) VALUES (1, 'generated')")
    file.execute(
        "INSERT INTO operation (stamp, day, verb, kind, command) VALUES (?, ?, 'init', 'database', 'generated')",
        ("2026-06-30T12:00:00Z", LAST_DAY),
    )
    file.executescript(open(os.path.join(STORE, "sql", "catalogue", "ship.sql"), encoding="utf-8").read())
    return file


def rows(file, table, columns, values):
    """Inserts many rows, each of the first operation."""
    names = ", ".join(columns.split())
    marks = ", ".join("?" * len(columns.split()))
    file.executemany(f"INSERT INTO {table} ({names}, op) VALUES ({marks}, 1)", values)


def cohorts(file, schools, years, weeks, days):
    """Cohorts with ids that grow with time, their modules, calendars, funders and grants. Gives their first days."""
    count = schools * years * COHORTS_A_YEAR
    starts = []
    for k in range(count):
        start = LAST_DAY - round((count - 1 - k) / count * years * 365.25)
        starts.append(start - (start + 3) % 7)
    last = weeks * 7 - 3
    code = [f"C{k % schools + 1:04}-{k + 1:06}" for k in range(count)]
    rows(
        file, "cohort", 'cohort start "end" places slot_minutes training_status nsf integration_days',
        ((code[k], s, s + last, TRAINEES, 210, "vocational_trainee", "326", 30) for k, s in enumerate(starts)),
    )
    streams = ["general", "licence", "technical"]
    rows(
        file, "module", "cohort module title stream",
        ((k + 1, f"F{i + 1:02}", f"Module {i + 1}", s) for k in range(count) for i, s in enumerate(streams)),
    )
    rows(
        file, "slot", "cohort day half kind minutes",
        (
            (k + 1, s + w * 7 + d, half, "company" if w % 6 == 5 else "centre", 210)
            for k, s in enumerate(starts) for w in range(weeks) for d in range(days) for half in ("am", "pm")
        ),
    )
    funders = max(3, schools * 2)
    rows(
        file, "funder", "funder name lang dialect level people secret",
        ((f"F{i + 1}", f"Funder {i + 1}", "fr", "csv-fr", "contract", "none", f"{i:064x}") for i in range(funders)),
    )
    rows(file, "grants", '"grant" funder', ((f"G{i + 1}", i + 1) for i in range(funders)))
    # The first funder pays for every cohort; each cohort has one local funder.
    pairs = {(1, k + 1) for k in range(count)} | {(k % schools % (funders - 1) + 2, k + 1) for k in range(count)}
    rows(file, "grant_cohort", '"grant" cohort', sorted(pairs))
    rows(
        file, "budget", "cohort side class label planned realised",
        ((k + 1, side, cls, "", 1_000_000, 950_000) for k in range(count) for side, cls in (("charge", "60"), ("income", "74"))),
    )
    return starts


def trainees(file, chance, starts, weeks):
    """People and participations. Gives (number, first day, last day, still open) of each participation."""
    stays, people, participations = [], [], []
    for k, start in enumerate(starts):
        for _ in range(TRAINEES):
            number = len(stays) + 1
            last = start + weeks * 7 - 3
            early = chance.random() < 0.12
            leave = start + chance.randrange(7, weeks * 7 - 4) if early else last
            still = leave > LAST_DAY
            stays.append((number, start, min(leave, LAST_DAY), still))
            family, given = chance.choice(FAMILY), chance.choice(GIVEN)
            people.append((f"{given}-{family}-{number}".lower(), family, given, f"{family} {given}".lower(),
                           start - chance.randrange(16 * 365, 26 * 365), chance.choice("FM")))
            reason = chance.choice(EARLY) if early else "completed"
            participations.append(
                (number, k + 1, start - 30, "admitted", start, None if still else leave, None if still else reason,
                 "unemployed", start - chance.randrange(0, 900), "no", chance.randrange(0, 9),
                 *(chance.choice(("yes", "no", "no", "unknown")) for _ in range(8)), "none", "unknown"))
    rows(file, "person", "slug last_name first_name folded birth_date sex", people)
    rows(
        file, "participation",
        "person cohort application_date decision entry exit exit_reason status_at_entry status_since in_education "
        "education disability income_support priority_district rural third_country foreign_background minority "
        "homeless licence_at_entry consent_stories",
        participations,
    )
    return stays


def marks(chance, stays, weeks, days):
    """One mark per half-day of each stay, packed as the program does."""
    for number, start, last, _ in stays:
        for day in (start + w * 7 + d for w in range(weeks) for d in range(days)):
            if day > last:
                break
            for half in (0, 1):
                luck = chance.random()
                mark = 0b1100 | (210 << 7) if luck < 0.9 else (1 | 1 << 4 if luck < 0.94 else 2)
                yield number, day, half, mark


def life(file, chance, stays, starts, each):
    """Results, licence events, interviews, placements and follow-ups."""
    results, licence, followups = each
    table = {name: {} for name in ("result", "licence", "interview", "placement", "followup", "certificate")}
    for number, start, last, still in stays:
        day = lambda: chance.randrange(start, last + 1)  # noqa: E731
        cohort = (number - 1) // TRAINEES
        for _ in range(results):
            module = cohort * 3 + chance.randrange(3) + 1
            table["result"][number, module, day()] = (chance.choice(("validated", "in_progress", "failed")),)
        for _ in range(licence):
            step = chance.choice(("registered", "code_exam", "lesson", "driving_exam"))
            outcome = "passed" if step.endswith("exam") else None
            table["licence"][number, step, day()] = (outcome, 60 if step == "lesson" else None)
        for _ in range(2):
            table["interview"][number, day(), "follow_up", 30] = ()
        table["certificate"][number, 1 + chance.randrange(3), last] = (chance.choice(("obtained", "failed")),)
        if still:
            continue
        for _ in range(chance.choice((1, 1, 2))):
            begin = last + chance.randrange(300)
            if begin <= LAST_DAY:
                table["placement"][number, chance.choice(WORK), f"Firm {chance.randrange(500)}", begin] = (
                    begin + chance.randrange(14, 720), 0)
        for point, months in list(zip(("3m", "6m"), (3, 6)))[:followups]:
            if last + months * 30 <= LAST_DAY:
                table["followup"][number, point, last + months * 30] = (chance.randrange(2),)
    columns = {
        "result": "participation module date outcome", "licence": "person step date outcome minutes",
        "interview": "participation date kind minutes", "certificate": "participation certificate date outcome",
        "placement": "participation type company start planned_end prehire",
        "followup": "participation point date reached",
    }
    for name, values in table.items():
        rows(file, name, columns[name], (key + value for key, value in sorted(values.items())))


def main():
    size, path = sys.argv[1:]
    schools, years, weeks, days, *each = shape(size)
    chance = random.Random(20260630)
    file = create(path)
    file.execute("BEGIN")
    starts = cohorts(file, schools, years, weeks, days)
    stays = trainees(file, chance, starts, weeks)
    rows(file, "attendance", "participation day half mark", marks(chance, stays, weeks, days))
    life(file, chance, stays, starts, each)
    file.execute("COMMIT")
    for table in ("cohort", "participation", "attendance"):
        count = file.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        print(f"{table:14} {count:>10}")


if __name__ == "__main__":
    main()
