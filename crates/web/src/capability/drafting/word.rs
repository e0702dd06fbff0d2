//! A draft goes out as OFD for offices that exchange such files, and as DOCX for those who write in Word or WPS, and
//! comes back (DOCX 导出与回传): what came is compared
//! word by word, and taken over only by saving it as any other version is saved.

use std::sync::Arc;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse as _, Response},
};
use xiezhi_app::{
    AppError,
    access::{AccessEvent, Look},
    papers,
};
use xiezhi_documents::{
    compare::Passage,
    returned::{self, DOCUMENT_MARK, Note, Tracked, VERSION_MARK, Written, take_back},
    structure::Document,
};
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    decision::{About, PaperOrder},
    drafting::{self, Draft, DraftContent},
    ids::{CaseId, DocumentId, MaterialId},
    paper::PaperKind,
};

use super::{
    At,
    versions::{Part, part_sheets, parts_of},
};
use crate::{
    capability::{
        case_frame::{CaseTab, case_page},
        material::escaped,
        prelude_of_cases::route,
    },
    frame::prelude::*,
    http::{
        files::FilesForm,
        prelude::*,
        showing::PageParts,
        wants::{Docx, Ofd},
    },
    messages::{
        Lang,
        drafting::{part, version},
        kinds::kind_name,
        t,
        word as said,
    },
};

/// The largest file of a word processor that is taken for a draft.
const LARGEST_BYTES: u64 = 16 * 1024 * 1024;
/// The longest text in one, which packs small: more than any draft that can be saved.
const LARGEST_TEXT_BYTES: usize = 4 * 1024 * 1024;

/// The document as it will be written, with `content` in it.
fn paper(web: &Web, me: &Me, case: &CaseState, document: DocumentId, content: &DraftContent) -> Document {
    let mut case = case.clone();
    if let Some(draft) = case.drafts.get_mut(&document) {
        draft.content = content.clone();
    }
    let moment = web.app.ports().clock.moment();
    let order =
        PaperOrder { material: MaterialId(document.0), kind: PaperKind::Original, about: About::Document(document) };
    let mut paper = papers::document(&case, &me.showing.people, &web.app.rules(moment.today), &order, moment);
    papers::annex(&mut paper, content, &web.app.ports().statutes.library(), moment.today);
    paper
}

/// The draft as DOCX.
pub(super) async fn download(State(web): State<Web>, me: Me, Path(at): Path<At>) -> Result<Sent<Docx>, Problem> {
    let (case, draft) = leaving(&web, &me, at).await?;
    let marks = [(DOCUMENT_MARK, at.1.to_string()), (VERSION_MARK, draft.version.to_string())];
    let bytes = web.app.ports().press.docx(&paper(&web, &me, &case, at.1, &draft.content), &marks);
    let form = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    Ok(attached(bytes, form, &format!("{}-{}.docx", draft.kind.name_zh(), draft.version)).into())
}

/// The pages of the draft as OFD.
pub(super) async fn pages(State(web): State<Web>, me: Me, Path(at): Path<At>) -> Result<Sent<Ofd>, Problem> {
    let (case, draft) = leaving(&web, &me, at).await?;
    let bytes = web.app.ports().press.ofd(&paper(&web, &me, &case, at.1, &draft.content))?;
    Ok(attached(bytes, "application/ofd", &format!("{}-{}.ofd", draft.kind.name_zh(), draft.version)).into())
}

/// A draft that whoever asks may have. That it leaves is recorded before the first byte does.
async fn leaving(web: &Web, me: &Me, at: At) -> Result<(Arc<CaseState>, Draft), Problem> {
    let (case, reader) = web.app.view(at.0, &me.actor).await?;
    let rule = access::may(&reader, Act::ViewDrafts, case.stage).map_err(|_| Problem::not_found())?;
    let draft = case.drafts.get(&at.1).ok_or_else(Problem::not_found)?.clone();
    let look = AccessEvent::Looked {
        reader: me.person.id,
        post: me.person.post,
        look: Look::Export,
        case: Some(at.0),
        material: None,
        pages: vec![],
        words: None,
        rule: rule.to_string(),
    };
    web.app.record_looks(vec![look]).await?;
    Ok((case, draft))
}

fn attached(bytes: Vec<u8>, form: &'static str, name: &str) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(form));
    let attached = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{}", escaped(name))).expect("escaped");
    headers.insert(header::CONTENT_DISPOSITION, attached);
    response
}

/// A draft that came back from a word processor, compared with the version it was written from.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ReturnedDraftView {
    document: DocumentId,
    kind: PaperKind,
    /// The version that the file was written from.
    based_on: u32,
    /// Whether the file says so itself; otherwise the newest is taken for it.
    told: bool,
    /// The newest version.
    newest: u32,
    /// What the draft would say.
    content: DraftContent,
    /// The parts that differ.
    parts: Vec<Part>,
    /// What is to be known before it is taken over.
    notes: Vec<Note>,
    /// What the case fills in against what the file has in its place; it is not taken over.
    case_words: Vec<Passage>,
    /// Changes that were tracked in the file, all accepted.
    tracked: Vec<Tracked>,
    /// Comments in the file, as who and what; they are not kept.
    comments: Vec<(String, String)>,
    #[serde(skip)]
    case: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

/// Reads a file that came back, in the confined process, and shows what it changes. Nothing is saved by it.
pub(super) async fn take(
    State(web): State<Web>,
    me: Me,
    Path(at): Path<At>,
    sent: FilesForm,
) -> Result<Shown<ReturnedDraftView>, Problem> {
    let (case, reader) = web.app.view(at.0, &me.actor).await?;
    access::may(&reader, Act::Draft, case.stage).map_err(|_| Problem::not_found())?;
    let file = sent.all_files(&web.app, me.person.id).await?.remove(0);
    // It is read whole into memory, and no draft is longer.
    if file.size_bytes > LARGEST_BYTES {
        return Err(Problem::invalid(vec![FieldError::new("file", "upload.too_large")]));
    }
    let bytes = web.app.bytes(&file.sha256).await?;
    let written = web.app.ports().reading.words(bytes).await?;
    if written.lines.iter().map(|line| line.text.len()).sum::<usize>() > LARGEST_TEXT_BYTES {
        return Err(Problem::invalid(vec![FieldError::new("file", "upload.too_large")]));
    }
    let of_other = written.marks.iter().any(|(name, id)| name == DOCUMENT_MARK && *id != at.1.to_string());
    if of_other {
        return Err(Problem::invalid(vec![FieldError::new("file", "word.other_document")]));
    }
    let versions = web.app.draft_versions(at.0, at.1).await?;
    let newest = versions.last().ok_or_else(Problem::not_found)?;
    let told = marked_version(&written).and_then(|told| versions.iter().find(|version| version.version == told));
    let base = told.unwrap_or(newest);
    let paper = paper(&web, &me, &case, at.1, &base.content);
    let (told, newest, base) = (told.is_some(), newest.version, base.clone());
    // A long file takes a while to compare: pages of others don't wait for it.
    let view = tokio::task::spawn_blocking(move || {
        let from = Base { version: base.version, told, newest, content: &base.content };
        ReturnedDraftView::of(&case, &reader, at.1, &paper, &from, written)
    });
    let view = view.await.map_err(|fault| AppError::failed("comparing a draft", fault))?;
    Ok(show(&me.showing, &view.ok_or_else(Problem::not_found)?))
}

fn marked_version(written: &Written) -> Option<u32> {
    written.marks.iter().find(|(name, _)| name == VERSION_MARK).and_then(|(_, version)| version.parse().ok())
}

/// The version that a file was written from.
pub(super) struct Base<'a> {
    pub(super) version: u32,
    pub(super) told: bool,
    pub(super) newest: u32,
    pub(super) content: &'a DraftContent,
}

impl ReturnedDraftView {
    /// What came back against the version it was written from; nothing where there is no such draft.
    pub(super) fn of(
        case: &Arc<CaseState>,
        reader: &Reader,
        document: DocumentId,
        paper: &Document,
        base: &Base<'_>,
        written: Written,
    ) -> Option<Self> {
        let draft = case.drafts.get(&document)?;
        let returned::Returned { content, notes, case_words } = take_back(paper, base.content, &written);
        Some(Self {
            document,
            kind: draft.kind,
            based_on: base.version,
            told: base.told,
            newest: base.newest,
            parts: parts_of(base.content, &content, drafting::PARTS),
            content,
            notes,
            case_words,
            tracked: written.tracked,
            comments: written.comments,
            case: Arc::clone(case),
            reader: reader.clone(),
        })
    }

    fn origin(&self, lang: Lang) -> Markup {
        use said::Key as Word;
        html! {
            p {
                (t(lang, if self.told { Word::WrittenFrom } else { Word::TakenFor })) (version(lang, self.based_on)) (lang.pick("。", ". "))
                @if self.newest != self.based_on { (t(lang, Word::NewerSince)) }
            }
        }
    }

    fn take_over(&self, to: &Showing, base: &str) -> Markup {
        let (lang, content) = (to.lang(), &self.content);
        form(FormTo { action: base, ..FormTo::default() }, html! {
            (to.command_field())
            input type="hidden" name="based_on" value=(self.based_on);
            @for part in drafting::PARTS { input type="hidden" name=(part) value=(content.part(part)); }
            @if content.refund_prepayment { input type="hidden" name="refund_prepayment" value="yes"; }
            @if content.annex_law { input type="hidden" name="annex_law" value="yes"; }
            p { (t(lang, said::Key::TakeOverNote)) }
            (Verb::submit(t(lang, said::Key::TakeOver)).primary())
        })
    }

    fn beside(&self, lang: Lang) -> Markup {
        use said::Key as Word;
        html! {
            @if !self.tracked.is_empty() {
                h3 { (t(lang, Word::Tracked)) }
                ul.points { @for change in &self.tracked { li {
                    (change.by) (lang.pick("：", ": ")) (t(lang, if change.added { Word::Came } else { Word::Went })) " " span lang="zh-CN" { "“" (change.text) "”" }
                } } }
            }
            @if !self.comments.is_empty() {
                h3 { (t(lang, Word::Comments)) }
                ul.points { @for (by, words) in &self.comments { li { (by) (lang.pick("：", ": ")) span lang="zh-CN" { (words) } } } }
            }
        }
    }
}

impl View for ReturnedDraftView {
    fn page(&self, to: &Showing) -> Markup {
        use said::Key as Word;
        let lang = to.lang();
        let base = route(self.case.id, &format!("/documents/{}", self.document));
        let title = format!("{} · {}", kind_name(lang, self.kind), t(lang, Word::Returned));
        let body = html! {
            (Sheet::new(&title).body(html! {
                (self.origin(lang))
                @if !self.notes.is_empty() { (note_of(Standing::Soon, html! { ul { @for note in &self.notes { li { (told(lang, note)) } } } })) }
                @if self.parts.is_empty() { p { (t(lang, Word::NothingChanged)) } }
                (part_sheets(lang, &self.parts))
                @if !self.parts.is_empty() { (self.take_over(to, &base)) }
                p { a href=(base) { (t(lang, Word::LeaveIt)) } }
            }))
            @if !self.case_words.is_empty() {
                (Sheet::new(t(lang, Word::CaseWords)).body(html! { p { (t(lang, Word::CaseWordsNote)) } (compared(lang, &self.case_words)) }))
            }
            @if !self.tracked.is_empty() || !self.comments.is_empty() { (Sheet::new(t(lang, Word::Beside)).body(self.beside(lang))) }
        };
        case_page(to, &self.case, &self.reader, CaseTab::Documents, PageParts::default(), stack(body))
    }
}

fn told(lang: Lang, note: &Note) -> String {
    let name = |code: &str| part(lang, code);
    match note {
        Note::PartNotFound { part } => said::part_not_found(lang, &name(part)),
        Note::OrdersRecounted { written } => said::recounted(lang, &written.join(lang.pick("、", ", "))),
        Note::GapStays { part } => said::gap_stays(lang, &name(part)),
        Note::GapLeftOut { part } => said::gap_left_out(lang, &name(part)),
        Note::HiddenTakenOut { count } => said::hidden(lang, *count),
        Note::Pictures { count } => said::pictures(lang, *count as usize),
        Note::Boxes { count } => said::boxes(lang, *count as usize),
        Note::Tables { count } => said::tables(lang, *count as usize),
        Note::Rows { count } => said::rows(lang, *count as usize),
    }
}

/// Out as DOCX and back in, on the page of a draft.
pub(super) fn ways(to: &Showing, case: CaseId, document: DocumentId, may_write: bool) -> Markup {
    use said::Key as Word;
    let lang = to.lang();
    let at = route(case, &format!("/documents/{document}/docx"));
    let pages = route(case, &format!("/documents/{document}/ofd"));
    let download = html! {
        p { a href=(at) download { (t(lang, Word::Download)) } }
        p { a href=(pages) download { (t(lang, Word::Pages)) } }
    };
    if !may_write {
        return download;
    }
    html! {
        details {
            summary { (t(lang, Word::Title)) }
            (download)
            (form(FormTo { action: &at, files: true, ..FormTo::default() }, html! {
                (to.command_field())
                (Field::new("file", t(lang, Word::File)).help(t(lang, Word::FileHelp)).file(".docx", false))
                (Verb::submit(t(lang, Word::Compare)))
            }))
        }
    }
}
