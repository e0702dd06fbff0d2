//! Who witnesses this court: others, over the network, as its file says; or for a demonstration two of its
//! own, in this process. Those show how it works and prove nothing, and their names say so.

use std::{fs, path::Path, sync::Arc};

use anyhow::Context;
use async_trait::async_trait;
use xiezhi_app::{
    court::Keys,
    moment::{self, Clock},
    witnessing::NO_WITNESSES,
};
use xiezhi_connect::{HttpWitnesses, WitnessAnswer, WitnessUnreachable, Witnesses};
use xiezhi_ledger::{KeyName, Keyring, witness};
use xiezhi_store::LogId;
use xiezhi_witness::{Fault, KeyKind, Memory, Witness};

use crate::{
    config::{Config, Provider},
    witness::seconds,
};

/// The names of the demonstration's witnesses: the two that a court of its kind could have.
const DEMONSTRATION: [&str; 2] = ["demonstration-bar", "demonstration-archive"];

/// The lines of the policy, and where its witnesses are asked.
pub fn open(config: &Config, keys: &Keys, clock: Arc<dyn Clock>) -> anyhow::Result<(String, Arc<dyn Witnesses>)> {
    if config.identity == Provider::Demonstration {
        return demonstration(config, keys, clock);
    }
    let lines = match &config.witnesses {
        Some(path) => fs::read_to_string(path)
            .with_context(|| format!("the file of witnesses {} can't be read", path.display()))?,
        None => NO_WITNESSES.to_owned(),
    };
    Ok((lines, Arc::new(HttpWitnesses::new()?)))
}

/// Each has a memory and a key of its own outside the data, as if it were somewhere else.
fn demonstration(config: &Config, keys: &Keys, clock: Arc<dyn Clock>) -> anyhow::Result<(String, Arc<dyn Witnesses>)> {
    let beside = config.checkpoint_lock.join("witnesses");
    let logs =
        || Keyring::new(LogId::ALL.into_iter().flat_map(|log| keys.log_keys(log)).map(|key| key.verifier().clone()));
    let (mut lines, mut own) = (String::new(), vec![]);
    for name in DEMONSTRATION {
        let witness = one(&beside.join(name), name, logs().context("two logs, two keys")?)?;
        lines += &format!("witness {name} {} {name}\n", witness.key().verifier());
        own.push((name, Arc::new(witness)));
    }
    lines += &format!("group demonstration all {}\nquorum demonstration\n", DEMONSTRATION.join(" "));
    Ok((lines, Arc::new(OwnWitnesses { own, clock })))
}

fn one(folder: &Path, name: &str, logs: Keyring) -> anyhow::Result<Witness> {
    let key_name = KeyName::new(format!("{name}.xiezhi.example")).expect("a good name");
    let memory = Memory::open(&folder.join("memory")).context("a demonstration's witness can't be opened")?;
    let key = xiezhi_witness::open_key(&folder.join("key"), &key_name, KeyKind::Ed25519, &moment::secret())?;
    Ok(Witness::new(key, logs, memory))
}

/// Witnesses in this process; the demonstration's calendar is theirs too.
struct OwnWitnesses {
    own: Vec<(&'static str, Arc<Witness>)>,
    clock: Arc<dyn Clock>,
}

impl OwnWitnesses {
    fn named(&self, prefix: &str) -> Result<Arc<Witness>, WitnessUnreachable> {
        let found = self.own.iter().find(|(name, _)| *name == prefix);
        found.map(|(_, witness)| witness.clone()).ok_or_else(|| WitnessUnreachable("there is no such witness".into()))
    }
}

fn answer(status: u16, body: String) -> WitnessAnswer {
    WitnessAnswer { status, body }
}

#[async_trait]
impl Witnesses for OwnWitnesses {
    fn is_demonstration(&self) -> bool {
        true
    }

    async fn post(&self, prefix: &str, _: &str, request: String) -> Result<WitnessAnswer, WitnessUnreachable> {
        let (witness, at) = (self.named(prefix)?, seconds(&*self.clock));
        let asked = tokio::task::spawn_blocking(move || witness.add_checkpoint(request.as_bytes(), at)).await;
        match asked.map_err(|fault| WitnessUnreachable(Box::new(fault)))? {
            Ok(lines) => Ok(answer(200, lines.iter().map(|line| format!("{line}\n")).collect())),
            Err(Fault::Refused(witness::Refusal::Conflict { size })) => Ok(answer(409, format!("{size}\n"))),
            Err(Fault::Refused(refusal)) => Ok(answer(refusal.status(), format!("{refusal}\n"))),
            Err(Fault::Memory(fault)) => Err(WitnessUnreachable(Box::new(fault))),
        }
    }

    async fn get(&self, prefix: &str, path: &str) -> Result<WitnessAnswer, WitnessUnreachable> {
        let witness = self.named(prefix)?;
        let Some(origin) = witness.logs().find(|origin| witness::monitoring_path(origin) == path) else {
            return Ok(answer(404, String::new()));
        };
        let seen = witness.last(origin).map_err(|fault| WitnessUnreachable(Box::new(fault)))?;
        Ok(seen.map_or_else(|| answer(404, String::new()), |note| answer(200, note.to_string())))
    }
}
