//! How the court's logs stand; proofs and published files of them.

use xiezhi_store::LogId;

use crate::{
    App, AppError, recorder,
    shadow::ShadowStanding,
    stamping::StampStanding,
    witnessing::{Reach, WitnessStanding},
};

/// How one of the court's logs stands.
#[derive(Clone, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct LogStanding {
    /// Short name: `record`, `access`.
    pub log: &'static str,
    /// Events in all.
    pub size: u64,
    /// Of them, under a signed checkpoint.
    pub proven: u64,
    /// The key that checks it.
    pub verifier: String,
    /// The newest checkpoint, as signed and cosigned so far.
    pub checkpoint: Option<String>,
    /// How far it is signed and witnessed.
    pub reach: Reach,
    /// What each witness saw last.
    pub witnesses: Vec<WitnessStanding>,
    /// How the time stamps over it stand; the log of looks is stamped with the record, which anchors it.
    pub stamps: Option<StampStanding>,
    /// How its shadow in SM3 stands.
    pub shadow: Option<ShadowStanding>,
}

/// The log of this short name.
pub fn log_named(name: &str) -> Option<LogId> {
    LogId::ALL.into_iter().find(|log| recorder::name(*log) == name)
}

impl App {
    /// The proof of the act at `position`, as a file to keep; none until it is proven.
    pub async fn act_proof(&self, position: u64) -> Result<Option<String>, AppError> {
        Ok(self.proof(LogId::RECORD, position).await?.map(|proof| proof.to_string()))
    }

    /// How the court's logs stand.
    pub async fn logs(&self) -> Result<Vec<LogStanding>, AppError> {
        let mut standing = vec![];
        for log in LogId::ALL {
            standing.push(LogStanding {
                log: recorder::name(log),
                size: self.ports().store.size(log).await?,
                proven: self.proven_upto(log).await?,
                verifier: self.log_verifier(log),
                checkpoint: self.newest(log).await?.map(|newest| newest.note.to_string()),
                reach: self.reach(log).await?,
                witnesses: self.witness_standings(log).await?,
                stamps: if log == LogId::RECORD { self.stamp_standing().await? } else { None },
                shadow: if log == LogId::RECORD { self.shadow_standing().await? } else { None },
            });
        }
        Ok(standing)
    }

    /// Messages and other promises that were given up: channel and reason, for a person to look at.
    pub async fn given_up(&self) -> Result<Vec<(String, String)>, AppError> {
        let failed = self.ports().store.failed_dispatches().await?;
        Ok(failed.into_iter().map(|(claimed, why)| (claimed.channel, why)).collect())
    }

    /// Whether the lists agree with the size of the record.
    pub async fn lists_are_current(&self) -> Result<bool, AppError> {
        Ok(self.ports().store.rows_are_current().await?)
    }

    /// A published file of the log of this short name.
    pub async fn published_file(&self, log: &str, path: &str) -> Result<Option<Vec<u8>>, AppError> {
        match log_named(log) {
            Some(log) => self.published(log, path).await,
            None => Ok(None),
        }
    }
}
