//! A new name for the court's logs (更名续存): after an old backup, or two histories, nothing may be signed
//! under the old one. The break is an act of the court, on the record, and everyone can see it.

use serde::{Deserialize, Serialize};
use xiezhi_store::{LogId, Pos, Stream};

use crate::{App, AppError, court, recorder::RecorderError};

/// An entry of the stream of names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum OriginEvent {
    /// From here on the logs go by another name (存证更名).
    #[serde(rename = "court.origin_changed.v1")]
    Changed {
        /// The name before.
        from: String,
        /// The name since.
        to: String,
        /// Why.
        reason: String,
        /// Events the record had.
        size: Pos,
        /// What was signed last under the name before, of each log: larger than `size` where events are lost.
        signed: Vec<String>,
    },
}

/// A break, for everyone to see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Break {
    /// The name before.
    pub from: String,
    /// The name since.
    pub to: String,
    /// Why.
    pub reason: String,
    /// Events the record had.
    pub size: Pos,
    /// Keys of the logs under the name before: proofs given out under it are still checked with them.
    pub keys: Vec<String>,
}

/// Why no new name is begun.
#[derive(Debug, thiserror::Error)]
pub enum OriginError {
    /// The configuration still has the name before.
    #[error("`origin` in the configuration is still {0}: write the new name there first")]
    SameName(String),
    /// Something was signed under the new name already.
    #[error("{0} was signed under already: choose a name that was never used")]
    Used(String),
    /// Nothing was ever signed under the name before.
    #[error("nothing was signed as {0}: is that the name before?")]
    NeverUsed(String),
    /// A port failed.
    #[error(transparent)]
    Failed(#[from] AppError),
}

fn stream() -> Stream {
    Stream("log-origin".to_owned())
}

impl App {
    /// Begins to sign under the configured name instead of `from`, and puts that on the record.
    ///
    /// # Errors
    /// An [`OriginError`]; then nothing was recorded.
    pub async fn begin_origin(&self, from: &str, reason: &str) -> Result<OriginEvent, OriginError> {
        let to = self.ports().keys.origin.clone();
        if from == to {
            return Err(OriginError::SameName(to));
        }
        let mut signed = vec![];
        for log in LogId::ALL {
            if self.copy(&self.origin(log)).await?.is_some() {
                return Err(OriginError::Used(to));
            }
            signed.extend(self.copy(&format!("{from}/{}", crate::recorder::name(log))).await?);
        }
        if signed.is_empty() {
            return Err(OriginError::NeverUsed(from.to_owned()));
        }
        let known = self.origin_events().await?;
        let rev = known.last().map_or(0, |(rev, _)| *rev);
        let size = self.ports().store.size(LogId::RECORD).await.map_err(AppError::from)?;
        let event = OriginEvent::Changed { from: from.to_owned(), to, reason: reason.to_owned(), size, signed };
        court::append_plain(self, &stream(), rev, std::slice::from_ref(&event), "system").await?;
        Ok(event)
    }

    async fn copy(&self, origin: &str) -> Result<Option<String>, AppError> {
        Ok(self.ports().checkpoint_lock.load(origin).await?)
    }

    pub(crate) async fn origin_events(&self) -> Result<Vec<(u64, OriginEvent)>, AppError> {
        court::read_plain(self, &stream(), 0).await
    }

    /// Whether the record says that the logs go by the configured name.
    pub(crate) async fn name_is_on_the_record(&self) -> Result<bool, RecorderError> {
        let last = self.origin_events().await?.pop();
        Ok(last.is_some_and(|(_, OriginEvent::Changed { to, .. })| to == self.ports().keys.origin))
    }

    /// The breaks in the court's logs, the first first.
    pub async fn breaks(&self) -> Result<Vec<Break>, AppError> {
        let broken = |(_, OriginEvent::Changed { from, to, reason, size, .. })| {
            let keys = LogId::ALL.map(|log| self.key_of_former(&format!("{from}/{}", crate::recorder::name(log))));
            Break { keys: keys.into(), from, to, reason, size }
        };
        Ok(self.origin_events().await?.into_iter().map(broken).collect())
    }

    /// The key that signed under a former name: one that was retired since, or the one of today.
    fn key_of_former(&self, name: &str) -> String {
        let retired = self.policy().logs().iter().find(|log| log.key.name().as_str() == name);
        let own = || self.ports().keys.key_of_origin(name).verifier().to_string();
        retired.map_or_else(own, |log| log.key.to_string())
    }

    /// The policy as a file to keep: whom to trust for this court, and the keys of its former names.
    pub async fn policy_file(&self) -> Result<String, AppError> {
        let mut file = self.policy().to_string();
        if let Some(shadow) = self.shadow_standing().await? {
            file += &format!("#sm3-log {}\n", shadow.verifier);
        }
        for broken in self.breaks().await? {
            file += &format!("# {}: signed up to the change of name; {}\n", broken.from, plain(&broken.reason));
            let is_there = |key: &&String| self.policy().logs().iter().all(|log| log.key.to_string() != **key);
            file.extend(broken.keys.iter().filter(is_there).map(|key| format!("log {key}\n")));
        }
        Ok(file)
    }
}

/// A comment of a policy is one line without control characters.
fn plain(text: &str) -> String {
    text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect()
}
