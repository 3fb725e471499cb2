//! The program `fil`: hands the arguments and the real surroundings to [`fil::cli::main`].

fn main() -> std::process::ExitCode {
    fil::cli::main()
}
