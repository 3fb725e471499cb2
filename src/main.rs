//! The program `fil`: hands the arguments and the real surroundings to [`fil::cli::run::program`].

fn main() -> std::process::ExitCode {
    fil::cli::run::program::main(fil::cli::NOUNS)
}
