//! A case as it stood at an earlier moment (时点回看), to be read and no more. It is folded from the events up to
//! then; what of it is shown is decided by the reader's rights of today.

mod page;
pub(crate) mod samples;

use std::sync::Arc;

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time},
};
use xiezhi_app::{
    access::{AccessEvent, Look},
    acts::{RecordedAct, is_worth_telling},
    past::Past,
    witnessing::Reach,
};
use xiezhi_domain::{
    access::{self, Reader},
    case::CaseState,
    hearing::{self, Hearing, HearingStatus, Mode},
    ids::{CaseId, HearingId, MaterialId, PartyId},
    material::{Material, Place},
    moment::{day_of, instant},
    paper::Volume,
    party::PartyRole,
    tasks::{self, Assignee, TaskKind},
};

use super::{
    material::{PaperLine, in_order, line},
    overview::{
        ActView, SeatView,
        acts::Names,
        periods::{self, PeriodView},
        seats,
    },
    parties::{AgentView, PrivateView},
    prelude_of_cases::{role, route},
};
use crate::{
    http::prelude::*,
    messages::{clock, nav, t},
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new().get("/cases/{case}/past", Op::LookBack, look_back)
}

/// Acts told of the course until then, at most.
const ACTS: usize = 40;
/// Acts offered to stop at, at most; a day and a time reach any other.
const STOPS: usize = 80;
/// A minute that is named is meant whole.
const REST_OF_MINUTE: SignedDuration = SignedDuration::new(59, 999_999_000);

/// A part of the case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = PartOfThen)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Where it stood.
    #[default]
    Overview,
    /// The e-file.
    File,
    /// The parties.
    Parties,
    /// The hearings.
    Hearings,
}

/// Which moment, and which part. A day and a time as a person names them, or an instant as a link does.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = MomentAsked)]
#[serde(default)]
struct Asked {
    at: Option<String>,
    on: String,
    time: String,
    part: Part,
}

impl Asked {
    /// The moment, if one was asked; never one that is still to come.
    fn moment(&self, now: Timestamp) -> Result<Option<Timestamp>, Problem> {
        let wrong = |field: &str, code: &str| Problem::invalid(vec![FieldError::new(field, code)]);
        let told = if let Some(at) = &self.at {
            Some(at.parse().map_err(|_| wrong("on", "input.not_a_date"))?)
        } else if self.on.trim().is_empty() {
            None
        } else {
            let on: Date = self.on.trim().parse().map_err(|_| wrong("on", "input.not_a_date"))?;
            let time = match self.time.trim() {
                "" => Time::constant(23, 59, 0, 0),
                time => time.parse().map_err(|_| wrong("time", "input.not_a_time"))?,
            };
            let minute = instant(on, time.hour(), time.minute());
            Some(minute.checked_add(REST_OF_MINUTE).unwrap_or(minute))
        };
        Ok(told.map(|at: Timestamp| at.min(now)))
    }
}

/// A case at a moment, for one reader of today.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PastView {
    /// The case.
    pub case: CaseId,
    /// The moment; none until one is chosen.
    pub at: Option<Timestamp>,
    /// The part that a page shows.
    pub part: Part,
    /// How it stood; none where nothing was there yet that the reader may see.
    pub then: Option<ThenView>,
    /// The act before the last one of then, to go back to.
    pub earlier: Option<Timestamp>,
    /// The next act that the reader may be told of.
    pub later: Option<Timestamp>,
    /// Acts one may stop at, newest first, while no moment is chosen.
    pub moments: Vec<ActView>,
    /// How many of the acts that the reader may be told of came after.
    pub since: usize,
    #[serde(skip)]
    now: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

/// How a case stood.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ThenView {
    /// Number, once filed.
    pub number: Option<String>,
    /// Who against whom.
    pub title: String,
    /// Stage, by its code.
    pub stage: &'static str,
    /// Who tried it.
    pub tribunal: Vec<SeatView>,
    /// Issues in dispute.
    pub issues: Vec<String>,
    /// Periods that ran.
    pub periods: Vec<PeriodView>,
    /// What waited to be done; for those who work on the case.
    pub tasks: Vec<ThenTask>,
    /// What had happened, newest first.
    pub acts: Vec<ActView>,
    /// The parties.
    pub parties: Vec<ThenParty>,
    /// Main volume.
    pub main: Vec<ThenPaper>,
    /// Secondary volume; empty for whoever may not see it.
    pub secondary: Vec<ThenPaper>,
    /// Papers in staging.
    pub staged: Vec<ThenPaper>,
    /// Hearings, oldest first.
    pub hearings: Vec<ThenHearing>,
    #[serde(skip)]
    state: Arc<CaseState>,
}

/// Something that waited to be done.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ThenTask {
    /// Kind.
    pub kind: &'static str,
    /// For whom.
    pub who: String,
    /// Until.
    pub due_on: Option<Date>,
    #[serde(skip)]
    task: TaskKind,
}

/// A party as it was told then.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ThenParty {
    /// The party.
    pub id: PartyId,
    /// Role.
    pub role: PartyRole,
    /// Name.
    pub name: String,
    /// Agents.
    pub agents: Vec<AgentView>,
    /// Number, telephone, address: inside the court alone.
    pub private: Option<PrivateView>,
}

/// A paper as it stood then.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ThenPaper {
    /// The paper.
    #[serde(flatten)]
    pub paper: PaperLine,
    /// What became of it.
    pub since: Option<Since>,
    /// The number of the version that was the newest then, if another has replaced it.
    pub version: Option<usize>,
}

/// What became of a paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = SinceThen)]
#[serde(rename_all = "snake_case")]
pub enum Since {
    /// Another version came.
    Replaced,
    /// It was struck from the file.
    Struck,
    /// It was thrown out of staging.
    Discarded,
}

/// A hearing as it stood then.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ThenHearing {
    /// Identifier.
    pub id: HearingId,
    /// Day.
    pub on: Date,
    /// From.
    pub from: String,
    /// To.
    pub to: String,
    /// Courtroom.
    pub room: Option<String>,
    /// In the courtroom or on line.
    pub mode: Mode,
    /// Where it stood.
    pub status: HearingStatus,
    /// Each party by role and name: there, absent, or yet to come.
    pub parties: Vec<(String, Option<bool>)>,
    /// The record as it read; for those who work on the case.
    pub transcript: String,
    /// The printed record.
    pub paper: Option<MaterialId>,
}

async fn look_back(
    State(app): State<App>,
    me: Me,
    Path(case): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Shown<PastView>, Problem> {
    let (now, reader) = app.view(case, &me.actor).await?;
    let rule = access::may_look_back(&reader, &now).map_err(|_| Problem::not_found())?;
    let at = asked.moment(app.ports().clock.now())?;
    if let Some(at) = at {
        let look = AccessEvent::Looked {
            reader: me.person.id,
            post: me.person.post,
            look: Look::Trace,
            case: Some(case),
            material: None,
            pages: vec![],
            words: Some(at.to_string()),
            rule: rule.to_owned(),
        };
        app.record_look(look).await?;
    }
    let past = app.past(case, at.unwrap_or_else(|| app.ports().clock.now())).await?;
    let reach = app.record_reach().await?;
    Ok(show(&me.showing, &PastView::of(&me.showing, (&now, &reader), &past, (at, asked.part), reach)))
}

impl PastView {
    /// A case that `reader` knows as `now`, as it stood in the `past`.
    fn of(
        to: &Showing,
        (now, reader): (&Arc<CaseState>, &Reader),
        past: &Past,
        (at, part): (Option<Timestamp>, Part),
        reach: Reach,
    ) -> Self {
        let open = |then: &&CaseState| access::is_open_moment(reader, now, then.filed_on.is_some());
        let then = past.case.as_ref().filter(open);
        let told = |acts: &[RecordedAct]| told(to, now, reader, acts, reach);
        let before = if then.is_some() { told(&past.acts) } else { vec![] };
        let since = told(&past.since);
        let last = before.first().map(|act| act.at);
        let stops = before.iter().filter(|act| may_stop_at(now, reader, act.at));
        Self {
            case: now.id,
            at,
            part,
            then: then.filter(|_| at.is_some()).map(|then| ThenView::of(to, now, reader, then, &before)),
            earlier: stops.clone().map(|act| act.at).find(|at| Some(*at) < last),
            later: since.iter().rev().map(|act| act.at).find(|at| may_stop_at(now, reader, *at)),
            moments: if at.is_none() { stops.take(STOPS).cloned().collect() } else { vec![] },
            since: since.len(),
            now: Arc::clone(now),
            reader: reader.clone(),
        }
    }
}

/// Whether looking back at the act of this moment would show the reader anything.
pub fn may_stop_at(now: &CaseState, reader: &Reader, at: Timestamp) -> bool {
    let was_filed = now.filed_on.is_some_and(|on| on <= day_of(at));
    access::may_look_back(reader, now).is_ok() && access::is_open_moment(reader, now, was_filed)
}

/// Where the case is shown as it stood right after the act of this moment.
pub fn past_route(case: CaseId, at: Timestamp) -> String {
    route(case, &format!("/past?at={at}"))
}

/// Acts that the reader may be told of today, newest first.
fn told(to: &Showing, now: &CaseState, reader: &Reader, acts: &[RecordedAct], reach: Reach) -> Vec<ActView> {
    let names = Names::of(now, &to.people);
    let known = acts.iter().rev().filter_map(|act| Some((act, act.event.as_ref()?)));
    let told = known.filter(|(_, event)| is_worth_telling(event) && access::may_be_told(reader, now, event));
    told.map(|(act, event)| ActView::of(to.lang(), act, event, &names, reach)).collect()
}

impl ThenView {
    fn of(to: &Showing, now: &CaseState, reader: &Reader, then: &CaseState, acts: &[ActView]) -> Self {
        let seen = access::seen_then(reader, now, then);
        let inside = reader.is_inside();
        let volume = |volume: Volume| papers(now, &seen, inside, in_order(&seen, volume));
        let staged = seen.materials_in_order().filter(|paper| paper.place == Place::Staged).collect();
        Self {
            number: seen.number.as_ref().map(ToString::to_string),
            title: seen.short_title(),
            stage: seen.stage.code(),
            tribunal: seats(&seen, to),
            issues: seen.issues.clone(),
            periods: periods::shown(&seen, !inside).map(|it| PeriodView::of(to.lang(), &seen, it)).collect(),
            tasks: if reader.is_team() { waiting(to, &seen) } else { vec![] },
            acts: acts.iter().take(ACTS).cloned().collect(),
            parties: seen.parties_in_order().map(|party| ThenParty::of(&seen, party, inside)).collect(),
            main: volume(Volume::Main),
            secondary: volume(Volume::Secondary),
            staged: papers(now, &seen, inside, staged),
            hearings: seen.hearings_in_order().map(|it| ThenHearing::of(&seen, it)).collect(),
            state: Arc::new(seen),
        }
    }
}

fn waiting(to: &Showing, seen: &CaseState) -> Vec<ThenTask> {
    let who = |assignee: &Assignee| match assignee {
        Assignee::Person(person) => to.name(*person).to_owned(),
        Assignee::Post(post) => t(to.lang(), nav::post(*post)).to_owned(),
        Assignee::Party(party) => seen.parties.get(party).map(|party| party.name.clone()).unwrap_or_default(),
    };
    let open = tasks::tasks(seen).into_iter().filter(|task| task.kind != TaskKind::Wait);
    let view = |task: tasks::Task| ThenTask {
        kind: task.kind.code(),
        who: who(&task.assignee),
        due_on: task.due_on,
        task: task.kind,
    };
    open.map(view).collect()
}

impl ThenParty {
    fn of(seen: &CaseState, party: &xiezhi_domain::party::Party, inside: bool) -> Self {
        let agents = seen.agents.iter().filter(|agent| agent.party == party.id);
        Self {
            id: party.id,
            role: party.role,
            name: party.name.clone(),
            agents: agents.map(AgentView::of).collect(),
            private: inside.then(|| PrivateView::of(seen, party)),
        }
    }
}

fn papers(now: &CaseState, seen: &CaseState, inside: bool, papers: Vec<&Material>) -> Vec<ThenPaper> {
    let mut next = 1;
    let mut told = vec![];
    for (number, paper) in (1..).zip(papers) {
        let at = (inside && paper.place != Place::Staged).then_some((number, next));
        next += paper.file.pages;
        let known = now.materials.get(&paper.id);
        let replaced = known.is_some_and(|known| known.earlier.len() > paper.earlier.len());
        told.push(ThenPaper {
            paper: line(seen, paper, inside, at, &Default::default()),
            since: known.and_then(|known| since(paper, known)),
            version: replaced.then_some(paper.earlier.len() + 1),
        });
    }
    told
}

fn since(then: &Material, now: &Material) -> Option<Since> {
    match now.place {
        Place::Struck if then.place != Place::Struck => Some(Since::Struck),
        Place::Discarded if then.place != Place::Discarded => Some(Since::Discarded),
        _ => (now.earlier.len() > then.earlier.len()).then_some(Since::Replaced),
    }
}

impl ThenHearing {
    fn of(seen: &CaseState, it: &Hearing) -> Self {
        let came = |party: PartyId| it.appearances.iter().find(|who| who.party == party).map(|who| who.present);
        let named = |party: &xiezhi_domain::party::Party| {
            (format!("{} {}", role(party.role), party.name), came(party.id))
        };
        Self {
            id: it.id,
            on: it.on,
            from: clock(it.from),
            to: clock(it.to),
            room: it.room.clone(),
            mode: it.mode,
            status: it.status,
            parties: seen.parties_in_order().map(named).collect(),
            transcript: it.transcript.clone(),
            paper: hearing::transcript_of(seen, it.id).map(|paper| paper.id),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(at: Option<&str>, on: &str, time: &str) -> Asked {
        Asked { at: at.map(str::to_owned), on: on.to_owned(), time: time.to_owned(), part: Part::Overview }
    }

    fn now() -> Timestamp {
        "2026-11-22T04:00:00Z".parse().expect("an instant")
    }

    #[test]
    fn a_day_is_meant_to_its_end_and_a_minute_to_its_last_second() {
        let told = |on, time| asked(None, on, time).moment(now()).expect("in order").map(|at| at.to_string());
        assert_eq!(told("2026-03-27", "").as_deref(), Some("2026-03-27T15:59:59.999999Z"));
        assert_eq!(told("2026-03-27", "09:41").as_deref(), Some("2026-03-27T01:41:59.999999Z"));
        assert_eq!(told("", ""), None);
    }

    #[test]
    fn nobody_looks_into_the_future() {
        for of in [asked(None, "2027-01-01", ""), asked(Some("2099-01-01T00:00:00Z"), "", "")] {
            assert_eq!(of.moment(now()).expect("in order"), Some(now()));
        }
    }

    #[test]
    fn what_is_no_day_is_told_at_its_field() {
        for (of, field) in [(asked(None, "yesterday", ""), "on"), (asked(None, "2026-03-27", "noon"), "time")] {
            let problem = of.moment(now()).expect_err("not in order");
            assert_eq!(problem.field_errors()[0].field, field);
        }
    }
}
