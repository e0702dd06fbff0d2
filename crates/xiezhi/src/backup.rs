//! Backing a court up, while it runs.

use std::{
    fs,
    io::Write as _,
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::{Context, bail};
use xiezhi_app::{
    backup::{Manifest, Source, Taken, Vault, take},
    moment::SystemClock,
};
use xiezhi_store_blob::LocalBlobs;
use xiezhi_store_sql::SqlTransfer;

use crate::{
    compose,
    config::{Config, ConfigArgs},
    serve::{logs, runtime},
};

/// Arguments of `backup`.
#[derive(clap::Args)]
#[command(after_help = "\
A backup holds how the court stood at one moment: events, drafts and other working data, promises, the newest
checkpoints, files. It is made while the court runs, from SQLite or PostgreSQL, a folder or S3 alike; the next one adds
only what is new. One that breaks off leaves the earlier ones as they were; the next run goes on from there. Each piece
is written under its own hash and read back; events are checked against what was signed.

Keys are not in it, nor is the copy of the checkpoint: keep both elsewhere (docs/operating.md). What is in it is as
secret as the court's disk.

example:   xiezhi backup --to /backup/court                each hour, by cron or a timer
           xiezhi backup --to /backup/court --keep 400     and forget all but the newest 400
           xiezhi backup --to /backup/court --check        read every piece of the newest one again")]
pub struct BackupArgs {
    #[command(flatten)]
    config: ConfigArgs,
    /// Folder of backups, best on another machine's disk
    #[arg(long)]
    to: PathBuf,
    /// Forget all but the newest so many backups
    #[arg(long)]
    keep: Option<u64>,
    /// Make none: read every piece of the newest backup and compare it with its hash
    #[arg(long, conflicts_with = "keep")]
    check: bool,
}

/// Makes a backup, or checks one; exits with 1 if something is wrong with the court or the backup.
pub fn run(args: &BackupArgs) -> anyhow::Result<ExitCode> {
    let config = Config::read(&args.config)?;
    logs(&config);
    if args.check {
        return runtime()?.block_on(check(&read_vault(&args.to)?));
    }
    let (vault, _locked) = open_vault(&args.to)?;
    runtime()?.block_on(async {
        let taken = make(&config, &vault).await?;
        if let Some(keep) = args.keep {
            let gone = vault.thin_out(keep).await.context("old backups can't be forgotten")?;
            eprintln!("{gone} pieces of older backups forgotten");
        }
        Ok(tell(&taken))
    })
}

/// Opens a folder of backups to read from it: it may lie on a medium that nobody can write to.
pub fn read_vault(folder: &Path) -> anyhow::Result<Vault> {
    if !folder.join("backups").exists() {
        bail!("there is no backup in {}", folder.display());
    }
    let pieces = Arc::new(LocalBlobs::beside(folder.join("pieces")));
    Ok(Vault { lists: Arc::new(compose::Folder(folder.to_owned())), pieces })
}

/// Opens the folder of backups; one process at a time writes to it.
fn open_vault(folder: &Path) -> anyhow::Result<(Vault, fs::File)> {
    let said = || format!("the folder of backups {} can't be opened", folder.display());
    // What is in a backup is as secret as the court's disk.
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).with_context(said)?;
    let locked = compose::lock_folder(folder)?;
    let pieces = Arc::new(LocalBlobs::open(folder.join("pieces")).with_context(said)?);
    Ok((Vault { lists: Arc::new(compose::Folder(folder.to_owned())), pieces }, locked))
}

async fn make(config: &Config, vault: &Vault) -> anyhow::Result<Taken> {
    let store = SqlTransfer::open(&config.database).await.context("the database can't be opened")?;
    let blobs = compose::blobs_beside(config)?;
    let source = Source { store: &store, blobs: &*blobs, origin: &config.origin, clock: &SystemClock };
    let taken = take(&source, vault, &mut progress).await;
    store.close().await;
    eprintln!();
    taken.context("no backup was made; the earlier ones are as they were")
}

fn tell(taken: &Taken) -> ExitCode {
    let Manifest { number, faults, file_count, .. } = &taken.manifest;
    let events: u64 = taken.manifest.logs.iter().map(|part| part.size).sum();
    println!(
        "backup {number}: {events} events, {file_count} files; {} pieces are new ({} bytes)",
        taken.added, taken.added_bytes
    );
    println!("its hash is {}", taken.sha256);
    if faults.is_empty() {
        return ExitCode::SUCCESS;
    }
    eprintln!("the backup is whole, but something is wrong with the court; `xiezhi audit` tells more:");
    for fault in faults {
        eprintln!("  {}", serde_json::to_string(fault).expect("a difference is plain data"));
    }
    ExitCode::FAILURE
}

async fn check(vault: &Vault) -> anyhow::Result<ExitCode> {
    let Some((manifest, _)) = vault.newest().await? else { bail!("there is no backup in this folder") };
    let sound = vault.check(&manifest, &mut progress).await?;
    eprintln!();
    println!(
        "backup {}: {} pieces and files read, {} missing or changed",
        manifest.number,
        sound.pieces,
        sound.damaged.len()
    );
    for piece in &sound.damaged {
        eprintln!("  {piece}");
    }
    Ok(if sound.damaged.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Shows how far a long work is.
pub fn progress(what: &'static str, done: u64, all: u64) {
    eprint!("\r{done} / {all} {what}   ");
    // A terminal that is gone does not stop the work.
    let _ = std::io::stderr().flush();
}
