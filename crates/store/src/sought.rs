//! What events of a log are sought for: by whom, how they are named, when.

use std::ops::Range;

use crate::{Pos, Rev, StoredEvent};

/// What must hold of an event; what says nothing holds of any.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// Positions.
    pub within: Range<Pos>,
    /// Who acted, as the shell names them; with what stands behind a colon. Nobody named means anybody.
    pub actors: Vec<String>,
    /// How the stored name begins.
    pub name: String,
    /// Which of its stream it is, counted from 1.
    pub rev: Option<Rev>,
    /// From this moment on, in microseconds since the epoch.
    pub from_us: Option<i64>,
    /// Before this moment.
    pub before_us: Option<i64>,
}

impl Sought {
    /// Whether the event is one of those sought.
    pub fn is_met(&self, event: &StoredEvent) -> bool {
        let by = |actor: &String| {
            let rest = event.actor.strip_prefix(actor.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        };
        self.within.contains(&event.pos)
            && (self.actors.is_empty() || self.actors.iter().any(by))
            && event.name.starts_with(&self.name)
            && self.rev.is_none_or(|rev| event.rev == rev)
            && self.from_us.is_none_or(|from| event.at_us >= from)
            && self.before_us.is_none_or(|before| event.at_us < before)
    }
}
