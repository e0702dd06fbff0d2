//! The history of looks, anchored in the record: the access log's checkpoint is an act of the court, so
//! that nobody can replace the one log without the other showing it.

use serde::{Deserialize, Serialize};
use xiezhi_store::{LogId, Pos, Stream};

use crate::{App, AppError, court};

/// An entry of the stream of access checkpoints.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum AnchorEvent {
    /// The access log stood so (查阅记录存证点).
    #[serde(rename = "court.access_checkpoint.v1")]
    AccessCheckpoint {
        /// Entries it had.
        size: Pos,
        /// Its signed checkpoint.
        checkpoint: String,
    },
}

/// The stream of access checkpoints.
pub fn stream() -> Stream {
    Stream("access-log".to_owned())
}

impl App {
    /// Records the newest checkpoint of the access log in the record, if it is not there yet. Returns
    /// whether it was recorded now.
    pub async fn anchor_access_log(&self) -> Result<bool, AppError> {
        let Some(newest) = self.newest(LogId::ACCESS).await? else { return Ok(false) };
        let known = court::read_plain::<AnchorEvent>(self, &stream(), 0).await?;
        let (rev, last) = known.into_iter().next_back().map_or((0, None), |(rev, event)| (rev, Some(event)));
        // Cosignatures may have come since: the log stands where it stood.
        let stands = |AnchorEvent::AccessCheckpoint { checkpoint, .. }: &AnchorEvent| {
            checkpoint.strip_prefix(newest.note.text()).is_some_and(|rest| rest.starts_with('\n'))
        };
        if last.as_ref().is_some_and(stands) {
            return Ok(false);
        }
        let event = AnchorEvent::AccessCheckpoint { size: newest.size, checkpoint: newest.note.to_string() };
        match court::append_plain(self, &stream(), rev, &[event], "system").await {
            Ok(()) => Ok(true),
            // Another node was faster: what it recorded serves as well.
            Err(AppError::Busy) => Ok(false),
            Err(fault) => Err(fault),
        }
    }
}
