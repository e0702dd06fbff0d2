//! Rebuilding and auditing.

use std::{io::Write, process::ExitCode, sync::Arc};

use xiezhi_app::moment::SystemClock;

use crate::{
    compose,
    config::{Config, ConfigArgs},
    serve::{logs, runtime},
};

/// Computes the read model anew.
pub fn rebuild(args: &ConfigArgs) -> anyhow::Result<ExitCode> {
    let config = Config::read(args)?;
    logs(&config);
    runtime()?.block_on(async {
        let opened = compose::open(&config, Arc::new(SystemClock)).await?;
        let rows = opened.app.rebuild(&mut progress).await?;
        println!("\n{rows} rows");
        Ok(ExitCode::SUCCESS)
    })
}

/// Checks everything; exits with 1 and names each difference if something differs.
pub fn audit(args: &ConfigArgs) -> anyhow::Result<ExitCode> {
    let config = Config::read(args)?;
    logs(&config);
    runtime()?.block_on(async {
        let opened = compose::open(&config, Arc::new(SystemClock)).await?;
        let checked = opened.app.audit(&mut progress).await?;
        println!("\n{}", serde_json::to_string_pretty(&checked)?);
        Ok(if checked.differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}

/// Shows how far a long work is.
pub fn progress(done: usize, all: usize) {
    eprint!("\r{done} / {all} cases");
    // A terminal that is gone does not stop the work.
    let _ = std::io::stderr().flush();
}
