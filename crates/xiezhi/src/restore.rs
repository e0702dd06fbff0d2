//! Bringing a backup back.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context, bail};
use xiezhi_app::{
    App,
    backup::{Brought, Manifest, Target, Vault, bring},
    moment::SystemClock,
    resuming::Resumed,
    tables::SCHEMA,
};
use xiezhi_store_sql::{SqlStore, SqlTransfer};

use crate::{
    backup::{progress, read_vault},
    compose,
    config::{Config, ConfigArgs},
    maintain,
    serve::{logs, runtime},
};

/// Arguments of `restore`.
#[derive(clap::Args)]
#[command(after_help = "\
The installation to restore to is empty: a new data folder or database and bucket, written in xiezhi.toml. It may be of
another kind than the one that was backed up: so a court moves from SQLite to PostgreSQL, from a folder to S3.

  1. put the court's keys into the folder `keys`: they are not in the backup
  2. put the copy of the checkpoint into the folder `checkpoint_lock`, if it survived
  3. xiezhi restore --from /backup/court
  4. read what it says, then start the court

Everything is checked against hashes and roots, lists are computed anew, and the record is compared with the copy of the
checkpoint and with the witnesses. If any of them saw more than the backup holds, the record is older than what was
signed: it can be worked with, but nothing is signed, and `xiezhi new-origin --help` tells how to go on. Everyone signs
in again.

example:   xiezhi restore --from /backup/court               the newest backup
           xiezhi restore --from /backup/court --number 17   an earlier one
           xiezhi restore --compare                          ask the witnesses again that were silent")]
pub struct RestoreArgs {
    #[command(flatten)]
    config: ConfigArgs,
    /// Folder of backups
    #[arg(long, required_unless_present = "compare")]
    from: Option<PathBuf>,
    /// Which backup; the newest if absent
    #[arg(long)]
    number: Option<u64>,
    /// Restore nothing: compare once more what is here with everyone who remembers more
    #[arg(long, conflicts_with = "from")]
    compare: bool,
}

/// Restores; exits with 1 if nothing is signed, or something differs.
pub fn run(args: &RestoreArgs) -> anyhow::Result<ExitCode> {
    let config = Config::read(&args.config)?;
    logs(&config);
    runtime()?.block_on(async {
        if let Some(from) = &args.from {
            demand_keys(&config)?;
            let brought = restore(&config, from, args.number).await?;
            eprintln!();
            println!("{}", serde_json::to_string_pretty(&brought)?);
        }
        compare(&config).await
    })
}

/// New keys would be made otherwise, which never signed what is brought.
fn demand_keys(config: &Config) -> anyhow::Result<()> {
    match config.keys.join("log.key").exists() {
        true => Ok(()),
        false => bail!("put the court's keys into {} first: they are not in the backup", config.keys.display()),
    }
}

async fn restore(config: &Config, from: &Path, number: Option<u64>) -> anyhow::Result<Brought> {
    let vault = read_vault(from)?;
    let manifest = match number {
        Some(number) => vault.numbered(number).await?,
        None => vault.newest().await?.context("there is no backup in this folder")?.0,
    };
    fs::create_dir_all(&config.data).with_context(|| format!("{} can't be made", config.data.display()))?;
    let _alone = compose::lock_folder(&config.data)?;
    bring_into(config, &vault, &manifest).await
}

async fn bring_into(config: &Config, vault: &Vault, manifest: &Manifest) -> anyhow::Result<Brought> {
    let mark = compose::restoring_mark(config);
    let resume = is_begun(&mark, manifest)?;
    // Opened once so that its tables are there.
    SqlStore::open(&config.database, SCHEMA).await.context("the database can't be opened")?.close().await;
    let store = SqlTransfer::open(&config.database).await.context("the database can't be opened")?;
    let blobs = compose::blobs(config)?;
    if !resume {
        if !xiezhi_store::Transfer::still(&store).await?.is_empty() {
            bail!("the database is not empty: restore into a new one");
        }
        begin(&mark, manifest)?;
    }
    let target = Target { store: &store, blobs: &*blobs };
    let brought = bring(vault, manifest, &target, true, &mut progress).await;
    store.close().await;
    let brought = brought.context("the restore broke off; run it again to go on")?;
    fs::remove_file(&mark).context("the mark of a restore can't be removed")?;
    Ok(brought)
}

/// Whether a restore of this backup was begun here, and not of another.
fn is_begun(mark: &Path, manifest: &Manifest) -> anyhow::Result<bool> {
    match fs::read_to_string(mark) {
        Ok(begun) if begun.trim() == manifest.sha256().to_string() => Ok(true),
        Ok(_) => bail!(
            "a restore of another backup was begun here: go on with that one (--number), or empty the data folder and the database"
        ),
        Err(_) => Ok(false),
    }
}

/// The mark is there whole, or not at all.
fn begin(mark: &Path, manifest: &Manifest) -> anyhow::Result<()> {
    let next = mark.with_extension("next");
    let mut file = fs::File::create(&next)?;
    writeln!(file, "{}", manifest.sha256())?;
    file.sync_all()?;
    fs::rename(next, mark)?;
    Ok(fs::File::open(mark.parent().expect("the mark lies in a folder"))?.sync_all()?)
}

/// Lists are computed anew as the court is opened; then the record is compared with everyone who remembers more.
async fn compare(config: &Config) -> anyhow::Result<ExitCode> {
    let opened = compose::open(config, Arc::new(SystemClock)).await?;
    let resumed = opened.app.resume_signing().await?;
    println!("{}", serde_json::to_string_pretty(&resumed)?);
    let sound = audited(&opened.app).await?;
    opened.app.close().await;
    resumed.iter().for_each(tell);
    let signs = resumed.iter().all(|log| log.stopped.is_none());
    Ok(if signs && sound { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn audited(app: &App) -> anyhow::Result<bool> {
    let checked = maintain::check(app, false).await?;
    println!("{}", serde_json::to_string_pretty(&checked)?);
    Ok(checked.agrees())
}

/// In words, for whoever stands at the console.
fn tell(found: &Resumed) {
    let Resumed { log, size, signed, seen, silent, alone, stopped } = found;
    let seen: Vec<String> =
        seen.iter().map(|(name, size)| format!("{name} saw {}", size.unwrap_or_default())).collect();
    match stopped {
        None => eprintln!("{log}: {size} events, {signed} of them signed; signing goes on. {}", seen.join(", ")),
        Some(stopped) => {
            eprintln!(
                "{log}: {size} events, and {signed} were signed. NOTHING IS SIGNED: {}. {}",
                stopped.why,
                seen.join(", ")
            );
            eprintln!("  see `xiezhi new-origin --help` if what is missing can't be brought back");
        }
    }
    if !silent.is_empty() {
        eprintln!("  silent: {}; ask again with `xiezhi restore --compare`", silent.join(", "));
    }
    if *alone {
        eprintln!(
            "  no copy of the checkpoint was there and no witness is named: only the backup says what was signed last"
        );
    }
}
