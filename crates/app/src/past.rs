//! A case as it stood at an earlier moment (时点回看): folded from its events up to then, from nothing else.

use std::collections::BTreeSet;

use jiff::Timestamp;
use xiezhi_domain::{
    access::{self, Reader},
    case::CaseState,
    ids::CaseId,
    material::Material,
    moment::{Moment, Recorded},
};
use xiezhi_store::{LogId, StoredEvent};

use crate::{App, AppError, acts::RecordedAct, codec};

/// A case at a moment, and what had happened until then.
#[derive(Clone, Debug)]
pub struct Past {
    /// The case; none where it was not before the court yet.
    pub case: Option<CaseState>,
    /// Acts until then, oldest first.
    pub acts: Vec<RecordedAct>,
    /// Acts after it, oldest first.
    pub since: Vec<RecordedAct>,
}

impl App {
    /// The case as it stood at `at`, whatever was recorded at that very instant included. The caller decides what of
    /// it a reader may see.
    pub async fn past(&self, id: CaseId, at: Timestamp) -> Result<Past, AppError> {
        let stored = self.ports().store.read_stream(LogId::RECORD, &codec::case_stream(id), 0).await?;
        let until = reach(&stored, at);
        let case = codec::fold(id, None, &stored[..until])?;
        let acts = stored.into_iter().map(RecordedAct::read).collect::<Result<Vec<_>, _>>()?;
        let mut acts = acts.into_iter();
        let before = acts.by_ref().take(until).collect();
        Ok(Past { case, acts: before, since: acts.collect() })
    }
}

impl RecordedAct {
    /// What the record says beside the event.
    pub fn recorded(&self) -> Recorded {
        Recorded { moment: Moment::of(self.at), rev: self.rev }
    }
}

impl App {
    /// The versions of a paper that `reader` may open, by their numbers from 1: inside the court all of them, outside
    /// those that had reached the reader before they were replaced.
    pub async fn versions_shown(
        &self,
        reader: &Reader,
        case: &CaseState,
        paper: &Material,
    ) -> Result<BTreeSet<usize>, AppError> {
        if paper.earlier.is_empty() || reader.is_inside() {
            return Ok((1..=paper.earlier.len() + 1).collect());
        }
        let acts = self.acts(case.id, 0).await?;
        let events = acts.iter().filter_map(|act| Some((act.event.as_ref()?, act.recorded())));
        Ok(access::versions_shown(reader, case, paper.id, events))
    }
}

/// How many of the events had been recorded by `at`: those before the first that came later. A clock that was set
/// back does not tear acts out of their order.
fn reach(events: &[StoredEvent], at: Timestamp) -> usize {
    let later = |event: &StoredEvent| codec::moment_of(event).at > at;
    events.iter().position(later).unwrap_or(events.len())
}
