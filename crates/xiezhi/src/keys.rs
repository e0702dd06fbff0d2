//! Another key for the court's logs (更换存证密钥), in two steps: it begins beside the one before, which then is retired.

use std::{fs, path::Path, process::ExitCode, sync::Arc};

use anyhow::{Context, bail};
use xiezhi_app::{
    log_keys::{KeyChangeError, RetiredKey},
    moment::SystemClock,
};

use crate::{
    compose::{self, FORMER_LOG_KEY, LOG_KEY, NEW_LOG_KEY},
    config::{Config, ConfigArgs},
    serve::{logs, runtime},
};

/// Arguments of `rotate-key`.
#[derive(clap::Args)]
#[command(after_help = "\
The key that signs a court's logs is changed in two steps, so that nobody is left with a policy that knows only one:

  1. stop the court
  2. xiezhi rotate-key --reason 'the key is ten years old'
  3. start the court: checkpoints now carry both signatures, and whoever knows either key accepts them
  4. give the witnesses the new keys beside those before, and parties the new policy (both at /log)
  5. once everyone has them: stop the court, xiezhi retire-key --reason '…', start it; witnesses take the keys before
     out of their files

If the key was stolen do both steps at once, and tell the witnesses: until they drop the old key a thief can have a
second history signed, but not one that contradicts what they saw. Proofs given out before hold in any case: the policy
keeps retired keys, each with the size up to which it signed.
The change stays on the record and on the page /log. If it breaks off, run it again.

example:   xiezhi rotate-key --reason 'the key is ten years old'")]
pub struct RotateKeyArgs {
    #[command(flatten)]
    config: ConfigArgs,
    /// Why, for the record
    #[arg(long)]
    reason: String,
}

/// Arguments of `retire-key`.
#[derive(clap::Args)]
#[command(after_help = "\
The second step of changing the key of the logs: see `xiezhi rotate-key --help`. The key before is deleted; what it
signed last is put on the record, and it vouches for nothing larger.

example:   xiezhi retire-key --reason 'all witnesses know the new key'")]
pub struct RetireKeyArgs {
    #[command(flatten)]
    config: ConfigArgs,
    /// Why, for the record
    #[arg(long)]
    reason: String,
}

/// Begins to sign with a new key beside the one before.
pub fn rotate(args: &RotateKeyArgs) -> anyhow::Result<ExitCode> {
    let config = Config::read(&args.config)?;
    logs(&config);
    let at = |name: &str| config.keys.join(name);
    if !at(LOG_KEY).exists() {
        bail!("there is no key yet: `xiezhi serve` makes one at its first start");
    }
    runtime()?.block_on(async {
        let opened = compose::open(&config, Arc::new(SystemClock)).await?;
        let seed = compose::secret(&at(NEW_LOG_KEY))?;
        let note = match opened.app.begin_log_key(&seed, &args.reason).await {
            Err(refused @ (KeyChangeError::UnderWay | KeyChangeError::InToken)) => {
                fs::remove_file(at(NEW_LOG_KEY))?;
                return Err(refused).context("no other key was begun");
            }
            begun => begun?,
        };
        opened.app.close().await;
        // Wherever this breaks off, the next run finds the same new key, on the record already, and goes on.
        if !at(FORMER_LOG_KEY).exists() {
            compose::put_secret(&at(FORMER_LOG_KEY), &fs::read(at(LOG_KEY))?)?;
        }
        fs::rename(at(NEW_LOG_KEY), at(LOG_KEY)).context("the new key can't take its place")?;
        synced(&config.keys)?;
        print!("{note}");
        eprintln!("both keys sign from the next start; `xiezhi rotate-key --help` says what comes then");
        Ok(ExitCode::SUCCESS)
    })
}

/// Retires the key before.
pub fn retire(args: &RetireKeyArgs) -> anyhow::Result<ExitCode> {
    let config = Config::read(&args.config)?;
    logs(&config);
    runtime()?.block_on(async {
        let opened = compose::open(&config, Arc::new(SystemClock)).await?;
        let retired = opened.app.retire_log_key(&args.reason).await?;
        opened.app.close().await;
        // The record says so durably; only now is the secret gone.
        fs::remove_file(config.keys.join(FORMER_LOG_KEY)).context("the key before can't be deleted")?;
        synced(&config.keys)?;
        for RetiredKey { key, until } in &retired {
            println!("{until} {key}");
        }
        Ok(ExitCode::SUCCESS)
    })
}

fn synced(folder: &Path) -> anyhow::Result<()> {
    Ok(fs::File::open(folder)?.sync_all()?)
}
