//! The catalogue of the e-file: papers in the order of the volumes, with pages numbered through.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use jiff::civil::Date;
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::{CaseId, MaterialId},
    law::catalogue,
    decision::About,
    material::{FROM_PARTIES, Material, Place, Submitter},
    paper::{PaperKind, Volume},
    party::{Party, PartyRole},
};

use crate::{
    capability::{
        case_frame::{CaseTab, case_page},
        prelude_of_cases::{role, route},
        provenance::may_trace,
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        Lang,
        material::{self as words, Key},
        t,
    },
};

/// The kind of case whose catalogue is used.
const CIVIL_FIRST: &str = "civil_first";

/// A paper as the catalogue lists it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PaperLine {
    /// Identifier.
    pub id: MaterialId,
    /// Title.
    pub title: String,
    /// Place in the catalogue, by name.
    pub place: &'static str,
    /// Day it came.
    pub received_on: Date,
    /// From whom: a party's name, or nothing for the court.
    pub from: Option<String>,
    /// Pages.
    pub pages: u32,
    /// First page in the volume, numbered through; only for the court's people.
    pub first_page: Option<u32>,
    /// To whom it was disclosed, by name; only for the court's people.
    pub told: Vec<String>,
    /// How many of its pages the reader has read.
    pub read: usize,
    /// Whether it was struck.
    pub struck: bool,
    /// Whether its content was lawfully erased: nothing of it can be opened.
    pub erased: bool,
    /// How often it was replaced.
    pub replaced: usize,
}

/// The evidence of one side that waits to be disclosed.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SideView {
    /// Whose: role and name.
    pub side: String,
    /// The papers.
    pub papers: Vec<PaperLine>,
}

/// The e-file of a case, as far as its reader may see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FileView {
    /// The case.
    pub case: CaseId,
    /// Main volume.
    pub main: Vec<PaperLine>,
    /// Secondary volume; absent for whoever may not see it.
    pub secondary: Option<Vec<PaperLine>>,
    /// Papers in staging.
    pub staged: Vec<PaperLine>,
    /// Evidence in the file that not every party has been shown yet, by side; only for whoever may disclose it.
    pub undisclosed: Vec<SideView>,
    /// Whether the reader keeps the file.
    pub keeps: bool,
    /// Whether the reader may know where papers come from.
    pub may_trace: bool,
    #[serde(skip)]
    state: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

impl FileView {
    /// The e-file as `reader` sees it; `read` are the pages they have read.
    pub fn of(case: &Arc<CaseState>, reader: &Reader, read: &BTreeMap<MaterialId, BTreeSet<u32>>) -> Self {
        let inside = !reader.is_side() || reader.is_team();
        let line = |paper: &Material, first_page: Option<u32>| line(case, paper, inside, first_page, read);
        let volume = |volume: Volume| {
            let mut next = 1;
            let mut lines = vec![];
            for paper in filed(case, reader, volume) {
                lines.push(line(paper, inside.then_some(next)));
                next += paper.file.pages;
            }
            lines
        };
        let staged = case.materials_in_order().filter(|paper| paper.place == Place::Staged);
        let staged = staged.filter(|paper| access::may_see(reader, case, paper)).map(|paper| line(paper, None));
        let sees_secondary = inside && access::may(reader, Act::ViewSecondary, case.stage).is_ok();
        Self {
            case: case.id,
            main: volume(Volume::Main),
            secondary: sees_secondary.then(|| volume(Volume::Secondary)),
            staged: staged.collect(),
            undisclosed: undisclosed(case, reader, &line),
            keeps: access::may(reader, Act::KeepFile, case.stage).is_ok(),
            may_trace: may_trace(case, reader),
            state: Arc::clone(case),
            reader: reader.clone(),
        }
    }
}

/// Evidence that the clerk took into the file and some party has not been shown, side by side. After closing
/// nothing is exchanged any more.
fn undisclosed(
    case: &CaseState,
    reader: &Reader,
    line: &impl Fn(&Material, Option<u32>) -> PaperLine,
) -> Vec<SideView> {
    if access::may(reader, Act::Disclose, case.stage).is_err() || case.stage.is_closed() {
        return vec![];
    }
    let waits = |paper: &&Material| {
        let told = case.party_order.iter().all(|party| paper.disclosed_to.contains(party));
        paper.place == Place::InFile && paper.kind == PaperKind::Evidence && !told
    };
    let of_side = |party: &Party| SideView {
        side: format!("{} {}", role(party.role), party.name),
        papers: case
            .materials_in_order()
            .filter(waits)
            .filter(|paper| paper.by == Submitter::Party { party: party.id })
            .map(|paper| line(paper, None))
            .collect(),
    };
    case.parties_in_order().map(of_side).filter(|side| !side.papers.is_empty()).collect()
}

/// Papers of a volume in the order of its catalogue, as far as `reader` may see them.
pub fn filed<'a>(case: &'a CaseState, reader: &Reader, volume: Volume) -> Vec<&'a Material> {
    in_order(case, volume).into_iter().filter(|paper| access::may_see(reader, case, paper)).collect()
}

/// Every paper of a volume in the order of its catalogue.
pub fn in_order(case: &CaseState, volume: Volume) -> Vec<&Material> {
    let of_law = match volume {
        Volume::Main => catalogue::Volume::Main,
        Volume::Secondary => catalogue::Volume::Secondary,
    };
    let order = |paper: &&Material| catalogue::item(CIVIL_FIRST, of_law, paper.kind.place()).map_or(u16::MAX, |item| item.order);
    let in_file = |paper: &&Material| matches!(paper.place, Place::InFile | Place::Struck) && paper.volume == volume;
    let mut papers: Vec<&Material> = case.materials_in_order().filter(in_file).collect();
    papers.sort_by_key(order);
    papers
}

/// A paper as a list tells it; `inside` the court with the page it begins at and to whom it was disclosed.
pub fn line(
    case: &CaseState,
    paper: &Material,
    inside: bool,
    first_page: Option<u32>,
    read: &BTreeMap<MaterialId, BTreeSet<u32>>,
) -> PaperLine {
    let of_law = match paper.volume {
        Volume::Main => catalogue::Volume::Main,
        Volume::Secondary => catalogue::Volume::Secondary,
    };
    let told = case.parties_in_order().filter(|party| inside && paper.disclosed_to.contains(&party.id));
    PaperLine {
        id: paper.id,
        title: paper.title.clone(),
        place: catalogue::item(CIVIL_FIRST, of_law, paper.kind.place()).map_or("", |item| item.name_zh.as_str()),
        received_on: paper.received_on,
        from: submitter(case, paper),
        pages: paper.file.pages,
        first_page,
        told: told.map(|party| format!("{}{}", role(party.role), party.name)).collect(),
        read: read.get(&paper.id).map_or(0, BTreeSet::len),
        struck: paper.place == Place::Struck,
        erased: paper.erased_on.is_some(),
        replaced: paper.earlier.len(),
    }
}

/// Whose paper it is: the party's name, or nothing for the court's own.
pub fn submitter(case: &CaseState, paper: &Material) -> Option<String> {
    match paper.by {
        Submitter::Court if FROM_PARTIES.contains(&paper.kind) => author(case, paper),
        Submitter::Court => None,
        Submitter::Party { party } => case.parties.get(&party).map(|party| party.name.clone()),
    }
}

/// Whose words the platform wrote down: a complaint is the plaintiff's, an answer its party's.
fn author(case: &CaseState, paper: &Material) -> Option<String> {
    let party = match &paper.about {
        Some(About::Party(party) | About::Words { party: Some(party), .. }) => case.parties.get(party),
        _ => case.parties_as(PartyRole::Plaintiff).next(),
    };
    party.map(|party| party.name.clone())
}

impl View for FileView {
    fn page(&self, to: &Showing) -> Markup {
        let parts = PageParts { wide: true, ..PageParts::default() };
        case_page(to, &self.state, &self.reader, CaseTab::File, parts, self.body(to))
    }
}

impl FileView {
    fn body(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if to.is_outside() {
            return html! {
                h1 { (t(lang, Key::PartyTitle)) }
                p { (t(lang, Key::PartyWords)) }
                (self.for_party(to))
            };
        }
        stack(html! {
            @if self.keeps && !self.staged.is_empty() { (self.staging(to)) }
            @for (at, side) in self.undisclosed.iter().enumerate() { (self.disclosing(to, at, side)) }
            @if self.main.is_empty() {
                (Blank::empty(Icon::Paper, t(lang, Key::Empty), t(lang, Key::EmptyWords)).sheet())
            } @else {
                div.efile {
                    (self.tree(to))
                    div.stack {
                        (self.volume(to, "main-volume", Key::Main, &self.main))
                        @if let Some(papers) = self.secondary.as_ref().filter(|papers| !papers.is_empty()) {
                            (self.volume(to, "secondary-volume", Key::Secondary, papers))
                        }
                    }
                }
            }
        })
    }

    /// A party's papers, one tap each.
    fn for_party(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let all: Vec<&PaperLine> = self.main.iter().chain(&self.staged).collect();
        if all.is_empty() {
            return Blank::empty(Icon::Paper, t(lang, Key::Empty), t(lang, Key::EmptyWords)).sheet();
        }
        let told: Vec<(String, String)> = all
            .iter()
            .map(|paper| {
                let from = paper.from.as_deref().unwrap_or(t(lang, Key::Court));
                let note = format!("{} · {from} · {}", paper.received_on, words::pages(lang, paper.pages));
                (route(self.case, &format!("/file/{}", paper.id)), note)
            })
            .collect();
        let shown: Vec<Item<'_>> = all
            .iter()
            .zip(&told)
            .map(|(paper, (href, note))| Item {
                href: (!paper.erased).then_some(href.as_str()),
                icon: Some(Icon::Paper),
                title: &paper.title,
                notes: vec![note],
                state: match paper {
                    PaperLine { erased: true, .. } => Some(tag(Standing::Stopped, t(lang, Key::Erased))),
                    PaperLine { struck: true, .. } => Some(tag(Standing::Stopped, t(lang, Key::Struck))),
                    _ => None,
                },
            })
            .collect();
        html! { section.sheet { (items(&shown)) } }
    }

    fn tree(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let sum = |papers: &[PaperLine]| papers.iter().map(|paper| paper.pages).sum::<u32>();
        let branch = |id: &str, name: Key, papers: &[PaperLine]| html! {
            li { a.top-level href={ "#" (id) } { (t(lang, name)) b { (sum(papers)) } } }
            @for (place, pages) in places(papers) {
                li { a href={ "#" (id) } { span lang="zh-CN" { (place) } b { (pages) } } }
            }
        };
        html! {
            nav aria-label=(t(lang, Key::Tree)) {
                ul.sheet.tree {
                    (branch("main-volume", Key::Main, &self.main))
                    @if let Some(papers) = self.secondary.as_ref().filter(|papers| !papers.is_empty()) { (branch("secondary-volume", Key::Secondary, papers)) }
                }
            }
        }
    }

    fn volume(&self, to: &Showing, id: &str, name: Key, papers: &[PaperLine]) -> Markup {
        let lang = to.lang();
        let mut place = "";
        let mut rows = vec![];
        for (number, paper) in (1..).zip(papers) {
            let group = (paper.place != place).then_some(paper.place);
            place = paper.place;
            rows.push(TableRow { group, struck: paper.struck, fresh: paper.read == 0, ..TableRow::new(self.cells(to, number, paper)) });
        }
        let table = Table { caption: t(lang, name), columns: columns(lang), rows, dense: true, ..Table::default() };
        let first = papers.iter().find(|paper| paper.read == 0).or(papers.first());
        let href = first.map(|paper| route(self.case, &format!("/file/{}", paper.id))).unwrap_or_default();
        Sheet::new(t(lang, name)).id(id).more(t(lang, Key::Continue), &href).flush(table.show(lang))
    }

    fn cells(&self, to: &Showing, number: usize, paper: &PaperLine) -> Vec<Markup> {
        let lang = to.lang();
        let pages = match (paper.first_page, paper.pages) {
            (Some(first), pages) if pages > 1 => format!("{first}–{}", first + pages - 1),
            (Some(first), 1) => first.to_string(),
            (_, pages) => pages.to_string(),
        };
        vec![
            html! { (number) },
            html! {
                @if paper.erased { span.what lang="zh-CN" { (paper.title) } " " (tag(Standing::Stopped, t(lang, Key::Erased))) }
                @else { a.what href=(route(self.case, &format!("/file/{}", paper.id))) lang="zh-CN" { (paper.title) } }
                @if paper.replaced > 0 { " " (kind(t(lang, Key::Replaced))) }
                @if paper.struck { " " (tag(Standing::Stopped, t(lang, Key::Struck))) }
                @if self.may_trace {
                    " " a.small.faint href={ (route(self.case, &format!("/file/{}", paper.id))) "/provenance" } { (t(lang, Key::Origin)) span.unseen { (lang.pick("：", ": ")) (paper.title) } }
                }
            },
            html! { span.number { (paper.received_on) } },
            html! { (paper.from.as_deref().unwrap_or(t(lang, Key::Court))) },
            html! { span.number { (pages) } },
            html! { span.small { (paper.told.join("、")) } },
            read_mark(to, paper),
        ]
    }

    fn staging(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let verb = Verb::submit(t(lang, Key::Enter)).primary();
        let enter = Ticking { caption: t(lang, Key::Staging), below: "enter", note: "", verb };
        Sheet::new(enter.caption).note(t(lang, Key::StagingNote)).flush(self.tick_form(to, &self.staged, enter))
    }

    /// What one side brought is disclosed in one act: all that is ticked, or nothing.
    fn disclosing(&self, to: &Showing, at: usize, side: &SideView) -> Markup {
        let lang = to.lang();
        let (id, caption) = (format!("to-disclose-{at}"), words::to_disclose(lang, &side.side));
        let verb = Verb::submit(t(lang, Key::Disclose)).about(&side.side);
        let note = t(lang, Key::DiscloseTogether);
        let disclose = Ticking { caption: &caption, below: "disclose", note, verb };
        Sheet::new(&caption).id(&id).note(t(lang, Key::DiscloseNote)).flush(self.tick_form(to, &side.papers, disclose))
    }

    fn tick_form(&self, to: &Showing, papers: &[PaperLine], act: Ticking<'_>) -> Markup {
        let lang = to.lang();
        let action = route(self.case, &format!("/file/{}", act.below));
        html! {
            form method="post" action=(action) {
                (to.command_field())
                (self.ticking(to, act.caption, papers))
                (batch(t(lang, Key::Chosen), papers.len(), t(lang, Key::ChosenAfter), act.note, html! { (act.verb) }))
            }
        }
    }

    /// Papers to be ticked, all ticked at first.
    fn ticking(&self, to: &Showing, caption: &str, papers: &[PaperLine]) -> Markup {
        let lang = to.lang();
        let ids: Vec<String> = papers.iter().map(|paper| paper.id.to_string()).collect();
        let row = |(at, (paper, id))| TableRow { tick: Some(id), ticked: true, ..TableRow::new(self.cells(to, at + 1, paper)) };
        let rows = papers.iter().zip(ids.iter().map(String::as_str)).enumerate().map(row);
        let table = Table { caption, columns: columns(lang), rows: rows.collect(), ticks: Some("material"), dense: true, ..Table::default() };
        table.show(lang)
    }
}

/// One act on all papers that are ticked.
struct Ticking<'a> {
    caption: &'a str,
    below: &'a str,
    note: &'a str,
    verb: Verb<'a>,
}

fn columns(lang: Lang) -> Vec<Column<'static>> {
    vec![
        Column::new(t(lang, Key::No), OnPhone::Hidden).right(),
        Column::new(t(lang, Key::Paper), OnPhone::Title),
        Column::new(t(lang, Key::Day), OnPhone::Second),
        Column::new(t(lang, Key::From), OnPhone::Second),
        Column::new(t(lang, Key::Pages), OnPhone::Second).named().right(),
        Column::new(t(lang, Key::Told), OnPhone::Hidden),
        Column::new(t(lang, Key::Read), OnPhone::State),
    ]
}

fn read_mark(to: &Showing, paper: &PaperLine) -> Markup {
    let lang = to.lang();
    let whole = usize::try_from(paper.pages.max(1)).unwrap_or(usize::MAX);
    match paper.read {
        0 => html! { b.small { (t(lang, Key::Unread)) } },
        read if read >= whole => html! { span.muted.small { (Icon::Done) (t(lang, Key::AllRead)) } },
        read => html! { span.small { (words::read_upto(lang, read, paper.pages)) } },
    }
}

/// Places of the catalogue that hold papers, with their pages, in order.
fn places(papers: &[PaperLine]) -> Vec<(&'static str, u32)> {
    let mut places: Vec<(&'static str, u32)> = vec![];
    for paper in papers {
        match places.last_mut() {
            Some((place, pages)) if *place == paper.place => *pages += paper.pages,
            _ => places.push((paper.place, paper.pages)),
        }
    }
    places
}
