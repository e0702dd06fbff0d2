//! Serving a witness (见证): a court's checkpoints are cosigned by another operator.

use std::{fs, path::PathBuf, process::ExitCode, sync::Arc};

use anyhow::Context;
use xiezhi_app::moment::{self, Clock, SystemClock};
use xiezhi_ledger::{CosigningKey, KeyName};
use xiezhi_witness::{Config, Memory, Witness};

use crate::serve::{init_logs, runtime, told_to_stop};

/// Arguments of `witness`.
#[derive(clap::Args)]
#[command(after_help = "\
A witness belongs to somebody else than the court: a higher court, the bar, an archive. It keeps the newest
checkpoint of each log it looks after, and cosigns the next only if that one continues it. A court that goes back,
or tells two histories, gets no cosignature; whoever asks for a quorum of witnesses then sees it.
It needs no database and sees no case: only sizes and hashes. It speaks c2sp.org/tlog-witness.

  1. xiezhi witness --print-config > witness.toml     then write name, url, folders, and the keys of the logs
  2. xiezhi witness --config witness.toml             makes its key, prints its line for the court's policy
  3. the court puts the line into its file of witnesses (`witnesses` in xiezhi.toml), and names a quorum:
       witness bar <vkey> https://witness.bar.example
       group two-of-three 2 bar archive higher-court
       quorum two-of-three

Keep the key apart from the memory and from its backups; never run two witnesses with one key.

example:   xiezhi witness --config witness.toml")]
pub struct WitnessArgs {
    /// The configuration file
    #[arg(long, default_value = "witness.toml")]
    config: PathBuf,
    /// Print the configuration file with every setting, and stop
    #[arg(long)]
    print_config: bool,
}

/// Serves the witness of a configuration.
pub fn run(args: &WitnessArgs) -> anyhow::Result<ExitCode> {
    if args.print_config {
        print!("{}", xiezhi_witness::DOCUMENTED);
        return Ok(ExitCode::SUCCESS);
    }
    let path = args.config.display();
    let text = fs::read_to_string(&args.config).with_context(|| {
        format!("there is no configuration at {path}; `xiezhi witness --print-config > {path}` writes one")
    })?;
    let config = Config::parse(&text).with_context(|| format!("{path} can't be used"))?;
    init_logs(false);
    let witness = Arc::new(open(&config)?);
    println!("{}", witness.key().verifier());
    println!("{}", policy_line(&config, &witness));
    if config.also_key.is_some() {
        eprintln!("`also_key` cosigns, too: its line in a court's policy stays as it is");
    }
    runtime()?.block_on(serve(&config, witness))?;
    Ok(ExitCode::SUCCESS)
}

fn open(config: &Config) -> anyhow::Result<Witness> {
    let name = KeyName::new(config.name.clone()).context("`name` can't be that of a key")?;
    let memory = Memory::open(&config.memory).context("the folder `memory` can't be opened")?;
    let key = xiezhi_witness::open_key(&config.key, &name, config.algorithm, &moment::secret())
        .with_context(|| format!("the key {} can't be opened", config.key.display()))?;
    let witness = Witness::new(key, config.logs()?, memory);
    let Some(also) = &config.also_key else { return Ok(witness) };
    // Nothing is made here: a key before that is gone is a mistake.
    let text = fs::read_to_string(also).with_context(|| format!("the key {} can't be read", also.display()))?;
    let also = CosigningKey::from_secret_text(&text).context("`also_key` holds no key of a witness")?;
    Ok(witness.beside(also))
}

/// The line that a court copies into its file of witnesses; the name in it is the first part of the key's.
fn policy_line(config: &Config, witness: &Witness) -> String {
    let short = config.name.split(['/', ':']).next().unwrap_or_default();
    let url = config.url.as_ref().map(|url| format!(" {url}")).unwrap_or_default();
    format!("witness {short} {}{url}", witness.key().verifier())
}

async fn serve(config: &Config, witness: Arc<Witness>) -> anyhow::Result<()> {
    let listener = tokio::net::TcpListener::bind(&config.listen)
        .await
        .with_context(|| format!("{} is in use; choose another `listen`", config.listen))?;
    tracing::info!(listen = config.listen, logs = witness.logs().count(), "the witness is open");
    let router = xiezhi_witness::router(witness, Arc::new(|| seconds(&SystemClock)));
    axum::serve(listener, router).with_graceful_shutdown(told_to_stop()).await.context("serving failed")
}

/// Now, in seconds since 1970.
pub fn seconds(clock: &dyn Clock) -> u64 {
    u64::try_from(clock.now().as_second()).unwrap_or_default()
}
