//! Why a file could not be read.

use serde::{Deserialize, Serialize};

/// Why a file, kept as it was received, has no pages to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum ReadingProblem {
    /// It would take more memory or room than a file may.
    #[error("the file grows too large when it is opened")]
    TooLarge,
    /// It opens only with a password.
    #[error("the file opens only with a password")]
    Encrypted,
    /// It is not what its first bytes promise, or it is cut off.
    #[error("the file is damaged")]
    Damaged,
    /// It takes longer than a file may.
    #[error("the file takes too long to open")]
    Timeout,
    /// It is of a kind of which no pages are made.
    #[error("no pages are made of such a file")]
    Unsupported,
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// The file has fewer pages.
    #[error("the file has no such page")]
    NoSuchPage,
}

impl ReadingProblem {
    /// Returns the stable name of the problem.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooLarge => "reading.too-large",
            Self::Encrypted => "reading.encrypted",
            Self::Damaged => "reading.damaged",
            Self::Timeout => "reading.timeout",
            Self::Unsupported => "reading.unsupported",
            Self::Empty => "reading.empty",
            Self::NoSuchPage => "reading.no-such-page",
        }
    }
}
