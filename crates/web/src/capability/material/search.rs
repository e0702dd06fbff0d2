//! Words looked for in the whole file: only in papers that the reader may see, with their context and their page.

use std::sync::Arc;

use futures::{StreamExt, stream};
use xiezhi_app::{ports::Source, texts};
use xiezhi_domain::{
    access::{self, Reader},
    case::CaseState,
    ids::{CaseId, MaterialId},
    material::{FileRef, Material, Place},
};

use super::{
    catalogue::submitter,
    reader::{HitView, hit_words, hits},
};
use crate::{
    capability::{
        case_frame::{CaseTab, case_page},
        prelude_of_cases::route,
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        material::{self as words, Key},
        t,
    },
};

/// Hits shown of one paper; the rest is seen in the paper itself.
const SHOWN: usize = 8;
/// Papers read at once.
const AT_ONCE: usize = 4;

/// A paper in which the words stand.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FoundIn {
    /// The paper.
    pub id: MaterialId,
    /// Its title.
    pub title: String,
    /// From whom; nothing for the court.
    pub from: Option<String>,
    /// Where the words stand in it.
    pub hits: Vec<HitView>,
}

/// What was found in a file.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SearchView {
    /// The case.
    pub case: CaseId,
    /// What was looked for.
    pub sought: String,
    /// Papers with hits, and papers whose title has the words.
    pub papers: Vec<FoundIn>,
    /// Papers whose text was searched.
    pub searched: usize,
    /// Papers without any text.
    pub without_text: usize,
    /// Scans of which pages are still to be read.
    pub awaited: usize,
    #[serde(skip)]
    state: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

/// Papers of the file that `reader` may see, in the order they came: what was thrown out or erased is not searched.
pub fn searchable<'a>(case: &'a CaseState, reader: &Reader) -> Vec<&'a Material> {
    let open = |paper: &&Material| paper.erased_on.is_none() && paper.place != Place::Discarded;
    case.materials_in_order().filter(open).filter(|paper| access::may_see(reader, case, paper)).collect()
}

/// Whether that is something to look for: two letters or figures. One alone, or a comma, would show the whole file.
pub(super) fn is_enough(sought: &str) -> bool {
    sought.chars().filter(|letter| letter.is_alphanumeric()).count() >= 2
}

impl SearchView {
    /// Searches the papers that `reader` may see, and no others.
    pub async fn of(app: &App, case: &Arc<CaseState>, reader: &Reader, sought: &str) -> Self {
        let papers = if is_enough(sought) { searchable(case, reader) } else { vec![] };
        let files: Vec<FileRef> = papers.iter().map(|paper| paper.file.clone()).collect();
        let read = |file: FileRef| async move { app.text_layer(&file).await };
        let layers: Vec<texts::TextLayer> = stream::iter(files).map(read).buffered(AT_ONCE).collect().await;
        Self::found(case, reader, sought, papers.into_iter().zip(layers).collect())
    }

    /// What was found in papers with these texts.
    pub fn found(case: &Arc<CaseState>, reader: &Reader, sought: &str, papers: Vec<(&Material, texts::TextLayer)>) -> Self {
        let has_text = |layer: &texts::TextLayer| layer.iter().any(|page| !page.runs.is_empty());
        let is_awaited = |layer: &texts::TextLayer| layer.iter().any(|page| page.source == Source::Awaited);
        let awaited = papers.iter().filter(|(_, layer)| is_awaited(layer)).count();
        let waits_whole = papers.iter().filter(|(_, layer)| is_awaited(layer) && !has_text(layer)).count();
        let searched = papers.iter().filter(|(_, layer)| has_text(layer)).count();
        let found = papers.iter().map(|(paper, layer)| FoundIn {
            id: paper.id,
            title: paper.title.clone(),
            from: submitter(case, paper),
            hits: hits(layer, sought),
        });
        let named = |paper: &FoundIn| !sought.is_empty() && paper.title.contains(sought);
        Self {
            case: case.id,
            sought: sought.to_owned(),
            papers: found.filter(|paper| !paper.hits.is_empty() || named(paper)).collect(),
            searched,
            without_text: papers.len() - searched - waits_whole,
            awaited,
            state: Arc::clone(case),
            reader: reader.clone(),
        }
    }

    fn at(&self, paper: &FoundIn, at: usize, hit: &HitView) -> String {
        let query = [("page", hit.page.to_string()), ("q", self.sought.clone()), ("hit", at.to_string())];
        let query = serde_html_form::to_string(query).unwrap_or_default();
        route(self.case, &format!("/file/{}?{query}", paper.id))
    }

    fn paper(&self, to: &Showing, paper: &FoundIn) -> Markup {
        let lang = to.lang();
        let href = route(self.case, &format!("/file/{}?{}", paper.id, serde_html_form::to_string([("q", &self.sought)]).unwrap_or_default()));
        let note = format!("{} · {}", paper.from.as_deref().unwrap_or(t(lang, Key::Court)), words::places(lang, paper.hits.len()));
        Sheet::new(&paper.title).note(&note).more(t(lang, Key::Open), &href).flush(html! {
            @if !paper.hits.is_empty() {
                ol.hits { @for (at, hit) in paper.hits.iter().enumerate().take(SHOWN) {
                    li data-row { a.what href=(self.at(paper, at, hit)) { (hit_words(to, hit)) } }
                } }
            }
            @if paper.hits.len() > SHOWN { p.in { a href=(href) { (words::more_places(lang, paper.hits.len() - SHOWN)) } } }
        })
    }
}

impl View for SearchView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let file = route(self.case, "/file");
        let hits: usize = self.papers.iter().map(|paper| paper.hits.len()).sum();
        let form = html! {
            div.in.searching {
                form.find role="search" method="get" action=(route(self.case, "/file/search")) aria-label=(t(lang, Key::SearchWhole)) {
                    (Icon::Search)
                    input.input type="search" name="q" value=(self.sought) placeholder=(t(lang, Key::SearchWhole)) aria-label=(t(lang, Key::SearchWhole)) autofocus[self.sought.is_empty()];
                }
                @if !self.sought.is_empty() { p.muted.small { (words::searched(lang, self.searched)) @if self.without_text > 0 { " " (words::without_text(lang, self.without_text)) } @if self.awaited > 0 { " " (words::awaited(lang, self.awaited)) } } }
            }
        };
        let body = stack(html! {
            @if to.is_outside() { h1 { (t(lang, Key::SearchWhole)) } }
            (Sheet::new(t(lang, Key::SearchWhole)).note(&words::found(lang, hits, self.papers.len())).more(t(lang, Key::BackToFile), &file).flush(form))
            @if !self.sought.is_empty() && !is_enough(&self.sought) { p { (t(lang, Key::SearchTwoLetters)) } }
            @else if self.papers.is_empty() && !self.sought.is_empty() { (Blank::empty(Icon::Search, t(lang, Key::NothingFound), t(lang, Key::NothingFoundWords)).sheet()) }
            @for paper in &self.papers { (self.paper(to, paper)) }
        });
        case_page(to, &self.state, &self.reader, CaseTab::File, PageParts { wide: true, ..PageParts::default() }, body)
    }
}
