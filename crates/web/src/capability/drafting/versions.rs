//! The versions of a document in the making: every one that was saved, any two word by word (版本对照).

use std::sync::Arc;

use jiff::Timestamp;
use xiezhi_app::drafting::DraftVersion;
use xiezhi_documents::compare::{Change, Passage, compare};
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    drafting::{self, DraftContent},
    ids::{CaseId, DocumentId},
    paper::PaperKind,
    people::Directory,
};

use crate::{
    capability::{
        case_frame::{CaseTab, case_page},
        prelude_of_cases::route,
    },
    frame::prelude::{Act as TimelineAct, *},
    http::{prelude::*, showing::PageParts},
    messages::{
        Lang,
        drafting::{Key, part, version},
        kinds::kind_name,
        moment, t,
    },
};

/// A version in the list.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = DraftVersionLine)]
pub struct Line {
    /// Its number, from 1.
    version: u32,
    /// Who saved it.
    by: String,
    /// When.
    at: Timestamp,
    /// Why it was returned, if it was.
    returned_because: Option<String>,
}

/// A part of a document in two versions.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ComparedPart)]
pub struct Part {
    /// Its code.
    part: &'static str,
    /// What stayed, what went, what came.
    passages: Vec<Passage>,
}

/// The versions of a document, and two of them compared.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DraftVersionsView {
    document: DocumentId,
    kind: PaperKind,
    /// Every version, the first first.
    versions: Vec<Line>,
    /// The version compared with.
    from: u32,
    /// The version that is compared.
    to: u32,
    /// The parts that differ.
    parts: Vec<Part>,
    /// What became of the prepayment, where that differs.
    refund_prepayment: Option<bool>,
    /// Whether the articles stand behind it in their own words, where that changed.
    annex_law: Option<bool>,
    /// The content of the compared version, for whoever may take it up again.
    again: Option<DraftContent>,
    #[serde(skip)]
    newest: u32,
    #[serde(skip)]
    case: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

/// Which two.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = VersionsAsked)]
pub(super) struct Asked {
    pub(super) from: Option<u32>,
    pub(super) to: Option<u32>,
}

pub(super) async fn compared_versions(
    State(web): State<Web>,
    me: Me,
    Path((id, document)): Path<(CaseId, DocumentId)>,
    Query(asked): Query<Asked>,
) -> Result<Shown<DraftVersionsView>, Problem> {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    access::may(&reader, Act::ViewDrafts, case.stage).map_err(|_| Problem::not_found())?;
    let versions = web.app.draft_versions(id, document).await?;
    let view = DraftVersionsView::of(&case, &reader, &me.showing.people, document, &versions, &asked);
    Ok(show(&me.showing, &view.ok_or_else(Problem::not_found)?))
}

impl DraftVersionsView {
    /// Two versions of a document: those asked for, or the newest and the one before it.
    pub(super) fn of(
        case: &Arc<CaseState>,
        reader: &Reader,
        people: &Directory,
        document: DocumentId,
        versions: &[DraftVersion],
        asked: &Asked,
    ) -> Option<Self> {
        let draft = case.drafts.get(&document)?;
        let newest = versions.last()?;
        let named = |number: Option<u32>, otherwise: u32| {
            let wanted = number.unwrap_or(otherwise).clamp(1, newest.version);
            versions.iter().find(|version| version.version == wanted).unwrap_or(newest)
        };
        let to = named(asked.to, newest.version);
        let from = named(asked.from, to.version.saturating_sub(1));
        let line = |version: &DraftVersion| Line {
            version: version.version,
            by: version.by.map(|by| people.name(by).to_owned()).unwrap_or_default(),
            at: version.at,
            returned_because: version.returned_because.clone(),
        };
        let open = draft.original.is_none() && draft.issued.is_none() && !case.stage.is_closed();
        let may_write = open && access::may(reader, Act::Draft, case.stage).is_ok();
        let (refund, annex) = (to.content.refund_prepayment, to.content.annex_law);
        Some(Self {
            document,
            kind: draft.kind,
            versions: versions.iter().map(line).collect(),
            from: from.version,
            to: to.version,
            parts: parts_of(&from.content, &to.content, drafting::PARTS),
            refund_prepayment: (refund != from.content.refund_prepayment).then_some(refund),
            annex_law: (annex != from.content.annex_law).then_some(annex),
            again: (may_write && to.version != newest.version).then(|| to.content.clone()),
            newest: newest.version,
            case: Arc::clone(case),
            reader: reader.clone(),
        })
    }
}

/// Those of the parts that differ.
pub(super) fn parts_of(before: &DraftContent, after: &DraftContent, parts: &[&'static str]) -> Vec<Part> {
    let compared = |&part: &&'static str| Part { part, passages: compare(&before.part(part), &after.part(part)) };
    let differs = |part: &Part| part.passages.iter().any(|passage| passage.change != Change::Kept);
    parts.iter().map(compared).filter(differs).collect()
}

pub(super) fn part_sheets(lang: Lang, parts: &[Part]) -> Markup {
    html! { @for one in parts { h3 { (part(lang, one.part)) } (compared(lang, &one.passages)) } }
}

impl View for DraftVersionsView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let base = route(self.case.id, &format!("/documents/{}", self.document));
        let title = format!("{} · {}", kind_name(lang, self.kind), t(lang, Key::Versions));
        let body = html! {
            (Sheet::new(&title).body(html! {
                p { (t(lang, Key::VersionsNote)) " " a href=(base) { (t(lang, Key::Open)) } }
                (self.choice(lang, &base))
            }))
            (Sheet::new(&self.heading(lang)).body(html! {
                @if self.parts.is_empty() && self.refund_prepayment.is_none() && self.annex_law.is_none() { p { (t(lang, Key::NoChange)) } }
                (part_sheets(lang, &self.parts))
                @if let Some(refund) = self.refund_prepayment { p { (t(lang, if refund { Key::RefundYes } else { Key::RefundNo })) } }
                @if let Some(annex) = self.annex_law { p { (t(lang, if annex { Key::AnnexYes } else { Key::AnnexNo })) } }
                @if let Some(content) = &self.again { (self.take_up(to, content, &base)) }
            }))
            (Sheet::new(t(lang, Key::Versions)).flush(self.list(lang, &base)))
        };
        case_page(to, &self.case, &self.reader, CaseTab::Documents, PageParts::default(), stack(body))
    }
}

impl DraftVersionsView {
    fn heading(&self, lang: Lang) -> String {
        format!("{} → {}", version(lang, self.from), version(lang, self.to))
    }

    fn choice(&self, lang: Lang, base: &str) -> Markup {
        let numbers: Vec<(String, String)> = self
            .versions
            .iter()
            .map(|line| (line.version.to_string(), format!("{} · {} · {}", version(lang, line.version), line.by, moment(line.at))))
            .collect();
        let choices: Vec<Choice<'_>> = numbers.iter().map(|(value, words)| Choice::new(value, words)).collect();
        let (from, until) = (self.from.to_string(), self.to.to_string());
        form_get(&format!("{base}/versions"), html! {
            (side_by_side(html! {
                (Field::new("from", t(lang, Key::Earlier)).value(&from).select(lang, &choices))
                (Field::new("to", t(lang, Key::Later)).value(&until).select(lang, &choices))
            }))
            (Verb::submit(t(lang, Key::Compare)))
        })
    }

    fn list(&self, lang: Lang, base: &str) -> Markup {
        let told: Vec<_> = self
            .versions
            .iter()
            .rev()
            .map(|line| {
                let before = line.version.saturating_sub(1).max(1);
                let returned = line.returned_because.as_ref();
                let returned = returned.map(|why| format!(" · {}{why}", t(lang, Key::WasReturned))).unwrap_or_default();
                let href = format!("{base}/versions?from={before}&to={}", line.version);
                (moment(line.at), version(lang, line.version), href, format!("{}{returned}", line.by))
            })
            .collect();
        let acts: Vec<_> = told
            .iter()
            .map(|(when, title, href, detail)| TimelineAct {
                when,
                by: ActedBy::Court,
                title,
                href: Some(href),
                detail,
                mark: None,
            })
            .collect();
        timeline(&acts)
    }

    fn take_up(&self, to: &Showing, content: &DraftContent, base: &str) -> Markup {
        let lang = to.lang();
        form(FormTo { action: base, ..FormTo::default() }, html! {
            (to.command_field())
            input type="hidden" name="based_on" value=(self.newest);
            @for part in drafting::PARTS { input type="hidden" name=(part) value=(content.part(part)); }
            @if content.refund_prepayment { input type="hidden" name="refund_prepayment" value="yes"; }
            @if content.annex_law { input type="hidden" name="annex_law" value="yes"; }
            p { (t(lang, Key::TakeUpNote)) }
            (Verb::submit(t(lang, Key::TakeUp)))
        })
    }
}

/// What somebody typed while another saved: both put together, not saved yet.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = UnsavedDraft)]
pub struct Unsaved {
    /// Both put together.
    pub(super) content: DraftContent,
    /// The parts that both changed: the other's words against one's own.
    both: Vec<Part>,
    /// Whether nobody else saved anything.
    #[serde(skip)]
    alone: bool,
    /// Whether it was kept by itself, from an earlier visit.
    #[serde(skip)]
    kept: bool,
}

impl Unsaved {
    /// What comes of `typed`, which was written upon version `based_on`.
    pub(super) fn of(versions: &[DraftVersion], based_on: u32, typed: &DraftContent) -> Option<Self> {
        let newest = &versions.last()?.content;
        let base = versions.iter().find(|version| version.version == based_on).map(|version| &version.content);
        let (content, both) = drafting::merge(base?, newest, typed);
        let both = parts_of(newest, typed, &both);
        Some(Self { content, both, alone: false, kept: false })
    }

    /// What was typed and can't be saved as it is.
    pub(super) fn alone(content: DraftContent) -> Self {
        Self { content, both: vec![], alone: true, kept: false }
    }

    /// What was typed at an earlier visit and never saved.
    pub(super) fn kept(content: DraftContent) -> Self {
        Self { kept: true, ..Self::alone(content) }
    }

    pub(super) fn note(&self, lang: Lang) -> Markup {
        if self.kept {
            return note_of(Standing::Soon, html! { (t(lang, Key::KeptNote)) });
        }
        if self.alone {
            return html! {};
        }
        html! {
            (note_of(Standing::Soon, html! {
                p { (t(lang, Key::SavedMeanwhile)) }
                p { (t(lang, if self.both.is_empty() { Key::MergedNote } else { Key::BothNote })) }
            }))
            (part_sheets(lang, &self.both))
        }
    }
}
