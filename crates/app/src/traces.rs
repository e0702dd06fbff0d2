//! The search over acts and views of the whole court (留痕检索): newest first, a page at a time by position, so that
//! a page costs the same however long the logs are.

use jiff::{Span, Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    access as rules,
    event::CaseEvent,
    ids::{CaseId, PersonId},
    moment::instant,
    people::Actor,
};
use xiezhi_store::{LogId, Pos, Sought, StoredEvent, Stream};

use crate::{
    App, AppError,
    access::{self, AccessEvent, Look},
    codec, lingering,
};

/// Which of the two logs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Traces {
    /// What was done.
    #[default]
    Acts,
    /// What was looked at.
    Looks,
}

impl Traces {
    fn log(self) -> LogId {
        match self {
            Traces::Acts => LogId::RECORD,
            Traces::Looks => LogId::ACCESS,
        }
    }
}

/// What is searched for; what says nothing is true of all.
#[derive(Clone, Debug, Default)]
pub struct TraceQuery {
    /// In which log.
    pub of: Traces,
    /// By any of these people.
    pub people: Vec<PersonId>,
    /// In this case.
    pub case: Option<CaseId>,
    /// Acts of this capability, as stored names begin: `service`.
    pub kind: String,
    /// Looks of this kind.
    pub look: Option<Look>,
    /// From this day on.
    pub from: Option<Date>,
    /// Until this day, and with it.
    pub until: Option<Date>,
    /// Below this position.
    pub below: Option<Pos>,
    /// At most so many.
    pub most: usize,
}

/// An act or a view that was found.
#[derive(Clone, Debug)]
pub struct Trace {
    /// Position in its log.
    pub pos: Pos,
    /// When.
    pub at: Timestamp,
    /// Who, as the record names them.
    pub actor: String,
    /// The case, if it was one.
    pub case: Option<CaseId>,
    /// Stored name.
    pub name: String,
    /// What happened in a case; none of other streams, or where it was destroyed.
    pub event: Option<CaseEvent>,
    /// What was looked at.
    pub look: Option<AccessEvent>,
}

/// What was found, and where the next page begins.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Newest first.
    pub traces: Vec<Trace>,
    /// Below which position to go on; nothing when all was searched.
    pub below: Option<Pos>,
}

/// Positions that are asked at once.
const WINDOW: Pos = 20_000;
/// Windows that one page searches; then it says how far it came.
const MOST_WINDOWS: usize = 25;
/// Events that are fetched at once.
const BATCH: u64 = 256;
/// Kind of working data that remembers for which restricted case someone said why.
const OPENING: &str = "trace_opening";
/// For so many days a reason holds.
const OPENING_DAYS: i64 = 1;

impl Trace {
    fn read(stored: &StoredEvent) -> Result<Self, AppError> {
        let of = |kind: &str| stored.stream.0.strip_prefix(kind)?.parse::<CaseId>().ok();
        let case = of("case/").or_else(|| of("access/"));
        let body = stored.body.as_deref();
        let look = body
            .filter(|_| stored.name.starts_with("access.looked."))
            .and_then(|body| serde_json::from_slice(body).ok());
        let event = if stored.stream.0.starts_with("case/") { codec::case_event(stored)? } else { None };
        Ok(Self {
            pos: stored.pos,
            at: codec::moment_of(stored).at,
            actor: stored.actor.clone(),
            case,
            name: stored.name.clone(),
            event,
            look,
        })
    }

    /// The person who acted or looked, if it was one.
    pub fn person(&self) -> Option<PersonId> {
        self.actor.strip_prefix("person:")?.split(':').next()?.parse().ok()
    }

    /// Whether a program acted for them, by a token.
    pub fn is_by_token(&self) -> bool {
        self.actor.contains(":token:")
    }

    fn is_of(&self, look: Option<Look>) -> bool {
        let Some(wanted) = look else { return true };
        matches!(self.look, Some(AccessEvent::Looked { look, .. }) if look == wanted)
    }
}

impl TraceQuery {
    fn sought(&self) -> Sought {
        let midnight = |day: Date| instant(day, 0, 0).as_microsecond();
        let until = self.until.and_then(|day| day.checked_add(Span::new().days(1)).ok());
        Sought {
            within: 0..0,
            actors: self.people.iter().map(|person| format!("person:{person}")).collect(),
            rev: None,
            name: if self.kind.is_empty() { String::new() } else { format!("{}.", self.kind) },
            from_us: self.from.map(midnight),
            before_us: until.map(midnight),
        }
    }

    fn stream(&self) -> Option<Stream> {
        let case = self.case?;
        Some(match self.of {
            Traces::Acts => codec::case_stream(case),
            Traces::Looks => access::stream(Some(case)),
        })
    }
}

impl App {
    /// What meets `query`, newest first.
    pub async fn search_traces(&self, query: &TraceQuery) -> Result<Found, AppError> {
        match query.stream() {
            Some(stream) => self.search_stream(query, &stream).await,
            None => self.search_log(query).await,
        }
    }

    async fn search_stream(&self, query: &TraceQuery, stream: &Stream) -> Result<Found, AppError> {
        let stored = self.ports().store.read_stream(query.of.log(), stream, 0).await?;
        let sought = Sought { within: 0..query.below.unwrap_or(Pos::MAX), ..query.sought() };
        let mut traces = vec![];
        for event in stored.iter().rev().filter(|event| sought.is_met(event)) {
            let trace = Trace::read(event)?;
            if !trace.is_of(query.look) {
                continue;
            }
            if traces.len() == query.most {
                return Ok(Found { below: traces.last().map(|last: &Trace| last.pos), traces });
            }
            traces.push(trace);
        }
        Ok(Found { traces, below: None })
    }

    async fn search_log(&self, query: &TraceQuery) -> Result<Found, AppError> {
        let (log, sought) = (query.of.log(), query.sought());
        let size = self.ports().store.size(log).await?;
        let floor = self.first_from(log, sought.from_us, size).await?;
        let top = match sought.before_us {
            Some(before) => self.first_from(log, Some(before), size).await?,
            None => size,
        };
        let mut below = query.below.unwrap_or(top).min(top);
        let mut found = Found::default();
        for _ in 0..MOST_WINDOWS {
            if below <= floor {
                return Ok(found);
            }
            let start = below.saturating_sub(WINDOW).max(floor);
            let asked = Sought { within: start..below, from_us: None, before_us: None, ..sought.clone() };
            let read = self.ports().store.find_events(log, &asked, BATCH).await?;
            let whole = (read.len() as u64) < BATCH;
            below = if whole { start } else { read.last().map_or(start, |last| last.pos) };
            // How long somebody read is sealed, and found by no search.
            for event in read.iter().filter(|event| !lingering::is_sealed(&event.stream)) {
                let trace = Trace::read(event)?;
                if trace.is_of(query.look) {
                    if found.traces.len() == query.most {
                        found.below = found.traces.last().map(|last| last.pos);
                        return Ok(found);
                    }
                    found.traces.push(trace);
                }
            }
        }
        found.below = (below > floor).then_some(below);
        Ok(found)
    }

    /// The first position whose event was recorded at `us` or later; `size` if none was. Found by halving: moments
    /// grow with positions, and where a clock was set back a little, so is this.
    pub(crate) async fn first_from(&self, log: LogId, us: Option<i64>, size: Pos) -> Result<Pos, AppError> {
        let Some(us) = us else { return Ok(0) };
        let (mut low, mut high) = (0, size);
        while low < high {
            let middle = low + (high - low) / 2;
            let read = self.ports().store.read_log(log, middle, 1).await?;
            if read.first().is_some_and(|event| event.at_us < us) { low = middle + 1 } else { high = middle }
        }
        Ok(low)
    }

    /// Why `actor` opened a restricted case, if they said so lately.
    pub async fn opening(&self, actor: &Actor, case: CaseId) -> Result<Option<String>, AppError> {
        let Some(person) = actor.person() else { return Ok(None) };
        self.note_of(OPENING, &format!("{case}.{person}"), person).await
    }

    /// Opens a restricted case to an overseer who says why: the reason is on the log of looks, durably, before anything
    /// is shown. It holds for the case and for the search in its traces, for a day.
    pub async fn open_restricted(
        &self,
        actor: &Actor,
        case: CaseId,
        look: Look,
        reason: &str,
        rule: &str,
    ) -> Result<(), AppError> {
        let Actor::Person { id, post, .. } = actor else { return Err(AppError::NotFound) };
        let look = AccessEvent::Looked {
            reader: *id,
            post: *post,
            look,
            case: Some(case),
            material: None,
            pages: vec![],
            words: Some(reason.to_owned()),
            rule: rule.to_owned(),
        };
        self.record_look(look).await?;
        self.keep_note(OPENING, &format!("{case}.{id}"), *id, &reason, OPENING_DAYS).await
    }

    /// Opens a restricted case that `actor` may know of, as [`App::open_restricted`].
    ///
    /// # Errors
    /// [`AppError::NotFound`] for whoever may not know of it.
    pub async fn open_case(&self, actor: &Actor, case: CaseId, reason: &str) -> Result<(), AppError> {
        let (state, reader) = self.known_to(case, actor).await?;
        let rule = rules::may(&reader, rules::Act::ViewCase, state.stage).map_err(AppError::Denied)?;
        self.open_restricted(actor, case, Look::Case, reason, rule).await
    }
}
