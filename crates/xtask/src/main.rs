//! Checks and generated documents of the project.

mod arrows;
mod docs;
mod tidy;

use std::{path::PathBuf, process::ExitCode};

/// The root of the project.
fn root() -> PathBuf {
    PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo runs this"))
        .join("../..")
        .canonicalize()
        .expect("the project has a root")
}

fn main() -> anyhow::Result<ExitCode> {
    let what = std::env::args().nth(1).unwrap_or_default();
    let faults = match what.as_str() {
        "tidy" => [arrows::faults(&root())?, tidy::faults(&root())?, docs::stale(&root())?].concat(),
        "docs" => {
            docs::write(&root())?;
            vec![]
        }
        _ => {
            eprintln!("usage: xtask tidy | docs");
            return Ok(ExitCode::from(2));
        }
    };
    for fault in &faults {
        eprintln!("{fault}");
    }
    Ok(if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
