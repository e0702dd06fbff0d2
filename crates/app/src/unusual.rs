//! Unusual access (异常查阅), counted from the log of looks day by day. A day that is over is counted once by a node
//! and kept; what was examined is on the record.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex},
};

use jiff::{Span, civil::Date};
use serde::Serialize;
use xiezhi_domain::{
    Refusal,
    access::Reader,
    case::CaseState,
    ids::{CaseId, CommandId, PersonId},
    moment::instant,
    people::{Actor, Directory, Post},
    unusual::{self, DayOfLooks, Examination, Examined, FindingKey, Kind, OversightEvent, Watch},
};
use xiezhi_store::{LogId, Stream};

use crate::{
    App, AppError,
    access::{AccessEvent, Look},
    codec, court,
};

/// Cases of a finding that are named.
const CASES_NAMED: usize = 20;
/// Events of the log of looks that are read at once.
const BATCH: u64 = 1_000;
/// Days whose count a node keeps.
const DAYS_KEPT: usize = 400;
/// How often an examination is tried anew because others examined something meanwhile.
const ATTEMPTS: usize = 4;

/// Unusual access of one person on one day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Finding {
    /// The day.
    pub day: Date,
    /// Whose.
    pub person: PersonId,
    /// Under which post.
    pub post: Post,
    /// What.
    pub kind: Kind,
    /// How much.
    pub count: u32,
    /// From how much on it is listed.
    pub limit: u32,
    /// The cases it was about, some of them where there were many.
    pub cases: Vec<CaseId>,
    /// What overseers said of it.
    pub examined: Vec<Examination>,
}

impl Finding {
    /// What it is known by.
    pub fn key(&self) -> FindingKey {
        FindingKey { day: self.day, person: self.person, kind: self.kind }
    }
}

type Day = BTreeMap<(PersonId, Post), DayOfLooks>;

/// Days that are over, as this node counted them.
#[derive(Debug, Default)]
pub struct Counted(Mutex<BTreeMap<Date, Arc<Day>>>);

impl Counted {
    fn kept(&self, day: Date) -> Option<Arc<Day>> {
        self.0.lock().expect("nobody panics while counting").get(&day).cloned()
    }

    fn keep(&self, day: Date, counted: &Arc<Day>) {
        let mut kept = self.0.lock().expect("nobody panics while counting");
        kept.insert(day, Arc::clone(counted));
        while kept.len() > DAYS_KEPT {
            kept.pop_first();
        }
    }
}

/// The stream of oversight.
pub fn stream() -> Stream {
    Stream("oversight".to_owned())
}

impl App {
    /// Unusual access of the `days` until `today`, the newest day first.
    pub async fn unusual(&self, today: Date, days: u32) -> Result<Vec<Finding>, AppError> {
        let watch = self.ports().settings.watch;
        let (examined, _) = self.examined().await?;
        let mut findings = vec![];
        for back in 0..i64::from(days) {
            let day = today.saturating_sub(Span::new().days(back));
            let counted = self.day_of_looks(day, today).await?;
            findings.extend(counted.iter().flat_map(|(who, looks)| of_day(day, *who, looks, &watch, &examined)));
        }
        Ok(findings)
    }

    /// Everything that was examined, and the revision of its stream.
    async fn examined(&self) -> Result<(Examined, u64), AppError> {
        let (mut examined, mut rev) = (Examined::default(), 0);
        for (at, event) in court::read_plain::<OversightEvent>(self, &stream(), 0).await? {
            examined.apply(&event);
            rev = at;
        }
        Ok((examined, rev))
    }

    /// Puts on the record what an overseer found of unusual access. Harmless to repeat.
    pub async fn examine(
        &self,
        actor: &Actor,
        command: CommandId,
        finding: FindingKey,
        note: &str,
    ) -> Result<(), AppError> {
        let Some(by) = actor.person().filter(|_| App::oversees(actor)) else { return Err(AppError::NotFound) };
        for _ in 0..ATTEMPTS {
            let (known, rev) = self.examined().await?;
            let Some(event) = unusual::examine(&known, by, finding, note).map_err(Refusal::from)? else {
                return Ok(());
            };
            match court::append_command(self, &stream(), rev, &[event], &actor.label(), command.0).await {
                Err(AppError::Busy) => {}
                done => return done,
            }
        }
        Err(AppError::Busy)
    }

    async fn day_of_looks(&self, day: Date, today: Date) -> Result<Arc<Day>, AppError> {
        if let Some(kept) = self.counted().kept(day) {
            return Ok(kept);
        }
        let counted = Arc::new(self.count_day(day).await?);
        if day < today {
            self.counted().keep(day, &counted);
        }
        Ok(counted)
    }

    async fn count_day(&self, day: Date) -> Result<Day, AppError> {
        let size = self.ports().store.size(LogId::ACCESS).await?;
        let next = day.saturating_add(Span::new().days(1));
        let from = self.first_from(LogId::ACCESS, Some(instant(day, 0, 0).as_microsecond()), size).await?;
        let until = self.first_from(LogId::ACCESS, Some(instant(next, 0, 0).as_microsecond()), size).await?;
        let (mut counted, mut at) = (Day::new(), from);
        while at < until {
            let read = self.ports().store.read_log(LogId::ACCESS, at, BATCH.min(until - at)).await?;
            at += read.len() as u64;
            if read.is_empty() {
                break;
            }
            for event in read {
                let body = event.body.as_deref().unwrap_or_default();
                if let Ok(look) = serde_json::from_slice::<AccessEvent>(body) {
                    take(&mut counted, look);
                }
            }
        }
        self.tell_strange(&mut counted).await?;
        Ok(counted)
    }

    /// Finds out which cases are not the business of whoever opened them. Only posts that see cases without a part in
    /// them can open such.
    async fn tell_strange(&self, counted: &mut Day) -> Result<(), AppError> {
        let people = self.directory().await?;
        for ((person, post), looks) in counted.iter_mut() {
            let actor = Actor::Person { id: *person, post: *post, token: None };
            let mut strange = BTreeSet::new();
            for id in &looks.cases {
                let case = match self.load(*id).await {
                    Ok(case) => case,
                    Err(AppError::NotFound) => continue,
                    Err(fault) => return Err(fault),
                };
                if !self.has_to_do_with(&actor, &case, &people).await? {
                    strange.insert(*id);
                }
            }
            looks.strange = strange;
        }
        Ok(())
    }

    async fn has_to_do_with(&self, actor: &Actor, case: &CaseState, people: &Directory) -> Result<bool, AppError> {
        let reader = Reader::of(actor, case);
        let division = |person: PersonId| people.person(person).and_then(|person| person.division.as_deref());
        let own = actor.person().and_then(division);
        let heads = own.is_some() && case.judge().and_then(division) == own;
        if unusual::has_to_do_with(&reader, case, false, heads) {
            return Ok(true);
        }
        let label = actor.label();
        let acts = self.ports().store.read_stream(LogId::RECORD, &codec::case_stream(case.id), 0).await?;
        let acted = acts.iter().any(|act| act.actor == label || act.actor.starts_with(&format!("{label}:")));
        Ok(unusual::has_to_do_with(&reader, case, acted, heads))
    }
}

/// Counts a look of someone of the court: parties see their own cases alone. Looking at traces takes nothing away.
fn take(counted: &mut Day, AccessEvent::Looked { reader, post, look, case, pages, .. }: AccessEvent) {
    if post.is_outside() {
        return;
    }
    let day = counted.entry((reader, post)).or_default();
    day.cases.extend(case.filter(|_| !matches!(look, Look::Trace)));
    match look {
        Look::Page => day.pages = day.pages.saturating_add(u32::try_from(pages.len()).unwrap_or(u32::MAX)),
        Look::Download => day.downloads += 1,
        Look::Export => day.exports += 1,
        Look::Case | Look::Search | Look::Trace => {}
    }
}

fn of_day(
    day: Date,
    (person, post): (PersonId, Post),
    looks: &DayOfLooks,
    watch: &Watch,
    examined: &Examined,
) -> Vec<Finding> {
    let named = |kind: Kind| match kind {
        Kind::StrangeCases => looks.strange.iter().take(CASES_NAMED).copied().collect(),
        _ => vec![],
    };
    let finding = |(kind, count): (Kind, u32)| {
        let key = FindingKey { day, person, kind };
        let examined = examined.0.get(&key).cloned().unwrap_or_default();
        Finding { day, person, post, kind, count, limit: kind.limit(watch), cases: named(kind), examined }
    };
    looks.unusual(watch).into_iter().map(finding).collect()
}
