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

/// Arguments of `new-origin`.
#[derive(clap::Args)]
#[command(after_help = "\
A court signs nothing more once its record is older than what it signed before, or differs from it: an old backup was
restored, or somebody tells two histories. `xiezhi audit` and the page /log say which. If the missing events can't be
brought back, the court goes on under a new name:

  1. restore the newest data there is; stop the court
  2. write a name that was never used at `origin` in xiezhi.toml, such as court.example/log-2
  3. xiezhi new-origin --from court.example/log --reason 'the disk failed on …; backup of …'
  4. start the court; give witnesses the new keys and parties the new policy (both at /log)

The break stays on the record and on the page /log for everyone to see, with what was signed last under the name
before. Proofs given out under it are still checked with its keys, which the policy keeps.

example:   xiezhi new-origin --from court.example/log --reason 'backup of 3 March restored'")]
pub struct NewOriginArgs {
    #[command(flatten)]
    config: ConfigArgs,
    /// The name before
    #[arg(long)]
    from: String,
    /// Why, for the record
    #[arg(long)]
    reason: String,
}

/// Begins to sign under a new name.
pub fn new_origin(args: &NewOriginArgs) -> anyhow::Result<ExitCode> {
    let config = Config::read(&args.config)?;
    logs(&config);
    runtime()?.block_on(async {
        let opened = compose::open(&config, Arc::new(SystemClock)).await?;
        let event = opened.app.begin_origin(&args.from, &args.reason).await?;
        opened.app.close().await;
        println!("{}", serde_json::to_string_pretty(&event)?);
        Ok(ExitCode::SUCCESS)
    })
}

/// Shows how far a long work is.
pub fn progress(done: usize, all: usize) {
    eprint!("\r{done} / {all} cases");
    // A terminal that is gone does not stop the work.
    let _ = std::io::stderr().flush();
}
