//! Between events and the bytes that are recorded and committed to.

use serde::{Deserialize, Serialize};
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

/// The case whose stream it is.
pub fn case_of_stream(stream: &Stream) -> Option<CaseId> {
    stream.0.strip_prefix("case/")?.parse().ok()
}

/// Who acted, when, and in which stream. It stands at the end of the body, so that it is part of what is committed
/// to: nobody changes it unseen, and whoever holds the proof of an act holds it, too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inscription {
    /// Who acted, as the shell names them.
    pub by: String,
    /// When it was recorded, by the court's clock.
    pub at: jiff::Timestamp,
    /// The stream.
    #[serde(rename = "in")]
    pub stream: String,
}

impl Inscription {
    /// Of an act by `actor` at `at_us`, microseconds since the epoch.
    pub fn new(actor: &str, at_us: i64, stream: &Stream) -> Self {
        Self { by: actor.to_owned(), at: instant(at_us), stream: stream.0.clone() }
    }

    /// Puts it at the end of a body, in the place of another that may be there.
    fn under(&self, body: &[u8]) -> Vec<u8> {
        let mut whole = bare(body).to_vec();
        whole.extend_from_slice(INSCRIBED.as_bytes());
        serde_json::to_writer(&mut whole, self).expect("an inscription is plain data");
        whole.push(b'}');
        whole
    }
}

/// No text inside the body looks like this: quotes are escaped there.
const INSCRIBED: &str = ",\"recorded\":";

/// A body without its inscription and without the brace that closes it.
fn bare(body: &[u8]) -> &[u8] {
    let at = body.windows(INSCRIBED.len()).rposition(|part| part == INSCRIBED.as_bytes());
    at.map_or_else(|| body.strip_suffix(b"}").unwrap_or(body), |at| &body[..at])
}

fn instant(at_us: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_microsecond(at_us).expect("a recorded moment lies within the calendar")
}

/// What a body says of itself.
#[derive(Deserialize)]
struct Inscribed {
    event: String,
    recorded: Option<Inscription>,
}

/// Whether an event is filed as its own body says: name, actor, moment and stream. One whose body was lawfully
/// destroyed says nothing, and neither does one of a release that did not inscribe.
pub fn is_as_inscribed(event: &StoredEvent) -> bool {
    let Some(body) = &event.body else { return true };
    let Ok(said) = serde_json::from_slice::<Inscribed>(body) else { return false };
    let filed = Inscription::new(&event.actor, event.at_us, &event.stream);
    said.event == event.name && said.recorded.is_none_or(|said| said == filed)
}

/// Seals a body into an event: inscription, salt, commitment, leaf.
pub fn seal(id: uuid::Uuid, name: String, body: Vec<u8>, inscription: &Inscription) -> NewEvent {
    let body = inscription.under(&body);
    let opening = Opening { event_id: *id.as_bytes(), salt: moment::secret() };
    let entry = opening.commit(&body);
    let leaf = Hash::leaf(entry.as_ref());
    NewEvent { id, name, body, salt: opening.salt, entry: entry.as_ref().to_vec(), leaf: *leaf.as_bytes() }
}

/// Seals a plain event that carries its name under `event`.
pub fn seal_plain(id: uuid::Uuid, event: &impl Serialize, inscription: &Inscription) -> NewEvent {
    let value = serde_json::to_value(event).expect("an event is plain data");
    let name = value["event"].as_str().expect("an event is tagged by its name").to_owned();
    let body = serde_json::to_vec(event).expect("an event is plain data");
    seal(id, name, body, inscription)
}

/// The moment an event was recorded.
pub fn moment_of(event: &StoredEvent) -> Moment {
    Moment::of(instant(event.at_us))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn inscription(actor: &str) -> Inscription {
        Inscription::new(actor, 1_780_000_000_000_001, &Stream::new("case", 7))
    }

    #[test]
    fn a_body_says_who_acted_when_and_where() {
        let body = inscription("person:1").under(br#"{"event":"thing.happened.v1","words":"a \"recorded\": b"}"#);
        let text = String::from_utf8(body).expect("text");
        assert!(
            text.ends_with(r#","recorded":{"by":"person:1","at":"2026-05-28T20:26:40.000001Z","in":"case/7"}}"#),
            "{text}"
        );
    }

    #[test]
    fn inscribed_again_a_body_says_the_last() {
        let bare = br#"{"event":"thing.happened.v1"}"#;
        let again = inscription("person:2").under(&inscription("person:1").under(bare));
        assert_eq!(again, inscription("person:2").under(bare));
    }
}
