//! What follows an issued document (文书补正、重新出具、撤销): slips are marked and ruled upon, a corrected copy is made,
//! and every page of the document says so.

pub(crate) mod samples;

use std::sync::Arc;

use jiff::civil::Date;
use xiezhi_domain::{
    access::{self, Act, Reader},
    approval::Matter,
    case::CaseState,
    correcting::{self, CorrectingCommand, ELSEWHERE, Slip},
    drafting::{Draft, PARTS},
    ids::{CaseId, DocumentId, IdSource, MaterialId},
    material::Material,
    paper::PaperKind,
    stage::Stage,
    verify::{self, Followed},
};

use super::{
    case_frame::{CaseTab, case_page, tab_title},
    prelude_of_cases::{Acted, act, route},
};
use crate::{
    frame::prelude::*,
    http::{me::Me, prelude::*, showing::PageParts},
    messages::{
        correcting::{self as words, Key},
        day,
        kinds::kind_name,
        t,
    },
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/documents/{document}/correction", Op::ShowCorrection, page)
        .post("/cases/{case}/documents/{document}/correction", Op::MarkSlips, mark)
        .post("/cases/{case}/documents/{document}/copy", Op::BeginCopy, begin_copy)
}

/// Rows of the form, and more where a ruling has more.
const ROWS: usize = 5;

/// A ruling on slips of the document.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CorrectionRuling)]
pub struct RulingView {
    document: DocumentId,
    slips: Vec<Slip>,
    issued_on: Option<Date>,
}

/// Slips in an issued document, and the rulings on them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CorrectionView {
    document: DocumentId,
    kind: PaperKind,
    rulings: Vec<RulingView>,
    /// The ruling that is still being drafted; what is marked goes into it.
    open: Option<DocumentId>,
    may_mark: bool,
    /// Whether approval to put slips right in the archived file was asked for and is on its way.
    pending: bool,
    may_ask: bool,
    may_copy: bool,
    #[serde(skip)]
    case: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

impl CorrectionView {
    /// The corrections of a document, for those who see drafts; nothing where it was not issued.
    fn of(case: &Arc<CaseState>, reader: &Reader, document: DocumentId) -> Option<Self> {
        access::may(reader, Act::ViewDrafts, case.stage).ok()?;
        let draft = case.drafts.get(&document).filter(|draft| draft.issued.is_some())?;
        if draft.kind == PaperKind::CorrectionRuling {
            return None;
        }
        let own = case.correcting.rulings.iter().filter(|(_, ruling)| ruling.of == document);
        let rulings: Vec<RulingView> = own
            .map(|(id, ruling)| RulingView { document: *id, slips: ruling.slips.clone(), issued_on: ruling.issued_on })
            .collect();
        let is_open = |ruling: &&RulingView| case.drafts.get(&ruling.document).is_some_and(|draft| draft.original.is_none());
        let may = may_correct(case, reader, document);
        let asked = |asked: &xiezhi_domain::approval::Approval| {
            asked.matter == Matter::CorrectArchived { document } && asked.next().is_some()
        };
        let pending = case.approvals.values().any(asked);
        let may_ask = correcting::may_open(case, document).is_ok() && access::may(reader, Act::AskApproval, case.stage).is_ok();
        Some(Self {
            document,
            kind: draft.kind,
            open: rulings.iter().find(is_open).map(|ruling| ruling.document),
            may_mark: may,
            pending,
            may_ask: may_ask && !pending,
            may_copy: may && rulings.iter().any(|ruling| ruling.issued_on.is_some()),
            rulings,
            case: Arc::clone(case),
            reader: reader.clone(),
        })
    }

    fn listed(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        html! {
            @if self.rulings.is_empty() { p { (t(lang, Key::None)) } }
            @for ruling in &self.rulings {
                p {
                    a href=(route(self.case.id, &format!("/documents/{}", ruling.document))) { (kind_name(lang, PaperKind::CorrectionRuling)) }
                    " " @match ruling.issued_on { Some(on) => (day(on)), None => (t(lang, Key::NotYet)) }
                }
                (slips(to, &ruling.slips))
            }
        }
    }

    fn mark_form(&self, to: &Showing, action: &str) -> Markup {
        let lang = to.lang();
        let marked = self.rulings.iter().find(|ruling| Some(ruling.document) == self.open);
        let marked: &[Slip] = marked.map_or(&[], |ruling| &ruling.slips);
        let parts: Vec<(&str, String)> = PARTS.iter().copied().chain([ELSEWHERE]).map(|code| (code, words::part(lang, code))).collect();
        let choices: Vec<Choice<'_>> = parts.iter().map(|(code, name)| Choice::new(code, name)).collect();
        let empty = Slip { part: "orders".to_owned(), wrong: String::new(), right: String::new() };
        form(FormTo { action, wide: true, ..FormTo::default() }, html! {
            (to.command_field())
            p { (t(lang, Key::MarkNote)) }
            @for at in 0..ROWS.max(marked.len() + 1) {
                @let slip = marked.get(at).unwrap_or(&empty);
                (Field::new("part", t(lang, Key::Part)).among(at).value(&slip.part).select(lang, &choices))
                (side_by_side(html! {
                    (Field::new("wrong", t(lang, Key::Wrong)).among(at).value(&slip.wrong).text())
                    (Field::new("right", t(lang, Key::Right)).among(at).value(&slip.right).text())
                }))
            }
            (Verb::submit(t(lang, Key::Mark)).primary())
        })
    }
}

/// Whether the reader may put slips of a document right now: the case is closed, and its file not yet sealed away or the
/// document opened by approval.
fn may_correct(case: &CaseState, reader: &Reader, document: DocumentId) -> bool {
    let opened = case.stage != Stage::Archived || case.correcting.opened.contains_key(&document);
    case.closing.is_some() && opened && access::may(reader, Act::Draft, case.stage).is_ok()
}

fn slips(to: &Showing, slips: &[Slip]) -> Markup {
    let lang = to.lang();
    html! {
        ul.points { @for slip in slips { li {
            (words::part(lang, &slip.part)) (lang.pick("：", ": ")) span lang="zh-CN" { "“" (slip.wrong) "” → “" (slip.right) "”" }
        } } }
    }
}

impl View for CorrectionView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let base = route(self.case.id, &format!("/documents/{}", self.document));
        let copy = format!("{base}/copy");
        let requests = route(self.case.id, "/approvals");
        let title = format!("{} · {}", kind_name(lang, self.kind), t(lang, Key::Title));
        let body = html! {
            (tab_title(to, &title))
            (Sheet::new(t(lang, Key::Rulings)).body(html! { p { (t(lang, Key::Lead)) } (self.listed(to)) p { a href=(base) { (kind_name(lang, self.kind)) } } }))
            @if self.pending { (note_of(Standing::Waiting, html! { (t(lang, Key::Pending)) " · " a href=(requests) { (t(lang, Key::ToRequests)) } })) }
            @if self.may_ask {
                (Sheet::new(t(lang, Key::AskArchived)).body(form(FormTo { action: &requests, ..FormTo::default() }, html! {
                    (to.command_field())
                    input type="hidden" name="matter" value="correct_archived";
                    input type="hidden" name="document" value=(self.document);
                    p { (t(lang, Key::AskArchivedNote)) }
                    (Field::new("reason", t(lang, Key::AskReason)).textarea(2))
                    (Verb::submit(t(lang, Key::AskArchived)).primary())
                })))
            }
            @if self.may_mark { (Sheet::new(t(lang, Key::Mark)).body(self.mark_form(to, &format!("{base}/correction")))) }
            @if self.may_copy {
                (Sheet::new(t(lang, Key::Copy)).body(form(FormTo { action: &copy, ..FormTo::default() }, html! {
                    (to.command_field())
                    p { (t(lang, Key::CopyNote)) }
                    (Verb::submit(t(lang, Key::Copy)))
                })))
            }
        };
        case_page(to, &self.case, &self.reader, CaseTab::Documents, PageParts::default(), stack(body))
    }
}

type At = (CaseId, DocumentId);

async fn page(State(web): State<Web>, me: Me, Path(at): Path<At>) -> Result<Shown<CorrectionView>, Problem> {
    let (case, reader) = web.app.view(at.0, &me.actor).await?;
    let view = CorrectionView::of(&case, &reader, at.1).ok_or_else(Problem::not_found)?;
    Ok(show(&me.showing, &view))
}

/// The slips row by row; an empty row is none.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SlipsMarked)]
struct Marked {
    #[serde(default)]
    part: Vec<String>,
    #[serde(default)]
    wrong: Vec<String>,
    #[serde(default)]
    right: Vec<String>,
}

impl Marked {
    fn slips(self) -> Vec<Slip> {
        let rows = self.part.into_iter().zip(self.wrong).zip(self.right);
        let rows = rows.map(|((part, wrong), right)| Slip { part, wrong, right });
        rows.filter(|slip| !(slip.wrong.trim().is_empty() && slip.right.trim().is_empty())).collect()
    }
}

/// One click drafts the ruling; marking again changes the one that is still a draft.
async fn mark(State(web): State<Web>, me: Me, Path(at): Path<At>, input: Input<Marked>) -> Acted {
    let (case, reader) = web.app.view(at.0, &me.actor).await?;
    let view = CorrectionView::of(&case, &reader, at.1).ok_or_else(Problem::not_found)?;
    let document = view.open.unwrap_or_else(|| DocumentId(IdSource::of(input.command).next()));
    let command = CorrectingCommand::MarkSlips { document, of: at.1, slips: input.value.slips() };
    act(&web, &me, at.0, input.command, command, &route(at.0, &format!("/documents/{document}"))).await
}

async fn begin_copy(State(web): State<Web>, me: Me, Path(at): Path<At>, input: Input<Nothing>) -> Acted {
    let document = DocumentId(IdSource::of(input.command).next());
    let command = CorrectingCommand::BeginCopy { document, replaces: at.1 };
    act(&web, &me, at.0, input.command, command, &route(at.0, &format!("/documents/{document}"))).await
}

/// What followed a paper, as far as the reader may see the papers that did it.
pub fn shown(case: &CaseState, reader: &Reader, paper: &Material) -> Vec<(Followed, Date, Option<MaterialId>)> {
    let seen = |by: &Option<MaterialId>| {
        by.is_none_or(|id| case.materials.get(&id).is_some_and(|paper| access::may_see(reader, case, paper)))
    };
    verify::followed(case, paper).into_iter().filter(|(_, _, by)| seen(by)).collect()
}

/// What followed a paper, on its pages.
pub fn note(to: &Showing, case: CaseId, followed: &[(Followed, Date, Option<MaterialId>)]) -> Markup {
    let lang = to.lang();
    if followed.is_empty() {
        return html! {};
    }
    note_of(Standing::Soon, html! {
        ul { @for (what, on, by) in followed { li {
            (day(*on)) " " (t(lang, words::followed(*what)))
            @if let Some(by) = by { " " a href=(route(case, &format!("/file/{by}"))) { (t(lang, Key::See)) } }
        } } }
    })
}

/// What followed the papers of a case, on its first page.
pub fn on_case(to: &Showing, case: &CaseState, reader: &Reader) -> Markup {
    let papers = case.materials_in_order().filter(|paper| access::may_see(reader, case, paper));
    let told: Vec<_> = papers.map(|paper| (paper, shown(case, reader, paper))).filter(|(_, told)| !told.is_empty()).collect();
    html! {
        @for (paper, told) in &told {
            (bare_sheet(html! { p { a href=(route(case.id, &format!("/file/{}", paper.id))) lang="zh-CN" { "《" (paper.title) "》" } } (note(to, case.id, told)) }))
        }
    }
}

/// On the page of a document: what follows it, or what it follows.
pub fn standing(to: &Showing, case: &CaseState, reader: &Reader, draft: DocumentId) -> Markup {
    let lang = to.lang();
    let Some(draft) = case.drafts.get(&draft) else { return html! {} };
    let correction = |of: DocumentId| route(case.id, &format!("/documents/{of}/correction"));
    html! {
        @if let Some(ruling) = case.correcting.rulings.get(&draft.id) {
            h3 { (t(lang, Key::SlipsOf)) }
            (slips(to, &ruling.slips))
            @if draft.original.is_none() && may_correct(case, reader, ruling.of) { p { a href=(correction(ruling.of)) { (t(lang, Key::WayBack)) } } }
        }
        @if case.correcting.copies.contains_key(&draft.id) { p { (t(lang, Key::CopyOf)) } }
        (followed_of(to, case, reader, draft))
        @if draft.issued.is_some() && draft.kind != PaperKind::CorrectionRuling && (case.stage == Stage::Archived || may_correct(case, reader, draft.id)) {
            p { a href=(correction(draft.id)) { (t(lang, Key::Way)) } }
        }
    }
}

fn followed_of(to: &Showing, case: &CaseState, reader: &Reader, draft: &Draft) -> Markup {
    let paper = draft.issued.and_then(|id| case.materials.get(&id));
    paper.map_or_else(|| html! {}, |paper| note(to, case.id, &shown(case, reader, paper)))
}
