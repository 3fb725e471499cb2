#!/usr/bin/env bash
# The monthly job for cron: last month's reports for every funder, then a backup.
#
#   FIL_DB=/srv/fil/fil.db monthly-export.sh /srv/exports [/srv/backups]
#
# In a crontab (cron mails whatever is printed, and all is silent when all is well):
#   # m h d m w
#   15 6 2 * *  FIL_DB=/srv/fil/fil.db /opt/fil/examples/monthly-export.sh /srv/exports /srv/backups
#
# FIL_DB   the database file (required: a job never guesses which one)
# FIL      the program, when it is not `fil` on the PATH (cron's PATH is short)
# $1       the folder for the reports; $2 the folder for backups, by default
#          `backups` beside the database
#
# Exit code: that of fil. 0 done, 1 failure, 2 wrong call, 4 the data refuse it,
# 5 the database is busy: try again later. A failed export does not stop the
# backup; the first failure is the one that is returned.
set -euo pipefail

if [ $# -lt 1 ] || [ $# -gt 2 ]; then
    echo "usage: FIL_DB=FILE $0 REPORTS_FOLDER [BACKUPS_FOLDER]" >&2
    exit 2
fi
if [ -z "${FIL_DB:-}" ]; then
    echo "$0: FIL_DB is not set; set it to the database file" >&2
    exit 2
fi
export FIL_DB
fil=${FIL:-fil}

# A trailing slash says that a folder is meant. `mkdir -p` makes it the first time.
reports=${1%/}/
backups=${2:-$(dirname -- "$FIL_DB")/backups}
backups=${backups%/}/
mkdir -p -- "$reports" "$backups"

code=0

# m-1 is last month. A report that was already written and is the same is left
# alone; one that would now be different is kept, and fil says so (exit 1).
"$fil" report export m-1 --all --output "$reports" --quiet --no-input || code=$?

# A consistent copy of the database, even while somebody is working in it.
"$fil" backup --output "$backups" --quiet --no-input || {
    failed=$?
    [ "$code" -ne 0 ] || code=$failed
}

exit "$code"
