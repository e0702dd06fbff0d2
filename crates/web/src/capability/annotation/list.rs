//! All annotations of a file that their reader may read, narrowed by addresses; each leads to its page.

use std::{collections::BTreeSet, sync::Arc};

use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::{CaseId, MaterialId},
};

use super::{Audience, NoteView, readable};
use crate::{
    capability::{
        case_frame::{CaseTab, case_page},
        prelude_of_cases::route,
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        annotation::{self as words, Key},
        t,
    },
};

/// What a list of annotations was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = NotesAsked)]
pub struct Asked {
    /// `own`, `team` or `panel`.
    #[serde(default)]
    pub audience: String,
    /// Those with this tag.
    #[serde(default)]
    pub tag: String,
    /// Those of this author, by name.
    #[serde(default)]
    pub by: String,
    /// Those on this paper.
    #[serde(default)]
    pub paper: String,
    /// `1` shows those that were taken back, too.
    #[serde(default)]
    pub back: String,
}

impl Asked {
    fn keeps(&self, note: &NoteView) -> bool {
        let paper = self.paper.is_empty() || self.paper.parse::<MaterialId>() == Ok(note.material);
        (self.audience.is_empty() || self.audience == note.audience.code())
            && (self.tag.is_empty() || note.tags.contains(&self.tag))
            && (self.by.is_empty() || self.by == note.by)
            && (!note.withdrawn || !self.back.is_empty())
            && paper
    }

    fn with(&self, name: &str, value: &str) -> String {
        let pairs = [
            ("audience", self.audience.as_str()),
            ("tag", &self.tag),
            ("by", &self.by),
            ("paper", &self.paper),
            ("back", &self.back),
        ];
        let pairs = pairs.map(|(known, old)| (known, if known == name { value } else { old }));
        let kept: Vec<(&str, &str)> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let query = serde_html_form::to_string(kept).unwrap_or_default();
        if query.is_empty() { query } else { format!("?{query}") }
    }
}

/// The annotations of a file.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NotesView {
    /// The case.
    pub case: CaseId,
    /// What was asked for.
    pub asked: Asked,
    /// The notes.
    pub notes: Vec<NoteView>,
    /// Authors of all that the reader may read.
    pub authors: BTreeSet<String>,
    /// Tags of all that the reader may read.
    pub tags: BTreeSet<String>,
    /// Who may be chosen: whether the reader shares any circle.
    pub audiences: Vec<Audience>,
    #[serde(skip)]
    state: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

pub(super) async fn list(
    State(app): State<App>,
    me: crate::http::me::Me,
    Path(id): Path<CaseId>,
    Query(asked): Query<Asked>,
) -> Result<Shown<NotesView>, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    access::may(&reader, Act::ViewMain, case.stage).map_err(|_| Problem::not_found())?;
    let notes = readable(&app, &me, &case, &reader).await?;
    Ok(show(&me.showing, &NotesView::of(&case, &reader, asked, notes)))
}

impl NotesView {
    /// Of `notes`, which the reader may read, those asked for.
    pub fn of(case: &Arc<CaseState>, reader: &Reader, asked: Asked, notes: Vec<NoteView>) -> Self {
        let team = access::may(reader, Act::TeamNotes, case.stage).is_ok();
        let panel = access::may(reader, Act::PanelNotes, case.stage).is_ok();
        let may = |audience: &Audience| match audience {
            Audience::Own => true,
            Audience::Team => team,
            Audience::Panel => panel,
        };
        Self {
            case: case.id,
            authors: notes.iter().map(|note| note.by.clone()).collect(),
            tags: notes.iter().flat_map(|note| note.tags.clone()).collect(),
            audiences: Audience::ALL.into_iter().filter(may).collect(),
            notes: notes.into_iter().filter(|note| asked.keeps(note)).collect(),
            asked,
            state: Arc::clone(case),
            reader: reader.clone(),
        }
    }

    fn at(&self, query: &str) -> String {
        format!("{}{query}", route(self.case, "/annotations"))
    }

    fn narrowing(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let chip = |name: String, href: String, here: bool| (name, href, here);
        let mut chips = vec![chip(t(lang, Key::Everyone).to_owned(), self.at(&self.asked.with("audience", "")), self.asked.audience.is_empty())];
        for one in self.audiences.iter().filter(|_| self.audiences.len() > 1) {
            chips.push(chip(t(lang, one.words()).to_owned(), self.at(&self.asked.with("audience", one.code())), self.asked.audience == one.code()));
        }
        for author in self.authors.iter().filter(|_| self.authors.len() > 1) {
            let here = self.asked.by == *author;
            chips.push(chip(author.clone(), self.at(&self.asked.with("by", if here { "" } else { author })), here));
        }
        for tag in &self.tags {
            let here = self.asked.tag == *tag;
            chips.push(chip(format!("# {tag}"), self.at(&self.asked.with("tag", if here { "" } else { tag })), here));
        }
        if !self.asked.paper.is_empty() {
            chips.push(chip(t(lang, Key::OnePaper).to_owned(), self.at(&self.asked.with("paper", "")), true));
        }
        let back = !self.asked.back.is_empty();
        chips.push(chip(t(lang, Key::WithTakenBack).to_owned(), self.at(&self.asked.with("back", if back { "" } else { "1" })), back));
        let tabs: Vec<Tab<'_>> = chips.iter().map(|(name, href, here)| Tab { name, href, count: "", here: *here }).collect();
        filters(lang, None, &tabs, html! {})
    }
}

impl View for NotesView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let file = route(self.case, "/file");
        let mut papers: Vec<(&str, Vec<&NoteView>)> = vec![];
        for note in &self.notes {
            match papers.last_mut() {
                Some((_, notes)) if notes[0].material == note.material => notes.push(note),
                _ => papers.push((&note.title, vec![note])),
            }
        }
        let parts = PageParts { wide: true, ..PageParts::default() };
        let body = stack(html! {
            @if to.is_outside() { h1 { (t(lang, Key::Title)) } }
            (Sheet::new(t(lang, Key::Title)).note(&words::count(lang, self.notes.len())).more(t(lang, Key::ToFile), &file).flush(self.narrowing(to)))
            @if papers.is_empty() {
                (Blank::empty(Icon::Pencil, t(lang, Key::Empty), t(lang, if to.is_outside() { Key::EmptyOutside } else { Key::EmptyWords })).sheet())
            }
            @for (title, notes) in &papers {
                (Sheet::new(title).note(&words::count(lang, notes.len())).flush(html! { div.notes.listed { @for note in notes { (note.show(to, self.sha256(note).as_deref())) } } }))
            }
        });
        case_page(to, &self.state, &self.reader, CaseTab::File, parts, body)
    }
}

impl NotesView {
    fn sha256(&self, note: &NoteView) -> Option<String> {
        self.state.materials.get(&note.material).map(|paper| paper.file.sha256.clone())
    }
}
