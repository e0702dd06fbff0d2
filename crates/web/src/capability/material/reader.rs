//! The reader: pages of a paper as they are read, the file around it, what was found and noted on it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use xiezhi_app::{
    copies,
    ports::{Heading, PageText, Source},
    sameness::SamePaper,
    texts,
};
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::{CaseId, MaterialId, PersonId},
    material::{Hidden, Material, OriginalCheck, Place},
    paper::{PaperKind, Volume},
    verify::Followed,
};

use super::{
    At,
    catalogue::{numbered, submitter},
    leaf::{LeafView, With},
    offer::OfferView,
    play::{self, Recording},
    toolbar,
};
use crate::{
    capability::{
        annotation::{NoteView, NotesBeside},
        correcting,
        prelude_of_cases::{role, route},
        provenance::may_trace,
        redaction,
        together::TogetherView,
        verify::KeptView,
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        material::{self as words, Key},
        t,
    },
};

/// Small pages and papers shown around the open one; the script adds more as one goes along.
const AROUND: u32 = 12;
const PAPERS_AROUND: usize = 20;
/// Hits that are listed of one paper.
const MOST_HITS: usize = 300;

/// A place of the words looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct HitView {
    /// The page.
    pub page: u32,
    /// Its number on this page, from 0.
    pub no: usize,
    /// A few letters before.
    pub before: String,
    /// The words as they stand there.
    pub words: String,
    /// A few letters after.
    pub after: String,
}

/// Every place of the words in a text layer, as far as they are listed.
pub fn hits(layer: &[PageText], sought: &str) -> Vec<HitView> {
    let pages = (1..).zip(layer);
    let found = pages.flat_map(|(page, text)| {
        let all = texts::find(&text.runs, sought).into_iter().enumerate();
        all.map(move |(no, found)| HitView { page, no, before: found.before, words: found.words, after: found.after })
    });
    found.take(MOST_HITS).collect()
}

/// A paper of the file around the open one.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Beside {
    /// The paper.
    pub id: MaterialId,
    /// Its number in the catalogue, for the court's people.
    pub number: Option<usize>,
    /// Its title.
    pub title: String,
}

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
    /// Its first page in the volume, numbered through; for the court's people.
    pub first_page: Option<u32>,
    /// Text of the page.
    pub text: String,
    /// The pages shown: one, or two beside each other.
    pub leaves: Vec<LeafView>,
    /// Type of the file, told by its content.
    pub media: String,
    /// Size of the file in bytes.
    pub size_bytes: u64,
    /// Hash of the file.
    pub sha256: String,
    /// Earlier versions that the reader may open, by their numbers.
    pub earlier: Vec<usize>,
    /// What followed the paper, since when, and the paper that did it.
    pub followed: Vec<(Followed, Date, Option<MaterialId>)>,
    /// Hashes of the files as received that it was put together from; for the court's people.
    pub originals: Vec<String>,
    /// Comparison with the original, as the court's people see it.
    pub original: Option<OriginalCheck>,
    /// To whom it was disclosed; only for the court's people.
    pub told: Option<Vec<String>>,
    /// The paper before, and the one after.
    pub beside: (Option<MaterialId>, Option<MaterialId>),
    /// The table of contents that the file brings.
    pub outline: Vec<Heading>,
    /// Papers around it in the catalogue.
    pub around: Vec<Beside>,
    /// What was looked for.
    pub sought: String,
    /// Where it stands.
    pub hits: Vec<HitView>,
    /// Which of the hits is in the light, from 0.
    pub hit: usize,
    /// Of sound and film, how it is played.
    pub recording: Recording,
    /// What was noted on the paper, as far as the reader may read it, and what they may note.
    pub notes: NotesBeside,
    /// Who else reads the file now and who presents it; told to the court's team alone.
    pub together: Option<TogetherView>,
    /// Whether the reader may put it right or throw it out.
    pub may_put_right: bool,
    /// Whether the reader may record that it was compared with its original.
    pub may_compare: bool,
    /// What it says about itself, for whoever takes it in.
    pub offer: Option<OfferView>,
    /// Whether the reader may take its bytes away: not whoever only borrowed the archived file.
    pub may_take_away: bool,
    /// Other papers that are the same, or show some of the same sheets, as far as the reader may see them.
    pub same: Vec<SamePaper>,
    /// Whether it was not looked through for viruses; told to the court's people.
    pub unscreened: bool,
    /// Whether the reader may take it as one PDF with their name on it.
    pub may_copy: bool,
    /// Whether the reader may disclose it.
    pub may_disclose: bool,
    /// Whether the reader may know where it comes from and what was done with it.
    pub may_trace: bool,
    /// Whether the reader may ask for its replacement or striking.
    pub may_ask: bool,
    /// Whether they make copies of it that hide something.
    pub may_redact: bool,
    /// What it was made of, of such a copy, as far as the reader may see that.
    pub derived: Option<DerivedView>,
    /// Where the record has it and whether its proof can be kept; of papers that the court gives to people.
    pub kept: Option<KeptView>,
    #[serde(skip)]
    pub(super) comparers: Vec<(PersonId, String)>,
}

impl ReaderView {
    /// `paper` as `reader` sees it; `layer` is its text.
    pub fn of(case: &CaseState, reader: &Reader, paper: &Material, at: &At, layer: &[PageText]) -> Self {
        let inside = reader.is_inside();
        let may = |act| access::may(reader, act, case.stage).is_ok();
        let told = case.parties_in_order().filter(|party| paper.disclosed_to.contains(&party.id));
        let told: Vec<String> = told.map(|party| format!("{}{}", role(party.role), party.name)).collect();
        let may_put_right = may(Act::KeepFile) && paper.place == Place::Staged;
        let page = at.page.unwrap_or(1);
        let pages = paper.file.pages;
        let file = order(case, reader, inside);
        let place = file.iter().position(|(beside, _)| beside.id == paper.id);
        let sought = at.q.trim().to_owned();
        let hits = hits(layer, &sought);
        let leaf = |page: u32| {
            let text = usize::try_from(page).ok().and_then(|page| layer.get(page.checked_sub(1)?));
            LeafView::of(case.id, paper.id, &paper.title, (page, pages), text, &sought)
        };
        let leaves: Vec<LeafView> = at.shown(pages).map(leaf).collect();
        let beside = |step: isize| place.and_then(|place| file.get(place.checked_add_signed(step)?)).map(|(beside, _)| beside.id);
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
            pages,
            page,
            first_page: place.and_then(|place| file[place].1),
            text: leaves.iter().find(|leaf| leaf.page == page).map(LeafView::text).unwrap_or_default(),
            leaves,
            media: paper.file.media.clone(),
            size_bytes: paper.file.size_bytes,
            sha256: paper.file.sha256.clone(),
            followed: correcting::shown(case, reader, paper),
            earlier: if inside { (1..=paper.earlier.len()).collect() } else { vec![] },
            originals: if access::may_see_received(reader, case, paper) { received(paper) } else { vec![] },
            original: paper.original.clone().filter(|_| inside),
            may_disclose: may(Act::Disclose)
                && paper.place == Place::InFile
                && paper.volume == Volume::Main
                && told.len() < case.party_order.len(),
            told: inside.then_some(told),
            beside: (beside(-1), beside(1)),
            outline: vec![],
            around: around(file, place),
            hit: at.hit.unwrap_or(0).min(hits.len().saturating_sub(1)),
            sought,
            hits,
            recording: Recording { may_take_picture: play::may_take_picture(reader, paper), at_seconds: at.at, ..Recording::default() },
            notes: NotesBeside::of(case, reader, paper, page),
            together: None,
            may_take_away: access::may_take_away(reader, case, paper),
            same: vec![],
            unscreened: false,
            may_copy: access::may_take_away(reader, case, paper) && copies::is_copied(paper),
            may_compare: may(Act::KeepFile) && paper.about.is_none() && matches!(paper.place, Place::Staged | Place::InFile),
            comparers: vec![],
            may_put_right,
            offer: may_put_right.then(|| OfferView::of(layer)),
            may_trace: may_trace(case, reader),
            may_redact: may(Act::RedactPaper) && redaction::is_copied(paper),
            derived: DerivedView::of(case, reader, paper),
            may_ask: may(Act::AskApproval) && paper.place == Place::InFile,
            kept: None,
        }
    }

    /// With the table of contents that it brings.
    pub fn outlined(self, outline: &[Heading]) -> Self {
        Self { outline: outline.iter().filter(|entry| entry.page <= self.pages).cloned().collect(), ..self }
    }

    /// With those of its earlier versions that the reader may open.
    pub fn with_versions(mut self, shown: &BTreeSet<usize>) -> Self {
        // The newest is the one that is read.
        let newest = shown.last().copied();
        self.earlier = shown.iter().copied().filter(|version| Some(*version) != newest).collect();
        self
    }

    /// With the papers that are the same, and whether it was looked through for viruses.
    pub fn noticed(self, same: Vec<SamePaper>, unscreened: bool) -> Self {
        Self { same, unscreened, ..self }
    }

    /// With what can be kept of it beside.
    pub fn beside_its_proof(self, kept: Option<KeptView>) -> Self {
        Self { kept, ..self }
    }

    /// With those who may have compared it with its original.
    pub fn comparable_by(self, comparers: Vec<(PersonId, String)>) -> Self {
        Self { comparers, ..self }
    }

    /// With whoever else of the court's people reads the file now.
    pub fn among(self, together: Option<TogetherView>) -> Self {
        Self { together, ..self }
    }

    /// With the picture of a recording, if one was taken.
    pub fn pictured(mut self, has_picture: bool) -> Self {
        self.recording.has_picture = has_picture;
        self
    }

    /// With its pages as the reader turned them.
    pub fn turned(self, turns: &xiezhi_app::marks::Turns) -> Self {
        let leaves = self.leaves.into_iter().map(|leaf| {
            let turn = turns.get(&leaf.page);
            leaf.turned(turn)
        });
        Self { leaves: leaves.collect(), ..self }
    }

    /// With what was noted on it.
    pub fn noted(self, notes: Vec<NoteView>) -> Self {
        let leaves = self.leaves.into_iter().map(|leaf| leaf.with_notes(notes.iter().cloned()));
        let leaves = leaves.collect();
        Self { leaves, notes: NotesBeside { notes, ..self.notes }, ..self }
    }
}

/// The paper that a copy was made of.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DerivedView {
    /// The paper.
    pub from: MaterialId,
    /// Its title.
    pub title: String,
    /// SHA-256 of its file as it was then.
    pub from_sha256: String,
    /// What the copy does not show.
    pub hidden: Vec<Hidden>,
}

impl DerivedView {
    /// Whoever may see the copy alone learns nothing of its original.
    fn of(case: &CaseState, reader: &Reader, paper: &Material) -> Option<Self> {
        let derived = paper.derived.as_ref()?;
        let from = case.materials.get(&derived.from).filter(|from| access::may_see(reader, case, from))?;
        let (title, from_sha256) = (from.title.clone(), derived.from_sha256.clone());
        Some(Self { from: from.id, title, from_sha256, hidden: derived.hidden.clone() })
    }
}

/// The files as they were received, by their hashes.
fn received(paper: &Material) -> Vec<String> {
    paper.originals.iter().map(|file| file.sha256.clone()).collect()
}

/// Whether a file has no pages of its own: what it says is set on ours, and its original may look otherwise.
fn is_set_on_pages(media: &str) -> bool {
    media.contains("officedocument") || matches!(media, "application/x-ole-storage" | "application/ofd" | "text/plain")
}

/// Papers of both volumes in the order of the file, with their first pages.
fn order(case: &CaseState, reader: &Reader, inside: bool) -> Vec<(Beside, Option<u32>)> {
    let volumes = [Volume::Main, Volume::Secondary].into_iter().flat_map(|volume| numbered(case, reader, volume));
    let line = |(paper, (number, first)): (&Material, (usize, u32))| {
        let beside = Beside { id: paper.id, number: inside.then_some(number), title: paper.title.clone() };
        (beside, inside.then_some(first))
    };
    volumes.filter(|(paper, _)| paper.erased_on.is_none()).map(line).collect()
}

fn around(file: Vec<(Beside, Option<u32>)>, place: Option<usize>) -> Vec<Beside> {
    let from = place.unwrap_or(0).saturating_sub(PAPERS_AROUND);
    file.into_iter().skip(from).take(2 * PAPERS_AROUND + 1).map(|(beside, _)| beside).collect()
}

impl View for ReaderView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let file = route(self.case, "/file");
        let back = (t(lang, Key::BackToPapers), file.as_str());
        let islands = vec![if play::is_played(&self.media) { Island::Player } else { Island::Reader }];
        let parts = PageParts { full: true, folded: true, wide: true, back: Some(back), place: &self.title, islands, ..PageParts::default() };
        let look = to.look.reading;
        to.page_with(&self.title, parts, html! {
            xz-reader class={ "reading-" (look.pages.code()) " paper-" (look.colour.code()) } data-own=(self.own()) data-page=(self.page) data-pages=(self.pages) data-view=(look.pages.code()) data-q=(self.sought) data-follow=[self.together.as_ref().and_then(TogetherView::following)] data-thumb=(super::images::THUMB_PX) data-words-page=(t(lang, Key::PageWord)) {
                (self.toolbar(to))
                div.reader {
                    aside.pane.left tabindex="0" aria-label=(t(lang, Key::Outline)) { (self.contents(to)) (self.thumbs(to)) (self.catalogue(to)) }
                    div.pane.desk tabindex="0" role="region" aria-label=(self.title) data-desk { (self.sheet(to)) }
                    div.pane.side tabindex="0" role="region" aria-label=(t(lang, Key::About)) { (self.side(to)) }
                }
                p.unseen role="status" data-said {}
                (toolbar::keys(to))
            }
        })
    }
}

impl ReaderView {
    pub(super) fn own(&self) -> String {
        route(self.case, &format!("/file/{}", self.material))
    }

    /// This paper at another page.
    pub(super) fn at(&self, page: u32) -> String {
        self.at_hit(page, None)
    }

    pub(super) fn at_hit(&self, page: u32, hit: Option<usize>) -> String {
        let mut query = vec![("page", page.to_string())];
        if !self.sought.is_empty() {
            query.push(("q", self.sought.clone()));
        }
        if let Some(hit) = hit {
            query.push(("hit", hit.to_string()));
        }
        format!("{}?{}", self.own(), serde_html_form::to_string(query).unwrap_or_default())
    }

    /// Small pages at the left; a long paper shows those around the open one.
    fn thumbs(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let from = self.page.saturating_sub(AROUND).max(1);
        let until = (from + 2 * AROUND).min(self.pages);
        let noted = |page: u32| self.notes.notes.iter().filter(|note| note.page == page && !note.withdrawn).count();
        html! {
            @if self.pages > 0 {
                ol.thumbs id="outline" aria-label=(t(lang, Key::AllPages)) start=(from) data-thumbs {
                    @for page in from..=until {
                        li data-page=(page) { a href=(self.at(page)) aria-current=[(page == self.page).then_some("page")] data-step="page" {
                            img src={ (self.own()) "/pages/" (page) ".jpg?w=" (super::images::THUMB_PX) } alt="" loading="lazy" width="84" height="119";
                            span { (words::thumb(lang, page)) }
                            @let count = noted(page);
                            @if count > 0 { span.noted { (Icon::Pencil) (count) span.unseen { (t(lang, Key::Notes)) } } }
                        } }
                    }
                }
            }
        }
    }

    /// The file around the paper.
    fn catalogue(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        html! {
            nav.around #around aria-label=(t(lang, Key::Tree)) data-live=(case_topic(self.case)) {
                h2 { (t(lang, Key::Tree)) }
                ol { @for paper in &self.around {
                    li { a href=(route(self.case, &format!("/file/{}", paper.id))) aria-current=[(paper.id == self.material).then_some("true")] { @if let Some(number) = paper.number { span.number { (number) } } span lang="zh-CN" { (paper.title) } } }
                } }
            }
        }
    }

    /// Where words stand: their page, with the words in the light.
    pub(super) fn place_of(&self, page: u32, words: &str) -> String {
        let query = [("page", page.to_string()), ("q", words.to_owned())];
        format!("{}?{}", self.own(), serde_html_form::to_string(query).unwrap_or_default())
    }

    /// The table of contents of the file itself; where one reads, the entry is marked.
    fn contents(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.outline.is_empty() {
            return html! {};
        }
        let here = self.outline.iter().rposition(|entry| entry.page <= self.page);
        html! {
            nav.around aria-label=(t(lang, Key::Bookmarks)) {
                h2 { (t(lang, Key::Bookmarks)) }
                ol { @for (at, entry) in self.outline.iter().enumerate() {
                    li { a class={ "level-" (entry.level) } href={ (self.own()) "?page=" (entry.page) } aria-current=[(here == Some(at)).then_some("true")] { span lang="zh-CN" { (entry.title) } span.push.number { (entry.page) } } }
                } }
            }
        }
    }

    fn sheet(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if play::is_played(&self.media) {
            return play::player(to, self);
        }
        if self.pages == 0 {
            let href = format!("{}/download", self.own());
            let verbs: Vec<Verb<'_>> =
                self.may_take_away.then(|| Verb::go(t(lang, Key::Download), &href)).into_iter().collect();
            return Blank::empty(Icon::Paper, t(lang, Key::NoPages), t(lang, Key::NoPagesWords)).verbs(verbs).show();
        }
        let text = if self.text.trim().is_empty() {
            let waits = self.leaves.iter().any(|leaf| leaf.source == Source::Awaited);
            html! { p { (t(lang, if waits { Key::Awaited } else { Key::NoText })) } }
        } else {
            html! { @for line in self.text.lines() { p lang="zh-CN" { (line) } } }
        };
        let here = self.hits.get(self.hit);
        html! {
            div.leaves data-leaves {
                @for leaf in &self.leaves {
                    @let hit = here.filter(|hit| hit.page == leaf.page).map(|hit| hit.no);
                    (leaf.show(to, With { hit }))
                }
            }
            @if is_set_on_pages(&self.media) { p.faint.small { (t(lang, Key::SetOnPages)) } }
            div data-text { (explain(t(lang, Key::TextOfPage), text)) }
        }
    }

    fn side(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        html! {
            @if let Some(together) = &self.together { (together.beside(to)) }
            @if self.pages > 0 { (self.search(to)) }
            @if self.pages > 0 || play::is_played(&self.media) { (self.notes.show(to, &self.own(), &self.sha256)) }
            @if let Some(offer) = &self.offer { (offer.sheet(to, self, &format!("{}/title", self.own()))) }
            (Sheet::new(t(lang, Key::About)).body(self.facts(to)))
            @if let Some(kept) = &self.kept { (kept.sheet(to, &self.own(), self.may_take_away)) }
            @if self.may_compare { (self.comparing(to)) }
            @if self.may_put_right { (self.put_right(to)) }
            @if self.may_disclose { (self.disclosing(to)) }
            @if self.may_redact { (redaction::way(to, &self.own())) }
            @if self.may_ask {
                @let href = format!("{}?material={}#ask", route(self.case, "/approvals"), self.material);
                div.in { (Verb::go(t(lang, Key::AskChange), &href)) }
            }
        }
    }

    fn search(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let whole = format!("{}?{}", route(self.case, "/file/search"), serde_html_form::to_string([("q", &self.sought)]).unwrap_or_default());
        html! {
            div.in.searching {
                form.find role="search" method="get" action=(self.own()) aria-label=(t(lang, Key::SearchIn)) {
                    (Icon::Search)
                    input.input type="search" name="q" value=(self.sought) placeholder=(t(lang, Key::SearchIn)) aria-label=(t(lang, Key::SearchIn)) data-key="/";
                }
                @if !self.sought.is_empty() {
                    @if self.hits.is_empty() { p { (t(lang, Key::NoHits)) } }
                    @else {
                        ol.hits { @for (at, hit) in self.hits.iter().enumerate() {
                            li { a href=(self.at_hit(hit.page, Some(at))) aria-current=[(at == self.hit).then_some("true")] { (hit_words(to, hit)) } }
                        } }
                    }
                    p { a href=(whole) { (Icon::Search) " " (t(lang, Key::SearchWhole)) } }
                }
            }
        }
    }
}

/// A hit in its context, with its page.
pub fn hit_words(to: &Showing, hit: &HitView) -> Markup {
    html! {
        span.context lang="zh-CN" { "…" (hit.before) mark { (hit.words) } (hit.after) "…" }
        span.faint.number { (words::thumb(to.lang(), hit.page)) }
    }
}
