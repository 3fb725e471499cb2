#!/usr/bin/env bash
# The long form of the tests of faults: every point instead of a few, hundreds of kills, thousands of mutated lines.
# Run by hand before a release; some twenty minutes on two cores.
#
#   tests/long.sh [KILLS [MUTATIONS [ROUNDS]]]      500, 200 and 40 unless said
#
# LibreOffice, when it is there, opens the exports and must find no formula in them.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.."

export FIL_TEST_KILLS=${1:-500} FIL_TEST_MUTATIONS=${2:-200} FIL_TEST_ROUNDS=${3:-40}
# One: no point between two is left out.
export FIL_TEST_STEP=1 RUST_BACKTRACE=0

cargo test --locked --test suite -- --nocapture storage:: scratch_files:: concurrent_programs:: custody:: hostile:: 2>&1 | tee /dev/stderr |
    grep -q "test result: ok"

if ! command -v soffice >/dev/null; then
    echo "*** SKIPPED: LibreOffice (soffice) is not here; no export was opened in it ***" >&2
    exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf -- "$folder"' EXIT
export FIL=$PWD/target/debug/fil
examples/first-cohort.sh "$folder/romans" >/dev/null
fil() { "$FIL" --db "$folder/romans/fil.db" --today 2019-09-02 --no-input "$@"; }
fil trainee note amara-nassim --on 2019-08-01 -- '=1+1'
fil trainee note amara-nassim --on 2019-08-02 -- "+cmd|' /C calc'!A0"
fil trainee note amara-nassim --on 2019-08-03 -- '@SUM(1;2)'
for format in csv csv-fr; do fil export all -f $format -o "$folder/$format/" -q; done
fil export notes -o "$folder/notes.xlsx" -q
for file in "$folder"/csv-fr/*.csv "$folder"/romans/exports/*/*.csv "$folder"/notes.xlsx; do
    HOME=$folder soffice --headless --convert-to fods --outdir "$folder/opened" "$file" >/dev/null 2>&1
    opened=$folder/opened/$(basename "${file%.*}").fods
    if grep -q 'table:formula' "$opened"; then
        echo "a formula came alive in $file" >&2
        exit 1
    fi
done
echo "LibreOffice found no formula."
