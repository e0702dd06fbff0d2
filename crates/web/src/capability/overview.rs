//! The first page of a case (案件概览): for the court's people and for a party, from one view.

pub mod acts;
pub mod next;
pub mod opening;
pub mod periods;

mod party;
mod staff;
pub(crate) mod samples;

use std::sync::Arc;

use jiff::{Timestamp, civil::Date};
use xiezhi_app::{
    acts::{RecordedAct, Visit, is_worth_telling},
    witnessing::{Proof, Reach},
};
use xiezhi_domain::{
    access::{self, Reader},
    case::CaseState,
    event::CaseEvent,
    fees::FeeStatus,
    ids::{CaseId, PartyId, PersonId},
    party::PartyRole,
    stage::Stage,
    tasks::TaskKind,
};

use self::{
    acts::{Names, act_words},
    next::ConditionView,
    periods::PeriodView,
};
use super::{
    past::{may_stop_at, past_route},
    prelude_of_cases::route,
};
use crate::{http::prelude::*, messages::Lang};

pub use acts::act_words as words_of_act;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}", Op::ShowCase, show_case)
        .post("/cases/{case}/opening", Op::OpenRestrictedCase, opening::open)
        .post("/cases/{case}/seen", Op::MarkSeen, mark_seen)
}

/// Most acts in the short account.
const ACTS: usize = 12;
/// Events read for it at first: the account of a long case is as short as that of a young one.
const RECENT: u64 = 64;

/// Shows the case, and what changed since the reader's visit before.
async fn show_case(State(app): State<App>, me: Me, Path(id): Path<CaseId>) -> Result<Shown<OverviewView>, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    let visit = app.visit(id, me.person.id, case.rev).await?;
    let reach = app.record_reach().await?;
    let before = case.rev.saturating_sub(RECENT);
    let of = |acts: &[RecordedAct]| OverviewView::of(&case, &reader, &me.showing, acts, visit, reach);
    let mut view = of(&app.acts(id, before).await?);
    // So much of it is book-keeping, or not for this reader, that the account goes further back.
    if before > 0 && view.acts.len() < ACTS {
        view = of(&app.acts(id, 0).await?);
    }
    Ok(show(&me.showing, &view))
}

/// That the case is marked as seen.
#[derive(Debug, Serialize, ToSchema)]
struct Marked {
    seen: bool,
}

/// Marks what happened so far as seen.
async fn mark_seen(State(app): State<App>, me: Me, Path(id): Path<CaseId>) -> Result<Done<Marked>, Problem> {
    let (case, _) = app.view(id, &me.actor).await?;
    app.mark_seen(id, me.person.id, case.rev).await?;
    Ok(done(&me.showing, &route(id, ""), &Marked { seen: true }))
}

/// A case at a glance, for one reader.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OverviewView {
    #[serde(skip)]
    case: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
    /// The case.
    pub id: CaseId,
    /// Number, once filed.
    pub number: Option<String>,
    /// Stage.
    pub stage: Stage,
    /// Position of the newest act that the reader may be told of: it moves when what they see does, and with
    /// nothing that they don't.
    pub as_of: Option<u64>,
    /// The reader's open tasks.
    pub tasks: Vec<TaskView>,
    /// The next step in words.
    pub next: String,
    /// Its conditions; inside the court alone.
    pub conditions: Vec<ConditionView>,
    /// Running periods with their working.
    pub periods: Vec<PeriodView>,
    /// Issues in dispute.
    pub issues: Vec<String>,
    /// Parties.
    pub parties: Vec<PartyView>,
    /// Who tries the case.
    pub tribunal: Vec<SeatView>,
    /// Where the fee stands.
    pub fee: FeeStatus,
    /// Newest acts first.
    pub acts: Vec<ActView>,
    /// What is new since the visit before.
    pub changed: Vec<ActView>,
    /// When that visit was, microseconds since the epoch; 0 for never.
    pub visited_us: i64,
}

/// A task of the reader.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TaskView {
    /// Kind.
    pub kind: &'static str,
    /// Until.
    pub due_on: Option<Date>,
    /// Where it is done.
    pub href: String,
    /// The papers to sign for.
    pub about: String,
    #[serde(skip)]
    task: TaskKind,
}

/// A party in one line.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PartyView {
    /// The party.
    pub id: PartyId,
    /// Role.
    pub role: PartyRole,
    /// Name.
    pub name: String,
    /// Agents: name and whether they hold special authority.
    pub agents: Vec<(String, bool)>,
    /// Whether it agreed to electronic service.
    pub electronic: bool,
}

/// A seat of the court in this case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SeatView {
    /// Which: `judge`, `presiding`, `member`, `assistant`, `clerk`.
    pub seat: &'static str,
    /// Who.
    pub name: String,
    /// Telephone, of the clerk.
    pub phone: Option<String>,
}

/// An act in words.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ActView {
    /// Position in the record.
    pub position: u64,
    /// Revision of the case, to compare with a visit; what others don't see could be counted by it.
    #[serde(skip)]
    pub rev: u64,
    /// When.
    pub at: Timestamp,
    /// Whether the court acted.
    pub by_court: bool,
    /// Who, by name; empty for the clock and the platform.
    pub by: String,
    /// What.
    pub title: String,
    /// The particulars.
    pub detail: String,
    /// How firmly it stands.
    pub proof: Proof,
}

impl OverviewView {
    /// The case as `reader` may see it.
    pub fn of(
        case: &Arc<CaseState>,
        reader: &Reader,
        to: &Showing,
        acts: &[RecordedAct],
        visit: Visit,
        reach: Reach,
    ) -> Self {
        let lang = to.lang();
        let tasks = next::tasks_of(case, reader);
        let told = told(case, reader, to, acts, reach);
        let changed = told.iter().filter(|act| visit.before_us > 0 && act.rev > visit.before_rev);
        let own = to.person.as_ref().map(|person| person.id);
        let changed = changed.filter(|act| !is_own(acts, act.rev, own)).take(ACTS).cloned().collect();
        let inside = reader.is_inside();
        Self {
            case: Arc::clone(case),
            reader: reader.clone(),
            id: case.id,
            number: case.number.as_ref().map(ToString::to_string),
            stage: if inside { case.stage } else { case.stage.told_outside() },
            as_of: told.first().map(|act| act.position),
            next: next::headline(lang, case, &tasks),
            tasks: task_views(case, &tasks),
            conditions: if inside { next::conditions(lang, case, reader) } else { vec![] },
            periods: periods::shown(case, !inside).map(|it| PeriodView::of(lang, case, it)).collect(),
            issues: case.issues.clone(),
            parties: case.parties_in_order().map(|party| PartyView::of(case, party)).collect(),
            tribunal: seats(case, to),
            fee: case.fees.status,
            acts: told.into_iter().take(ACTS).collect(),
            changed,
            visited_us: visit.before_us,
        }
    }

    /// The clerk's telephone, if the court has put it down.
    fn call(&self) -> Option<&str> {
        self.tribunal.iter().find(|seat| seat.seat == "clerk").and_then(|seat| seat.phone.as_deref())
    }
}

fn task_views(case: &CaseState, tasks: &[xiezhi_domain::tasks::Task]) -> Vec<TaskView> {
    let open = tasks.iter().filter(|task| task.kind != TaskKind::Wait);
    let view = |task: &xiezhi_domain::tasks::Task| TaskView {
        kind: task.kind.code(),
        due_on: task.due_on,
        href: next::place_of(case, task),
        about: about(case, task),
        task: task.kind,
    };
    open.map(view).collect()
}

/// The papers that a task to sign for is about.
fn about(case: &CaseState, task: &xiezhi_domain::tasks::Task) -> String {
    let service = match task.kind {
        TaskKind::SignFor => task.subject.parse().ok().and_then(|id| case.services.get(&id)),
        _ => None,
    };
    let papers = service.iter().flat_map(|service| &service.materials).filter_map(|id| case.materials.get(id));
    papers.map(|paper| paper.title.as_str()).collect::<Vec<_>>().join("、")
}

fn is_own(acts: &[RecordedAct], rev: u64, own: Option<PersonId>) -> bool {
    own.is_some() && acts.iter().any(|act| act.rev == rev && act.person() == own)
}

/// Acts this reader may be told of, newest first, without the book-keeping.
fn told(case: &CaseState, reader: &Reader, to: &Showing, acts: &[RecordedAct], reach: Reach) -> Vec<ActView> {
    let names = Names::of(case, &to.people);
    let shown = acts.iter().rev().filter_map(|act| Some((act, act.event.as_ref()?)));
    let shown = shown.filter(|(_, event)| is_worth_telling(event) && access::may_be_told(reader, case, event));
    shown.map(|(act, event)| ActView::of(to.lang(), act, event, &names, reach)).collect()
}

impl ActView {
    /// An act in the words of `lang`.
    pub fn of(lang: Lang, act: &RecordedAct, event: &CaseEvent, names: &Names<'_>, reach: Reach) -> Self {
        let (title, detail) = act_words(lang, event, names);
        let person = act.person().and_then(|id| names.people.person(id));
        Self {
            position: act.pos,
            rev: act.rev,
            at: act.at,
            by_court: person.is_none_or(|person| !person.post.is_outside()),
            by: person.map(|person| person.name.clone()).unwrap_or_default(),
            title,
            detail,
            proof: reach.proof(act.pos),
        }
    }
}

/// Month, day and time of an act; the year too where it is not this one.
fn when(to: &Showing, at: Timestamp) -> String {
    let on = xiezhi_domain::moment::day_of(at);
    let clock = crate::messages::clock_of(at);
    let day = if on.year() == to.today.year() { on.strftime("%m-%d").to_string() } else { crate::messages::day(on) };
    if on.year() == to.today.year() { format!("{day} {clock}") } else { day }
}

/// For each act told, where the case is shown as it stood then, if the reader may look back there.
fn thens(view: &OverviewView) -> Vec<Option<String>> {
    let then = |act: &ActView| may_stop_at(&view.case, &view.reader, act.at).then(|| past_route(view.id, act.at));
    view.acts.iter().map(then).collect()
}

impl PartyView {
    fn of(case: &CaseState, party: &xiezhi_domain::party::Party) -> Self {
        let agents = case.agents.iter().filter(|agent| agent.party == party.id);
        Self {
            id: party.id,
            role: party.role,
            name: party.name.clone(),
            agents: agents.map(|agent| (agent.name.clone(), !agent.special.is_empty())).collect(),
            electronic: xiezhi_domain::consent::is_served_online(case, party.id),
        }
    }
}

/// The seats of the court in `case`.
pub(super) fn seats(case: &CaseState, to: &Showing) -> Vec<SeatView> {
    let Some(tribunal) = &case.tribunal else { return vec![] };
    let seat = |seat, person: PersonId| SeatView { seat, name: to.name(person).to_owned(), phone: None };
    let mut seats = vec![];
    seats.extend(tribunal.presiding.filter(|person| *person != tribunal.judge).map(|person| seat("presiding", person)));
    seats.push(seat("judge", tribunal.judge));
    seats.extend(tribunal.members.iter().filter(|person| Some(**person) != tribunal.presiding).map(|person| seat("member", *person)));
    seats.extend(tribunal.assistant.map(|person| seat("assistant", person)));
    seats.extend(tribunal.clerk.map(|person| SeatView {
        phone: to.people.person(person).and_then(|person| person.phone.clone()),
        ..seat("clerk", person)
    }));
    seats
}

impl View for OverviewView {
    fn page(&self, to: &Showing) -> Markup {
        if to.is_outside() { party::page(self, to) } else { staff::page(self, to) }
    }
}
