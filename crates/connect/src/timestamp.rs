//! Time stamps from an authority outside, over the digest of what was signed.

use async_trait::async_trait;

/// A time-stamp token (可信时间戳): DER of the CMS structure, as RFC 3161 defines it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeStampToken(pub Vec<u8>);

/// Why there is no time stamp.
#[derive(Debug, thiserror::Error)]
pub enum TimeStampError {
    /// The court has no authority; its signatures stand with the court's own time.
    #[error("the court has no time-stamping authority")]
    NoAuthority,
    /// The authority cannot be reached; the signature stands, and the stamp may be asked for later.
    #[error("the time-stamping authority cannot be reached")]
    Unreachable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl TimeStampError {
    /// Returns the stable name of the error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoAuthority => "time-stamp.no-authority",
            Self::Unreachable(_) => "time-stamp.unreachable",
        }
    }
}

/// A time-stamping authority (时间戳服务机构).
#[async_trait]
pub trait TimeStamps: Send + Sync {
    /// Asks for a token over a SHA-256 digest. Asking twice gives two tokens, both good.
    ///
    /// # Errors
    /// [`TimeStampError`].
    async fn stamp(&self, sha256: &[u8; 32]) -> Result<TimeStampToken, TimeStampError>;
}

/// A court without an authority: every request says so, and pages say "the court's own time".
pub struct NoTimeStamps;

#[async_trait]
impl TimeStamps for NoTimeStamps {
    async fn stamp(&self, _: &[u8; 32]) -> Result<TimeStampToken, TimeStampError> {
        Err(TimeStampError::NoAuthority)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_court_without_an_authority_says_so() {
        let refused = NoTimeStamps.stamp(&[0; 32]).await.expect_err("there is no authority");
        assert_eq!(refused.code(), "time-stamp.no-authority");
    }
}
