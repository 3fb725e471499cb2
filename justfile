# What is typed often. `just` lists these; the gate is .ci/run and needs none of them.

# The same cases at each run, as in the gate.
export PROPTEST_RNG_SEED := "20181105"

# Lists the recipes.
default:
    @just --list

# Format, lints and documentation, without running a test.
check:
    cargo fmt --check
    cargo clippy --all-targets --locked -- -D warnings
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --locked --quiet

# All the tests, or those whose names hold the words: just test tidy undo
test *WORDS:
    cargo test --locked -- {{ WORDS }}

# Rewrites the kept files of tests/golden; look at `git diff tests/golden` before committing.
bless *WORDS:
    FIL_UPDATE_GOLDEN=1 cargo test --locked --test suite -- {{ if WORDS == "" { "goldens help" } else { WORDS } }}
    git diff --stat tests/golden

# Ratios to the sqlite3 shell, on generated schools: just bench --only B1,B2
bench *FLAGS:
    benches/run {{ FLAGS }}

# The long form of the tests of faults: some twenty minutes.
long *NUMBERS:
    tests/long.sh {{ NUMBERS }}

# A static program with its manual pages and completions, as a tarball and a Debian package, under dist/.
dist *FLAGS:
    packaging/dist {{ FLAGS }}
