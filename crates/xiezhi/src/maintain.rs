//! Rebuilding and auditing.

use std::{
    io::Write,
    process::ExitCode,
    sync::Arc,
    time::{Duration, Instant},
};

use xiezhi_app::{
    App,
    audit::{Checked, Run, STEP},
    moment::SystemClock,
};

use crate::{
    backup, compose,
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

/// Arguments of `audit`.
#[derive(clap::Args)]
#[command(after_help = "\
An open court checks itself once a day, a little each second; the pages /record and /oversight tell what it found. This
does the same at once on a court that is closed, and names each difference with what it is and what it should be: event
by event both logs against their seals, the signed checkpoints, the copies of them and what witnesses saw; every
published file; every case with its files and rows. docs/operating.md tells what each difference means.

It begins from the start, whatever was checked before: how far a check came lies in the database, and whoever can edit
that could have it skip what they edited. It exits with 1 if something differs.

example:   xiezhi audit
           xiezhi audit --go-on")]
pub struct AuditArgs {
    #[command(flatten)]
    config: ConfigArgs,
    /// Go on with a check that was interrupted, this one's or the court's own; trusts what the database says of it
    #[arg(long)]
    go_on: bool,
}

/// How far a check is, is kept this often.
const KEPT: Duration = Duration::from_secs(5);

/// Checks everything; exits with 1 and names each difference if something differs.
pub fn audit(args: &AuditArgs) -> anyhow::Result<ExitCode> {
    let config = Config::read(&args.config)?;
    logs(&config);
    runtime()?.block_on(async {
        let opened = compose::open(&config, Arc::new(SystemClock)).await?;
        let checked = check(&opened.app, args.go_on).await?;
        opened.app.close().await;
        println!("{}", serde_json::to_string_pretty(&checked)?);
        Ok(if checked.agrees() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    })
}

/// Checks everything, or what an interrupted check left; shows how far it is, and keeps that.
pub async fn check(app: &App, go_on: bool) -> anyhow::Result<Checked> {
    let begun = if go_on { app.auditing().await? } else { None };
    let mut run = begun.unwrap_or_else(|| Run::begin(app.now_us()));
    let mut kept = Instant::now();
    while !run.is_done() {
        app.audit_step(&mut run, STEP).await?;
        let (what, done, all) = run.progress();
        backup::progress(what, done, all);
        if kept.elapsed() >= KEPT {
            app.keep_audit_run(&run).await?;
            kept = Instant::now();
        }
    }
    eprintln!();
    let checked = run.checked.clone();
    app.end_audit(run).await?;
    Ok(checked)
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
