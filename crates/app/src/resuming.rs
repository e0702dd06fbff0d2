//! Taking up signing after a restore (恢复后续签): the files of the logs are made anew, and what was signed before is
//! asked of everyone who remembers: the copy kept apart, the witnesses, the backup itself. A record that is older
//! than any of them knows is not signed; going on needs a new name ([`crate::origin`]).

use xiezhi_ledger::{Checkpoint, Note};
use xiezhi_store::{LogId, Pos};

use crate::{
    App,
    recorder::{self, RecorderError, Stopped},
};

/// How a log stands after a restore.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Resumed {
    /// Short name of the log.
    pub log: &'static str,
    /// Events it has.
    pub size: Pos,
    /// Events that were signed before, as far as anyone knows.
    pub signed: Pos,
    /// What each witness showed: the size it cosigned last, if any.
    pub seen: Vec<(String, Option<Pos>)>,
    /// Witnesses that did not answer.
    pub silent: Vec<String>,
    /// Whether the restored store alone says what was signed last: no copy was there, and no witness is named.
    pub alone: bool,
    /// Why nothing is signed, if nothing is.
    pub stopped: Option<Stopped>,
}

impl App {
    /// Makes the files of the logs anew and compares what was restored with everyone who remembers more.
    ///
    /// # Errors
    /// A [`RecorderError`] where a port failed; what is found is told in the answer.
    pub async fn resume_signing(&self) -> Result<Vec<Resumed>, RecorderError> {
        let mut all = vec![];
        for log in LogId::ALL {
            all.push(self.resume_log(log).await?);
        }
        Ok(all)
    }

    async fn resume_log(&self, log: LogId) -> Result<Resumed, RecorderError> {
        let failed = |fault| RecorderError::failed("the store", fault);
        let size = self.ports().store.size(log).await.map_err(failed)?;
        let mut found = Resumed {
            log: recorder::name(log),
            size,
            signed: self.signed_size(log).await?,
            seen: vec![],
            silent: vec![],
            alone: false,
            stopped: None,
        };
        let done = self.compare_restored(log, &mut found).await;
        let done = match done {
            Ok(()) => self.signs(log).await,
            stopped => stopped,
        };
        found.signed = found.signed.max(self.signed_size(log).await?);
        found.stopped = done.err().map(|why| Stopped { log: found.log, code: why.code(), why: why.to_string() });
        Ok(found)
    }

    async fn compare_restored(&self, log: LogId, found: &mut Resumed) -> Result<(), RecorderError> {
        if found.signed > found.size {
            return Err(RecorderError::RolledBack { size: found.size, signed: found.signed });
        }
        let kept = self.restored_checkpoint(log).await?;
        self.lay_restored(log, found.size).await?;
        if let Some(kept) = &kept {
            self.put_file(log, "checkpoint", kept.clone().into_bytes()).await?;
        }
        for (name, url) in self.asked() {
            match self.shown(log, &url).await {
                Err(_) => found.silent.push(name),
                Ok(shown) => {
                    let size = shown.as_ref().and_then(size_of);
                    found.seen.push((name, size));
                    if let Some(shown) = shown {
                        self.hold_against(log, &shown).await?;
                    }
                }
            }
        }
        self.put_lost_copy(log, kept, found).await?;
        // The copy may lie beyond what was signed as the store knows it, within what was restored.
        self.lay_restored(log, found.size).await
    }

    fn asked(&self) -> Vec<(String, String)> {
        let witnesses = self.policy().witnesses().iter();
        witnesses.filter_map(|witness| Some((witness.name.clone(), witness.url.clone()?))).collect()
    }

    /// What the restored store says was signed last; it must be by the key at hand.
    async fn restored_checkpoint(&self, log: LogId) -> Result<Option<String>, RecorderError> {
        let Some(newest) = self.newest(log).await? else { return Ok(None) };
        match self.own_policy(log).accept(&newest.note) {
            Ok(_) => Ok(Some(newest.note.to_string())),
            Err(_) => Err(RecorderError::OtherKey { origin: self.origin(log) }),
        }
    }

    /// Files as they are at each size that something was signed at.
    async fn lay_restored(&self, log: LogId, size: Pos) -> Result<(), RecorderError> {
        let witnessed = self.witnessed(log).await?.map_or(0, |witnessed| witnessed.size);
        let kept = self.newest(log).await?.map_or(0, |newest| newest.size);
        let mut sizes = [witnessed, kept, self.signed_size(log).await?];
        sizes.sort_unstable();
        self.lay_files(log, sizes.map(|one| one.min(size)).as_slice()).await
    }

    /// Where the copy was lost, what the store keeps stands in for it, unless a witness that might know more is
    /// silent.
    async fn put_lost_copy(&self, log: LogId, kept: Option<String>, found: &mut Resumed) -> Result<(), RecorderError> {
        let Some(kept) = kept.filter(|_| found.silent.is_empty()) else { return Ok(()) };
        let note = Note::parse(kept.as_bytes()).map_err(|fault| RecorderError::failed("the checkpoint", fault))?;
        let put = self.put_copy(log, &note.to_string()).await?;
        found.alone = put && found.seen.is_empty();
        Ok(())
    }
}

fn size_of(note: &Note) -> Option<Pos> {
    note.text().parse::<Checkpoint>().ok().map(|checkpoint| checkpoint.size)
}
