//! The reader: one page at a time, its text, what there is to do with the paper.

use std::collections::BTreeSet;

use jiff::civil::Date;
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::{CaseId, MaterialId},
    material::{Material, OriginalCheck, Place},
    paper::{PaperKind, Volume},
};

use super::{
    At,
    catalogue::{filed, submitter},
};
use crate::{
    capability::{
        prelude_of_cases::{role, route},
        provenance::may_trace,
        verify::KeptView,
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        day,
        kinds::kind_name,
        material::{self as words, Key},
        provenance, size, t,
    },
};

/// Widths of a page by zoom step.
const ZOOMS: [(u32, u32); 3] = [(1, 900), (2, 1400), (3, 2000)];

/// A paper, open at a page.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReaderView {
    /// The case.
    pub case: CaseId,
    /// Number of the case, or its parties before it has one.
    pub case_title: String,
    /// The paper.
    pub material: MaterialId,
    /// Kind, in the words of the catalogue.
    pub kind: PaperKind,
    /// Title.
    pub title: String,
    /// From whom; nothing for the court.
    pub from: Option<String>,
    /// Day it came.
    pub received_on: Date,
    /// Day it entered the file.
    pub entered_on: Option<Date>,
    /// Where it is.
    pub place: Place,
    /// Pages.
    pub pages: u32,
    /// The page shown.
    pub page: u32,
    /// Text of the page.
    pub text: String,
    /// Size of the file in bytes.
    pub size_bytes: u64,
    /// Hash of the file.
    pub sha256: String,
    /// Earlier versions that the reader may open, by their numbers.
    pub earlier: Vec<usize>,
    /// Comparison with the original, as the court's people see it.
    pub original: Option<OriginalCheck>,
    /// To whom it was disclosed; only for the court's people.
    pub told: Option<Vec<String>>,
    /// The paper before, and the one after.
    pub beside: (Option<MaterialId>, Option<MaterialId>),
    /// What was looked for, and where it stands: page and how often.
    pub sought: String,
    /// Pages with hits.
    pub hits: Vec<(u32, usize)>,
    /// Whether the reader may put it right or throw it out.
    pub may_put_right: bool,
    /// Whether the reader may take its bytes away: not whoever only borrowed the archived file.
    pub may_take_away: bool,
    /// Whether the reader may disclose it.
    pub may_disclose: bool,
    /// Whether the reader may know where it comes from and what was done with it.
    pub may_trace: bool,
    /// Whether the reader may ask for its replacement or striking.
    pub may_ask: bool,
    /// Where the record has it and whether its proof can be kept; of papers that the court gives to people.
    pub kept: Option<KeptView>,
    #[serde(skip)]
    zoom: u32,
    #[serde(skip)]
    turn: u32,
}

impl ReaderView {
    /// `paper` as `reader` sees it.
    pub fn of(
        case: &CaseState,
        reader: &Reader,
        paper: &Material,
        at: &At,
        text: String,
        hits: Vec<(u32, usize)>,
    ) -> Self {
        let inside = !reader.is_side() || reader.is_team();
        let may = |act| access::may(reader, act, case.stage).is_ok();
        let told = case.parties_in_order().filter(|party| paper.disclosed_to.contains(&party.id));
        let told: Vec<String> = told.map(|party| format!("{}{}", role(party.role), party.name)).collect();
        Self {
            case: case.id,
            case_title: case.number.as_ref().map_or_else(|| case.short_title(), ToString::to_string),
            material: paper.id,
            kind: paper.kind,
            title: paper.title.clone(),
            from: submitter(case, paper),
            received_on: paper.received_on,
            entered_on: paper.entered_on,
            place: paper.place,
            pages: paper.file.pages,
            page: at.page.unwrap_or(1),
            text,
            size_bytes: paper.file.size_bytes,
            sha256: paper.file.sha256.clone(),
            earlier: if inside { (1..=paper.earlier.len()).collect() } else { vec![] },
            original: paper.original.clone().filter(|_| inside),
            may_disclose: may(Act::Disclose)
                && paper.place == Place::InFile
                && paper.volume == Volume::Main
                && told.len() < case.party_order.len(),
            told: inside.then_some(told),
            beside: beside(case, reader, paper),
            sought: at.q.clone(),
            hits,
            may_take_away: access::may_take_away(reader, case, paper),
            may_put_right: may(Act::KeepFile) && paper.place == Place::Staged,
            may_trace: may_trace(case, reader),
            may_ask: may(Act::AskApproval) && paper.place == Place::InFile,
            kept: None,
            zoom: at.zoom.unwrap_or(1).clamp(1, 3),
            turn: at.turn.unwrap_or(0) % 360 / 90 * 90,
        }
    }

    /// With those of its earlier versions that the reader may open.
    pub fn with_versions(mut self, shown: &BTreeSet<usize>) -> Self {
        // The newest is the one that is read.
        let newest = shown.last().copied();
        self.earlier = shown.iter().copied().filter(|version| Some(*version) != newest).collect();
        self
    }

    /// With what can be kept of it beside.
    pub fn beside_its_proof(self, kept: Option<KeptView>) -> Self {
        Self { kept, ..self }
    }
}

/// The papers before and after in the order of the file.
fn beside(case: &CaseState, reader: &Reader, paper: &Material) -> (Option<MaterialId>, Option<MaterialId>) {
    let mut order = filed(case, reader, Volume::Main);
    order.extend(filed(case, reader, Volume::Secondary));
    let Some(at) = order.iter().position(|known| known.id == paper.id) else { return (None, None) };
    let id = |place: Option<usize>| place.and_then(|place| order.get(place)).map(|paper| paper.id);
    (id(at.checked_sub(1)), id(Some(at + 1)))
}

impl View for ReaderView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let file = route(self.case, "/file");
        let back = (t(lang, Key::BackToPapers), file.as_str());
        let parts = PageParts { full: true, folded: true, wide: true, back: Some(back), place: &self.title, ..PageParts::default() };
        to.page_with(&self.title, parts, html! {
            (self.toolbar(to))
            @if to.is_outside() {
                (self.sheet(to))
                (self.about(to))
            } @else {
                div.reader {
                    (self.thumbs(to))
                    div.pane.desk tabindex="0" role="region" aria-label=(self.title) { (self.sheet(to)) }
                    div.pane.side tabindex="0" role="region" aria-label=(t(lang, Key::About)) { (self.about(to)) }
                }
            }
        })
    }
}

impl ReaderView {
    fn own(&self) -> String {
        route(self.case, &format!("/file/{}", self.material))
    }

    /// This paper at another page, size or turn.
    fn at(&self, page: u32, zoom: u32, turn: u32) -> String {
        let mut query = vec![("page", page.to_string())];
        if zoom != 1 {
            query.push(("zoom", zoom.to_string()));
        }
        if turn != 0 {
            query.push(("turn", turn.to_string()));
        }
        if !self.sought.is_empty() {
            query.push(("q", self.sought.clone()));
        }
        format!("{}?{}", self.own(), serde_html_form::to_string(query).unwrap_or_default())
    }

    fn toolbar(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let tool = |icon: Markup, key: Key, href: Option<String>| html! {
            a.btn href=[href.as_deref()] aria-disabled=[href.is_none().then_some("true")] role=[href.is_none().then_some("link")] aria-label=(t(lang, key)) title=(t(lang, key)) { (icon) }
        };
        let to_page = |page: u32| (page >= 1 && page <= self.pages).then(|| self.at(page, self.zoom, self.turn));
        let paper = |id: Option<MaterialId>| id.map(|id| route(self.case, &format!("/file/{id}")));
        html! {
            div.tools role="group" aria-label=(t(lang, Key::Toolbar)) {
                @if !to.is_outside() { a.btn href=(route(self.case, "/file")) { (Icon::Back) (t(lang, Key::BackToFile)) } }
                h1.grow lang="zh-CN" { (self.title) }
                (tool(Icon::Up.render(), Key::PreviousPaper, paper(self.beside.0)))
                (tool(Icon::Down.render(), Key::NextPaper, paper(self.beside.1)))
                @if self.pages > 0 {
                    (tool(Icon::Previous.render(), Key::PreviousPage, to_page(self.page.wrapping_sub(1))))
                    span.number { (words::page_of(lang, self.page, self.pages)) }
                    (tool(Icon::Next.render(), Key::NextPage, to_page(self.page + 1)))
                    (tool(html! { b aria-hidden="true" { "−" } }, Key::Smaller, (self.zoom > 1).then(|| self.at(self.page, self.zoom - 1, self.turn))))
                    (tool(html! { b aria-hidden="true" { "+" } }, Key::Larger, (self.zoom < 3).then(|| self.at(self.page, self.zoom + 1, self.turn))))
                    (tool(Icon::Rotate.render(), Key::Rotate, Some(self.at(self.page, self.zoom, (self.turn + 90) % 360))))
                }
                @if self.may_take_away { a.btn href={ (self.own()) "/download" } { (Icon::Download) (t(lang, Key::Download)) } }
            }
        }
    }

    /// Small pages at the left; a long paper shows those around the open one.
    fn thumbs(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let from = self.page.saturating_sub(8).max(1);
        let until = (from + 19).min(self.pages);
        html! {
            ol.thumbs.pane aria-label=(t(lang, Key::AllPages)) tabindex="0" {
                @for page in from..=until {
                    li { a href=(self.at(page, self.zoom, self.turn)) aria-current=[(page == self.page).then_some("page")] {
                        img src={ (self.own()) "/pages/" (page) ".jpg?w=" (super::images::THUMB_PX) } alt="" loading="lazy" width="84";
                        (words::thumb(lang, page))
                    } }
                }
            }
        }
    }

    /// The page itself; who reads it and when stands under it.
    fn sheet(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.pages == 0 {
            let href = format!("{}/download", self.own());
            let verbs: Vec<Verb<'_>> =
                self.may_take_away.then(|| Verb::go(t(lang, Key::Download), &href)).into_iter().collect();
            return Blank::empty(Icon::Paper, t(lang, Key::NoPages), t(lang, Key::NoPagesWords)).verbs(verbs).show();
        }
        let width = ZOOMS.iter().find(|(step, _)| *step == self.zoom).map_or(900, |(_, width)| *width);
        let class = format!("page-image zoom-{} turn-{}", self.zoom, self.turn);
        let reader = to.person.as_ref().map_or("", |person| person.name.as_str());
        let text = if self.text.trim().is_empty() {
            html! { p { (t(lang, Key::NoText)) } }
        } else {
            html! { @for line in self.text.lines() { p lang="zh-CN" { (line) } } }
        };
        html! {
            figure {
                img class=(class) src={ (self.own()) "/pages/" (self.page) ".jpg?w=" (width) } alt=(words::page_alt(lang, &self.title, self.page));
                figcaption.faint.small { (words::read_by(lang, reader, &day(to.today))) }
            }
            (explain(t(lang, Key::TextOfPage), text))
        }
    }

    fn about(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        html! {
            @if self.pages > 0 { (self.search(to)) }
            (Sheet::new(t(lang, Key::About)).body(self.facts(to)))
            @if let Some(kept) = &self.kept { (kept.sheet(to, &self.own())) }
            @if self.may_put_right { (self.put_right(to)) }
            @if self.may_disclose { (self.disclosing(to)) }
            @if self.may_ask {
                @let href = format!("{}?material={}#ask", route(self.case, "/approvals"), self.material);
                div.in { (Verb::go(t(lang, Key::AskChange), &href)) }
            }
        }
    }

    fn search(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        html! {
            div.in {
                (search_field(lang, t(lang, Key::SearchIn), &self.sought))
                @if !self.sought.is_empty() {
                    @if self.hits.is_empty() { p { (t(lang, Key::NoHits)) } }
                    @else { ul.lines { @for (page, count) in &self.hits { li { a href=(self.at(*page, self.zoom, self.turn)) { (words::hits(lang, *page, *count)) } } } } }
                }
            }
        }
    }

    fn facts(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let mut facts = vec![
            (t(lang, Key::Kind), html! { (kind_name(lang, self.kind)) }),
            (t(lang, Key::From), html! { (self.from.as_deref().unwrap_or(t(lang, Key::Court))) }),
            (t(lang, Key::Received), html! { (day(self.received_on)) }),
        ];
        if let Some(on) = self.entered_on {
            facts.push((t(lang, Key::Entered), html! { (day(on)) }));
        }
        facts.push((t(lang, Key::Size), html! { (words::pages(lang, self.pages)) " · " (size(self.size_bytes)) }));
        if let Some(told) = &self.told {
            let told = if told.is_empty() { t(lang, Key::Nobody).to_owned() } else { told.join("、") };
            facts.push((t(lang, Key::DisclosedTo), html! { (told) }));
        }
        if let Some(check) = &self.original {
            let agrees = if check.agrees { Key::Agrees } else { Key::Differs };
            let by = to.name(check.compared_by);
            facts.push((t(lang, Key::Original), html! { (t(lang, agrees)) " · " (by) " " (day(check.happened_on)) }));
        }
        facts.push((t(lang, Key::Hash), html! { code.hash { (self.sha256) } }));
        html! {
            (pairs(&facts))
            @if !self.earlier.is_empty() && self.may_take_away {
                h3 { (t(lang, Key::Earlier)) }
                ul.lines { @for number in &self.earlier { li { a href={ (self.own()) "/download?version=" (number) } { (words::version(lang, *number)) } } } }
            }
            @if self.may_trace { p { a href={ (self.own()) "/provenance" } { (t(lang, provenance::Key::Title)) } } }
            p.help { (t(lang, if self.may_take_away { Key::DownloadNote } else { Key::LentNote })) }
        }
    }

    fn put_right(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let kinds: Vec<Choice<'_>> = PaperKind::ALL.iter().map(|kind| Choice::new(serde_code(*kind), kind_name(lang, *kind))).collect();
        let (title_at, discard_at) = (format!("{}/title", self.own()), format!("{}/discard", self.own()));
        let right = form(FormTo { action: &title_at, wide: true, ..FormTo::default() }, html! {
            (to.command_field())
            (Field::new("kind", t(lang, Key::Kind)).value(serde_code(self.kind)).select(lang, &kinds))
            (Field::new("title", t(lang, Key::NewTitle)).value(&self.title).required().text())
            (Verb::submit(t(lang, Key::Save)))
        });
        let out = form(FormTo { action: &discard_at, wide: true, ..FormTo::default() }, html! {
            (to.command_field())
            (Field::new("reason", t(lang, Key::Reason)).required().textarea(2))
            (Verb::submit(t(lang, Key::DiscardVerb)).danger())
        });
        html! { div.in { (explain(t(lang, Key::PutRight), right)) (explain(t(lang, Key::Discard), out)) } }
    }

    fn disclosing(&self, to: &Showing) -> Markup {
        let action = route(self.case, "/file/disclose");
        html! {
            div.in { form.inline method="post" action=(action) {
                (to.command_field())
                input type="hidden" name="material" value=(self.material);
                (Verb::submit(t(to.lang(), Key::Disclose)))
            } }
        }
    }
}

/// The code of a kind as forms carry it: its serde name.
fn serde_code(kind: PaperKind) -> &'static str {
    static CODES: std::sync::LazyLock<Vec<(PaperKind, String)>> = std::sync::LazyLock::new(|| {
        PaperKind::ALL.iter().map(|kind| (*kind, xiezhi_app::rows::code_of(kind))).collect()
    });
    CODES.iter().find(|(known, _)| *known == kind).map_or("", |(_, code)| code.as_str())
}
