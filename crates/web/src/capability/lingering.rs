//! What a reader looked at in a case, and how long (我的查阅记录、停留时长): everybody sees their own. How long somebody
//! else had pages on the screen lies sealed, and opens to the heads of the court once they said why.

pub(crate) mod samples;

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use xiezhi_app::{
    access::{AccessEvent, Look},
    lingering::{Lingered, Opening},
};
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::{CaseId, MaterialId, PersonId},
};

use super::{
    case_frame::{CaseTab, case_page, part_title},
    material,
    prelude_of_cases::route,
    traces,
};
use crate::{
    frame::prelude::*,
    http::{me::Me, prelude::*, showing::PageParts},
    messages::{
        lingering::{self as words, Key},
        material as material_words, moment, t,
    },
};

/// Looks shown at most.
const LOOKS_SHOWN: usize = 100;
/// Pages told of in one report at most: more are never on a screen in a minute.
const MOST_PAGES: usize = 200;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/looks", Op::ShowOwnLooks, own)
        .get("/cases/{case}/looks/{person}", Op::ShowTimes, of_person)
        .post("/cases/{case}/looks/{person}/opening", Op::OpenTimes, open)
        .post("/cases/{case}/file/{material}/lingered", Op::ReportTime, report)
}

/// A look of the reader's own.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OwnLookView {
    /// When.
    pub at: Timestamp,
    /// How.
    pub look: Look,
    /// The paper, as far as the reader still sees it.
    pub paper: Option<PaperNamed>,
    /// Pages.
    pub pages: Vec<u32>,
}

/// A paper by its title.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PaperNamed {
    /// Identifier.
    pub id: MaterialId,
    /// Title.
    pub title: String,
}

/// How long a page was on the screen, all together.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TimeView {
    /// The paper, as far as whoever asks sees it.
    pub paper: Option<PaperNamed>,
    /// The page.
    pub page: u32,
    /// Seconds, as the reader's browser reported them.
    pub seconds: u32,
    /// When last.
    pub at: Timestamp,
}

/// That somebody had times opened.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OpeningView {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// What somebody looked at in a case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LingeringView {
    /// The case.
    pub case: CaseId,
    /// Who.
    pub whose: PersonId,
    /// Their name.
    pub name: String,
    /// Whether they are the reader.
    pub own: bool,
    /// Their looks, newest first; of the reader alone.
    pub looks: Vec<OwnLookView>,
    /// How long pages were on their screen; nothing where that is sealed until the reader says why.
    pub times: Option<Vec<TimeView>>,
    /// Who had that opened, newest first.
    pub openings: Vec<OpeningView>,
    #[serde(skip)]
    state: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

fn named(case: &CaseState, reader: &Reader, id: Option<MaterialId>) -> Option<PaperNamed> {
    let paper = case.materials.get(&id?).filter(|paper| access::may_see(reader, case, paper))?;
    Some(PaperNamed { id: paper.id, title: paper.title.clone() })
}

/// Times page by page, each all together, the last one first. Somebody else's are told of papers that the reader sees:
/// how long a panel sat over one of the secondary volume is told to nobody outside it, by title or without.
fn added(case: &CaseState, reader: &Reader, own: bool, mut times: Vec<Lingered>) -> Vec<TimeView> {
    times.retain(|time| own || named(case, reader, Some(time.material)).is_some());
    let mut pages: BTreeMap<(MaterialId, u32), (u32, Timestamp)> = BTreeMap::new();
    for Lingered { at, material, seconds } in times {
        for (page, seconds) in seconds {
            let known = pages.entry((material, page)).or_insert((0, at));
            *known = (known.0.saturating_add(seconds), known.1.max(at));
        }
    }
    let view = |((material, page), (seconds, at)): ((MaterialId, u32), (u32, Timestamp))| TimeView {
        paper: named(case, reader, Some(material)),
        page,
        seconds,
        at,
    };
    let mut pages: Vec<TimeView> = pages.into_iter().map(view).collect();
    pages.sort_by_key(|page| std::cmp::Reverse(page.at));
    pages
}

impl LingeringView {
    async fn of(app: &App, me: &Me, case: CaseId, whose: PersonId) -> Result<Self, Problem> {
        let (state, reader) = app.view(case, &me.actor).await?;
        access::may(&reader, Act::ViewMain, state.stage).map_err(|_| Problem::not_found())?;
        let own = whose == me.person.id;
        let times = app.times(case, &me.actor, whose).await?.map(|times| added(&state, &reader, own, times));
        let looks = if own { app.own_looks(case, whose, LOOKS_SHOWN).await? } else { vec![] };
        let look = |(at, AccessEvent::Looked { look, material, pages, .. }): (Timestamp, AccessEvent)| OwnLookView {
            at,
            look,
            paper: named(&state, &reader, material),
            pages,
        };
        let by = |Opening { at, by, reason }: Opening| OpeningView { at, by: me.showing.name(by).to_owned(), reason };
        Ok(Self {
            case,
            whose,
            name: me.showing.name(whose).to_owned(),
            own,
            looks: looks.into_iter().map(look).collect(),
            times,
            openings: app.openings_of(case, whose).await?.into_iter().map(by).collect(),
            state,
            reader,
        })
    }
}

async fn own(State(app): State<App>, me: Me, Path(case): Path<CaseId>) -> Result<Shown<LingeringView>, Problem> {
    let person = me.person.id;
    Ok(show(&me.showing, &LingeringView::of(&app, &me, case, person).await?))
}

async fn of_person(
    State(app): State<App>,
    me: Me,
    Path((case, person)): Path<(CaseId, PersonId)>,
) -> Result<Shown<LingeringView>, Problem> {
    Ok(show(&me.showing, &LingeringView::of(&app, &me, case, person).await?))
}

/// Why somebody's times are opened.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TimesAsked)]
struct Because {
    #[serde(default)]
    reason: String,
}

async fn open(
    State(app): State<App>,
    me: Me,
    Path((case, person)): Path<(CaseId, PersonId)>,
    form: Input<Because>,
) -> Result<Done<LingeringView>, Problem> {
    app.open_times(case, &me.actor, person, &form.value.reason).await?;
    let view = LingeringView::of(&app, &me, case, person).await?;
    Ok(done(&me.showing, &route(case, &format!("/looks/{person}")), &view))
}

/// Pages that were on the screen, and how long each.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TimeReported)]
struct Reported {
    /// The pages.
    #[serde(default)]
    page: Vec<u32>,
    /// Their seconds, in the same order.
    #[serde(default)]
    seconds: Vec<u32>,
}

async fn report(
    State(app): State<App>,
    me: Me,
    Path((case, id)): Path<(CaseId, MaterialId)>,
    form: Input<Reported>,
) -> Result<NoContent, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    material::seen(&state, &reader, id)?;
    let Reported { page, seconds } = form.value;
    let pages: Vec<(u32, u32)> = page.into_iter().zip(seconds).take(MOST_PAGES).collect();
    app.linger((me.person.id, me.person.post), (case, id), &pages).await?;
    Ok(NoContent)
}

impl View for LingeringView {
    fn page(&self, to: &Showing) -> Markup {
        let parts = PageParts { wide: true, ..PageParts::default() };
        case_page(to, &self.state, &self.reader, CaseTab::File, parts, self.body(to))
    }
}

impl LingeringView {
    fn body(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = if self.own { t(lang, Key::Own).to_owned() } else { words::of_person(lang, &self.name) };
        let file = route(self.case, "/file");
        html! {
            (stack(html! {
                div.line.wrap { (part_title(to, &title)) a.push href=(file) { (Icon::Back) (t(lang, material_words::Key::BackToFile)) } }
                @match &self.times {
                    Some(times) => (self.times(to, times)),
                    None => (self.asking(to)),
                }
                @if !self.openings.is_empty() { (self.openings(to)) }
                @if self.own { (self.looks(to)) }
            }))
        }
    }

    fn paper(&self, paper: Option<&PaperNamed>, page: Option<u32>) -> Markup {
        let at = |paper: &PaperNamed| {
            let page = page.map(|page| format!("?page={page}")).unwrap_or_default();
            route(self.case, &format!("/file/{}{page}", paper.id))
        };
        html! { @if let Some(paper) = paper { a href=(at(paper)) lang="zh-CN" { (paper.title) } } @else { "—" } }
    }

    fn times(&self, to: &Showing, times: &[TimeView]) -> Markup {
        let lang = to.lang();
        let columns = vec![
            Column::new(t(lang, Key::Paper), OnPhone::Title),
            Column::new(t(lang, Key::Page), OnPhone::Second),
            Column::new(t(lang, Key::Long), OnPhone::Second).right(),
            Column::new(t(lang, Key::Last), OnPhone::Second),
        ];
        let row = |time: &TimeView| {
            TableRow::new(vec![
                self.paper(time.paper.as_ref(), Some(time.page)),
                html! { (material_words::thumb(lang, time.page)) },
                html! { span.number { (words::long(lang, time.seconds / 60, time.seconds % 60)) } },
                html! { span.number { (moment(time.at)) } },
            ])
        };
        let rows = times.iter().map(row).collect();
        let table = Table { caption: t(lang, Key::Times), columns, rows, dense: true, ..Table::default() };
        Sheet::new(t(lang, Key::Times)).note(t(lang, Key::TimesNote)).flush(html! {
            @if times.is_empty() { div.in { p.muted { (t(lang, Key::NoTimes)) } } } @else { (table.show(lang)) }
        })
    }

    /// Sealed until the reader says why.
    fn asking(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = route(self.case, &format!("/looks/{}/opening", self.whose));
        say(Standing::Stopped, t(lang, Key::Sealed), t(lang, Key::SayWhy), html! {
            p { (t(lang, Key::SealedWords)) }
            (form(FormTo { action: &action, ..FormTo::default() }, html! {
                (to.command_field())
                (Field::new("reason", t(lang, Key::Reason)).required().textarea(2))
                (Verb::submit(t(lang, Key::Open)).icon(Icon::Lock))
            }))
        })
    }

    fn openings(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let line = |one: &OpeningView| {
            let (by, reason) = (one.by.clone(), one.reason.clone());
            Line { end: Some(html! { (moment(one.at)) }), ..Line::new(html! { (by) " " span lang="zh-CN" { (reason) } }) }
        };
        let shown: Vec<Line<'_>> = self.openings.iter().map(line).collect();
        Sheet::new(t(lang, Key::Openings)).note(t(lang, Key::OpeningsNote)).flush(lines(&shown))
    }

    fn looks(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.looks.is_empty() {
            return Blank::empty(Icon::Eye, t(lang, Key::None), t(lang, Key::NoneWords)).sheet();
        }
        let line = |look: &OwnLookView| {
            let pages: Vec<String> = look.pages.iter().map(u32::to_string).collect();
            let what = html! { @if look.paper.is_some() { (self.paper(look.paper.as_ref(), None)) @if !pages.is_empty() { " " span.faint.number { (words::pages(lang, &pages.join(lang.pick("、", ", ")))) } } } };
            Line {
                kind: Some(kind(crate::messages::t(lang, traces::look_words(look.look)))),
                end: Some(html! { (moment(look.at)) }),
                ..Line::new(what)
            }
        };
        let shown: Vec<Line<'_>> = self.looks.iter().map(line).collect();
        Sheet::new(t(lang, Key::Looks)).flush(lines(&shown))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_a_page_are_added_over_the_minutes_and_the_last_page_stands_first() {
        let (material, at) = (MaterialId(uuid::Uuid::from_u128(1)), |second| Timestamp::from_second(second).expect("a moment"));
        let lived = crate::gallery::lived::Tale::Sale.whole();
        let seen = lived.seen_by(crate::gallery::lived::Seat::Judge, crate::messages::Lang::Zh);
        let one = |second, pages: &[(u32, u32)]| Lingered {
            at: at(second),
            material,
            seconds: pages.iter().copied().collect(),
        };
        let times = vec![one(60, &[(1, 20), (2, 5)]), one(120, &[(1, 40)])];
        let nothing = added(&seen.case, &seen.reader, false, times.clone());
        assert!(nothing.is_empty(), "of a paper that one does not see nothing is told of others");
        let added = added(&seen.case, &seen.reader, true, times);
        let told: Vec<(u32, u32, bool)> = added.iter().map(|it| (it.page, it.seconds, it.paper.is_some())).collect();
        assert_eq!(told, [(1, 60, false), (2, 5, false)]);
    }
}
