//! Links the program without shared libraries and at a fixed address, where a trial shows that it can be.
//!
//! Loading libraries and moving addresses was a third of a short command. The target feature that does the first cannot
//! be set for a program alone: it would break the procedural macros, which are shared libraries themselves. So only the
//! link of the program is changed, and where the trial fails it is linked as usual.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// What the standard library asks the linker for by name.
const LIBRARIES: [&str; 6] = ["util", "rt", "pthread", "m", "dl", "c"];
/// What stands for the shared library of unwinding.
const UNWINDING: [&str; 3] = ["gcc_eh", "gcc", "c"];
fn main() {
    println!("cargo::rerun-if-changed=.cargo/build.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    let at_home = env::var("TARGET") == env::var("HOST");
    if !at_home || !is("CARGO_CFG_TARGET_OS", "linux") || !is("CARGO_CFG_TARGET_ENV", "gnu") {
        return;
    }
    let Some(folder) = env::var_os("OUT_DIR").map(PathBuf::from) else { return };
    if redirect(&folder).is_none() {
        return;
    }
    let arguments = [format!("-L{}", folder.display()), "-no-pie".to_owned(), "-static".to_owned()];
    if trial(&folder, &arguments) {
        for argument in arguments {
            println!("cargo::rustc-link-arg-bins={argument}");
        }
    }
}

/// Puts into a folder a linker script for each library, which leads to the archive of the same name.
fn redirect(folder: &Path) -> Option<()> {
    for name in LIBRARIES {
        script(folder, name, &[name])?;
    }
    script(folder, "gcc_s", &UNWINDING)
}

fn script(folder: &Path, name: &str, archives: &[&str]) -> Option<()> {
    let found: Vec<String> = archives.iter().map(|archive| archive_of(archive)).collect::<Option<_>>()?;
    fs::write(folder.join(format!("lib{name}.a")), format!("GROUP ( {} )\n", found.join(" "))).ok()
}

/// Where the compiler driver that links keeps an archive.
fn archive_of(name: &str) -> Option<String> {
    let driver = env::var_os("RUSTC_LINKER").unwrap_or_else(|| "cc".into());
    let asked = Command::new(driver).arg(format!("-print-file-name=lib{name}.a")).output().ok()?;
    let path = String::from_utf8(asked.stdout).ok()?.trim().to_owned();
    // An archive that is not there is answered by its bare name; the linker would split a path at blanks.
    (Path::new(&path).is_absolute() && !path.contains(char::is_whitespace)).then_some(path)
}

/// Whether a small program that panics and catches it links so, and runs.
fn trial(folder: &Path, arguments: &[String]) -> bool {
    let (source, program) = (folder.join("trial.rs"), folder.join("trial"));
    let text = "fn main() { std::panic::set_hook(Box::new(|_| {})); let caught = std::panic::catch_unwind(|| \
                std::thread::spawn(|| panic!()).join().unwrap()); std::process::exit(i32::from(caught.is_ok())) }";
    let mut rustc = Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    rustc.arg("--edition=2024").arg("-o").arg(&program).arg(&source);
    if let Some(linker) = env::var_os("RUSTC_LINKER") {
        rustc.arg("-C").arg(format!("linker={}", linker.display()));
    }
    let flags = env::var("CARGO_ENCODED_RUSTFLAGS").unwrap_or_default();
    rustc.args(flags.split('\u{1f}').filter(|flag| !flag.is_empty()));
    rustc.args(arguments.iter().flat_map(|argument| ["-C".to_owned(), format!("link-arg={argument}")]));
    let linked = fs::write(&source, text).is_ok() && rustc.output().is_ok_and(|done| done.status.success());
    linked && Command::new(&program).status().is_ok_and(|done| done.success())
}
