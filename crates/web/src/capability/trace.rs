//! The trace of a case (留痕): every act with its mark, its proof, and a check of the whole file.

pub(crate) mod samples;

use std::sync::Arc;

use axum::http::{HeaderValue, header};
use jiff::Timestamp;
use xiezhi_app::{
    access::{AccessEvent, Look},
    acts::RecordedAct,
    audit::Checked,
    witnessing::Reach,
};
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    event::CaseEvent,
    ids::{CaseId, PersonId, ShareId},
};

use super::{
    case_frame::{CaseTab, case_page, tab_title},
    overview::acts::{Names, act_words},
    past::past_route,
    prelude_of_cases::route,
};
use crate::{
    frame::prelude::{Act as TimelineAct, *},
    http::{me::Me, prelude::*, showing::PageParts},
    messages::{
        lingering, moment, moment_exact, past, t,
        trace::{Key, times},
    },
};

/// Looks shown at most.
const LOOKS_SHOWN: usize = 40;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/trace", Op::ShowTrace, trace)
        .post("/cases/{case}/trace/check", Op::CheckTrace, check)
        .get("/cases/{case}/trace/{position}", Op::ShowAct, one)
        .get("/cases/{case}/trace/{position}/proof", Op::ReadProof, proof)
}

/// Whether `reader` may read that `event` happened in `case`. The one place that decides it: what the
/// overview may tell, and nothing of papers in a volume the reader may not see.
pub fn may_read(event: Option<&CaseEvent>, reader: &Reader, case: &CaseState) -> bool {
    if access::may(reader, Act::ViewTrace, case.stage).is_err() {
        return false;
    }
    let Some(event) = event else { return reader.is_team() };
    access::may_be_told(reader, case, event)
}

/// Who acted, as pages say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "by")]
pub enum By {
    /// A person.
    Person {
        /// Name.
        name: String,
        /// Whether of the court.
        court: bool,
        /// Whether a program acted for them, by a token.
        by_token: bool,
    },
    /// The end of a period.
    Clock,
    /// The platform.
    System,
}

/// An act in the trace.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TraceAct)]
pub struct ActView {
    /// Position in the record.
    pub position: u64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: By,
    /// Name in the record; absent where the body was destroyed.
    pub name: Option<String>,
    /// What, in words.
    pub title: String,
    /// More about it.
    pub detail: String,
    /// How firmly it stands.
    pub proof: Proof,
}

/// A look in the trace, for the court's people.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LookView {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// How.
    pub look: Look,
    /// Title of the paper.
    pub paper: Option<String>,
    /// Pages.
    pub pages: Vec<u32>,
    /// The moment that was looked back at.
    pub back_at: Option<Timestamp>,
}

/// The trace of a case, as far as its reader may read it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TraceView {
    /// The case.
    pub case: CaseId,
    /// Acts, newest first.
    pub acts: Vec<ActView>,
    /// Looks, newest first; only for those who work on the case.
    pub looks: Vec<LookView>,
    /// What a check found, if one was just made.
    pub checked: Option<Checked>,
    #[serde(skip)]
    state: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

fn act_view(to: &Showing, case: &CaseState, act: RecordedAct, reach: Reach) -> ActView {
    let by = match act.person() {
        Some(person) => person_view(to, person, act.is_by_token()),
        None if act.actor == "clock" => By::Clock,
        None => By::System,
    };
    let names = Names::of(case, &to.people);
    let (title, detail) = match &act.event {
        Some(event) => act_words(to.lang(), event, &names),
        None => (t(to.lang(), Key::Destroyed).to_owned(), String::new()),
    };
    let name = act.event.as_ref().map(CaseEvent::name);
    ActView { position: act.pos, at: act.at, by, name, title, detail, proof: reach.proof(act.pos) }
}

fn person_view(to: &Showing, person: PersonId, by_token: bool) -> By {
    let court = to.people.person(person).is_some_and(|person| !person.post.is_outside());
    By::Person { name: to.name(person).to_owned(), court, by_token }
}

/// The acts the reader may read, newest first.
async fn readable(app: &App, me: &Me, case: &CaseState, reader: &Reader) -> Result<Vec<ActView>, Problem> {
    access::may(reader, Act::ViewTrace, case.stage).map_err(|_| Problem::not_found())?;
    let reach = app.record_reach().await?;
    Ok(told(&me.showing, case, reader, app.acts(case.id, 0).await?, reach))
}

/// Of `acts` those that `reader` may read, newest first.
fn told(to: &Showing, case: &CaseState, reader: &Reader, acts: Vec<RecordedAct>, reach: Reach) -> Vec<ActView> {
    let mine = acts.into_iter().rev().filter(|act| may_read(act.event.as_ref(), reader, case));
    mine.map(|act| act_view(to, case, act, reach)).collect()
}

async fn looks(app: &App, me: &Me, case: &CaseState, reader: &Reader) -> Result<Vec<LookView>, Problem> {
    if !reader.is_team() || me.showing.is_outside() {
        return Ok(vec![]);
    }
    let looks = app.looks(case.id).await?.into_iter().rev().take(LOOKS_SHOWN);
    let of = |(at, event): (Timestamp, AccessEvent)| {
        let AccessEvent::Looked { reader: who, look, material, pages, words, .. } = event;
        let back_at = words.filter(|_| look == Look::Trace).and_then(|at| at.parse().ok());
        let paper = material.and_then(|id| case.materials.get(&id));
        let hidden = paper.is_some_and(|paper| !access::may_see(reader, case, paper));
        let paper = paper.map(|paper| paper.title.clone());
        // Whoever reads by a share is no person of the court's list.
        let guest = case.shares.get(&ShareId(who.0)).map(|share| &share.terms.with);
        let guest = guest.map(|with| format!("{}（{}）", with.name, with.organisation));
        let who = guest.unwrap_or_else(|| me.showing.name(who).to_owned());
        (!hidden).then_some(LookView { at, who, look, paper, pages, back_at })
    };
    Ok(looks.filter_map(of).collect())
}

async fn trace(State(app): State<App>, me: Me, Path(case): Path<CaseId>) -> Result<Shown<TraceView>, Problem> {
    shown(&app, &me, case, None).await
}

async fn shown(app: &App, me: &Me, case: CaseId, checked: Option<Checked>) -> Result<Shown<TraceView>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let acts = readable(app, me, &state, &reader).await?;
    let looks = looks(app, me, &state, &reader).await?;
    Ok(show(&me.showing, &TraceView { case, acts, looks, checked, state, reader }))
}

/// Nothing but the command identifier.
/// A check changes nothing and so shows its result at once; that it was made is in the log of looks.
async fn check(State(app): State<App>, me: Me, Path(case): Path<CaseId>, _: Input<Nothing>) -> Result<Shown<TraceView>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let rule = access::may(&reader, Act::ViewTrace, state.stage).map_err(|_| Problem::not_found())?;
    let look = AccessEvent::Looked {
        reader: me.person.id,
        post: me.person.post,
        look: Look::Trace,
        case: Some(case),
        material: None,
        pages: vec![],
        words: None,
        rule: rule.to_owned(),
    };
    app.record_looks(vec![look]).await?;
    let checked = app.check_case(case).await?.without_content();
    shown(&app, &me, case, Some(checked)).await
}

/// One act, with its place in the record.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OneActView {
    /// The case.
    pub case: CaseId,
    /// The act.
    pub act: ActView,
}

async fn found(app: &App, me: &Me, case: CaseId, position: u64) -> Result<ActView, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let acts = readable(app, me, &state, &reader).await?;
    acts.into_iter().find(|act| act.position == position).ok_or_else(Problem::not_found)
}

async fn one(State(app): State<App>, me: Me, Path((case, position)): Path<(CaseId, u64)>) -> Result<Shown<OneActView>, Problem> {
    let act = found(&app, &me, case, position).await?;
    Ok(show(&me.showing, &OneActView { case, act }))
}

async fn proof(State(app): State<App>, me: Me, Path((case, position)): Path<(CaseId, u64)>) -> Result<Sent<PlainText>, Problem> {
    found(&app, &me, case, position).await?;
    let proof = app.act_proof(position).await?.ok_or_else(Problem::not_found)?;
    let mut response = proof.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    let name = format!("attachment; filename=\"{position}.tlog-proof\"");
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).expect("a number"));
    Ok(response.into())
}

impl View for TraceView {
    fn page(&self, to: &Showing) -> Markup {
        case_page(to, &self.state, &self.reader, CaseTab::Trace, PageParts::default(), self.body(to))
    }
}

fn by_words(to: &Showing, by: &By) -> String {
    match by {
        By::Person { name, by_token: false, .. } => name.clone(),
        By::Person { name, by_token: true, .. } => format!("{name}{}", t(to.lang(), Key::ByToken)),
        By::Clock => t(to.lang(), Key::Clock).to_owned(),
        By::System => t(to.lang(), Key::System).to_owned(),
    }
}

fn mark(to: &Showing, act: &ActView) -> Markup {
    proof_mark(to.lang(), act.proof)
}

impl TraceView {
    fn body(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        html! {
            (tab_title(to, t(lang, if to.is_outside() { Key::PartyTitle } else { Key::Title })))
            p { (Verb::go(t(lang, past::Key::Title), &route(self.case, "/past")).icon(Icon::Clock)) " " a href=(route(self.case, "/looks")) { (t(lang, lingering::Key::Own)) } }
            (columns(html! {
                (Sheet::new(t(lang, Key::Acts)).extra(timeline_key(t(lang, Key::Court), t(lang, Key::Others))).flush(self.timeline(to)))
            }, html! {
                (self.checking(to))
                @if !self.looks.is_empty() { (self.looks(to)) }
            }))
        }
    }

    fn timeline(&self, to: &Showing) -> Markup {
        if self.acts.is_empty() {
            return html! { div.in { p.muted { (t(to.lang(), Key::None)) } } };
        }
        let shown = runs(&self.acts);
        let told: Vec<(String, String, String)> = shown
            .iter()
            .map(|(act, count)| {
                let often = if *count > 1 { times(to.lang(), *count) } else { String::new() };
                let parts = [by_words(to, &act.by), act.detail.clone(), often];
                let detail = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
                (moment(act.at), route(self.case, &format!("/trace/{}", act.position)), detail)
            })
            .collect();
        let acts: Vec<TimelineAct<'_>> = shown
            .iter()
            .zip(&told)
            .map(|((act, _), (when, href, detail))| TimelineAct {
                when,
                by: match act.by {
                    By::Person { court: false, .. } => ActedBy::Other,
                    _ => ActedBy::Court,
                },
                title: &act.title,
                href: Some(href),
                detail,
                mark: Some(mark(to, act)),
            })
            .collect();
        timeline(&acts)
    }

    fn checking(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = route(self.case, "/trace/check");
        let ask = form(FormTo { action: &action, wide: true, ..FormTo::default() }, html! {
            (to.command_field())
            p { (t(lang, Key::CheckWords)) }
            (Verb::submit(t(lang, Key::Check)).icon(Icon::Shield))
        });
        html! {
            @if let Some(checked) = &self.checked { (self.result(to, checked)) }
            (Sheet::new(t(lang, Key::Check)).body(ask))
        }
    }

    fn result(&self, to: &Showing, checked: &Checked) -> Markup {
        let lang = to.lang();
        let agrees = checked.differences.is_empty();
        let (state, words) = if agrees { (Standing::Done, Key::Agrees) } else { (Standing::Overdue, Key::DiffersTitle) };
        say(state, "", t(lang, words), html! {
            (pairs(&[
                (t(lang, Key::Events), html! { (checked.events) }),
                (t(lang, Key::ProvenCount), html! { (checked.proven) }),
                (t(lang, Key::Files), html! { (checked.files) }),
            ]))
            @if !agrees && !to.is_outside() {
                ul.lines { @for difference in &checked.differences { li { code.hash { (serde_json::to_string(difference).unwrap_or_default()) } } } }
            }
        })
    }

    fn looks(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let shown: Vec<Line<'_>> = self
            .looks
            .iter()
            .map(|look| {
                let pages: Vec<String> = look.pages.iter().map(u32::to_string).collect();
                let paper = look.paper.as_deref().unwrap_or_default();
                Line {
                    kind: Some(kind(t(lang, if look.back_at.is_some() { Key::LookBack } else { look_words(look.look) }))),
                    end: Some(html! { (moment(look.at)) }),
                    ..Line::new(html! { (look.who) " " span lang="zh-CN" { (paper) } " " (pages.join(",")) @if let Some(at) = look.back_at { (moment(at)) } })
                }
            })
            .collect();
        Sheet::new(t(lang, Key::Looks)).note(t(lang, Key::LooksWords)).flush(lines(&shown))
    }
}

/// A record that is typed is kept every few seconds: such a run stands in one line, by its last act. Each act
/// has its place in the record all the same, and is there for whoever asks for JSON.
fn runs(acts: &[ActView]) -> Vec<(&ActView, usize)> {
    let mut shown: Vec<(&ActView, usize)> = vec![];
    for act in acts {
        match shown.last_mut() {
            Some((last, count)) if is_typing(last) && is_typing(act) && last.by == act.by => *count += 1,
            _ => shown.push((act, 1)),
        }
    }
    shown
}

fn is_typing(act: &ActView) -> bool {
    act.name.as_deref() == Some("hearing.transcript_typed.v1")
}

fn look_words(look: Look) -> Key {
    match look {
        Look::Case => Key::LookCase,
        Look::Page => Key::LookPage,
        Look::Download => Key::LookDownload,
        Look::Search => Key::LookSearch,
        Look::Export => Key::LookExport,
        Look::Trace => Key::LookTrace,
    }
}

impl View for OneActView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let trace = route(self.case, "/trace");
        let proof_at = format!("{trace}/{}/proof", self.act.position);
        let then_at = past_route(self.case, self.act.at);
        let then = Verb::go(t(lang, past::Key::LookBackHere), &then_at).icon(Icon::Clock);
        let back = Verb::go(t(lang, Key::BackToTrace), &trace);
        let parts = PageParts { back: Some((t(lang, Key::BackToTrace), &trace)), ..PageParts::default() };
        to.page_with(&self.act.title, parts, html! {
            h1 { (self.act.title) }
            @if !self.act.detail.is_empty() { p { (self.act.detail) } }
            (bare_sheet(pairs(&[
                (t(lang, Key::Standing), mark(to, &self.act)),
                (t(lang, Key::When), html! { (moment_exact(self.act.at)) }),
                (t(lang, Key::Who), html! { (by_words(to, &self.act.by)) }),
                (t(lang, Key::Position), html! { "#" (self.act.position) }),
                (t(lang, Key::Name), html! { code.hash { (self.act.name.as_deref().unwrap_or("—")) } }),
            ])))
            p { (t(lang, if self.act.proof.is_signed() { Key::ProofWords } else { Key::NotYet })) }
            @if self.act.proof.is_signed() { (acts(&[then, Verb::go(t(lang, Key::Proof), &proof_at).icon(Icon::Download), back])) }
            @else { (acts(&[then, back])) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use xiezhi_domain::{
        event::CaseEvent,
        filing::FilingEvent,
        people::{Actor, Post},
    };

    fn act(position: u64, name: &str, who: &str) -> ActView {
        ActView {
            position,
            at: Timestamp::UNIX_EPOCH,
            by: By::Person { name: who.to_owned(), court: true, by_token: false },
            name: Some(name.to_owned()),
            title: String::new(),
            detail: String::new(),
            proof: Proof::Recorded,
        }
    }

    #[test]
    fn a_run_of_typing_by_one_hand_stands_in_one_line_and_everything_else_by_itself() {
        let (typed, entered) = ("hearing.transcript_typed.v1", "hearing.part_entered.v1");
        let told = [(6, typed, "纪真"), (5, typed, "纪真"), (4, typed, "甄明理"), (3, entered, "甄明理"), (2, entered, "甄明理")];
        let acts: Vec<ActView> = told.map(|(position, name, who)| act(position, name, who)).into();
        let shown: Vec<(u64, usize)> = runs(&acts).into_iter().map(|(act, count)| (act.position, count)).collect();
        assert_eq!(shown, [(6, 2), (4, 1), (3, 1), (2, 1)]);
    }

    fn event(golden: &str) -> CaseEvent {
        CaseEvent::decode(golden.as_bytes()).expect("a golden event reads")
    }

    fn case() -> CaseState {
        let submitted = event(include_str!("../../../domain/tests/golden/filing.submitted.v1.json"));
        let CaseEvent::Filing(FilingEvent::Submitted { application, by, received_on }) = submitted else {
            panic!("the first event of a case is its submission")
        };
        CaseState::opened(CaseId(uuid::Uuid::from_u128(1)), *application, by, received_on)
    }

    fn reader(case: &CaseState, post: Post) -> Reader {
        Reader::of(&Actor::Person { id: PersonId(uuid::Uuid::from_u128(99)), post, token: None }, case)
    }

    #[test]
    fn deliberation_and_drafts_stay_with_the_panel() {
        let case = case();
        let deliberation = event(include_str!("../../../domain/tests/golden/deliberation.opened.v1.json"));
        let draft = event(include_str!("../../../domain/tests/golden/drafting.saved.v1.json"));
        for post in Post::ALL {
            let reader = reader(&case, post);
            assert!(!may_read(Some(&deliberation), &reader, &case), "{post:?}");
            assert!(!may_read(Some(&draft), &reader, &case), "{post:?}");
        }
    }

    #[test]
    fn whoever_has_nothing_to_do_with_the_case_reads_nothing() {
        let case = case();
        let submitted = event(include_str!("../../../domain/tests/golden/filing.submitted.v1.json"));
        let may = |post| may_read(Some(&submitted), &reader(&case, post), &case);
        for post in [Post::SystemAdmin, Post::SecurityAdmin, Post::AuditAdmin, Post::Party, Post::Lawyer, Post::Finance] {
            assert!(!may(post), "{post:?}");
        }
        assert!(may(Post::FilingClerk) && may(Post::DivisionHead));
    }
}
