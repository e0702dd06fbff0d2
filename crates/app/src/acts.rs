//! What happened in a case, read back from the record; and up to where a person has seen it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    drafting::DraftingEvent,
    event::CaseEvent,
    hearing::HearingEvent,
    ids::{CaseId, PersonId},
    issuing::IssuingEvent,
    material::MaterialEvent,
    procedure::ProcedureEvent,
};
use xiezhi_store::{LogId, StoredEvent};

use crate::{App, AppError, codec, witnessing::Reach};

/// An act as it was recorded.
#[derive(Clone, Debug)]
pub struct RecordedAct {
    /// Position in the record.
    pub pos: u64,
    /// Revision of the case.
    pub rev: u64,
    /// When.
    pub at: Timestamp,
    /// Who acted, as the record names them: `person:ID`, `person:ID:token:ID`, `clock`, `system`.
    pub actor: String,
    /// What happened; absent where a lawful destruction took it.
    pub event: Option<CaseEvent>,
}

impl RecordedAct {
    /// An act as the store keeps it.
    pub(crate) fn read(stored: StoredEvent) -> Result<Self, AppError> {
        let event = codec::case_event(&stored)?;
        let at = codec::moment_of(&stored).at;
        Ok(Self { pos: stored.pos, rev: stored.rev, at, actor: stored.actor, event })
    }

    /// The person who acted, if it was one.
    pub fn person(&self) -> Option<PersonId> {
        self.actor.strip_prefix("person:")?.split(':').next()?.parse().ok()
    }

    /// Whether a program acted for them, by a token.
    pub fn is_by_token(&self) -> bool {
        self.actor.contains(":token:")
    }
}

/// Up to where someone has seen a case. A visit lasts while looks follow each other; what changed is
/// counted from the visit before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Revision seen by the end of the visit before.
    pub before_rev: u64,
    /// When that was, microseconds since the epoch; 0 for never.
    pub before_us: i64,
    /// Revision seen last.
    pub seen_rev: u64,
    /// When that was.
    pub seen_us: i64,
}

/// Looks further apart than this belong to two visits.
const VISIT_GAP_US: i64 = 30 * 60 * 1_000_000;
/// A mark is not written again for a look that shows nothing new within this time.
const MARK_GAP_US: i64 = 5 * 60 * 1_000_000;
/// Kind of working data that remembers visits.
const VISIT: &str = "visit";
/// Marks of visits are kept for a year.
const KEEP_DAYS: i64 = 365;

impl Visit {
    /// The visit after a look at `rev` at `now_us`.
    fn looked(self, rev: u64, now_us: i64) -> Visit {
        let new = now_us - self.seen_us > VISIT_GAP_US;
        let (before_rev, before_us) =
            if new { (self.seen_rev, self.seen_us) } else { (self.before_rev, self.before_us) };
        Visit { before_rev, before_us, seen_rev: rev, seen_us: now_us }
    }

    fn is_worth_writing(self, next: Visit) -> bool {
        self.seen_rev != next.seen_rev || next.seen_us - self.seen_us > MARK_GAP_US
    }
}

/// Whether an act belongs in a short account; the rest is book-keeping that stands in the whole trace.
pub fn is_worth_telling(event: &CaseEvent) -> bool {
    !matches!(
        event,
        CaseEvent::Periods(_)
            | CaseEvent::OnPaper(_)
            | CaseEvent::Procedure(ProcedureEvent::Advanced { .. })
            | CaseEvent::Material(MaterialEvent::Written { .. } | MaterialEvent::Retitled { .. })
            | CaseEvent::Hearing(
                HearingEvent::TranscriptSaved { .. }
                    | HearingEvent::TranscriptTyped { .. }
                    | HearingEvent::PartEntered { .. }
            )
            | CaseEvent::Issuing(IssuingEvent::Signed { .. })
            | CaseEvent::Drafting(DraftingEvent::Saved { .. })
    )
}

impl App {
    /// Acts of a case after revision `after`, oldest first.
    pub async fn acts(&self, case: CaseId, after: u64) -> Result<Vec<RecordedAct>, AppError> {
        let stored = self.ports().store.read_stream(LogId::RECORD, &codec::case_stream(case), after).await?;
        stored.into_iter().map(RecordedAct::read).collect()
    }

    /// How far the record is signed and witnessed.
    pub async fn record_reach(&self) -> Result<Reach, AppError> {
        self.reach(LogId::RECORD).await
    }

    /// How many events the record has; an answer at all means that the store answers.
    pub async fn recorded(&self) -> Result<u64, AppError> {
        Ok(self.ports().store.size(LogId::RECORD).await?)
    }

    /// Marks a look at the case as it stands at `rev`, and tells what the visit before had seen. The mark is
    /// written with the others within a second: nobody who only reads waits for the disk.
    pub async fn visit(&self, case: CaseId, person: PersonId, rev: u64) -> Result<Visit, AppError> {
        let id = visit_id(case, person);
        let waiting = self.pending_looks().visits().get(&id).map(|(_, visit)| *visit);
        let known = match waiting {
            Some(visit) => visit,
            None => self.note(VISIT, &id).await?.unwrap_or_default(),
        };
        let next = known.looked(rev, self.now_us());
        if known.is_worth_writing(next) {
            self.pending_looks().visits().insert(id, (person, next));
            self.seen_news(person, case, rev);
        }
        Ok(next)
    }

    /// Marks everything up to `rev` as seen.
    pub async fn mark_seen(&self, case: CaseId, person: PersonId, rev: u64) -> Result<(), AppError> {
        let now = self.now_us();
        let visit = Visit { before_rev: rev, before_us: now, seen_rev: rev, seen_us: now };
        let id = visit_id(case, person);
        self.pending_looks().visits().remove(&id);
        self.keep_note(VISIT, &id, person, &visit, KEEP_DAYS).await?;
        self.seen_news(person, case, rev);
        Ok(())
    }

    /// Writes the marks of visits made so far, all in one go. They wait in memory until they are written.
    pub async fn flush_visits(&self) -> Result<usize, AppError> {
        let waiting = self.pending_looks().visits().clone();
        let changes = waiting.iter().map(|(id, (person, visit))| self.note_put(VISIT, id, *person, visit, KEEP_DAYS));
        let changes: Vec<_> = changes.collect();
        if changes.is_empty() {
            return Ok(0);
        }
        self.ports().store.change_working(changes).await?;
        self.pending_looks().visits().retain(|id, visit| waiting.get(id) != Some(visit));
        Ok(waiting.len())
    }

    /// The revision up to which a person has seen each case they ever looked at.
    pub(crate) async fn seen(&self, person: PersonId) -> Result<BTreeMap<CaseId, u64>, AppError> {
        let owner = person.to_string();
        let items = self.ports().store.working_of(VISIT, Some(&owner), self.now_us()).await?;
        let seen = |item: xiezhi_store::WorkingItem| {
            let case = item.key.id.split_once('.')?.0.parse().ok()?;
            Some((case, serde_json::from_slice::<Visit>(&item.value).ok()?.seen_rev))
        };
        let mut all: BTreeMap<CaseId, u64> = items.into_iter().filter_map(seen).collect();
        let waiting = self.pending_looks().visits();
        let own = waiting.iter().filter(|(_, (whose, _))| *whose == person);
        all.extend(own.filter_map(|(id, (_, visit))| Some((id.split_once('.')?.0.parse().ok()?, visit.seen_rev))));
        Ok(all)
    }
}

fn visit_id(case: CaseId, person: PersonId) -> String {
    format!("{case}.{person}")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_US: i64 = 3_600 * 1_000_000;

    #[test]
    fn what_changed_is_counted_from_the_visit_before() {
        let first = Visit::default().looked(5, 10 * HOUR_US);
        assert_eq!((first.before_rev, first.seen_rev), (0, 5));
        let second = first.looked(9, 12 * HOUR_US);
        assert_eq!((second.before_rev, second.seen_rev), (5, 9));
    }

    #[test]
    fn a_second_look_in_the_same_visit_hides_nothing() {
        let first = Visit::default().looked(5, 10 * HOUR_US);
        let again = first.looked(6, 10 * HOUR_US + 60_000_000);
        assert_eq!((again.before_rev, again.seen_rev), (0, 6));
    }
}
