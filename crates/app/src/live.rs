//! Hints that something changed: never content. Whoever hears one asks again, and is authorised again.

use tokio::sync::broadcast;
use xiezhi_domain::ids::CaseId;

/// Something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The case that changed; none for lists at large.
    pub case: Option<CaseId>,
    /// Position of the record after the change.
    pub pos: u64,
    /// Revision of the case after the change; 0 without a case.
    pub rev: u64,
}

/// Carries hints to whoever listens on this node. A slow listener misses some and is told so.
#[derive(Clone, Debug)]
pub struct Hub(broadcast::Sender<Hint>);

impl Default for Hub {
    fn default() -> Self {
        Self(broadcast::channel(1024).0)
    }
}

impl Hub {
    /// Tells everyone.
    pub fn tell(&self, hint: Hint) {
        // An error means that nobody listens.
        let _ = self.0.send(hint);
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Hint> {
        self.0.subscribe()
    }
}
