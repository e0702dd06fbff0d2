//! Between events and the bytes that are recorded and committed to.

use xiezhi_domain::{
    case::CaseState,
    event::CaseEvent,
    filing::FilingEvent,
    ids::CaseId,
    moment::{Moment, Recorded},
};
use xiezhi_ledger::{commitment::Opening, hash::Hash};
use xiezhi_store::{NewEvent, StoredEvent, Stream};

use crate::{AppError, moment};

/// The stream of a case.
pub fn case_stream(case: CaseId) -> Stream {
    Stream::new("case", case)
}

/// Seals a body into an event: salt, commitment, leaf.
pub fn seal(id: uuid::Uuid, name: String, body: Vec<u8>) -> NewEvent {
    let opening = Opening { event_id: *id.as_bytes(), salt: moment::secret() };
    let entry = opening.commit(&body);
    let leaf = Hash::leaf(entry.as_ref());
    NewEvent { id, name, body, salt: opening.salt, entry: entry.as_ref().to_vec(), leaf: *leaf.as_bytes() }
}

/// Seals a plain event that carries its name under `event`.
pub fn seal_plain(id: uuid::Uuid, event: &impl serde::Serialize) -> NewEvent {
    let value = serde_json::to_value(event).expect("an event is plain data");
    let name = value["event"].as_str().expect("an event is tagged by its name").to_owned();
    let body = serde_json::to_vec(event).expect("an event is plain data");
    seal(id, name, body)
}

/// The moment an event was recorded.
pub fn moment_of(event: &StoredEvent) -> Moment {
    Moment::of(jiff::Timestamp::from_microsecond(event.at_us).expect("a recorded moment lies within the calendar"))
}

/// Reads an event of a case; nothing where its body was destroyed.
pub fn case_event(event: &StoredEvent) -> Result<Option<CaseEvent>, AppError> {
    let Some(body) = &event.body else { return Ok(None) };
    let decoded = CaseEvent::decode(body);
    decoded.map(Some).map_err(|fault| AppError::Unreadable(format!("{}: {}", event.name, fault.detail)))
}

/// Folds stored events onto a state, or opens one from the first.
pub fn fold(id: CaseId, state: Option<CaseState>, events: &[StoredEvent]) -> Result<Option<CaseState>, AppError> {
    let mut state = state;
    for stored in events {
        let Some(event) = case_event(stored)? else { continue };
        let recorded = Recorded { moment: moment_of(stored), rev: stored.rev };
        if state.is_none()
            && let CaseEvent::Filing(FilingEvent::Submitted { application, by, received_on }) = &event
        {
            state = Some(CaseState::opened(id, (**application).clone(), *by, *received_on));
        }
        if let Some(state) = &mut state {
            state.apply(&event, &recorded);
        }
    }
    Ok(state)
}
