//! What can go wrong in the shell. A refusal is an answer, not a fault.

use std::sync::Arc;

use xiezhi_domain::{Refusal, access::Denial};
use xiezhi_store::{CommitRefusal, StoreError, blob::BlobError, writer::WriteError};

/// Why a command or a question was not answered.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// There is no such thing, or the reader may not know that there is.
    #[error("not found")]
    NotFound,
    /// The reader may see the case but not do this in it now.
    #[error("not allowed: {0:?}")]
    Denied(Denial),
    /// The rules say no.
    #[error("refused: {}", .0.code())]
    Refused(Refusal),
    /// Others acted on the same thing at the same time, again and again: try once more.
    #[error("too many acts on the same thing at once")]
    Busy,
    /// The command id was used for another command.
    #[error("the command id was used for another command")]
    CommandReused,
    /// A paper can't be printed: characters no font has.
    #[error("no font has the characters {0}")]
    MissingGlyphs(String),
    /// What was typed can't be understood: field and code of each problem.
    #[error("the input has faults")]
    Invalid(Vec<(String, String)>),
    /// The stream was written by a newer release, or is damaged: it is read-only here.
    #[error("the record of this case can't be read by this release: {0}")]
    Unreadable(String),
    /// A port failed; nothing was acknowledged.
    #[error("{what} failed")]
    Failed {
        /// Which port.
        what: &'static str,
        /// Why.
        #[source]
        source: Arc<dyn std::error::Error + Send + Sync>,
    },
}

impl AppError {
    /// A failure of the port `what`.
    pub fn failed(what: &'static str, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        AppError::Failed { what, source: Arc::new(source) }
    }
}

impl From<Refusal> for AppError {
    fn from(refusal: Refusal) -> Self {
        AppError::Refused(refusal)
    }
}
impl From<StoreError> for AppError {
    fn from(error: StoreError) -> Self {
        AppError::failed("the store", error)
    }
}
impl From<BlobError> for AppError {
    fn from(error: BlobError) -> Self {
        AppError::failed("the blob storage", error)
    }
}
impl From<WriteError> for AppError {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Refused(CommitRefusal::CommandReused) => AppError::CommandReused,
            WriteError::Refused(CommitRefusal::Conflict { .. }) => AppError::Busy,
            failed => AppError::failed("the store", failed),
        }
    }
}
