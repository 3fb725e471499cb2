#!/usr/bin/env bash
# Try Fil on an invented school: the first cohort of Romans-sur-Isère.
#
#   examples/first-cohort.sh            works in a new temporary folder
#   examples/first-cohort.sh FOLDER     works in FOLDER, which must be new or empty
#
# It creates a database, imports the school's files, and writes the reports of
# three months for the two funders. Nothing outside that folder is changed,
# except the build folder when the program has to be built.
#
# FIL=/path/to/fil uses that program; otherwise the one of this repository is
# used, and built first when it is missing or older than its sources.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname -- "$here")
data=$here/romans

# The story ends on 31 August 2019; we look at it from 2 September.
# A fixed day makes the result the same whenever the script is run.
today=2019-09-02

# --- A fresh folder: never write among somebody's files. ---------------------
if [ $# -gt 1 ]; then
    echo "usage: $0 [FOLDER]" >&2
    exit 2
elif [ $# -eq 1 ]; then
    case $1 in /*) dir=$1 ;; *) dir=$PWD/$1 ;; esac
    if [ -e "$dir" ] && { [ ! -d "$dir" ] || [ -n "$(ls -A -- "$dir")" ]; }; then
        echo "$1 exists and is not an empty folder; give a new one" >&2
        exit 2
    fi
    mkdir -p -- "$dir"
else
    dir=$(mktemp -d "${TMPDIR:-/tmp}/fil-romans.XXXXXX")
fi

# --- The program. ------------------------------------------------------------
if [ -n "${FIL:-}" ]; then
    fil=$FIL
else
    target=${CARGO_TARGET_DIR:-$root/target}
    fil=$target/release/fil
    if [ ! -x "$fil" ] ||
        [ -n "$(find "$root/src" "$root/Cargo.toml" "$root/Cargo.lock" -newer "$fil" -print -quit)" ]; then
        echo "Building fil (once; a few minutes)..." >&2
        cargo build --release --locked --manifest-path "$root/Cargo.toml" --target-dir "$target"
    fi
fi

db=$dir/fil.db
run() { "$fil" --db "$db" --today "$today" --no-input "$@"; }

# --- The database: init is the only command that creates one. ----------------
"$fil" --today "$today" --no-input init "$db"

# --- The files, in the order that always works: a row may only name what is
#     already there (a slot its module, an attendance mark its slot...). -------
for kind in cohorts modules slots trainees attendance results certificates \
    licence interviews placements followups notes funders grants targets budget; do
    run import "$data/$kind.csv" --as "$kind"
done

# --- The reports of three months, for every funder. ---------------------------
for month in 2018-11 2018-12 2019-01; do
    run report export "$month" --all --output "$dir/exports/"
done

# --- Where to look. -----------------------------------------------------------
example=$dir/exports/2018-11_break-poverty
next=$(printf '%q ' "$fil" --db "$db" --today "$today" report show exits --cohort ROM-2018-11)
cat <<TEXT

Done.
  Everything is in    $dir
  One funder's month  $example/
  Its main table      $example/monthly.csv   (opens in a spreadsheet)
  What each figure is $example/LISEZMOI.txt

Next, see what became of the twelve:
  $next
TEXT
