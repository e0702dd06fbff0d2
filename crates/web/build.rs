//! Builds `ui/dist` when it is missing or older than its sources, so that one `cargo build` is enough.
//!
//! `XIEZHI_SKIP_UI=1` leaves it as it is: pages then come without style if it was never built.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, exit},
    time::SystemTime,
};

fn main() {
    // Asked when it runs: a target folder that moves with its sources keeps the compiled script.
    let ui = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the crate")).join("../../ui");
    let manifest = ui.join("dist/manifest.json");
    println!("cargo:rerun-if-env-changed=XIEZHI_SKIP_UI");
    for source in ["src", "build.mjs", "package-lock.json"] {
        println!("cargo:rerun-if-changed={}", ui.join(source).display());
    }
    println!("cargo:rerun-if-changed={}", manifest.display());

    if env::var_os("XIEZHI_SKIP_UI").is_some_and(|value| value == "1") {
        leave(&manifest);
    } else if is_stale(&ui, &manifest) {
        build(&ui);
    }
}

/// Leaves the front end unbuilt; the empty manifest lets the crate compile.
fn leave(manifest: &Path) {
    if !manifest.exists() {
        let folder = manifest.parent().expect("the manifest lies in dist");
        fs::create_dir_all(folder).and_then(|()| fs::write(manifest, "{}")).expect("ui/dist can be written");
        println!("cargo:warning=ui/dist was not built (XIEZHI_SKIP_UI=1): pages come without style");
    }
}

fn is_stale(ui: &Path, manifest: &Path) -> bool {
    let Some(built) = written(manifest) else { return true };
    let sources = files(&ui.join("src")).into_iter().chain([ui.join("build.mjs"), ui.join("package-lock.json")]);
    sources.filter_map(|source| written(&source)).any(|changed| changed > built)
}

fn written(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|meta| meta.modified()).ok()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return vec![] };
    entries
        .flatten()
        .flat_map(|entry| if entry.path().is_dir() { files(&entry.path()) } else { vec![entry.path()] })
        .collect()
}

fn build(ui: &Path) {
    if !ui.join("node_modules/esbuild").exists() {
        npm(ui, &["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]);
    }
    npm(ui, &["run", "--silent", "build"]);
}

/// Runs npm; a failure is one clear line.
fn npm(ui: &Path, arguments: &[&str]) {
    let run = Command::new("npm").args(arguments).current_dir(ui).output();
    let trouble = match run {
        Ok(output) if output.status.success() => return,
        Ok(output) => String::from_utf8_lossy(&output.stderr).lines().last().unwrap_or("no message").to_owned(),
        Err(error) => error.to_string(),
    };
    eprintln!(
        "ui/dist could not be built: `npm {}` in ui/ failed ({trouble}). Install Node 18 or later with npm, or set XIEZHI_SKIP_UI=1.",
        arguments.join(" ")
    );
    exit(1);
}
