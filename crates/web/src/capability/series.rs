//! Like cases (类案批量办理): linked by their judge, one common draft, and what it becomes in each.

pub(crate) mod samples;

use xiezhi_app::series::{Alike, Member, Outcome, Set};
use xiezhi_documents::placeholders::PLACES;
use xiezhi_domain::{
    case::CaseState,
    drafting::{DRAFTABLE, DraftContent},
    ids::{CaseId, PersonId, SeriesId},
    law::element_form::{self, Paper},
    paper::PaperKind,
    series::SeriesCommand,
};

use super::{
    drafting::Parts,
    prelude_of_cases::{Acted, act, route},
};
use crate::{
    frame::prelude::*,
    http::{me::Me, prelude::*, problem::Problem, showing::PageParts},
    messages::{
        Lang,
        kinds::kind_name,
        series::{self as words, Key},
        t,
    },
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/series", Op::ListSeries, list)
        .post("/series", Op::LinkAlike, link)
        .get("/series/{series}", Op::ShowSeries, one)
        .post("/series/{series}", Op::SaveMaster, save)
        .post("/series/{series}/application", Op::ApplyMaster, apply)
        .post("/series/{series}/cases/{case}/leaving", Op::UnlinkCase, leave)
        .post("/cases/{case}/series/leaving", Op::LeaveSeries, leave_from_case)
}

/// A case in a list.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SeriesCaseLine)]
pub struct CaseLine {
    case: CaseId,
    number: Option<String>,
    title: String,
}

impl CaseLine {
    fn of(case: &CaseState) -> Self {
        Self { case: case.id, number: case.number.as_ref().map(ToString::to_string), title: case.short_title() }
    }

    fn name(&self) -> String {
        format!("{} {}", self.number.as_deref().unwrap_or_default(), self.title)
    }
}

/// Cases that can be linked.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = AlikeCases)]
pub struct AlikeView {
    plaintiffs: Vec<String>,
    cause: String,
    cases: Vec<CaseLine>,
}

/// A set in the list.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SeriesLine)]
pub struct SetLine {
    id: SeriesId,
    name: String,
    plaintiffs: Vec<String>,
    cases: usize,
}

/// A judge's sets of like cases, and those that could be one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SeriesListView {
    sets: Vec<SetLine>,
    alike: Vec<AlikeView>,
}

impl SeriesListView {
    fn of(sets: &[Set], alike: &[Alike]) -> Self {
        let set = |set: &Set| SetLine {
            id: set.id,
            name: set.name.clone(),
            plaintiffs: set.plaintiffs.clone(),
            cases: set.cases.len(),
        };
        let group = |alike: &Alike| AlikeView {
            plaintiffs: alike.plaintiffs.clone(),
            cause: alike.cases.first().map(|case| xiezhi_app::rows::cause_name(case)).unwrap_or_default(),
            cases: alike.cases.iter().map(|case| CaseLine::of(case)).collect(),
        };
        Self { sets: sets.iter().map(set).collect(), alike: alike.iter().map(group).collect() }
    }
}

/// The set that a case belongs to, whoever linked it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InSeries {
    id: SeriesId,
    name: String,
}

impl InSeries {
    pub(super) fn of(case: &CaseState) -> Option<Self> {
        case.series.as_ref().map(|known| Self { id: known.id, name: known.name.clone() })
    }

    /// That it belongs there, and the way out.
    pub(super) fn sheet(&self, to: &Showing, case: CaseId) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::Title)).body(html! {
            p { (t(lang, Key::BelongsTo)) (lang.pick("", " ")) span lang="zh-CN" { "「" (self.name) "」" } (lang.pick("。", ". ")) (t(lang, Key::BelongsNote)) }
            form method="post" action=(route(case, "/series/leaving")) {
                (to.command_field())
                input type="hidden" name="series" value=(self.id);
                (Verb::submit(t(lang, Key::Left)).quiet())
            }
        })
    }
}

/// How the common draft stands in a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "standing")]
#[schema(as = SeriesStanding)]
pub enum Stands {
    /// It was not applied yet.
    NotApplied,
    /// A version of it stands there untouched.
    Applied {
        /// Which.
        master: u32,
    },
    /// Somebody wrote in the draft since.
    Edited,
    /// The draft was put forward or issued.
    PutForward,
    /// It was taken out, or went to another judge.
    Gone,
}

fn stands(case: &CaseState, set: SeriesId) -> Stands {
    let Some(series) = case.series.as_ref().filter(|series| series.id == set) else { return Stands::Gone };
    let Some(applied) = series.applied else { return Stands::NotApplied };
    match case.drafts.get(&applied.document) {
        Some(draft) if draft.original.is_some() || draft.issued.is_some() => Stands::PutForward,
        Some(draft) if draft.version != applied.version => Stands::Edited,
        Some(_) => Stands::Applied { master: applied.master },
        None => Stands::NotApplied,
    }
}

/// A case of a set.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SeriesMember)]
pub struct MemberView {
    #[serde(flatten)]
    line: CaseLine,
    stands: Stands,
    /// Places that nothing in the case fills.
    missing: Vec<String>,
    /// The orders as filled in.
    orders: Vec<String>,
    /// What became of it in the last application.
    outcome: Option<Outcome>,
}

/// A set of like cases.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SeriesView {
    id: SeriesId,
    name: String,
    kind: PaperKind,
    content: DraftContent,
    master: u32,
    /// Elements that some of the cases tell; each is a place, too.
    elements: Vec<String>,
    members: Vec<MemberView>,
    /// Whether an application is under way.
    under_way: bool,
}

impl SeriesView {
    fn of(set: &Set, members: &[Member]) -> Self {
        let batch = set.batch.as_ref();
        let outcome = |case: CaseId| batch?.items.iter().find(|item| item.case == case).map(|item| item.outcome.clone());
        let member = |member: &Member| MemberView {
            line: CaseLine::of(&member.case),
            stands: stands(&member.case, set.id),
            missing: member.missing.clone(),
            orders: member.filled.orders.clone(),
            outcome: outcome(member.case.id),
        };
        Self {
            id: set.id,
            name: set.name.clone(),
            kind: set.kind,
            content: set.content.clone(),
            master: set.master,
            elements: elements(members),
            members: members.iter().map(member).collect(),
            under_way: batch.is_some_and(|batch| !batch.is_done()),
        }
    }
}

/// What the element-type forms of the cases tell, by its label.
fn elements(members: &[Member]) -> Vec<String> {
    let told = |field: &element_form::Field| members.iter().any(|member| member.case.application.elements.contains_key(&field.id));
    let form = members.first().and_then(|member| element_form::form_for(&member.case.application.cause));
    let fields = form.into_iter().flat_map(|form| form.fields_for(Paper::Complaint)).filter(|field| told(field));
    fields.map(|field| field.label_zh.clone()).collect()
}

/// Whoever drafts nothing has no sets.
fn drafter(me: &Me) -> Result<PersonId, Problem> {
    let no = me.person.post.is_outside() || me.person.post.is_administrator();
    if no { Err(Problem::not_found()) } else { Ok(me.person.id) }
}

fn at(id: SeriesId) -> String {
    format!("/series/{id}")
}

async fn list(State(web): State<Web>, me: Me) -> Result<Shown<SeriesListView>, Problem> {
    let sets = web.app.series_of(drafter(&me)?).await?;
    Ok(show(&me.showing, &SeriesListView::of(&sets, &web.app.alike(&me.actor).await?)))
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CasesToLink)]
struct Linked {
    #[serde(default)]
    name: String,
    #[serde(default)]
    case: Vec<CaseId>,
}

async fn link(State(web): State<Web>, me: Me, input: Input<Linked>) -> Result<Done<SeriesView>, Problem> {
    drafter(&me)?;
    let set = web.app.link_cases(&me.actor, input.command, &input.value.name, input.value.case).await?;
    answer(&web, &me, &set).await
}

async fn answer(web: &Web, me: &Me, set: &Set) -> Result<Done<SeriesView>, Problem> {
    let view = SeriesView::of(set, &web.app.members(&me.actor, set).await?);
    Ok(done(&me.showing, &at(set.id), &view))
}

async fn one(State(web): State<Web>, me: Me, Path(id): Path<SeriesId>) -> Result<Shown<SeriesView>, Problem> {
    let set = web.app.series(drafter(&me)?, id).await?.ok_or_else(Problem::not_found)?;
    Ok(show(&me.showing, &SeriesView::of(&set, &web.app.members(&me.actor, &set).await?)))
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CommonDraft)]
struct Written {
    kind: String,
    #[serde(flatten)]
    parts: Parts,
}

async fn save(
    State(web): State<Web>,
    me: Me,
    Path(id): Path<SeriesId>,
    input: Input<Written>,
) -> Result<Done<SeriesView>, Problem> {
    let typed = input.value;
    let kind = PaperKind::of_code(&typed.kind).filter(|kind| DRAFTABLE.contains(kind));
    let kind = kind.ok_or_else(|| Problem::invalid(vec![FieldError::new("kind", "input.unknown_choice")]))?;
    let content = typed.parts.content(&DraftContent::default());
    let set = web.app.save_master(drafter(&me)?, id, kind, content).await?;
    answer(&web, &me, &set).await
}

async fn apply(
    State(web): State<Web>,
    me: Me,
    Path(id): Path<SeriesId>,
    input: Input<Nothing>,
) -> Result<Done<SeriesView>, Problem> {
    drafter(&me)?;
    let set = web.app.apply_master(&me.actor, input.command, id).await?;
    answer(&web, &me, &set).await
}

async fn leave(
    State(web): State<Web>,
    me: Me,
    Path((id, case)): Path<(SeriesId, CaseId)>,
    input: Input<Nothing>,
) -> Result<Done<SeriesView>, Problem> {
    let person = drafter(&me)?;
    web.app.unlink_case(&me.actor, input.command, id, case).await?;
    let set = web.app.series(person, id).await?.ok_or_else(Problem::not_found)?;
    answer(&web, &me, &set).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SetLeft)]
struct Leaving {
    series: SeriesId,
}

/// Whoever writes in a case takes it out of a set, whoever linked it.
async fn leave_from_case(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Leaving>) -> Acted {
    let leave = SeriesCommand::Leave { series: input.value.series };
    act(&web, &me, id, input.command, leave, &route(id, "/documents")).await
}

impl View for SeriesListView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        to.page_with(title, PageParts::default(), html! {
            (page_head(title, "", html! {}))
            (stack(html! {
            p { (t(lang, Key::Lead)) }
            @if self.sets.is_empty() { (Blank::empty(Icon::Cases, t(lang, Key::NoneMine), t(lang, Key::NoneNote)).sheet()) }
            @else {
                (Sheet::new(t(lang, Key::Mine)).body(html! { ul.points { @for set in &self.sets { li {
                    div { a href=(at(set.id)) lang="zh-CN" { (set.name) } }
                    div.muted { (words::cases(lang, set.cases)) " · " span lang="zh-CN" { (set.plaintiffs.join("、")) } }
                } } } }))
            }
            (Sheet::new(t(lang, Key::Alike)).body(html! {
                @if self.alike.is_empty() { p { (t(lang, Key::NoAlike)) } }
                @for (place, alike) in self.alike.iter().enumerate() { (alike.form(to, place)) }
            }))
            }))
        })
    }
}

impl AlikeView {
    fn form(&self, to: &Showing, place: usize) -> Markup {
        let lang = to.lang();
        html! {
            h3 lang="zh-CN" { (self.plaintiffs.join("、")) " · " (self.cause) }
            (form(FormTo { action: "/series", ..FormTo::default() }, html! {
                (to.command_field())
                fieldset {
                    legend { (t(lang, Key::Cases)) }
                    @for line in &self.cases {
                        @let id = format!("f-case-{}", line.case);
                        label.pick for=(id) { input type="checkbox" id=(id) name="case" value=(line.case) checked; span lang="zh-CN" { (line.name()) } }
                    }
                }
                (Field::new("name", t(lang, Key::Name)).among(place).text())
                (Verb::submit(t(lang, Key::Link)))
            }))
        }
    }
}

impl View for SeriesView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let topic = to.person.as_ref().map(|person| inbox_topic(person.id)).unwrap_or_default();
        to.page_with(&self.name, PageParts::default(), html! {
            (page_head(&self.name, &words::cases(lang, self.members.len()), html! { (Verb::go(t(lang, Key::Back), "/series")) }))
            (stack(html! {
                (Sheet::new(t(lang, Key::Master)).note(&words::master(lang, self.master)).body(self.editor(to)))
                (live("series", &topic, None, self.each(to)))
            }))
        })
    }
}

impl SeriesView {
    fn editor(&self, to: &Showing) -> Markup {
        let (lang, content) = (to.lang(), &self.content);
        let kinds: Vec<Choice<'_>> = DRAFTABLE.iter().map(|kind| Choice::new(kind.code(), kind_name(lang, *kind))).collect();
        html! {
            p { (t(lang, Key::MasterNote)) }
            p.help { (t(lang, Key::Places)) (lang.pick("：", ": ")) span lang="zh-CN" { @for place in PLACES { "{" (place) "} " } } }
            @if !self.elements.is_empty() {
                p.help { (t(lang, Key::Elements)) (lang.pick("：", ": ")) span lang="zh-CN" { @for element in &self.elements { "{" (element) "} " } } }
            }
            (form(FormTo { action: &at(self.id), wide: true, ..FormTo::default() }, html! {
                (to.command_field())
                (Field::new("kind", t(lang, Key::Kind)).value(self.kind.code()).select(lang, &kinds))
                (Parts::fields(lang, content, true))
                (Verb::submit(t(lang, Key::Save)).primary())
            }))
        }
    }

    fn each(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let done = self.members.iter().filter(|member| member.outcome == Some(Outcome::Done)).count();
        let tally = words::tally(lang, done, self.members.len());
        Sheet::new(t(lang, Key::Each)).note(&tally).body(html! {
            p { (t(lang, Key::EachNote)) }
            ul.points { @for member in &self.members { li { (self.member(to, member)) } } }
            @if self.under_way { p { a href=(at(self.id)) { (t(lang, Key::Again)) } } }
            @if self.master > 0 {
                (form(FormTo { action: &format!("{}/application", at(self.id)), ..FormTo::default() }, html! {
                    (to.command_field())
                    p { (t(lang, Key::ApplyNote)) }
                    (Verb::submit(t(lang, Key::Apply)))
                }))
            }
        })
    }

    fn member(&self, to: &Showing, member: &MemberView) -> Markup {
        let lang = to.lang();
        let leaving = format!("{}/cases/{}/leaving", at(self.id), member.line.case);
        html! {
            div { a href=(route(member.line.case, "/documents")) lang="zh-CN" { (member.line.name()) } " " (member.stands.tag(lang)) }
            @if self.master > 0 && !member.missing.is_empty() { div { (tag(Standing::Soon, t(lang, Key::Missing))) " " span lang="zh-CN" { (member.missing.join("、")) } } }
            @else if self.master > 0 && member.stands == Stands::NotApplied { div { (t(lang, Key::Whole)) } }
            (outcome(lang, member))
            @if !member.orders.is_empty() { (explain(t(lang, Key::Preview), html! { ol lang="zh-CN" { @for order in &member.orders { li { (order) } } } })) }
            form method="post" action=(leaving) { (to.command_field()) (Verb::submit(t(lang, Key::Left)).quiet().about(&member.line.name())) }
        }
    }
}

fn outcome(lang: Lang, member: &MemberView) -> Markup {
    html! {
        @match &member.outcome {
            // What was done stands beside the case.
            None | Some(Outcome::Done) => {}
            Some(Outcome::Waiting) => div { (tag(Standing::Waiting, t(lang, Key::Waiting))) },
            Some(Outcome::Refused { code }) => p {
                (tag(Standing::Stopped, t(lang, Key::Refused))) " "
                a href=(format!("/help/problems/{code}")) aria-label=(format!("{} {}", t(lang, Key::Why), member.line.name())) { (t(lang, Key::Why)) }
            },
        }
    }
}

impl Stands {
    fn tag(self, lang: Lang) -> Markup {
        match self {
            Stands::NotApplied => tag(Standing::Waiting, t(lang, Key::NotApplied)),
            Stands::Applied { master } => tag(Standing::Done, &words::applied(lang, master)),
            Stands::Edited => tag(Standing::Soon, t(lang, Key::Edited)),
            Stands::PutForward => tag(Standing::Done, t(lang, Key::PutForward)),
            Stands::Gone => tag(Standing::Stopped, t(lang, Key::Gone)),
        }
    }
}
