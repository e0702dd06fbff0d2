//! Drafting, signing, issuing, pronouncing (文书制作、签发、宣判).

mod beside;
mod chain;
mod comments;
mod desk;
mod kept;
mod law;
mod noted;
mod quotations;
mod sources;
pub(crate) mod samples;
mod sums;
mod typed;
mod versions;
mod word;

use std::sync::Arc;

use xiezhi_app::{papers, snippets::Snippet};
use xiezhi_documents::{
    proofread::Finding,
    structure::Document,
};
use xiezhi_domain::{
    Refusal,
    access::{self, Act, Reader},
    case::CaseState,
    decision::{About, PaperOrder},
    drafting::{self, Draft, DraftContent, DraftingCommand, DraftingRefusal},
    ids::{CaseId, DocumentId, IdSource, MaterialId},
    moment::Moment,
    paper::PaperKind,
    people::Directory,
    pronouncing::PronouncingCommand,
    rules::Rules,
    stage::Stage,
};

pub(in crate::capability) use typed::Parts;

pub use beside::BesideView;
use chain::ChainView;
use comments::CommentsView;
use quotations::Quotation;

use super::{
    annotation,
    case_frame::{CaseTab, case_page, tab_title},
    prelude_of_cases::{Acted, CaseStanding, act, route},
    review::Acceptance,
    series::InSeries,
    snippets,
};
use self::{
    law::Sought,
    noted::{changed_note, findings},
    typed::Typed,
    versions::Unsaved,
};
use crate::{
    frame::prelude::*,
    http::{files::FORM_LIMIT_BYTES, prelude::*, showing::PageParts},
    messages::{
        drafting::Key,
        Lang,
        kinds::kind_name,
        t,
    },
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/documents", Op::ListDrafts, list)
        .post("/cases/{case}/documents", Op::BeginDraft, begin)
        .get("/cases/{case}/documents/{document}", Op::ShowDraft, one)
        .post("/cases/{case}/documents/{document}", Op::SaveDraft, save)
        .post("/cases/{case}/documents/{document}/draft", Op::KeepDraftTyped, kept::keep_typed)
        .get("/cases/{case}/beside", Op::ShowBeside, beside::show_beside)
        .get("/cases/{case}/documents/{document}/versions", Op::CompareDrafts, versions::compared_versions)
        .get("/cases/{case}/documents/{document}/docx", Op::DownloadDraft, word::download)
        .get("/cases/{case}/documents/{document}/ofd", Op::DownloadDraftPages, word::pages)
        .post("/cases/{case}/documents/{document}/docx", Op::ReturnDraft, word::take).up_to(FORM_LIMIT_BYTES)
        .post("/cases/{case}/documents/{document}/putting-forward", Op::PutDraftForward, put_forward)
        .post("/cases/{case}/documents/{document}/signature", Op::SignDocument, sign)
        .post("/cases/{case}/documents/{document}/reading", Op::ReadDocument, chain::read)
        .post("/cases/{case}/documents/{document}/doubt", Op::DoubtDocument, chain::doubt)
        .post("/cases/{case}/documents/{document}/comments", Op::CommentDraft, comments::write)
        .post("/cases/{case}/documents/{document}/comments/{comment}/replies", Op::ReplyToComment, comments::reply)
        .post("/cases/{case}/documents/{document}/comments/{comment}/settlement", Op::SettleComment, comments::settle)
        .post("/cases/{case}/documents/{document}/comments/{comment}/acceptance", Op::AcceptSuggestion, comments::accept)
        .post("/cases/{case}/documents/{document}/return", Op::ReturnDocument, give_back)
        .post("/cases/{case}/documents/{document}/issue", Op::IssueDocument, issue)
        .post("/cases/{case}/documents/{document}/pronouncement", Op::PronounceJudgment, pronounce)
}

/// A document in the making.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DraftFacts {
    id: DocumentId,
    kind: PaperKind,
    content: DraftContent,
    version: u32,
    missing: Vec<String>,
    original: Option<(MaterialId, String)>,
    /// Who signed and who reads along.
    chain: ChainView,
    /// Comments on it.
    comments: CommentsView,
    /// What it cites of papers that have changed since.
    changed: Vec<sources::Changed>,
    issued: Option<MaterialId>,
    returned_because: Option<String>,
    preview: Option<Document>,
    /// What proofreading finds in the document as it will be written.
    findings: Vec<Finding>,
    /// Articles of the law that were looked up.
    sought: Option<Sought>,
    /// What was typed of a sum that can't be worked out.
    sum_asked: sums::Wish,
    /// What the reader typed while another saved.
    unsaved: Option<Unsaved>,
    /// Characters that nobody sees and that were taken out of what was just saved.
    hidden: usize,
    /// Whether it follows an issued document: what it says was marked there.
    follows: bool,
    /// Whether a paragraph of what was typed is too long to be one; it is not saved.
    too_long: bool,
}

/// Documents of a case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DraftsView {
    drafts: Vec<DraftFacts>,
    one: bool,
    /// The set of like cases that it belongs to.
    series: Option<InSeries>,
    /// The other choice where a suit was laid before the judge as not acceptable.
    acceptance: Option<Acceptance>,
    /// What the reader marked in the file, for the document that is being written.
    quotations: Vec<Quotation>,
    /// The reader's own paragraphs for such cases.
    snippets: Vec<Snippet>,
    may_draft: bool,
    may_put_forward: bool,
    may_issue: bool,
    may_pronounce: bool,
    #[serde(skip)]
    case: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

async fn view(web: &Web, me: &Me, id: CaseId, only: Option<DocumentId>) -> Result<DraftsView, Problem> {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    let moment = web.app.ports().clock.moment();
    let rules = web.app.rules(moment.today);
    let view = DraftsView::of(&case, &reader, &me.showing.people, &rules, moment, only);
    let mut view = view.ok_or_else(Problem::not_found)?;
    if let Some(only) = only {
        let since = web.app.waits_for_stamp(only).await?;
        let library = web.app.ports().statutes.library();
        for draft in &mut view.drafts {
            draft.preview.iter_mut().for_each(|paper| papers::annex(paper, &draft.content, &library, moment.today));
        }
        view.drafts.iter_mut().for_each(|draft| draft.chain.unstamped_since = since.filter(|_| draft.issued.is_none()));
    }
    if only.is_some() && view.may_draft {
        let cause = xiezhi_app::rows::cause_name(&case);
        view.snippets = web.app.snippets(me.person.id, Some(&cause)).await?;
        let notes = annotation::readable(&web.app, me, &case, &reader).await?;
        view.quotations = quotations::of(&case, &reader, &notes);
        view.drafts.iter_mut().for_each(|draft| draft.changed = sources::changed(&case, &draft.content, &notes));
    }
    Ok(view)
}

impl DraftsView {
    /// The documents of `case`, or the `only` one with its preview; nothing for whoever may not see drafts,
    /// and where there is no such document.
    fn of(
        case: &Arc<CaseState>,
        reader: &Reader,
        people: &Directory,
        rules: &Rules,
        moment: Moment,
        only: Option<DocumentId>,
    ) -> Option<Self> {
        access::may(reader, Act::ViewDrafts, case.stage).ok()?;
        let chosen = case.drafts.values().filter(|draft| only.is_none_or(|only| only == draft.id));
        let mut drafts: Vec<DraftFacts> = chosen.map(|draft| DraftFacts::of(case, reader, people, rules, draft)).collect();
        if only.is_some() {
            let draft = drafts.first_mut()?;
            let (material, about) = (MaterialId(draft.id.0), About::Document(draft.id));
            let order = PaperOrder { material, kind: PaperKind::Original, about };
            let (paper, findings) = papers::proofread(case, people, rules, &order, moment);
            draft.preview = Some(paper);
            draft.findings = findings;
        }
        // What follows an issued document is written when the case is closed, a statement after an agreement that
        // binds on signature.
        let open = !case.stage.is_closed() || only.is_some_and(|only| case.is_beside_the_course(only));
        let may = |act| access::may(reader, act, case.stage).is_ok() && open;
        Some(Self {
            drafts,
            one: only.is_some(),
            series: InSeries::of(case).filter(|_| only.is_none() && may(Act::Draft)),
            acceptance: Acceptance::of(case, reader, rules).filter(|_| only.is_none()),
            quotations: vec![],
            snippets: vec![],
            may_draft: may(Act::Draft),
            may_put_forward: may(Act::PutForward),
            may_issue: may(Act::Issue),
            may_pronounce: may(Act::Pronounce) && matches!(case.stage, Stage::Issued | Stage::NotAccepted),
            case: Arc::clone(case),
            reader: reader.clone(),
        })
    }
}

impl DraftFacts {
    fn of(case: &CaseState, reader: &Reader, people: &Directory, rules: &Rules, draft: &Draft) -> Self {
        let original = draft.original.and_then(|id| case.materials.get(&id)).map(|paper| (paper.id, paper.file.sha256.clone()));
        Self {
            id: draft.id,
            kind: draft.kind,
            content: draft.content.clone(),
            version: draft.version,
            missing: drafting::missing(draft),
            chain: ChainView::of(case, reader, people, rules, draft),
            comments: CommentsView::of(case, reader, people, draft),
            changed: vec![],
            original,
            issued: draft.issued,
            returned_because: draft.returned_because.clone(),
            preview: None,
            findings: vec![],
            sought: None,
            sum_asked: sums::Wish::default(),
            unsaved: None,
            hidden: 0,
            follows: case.is_beside_the_course(draft.id),
            too_long: false,
        }
    }
}

async fn list(State(web): State<Web>, me: Me, Path(id): Path<CaseId>) -> Result<Shown<DraftsView>, Problem> {
    Ok(show(&me.showing, &view(&web, &me, id, None).await?))
}

/// What is looked up on the page of a draft, and the line that is to be commented on: `reasoning.3` is the fourth of
/// the reasoning.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[schema(as = DraftAsked)]
struct Looked {
    #[serde(default)]
    law: String,
    on: Option<String>,
    /// How many characters that nobody sees were taken out when it was saved.
    hidden: Option<usize>,
    /// What was typed of a sum that can't be worked out.
    #[serde(default)]
    sum: String,
}

async fn one(
    State(web): State<Web>,
    me: Me,
    Path((id, document)): Path<(CaseId, DocumentId)>,
    Query(asked): Query<Looked>,
) -> Result<Shown<DraftsView>, Problem> {
    let mut view = view(&web, &me, id, Some(document)).await?;
    if view.may_draft {
        kept::recall(&web, &me, (id, document), &mut view).await?;
    }
    if let Some(draft) = view.drafts.first_mut() {
        draft.comments.choose(&draft.content, asked.on.as_deref());
        draft.hidden = asked.hidden.unwrap_or_default();
        draft.sum_asked = sums::Wish::again(&asked.sum);
        let law = law::Asked { law: asked.law };
        draft.sought = Sought::of(&web.app.ports().statutes.library(), &law, me.showing.today);
    }
    Ok(show(&me.showing, &view))
}

impl View for DraftsView {
    fn page(&self, to: &Showing) -> Markup {
        let (case, reader) = (&self.case, &self.reader);
        let lang = to.lang();
        let body = html! {
            (tab_title(to, t(lang, Key::Title)))
            @if self.drafts.is_empty() { (Blank::empty(Icon::Writing, t(lang, Key::NoDrafts), t(lang, Key::DraftNote)).sheet()) }
            @for draft in &self.drafts { (self.draft(to, case, draft)) }
            @if self.may_draft && !self.one { (self.begin_form(to, case)) }
            @if let Some(set) = &self.series { (set.sheet(to, case.id)) }
            @if !self.one { (chain::supervision_link(to, case.id)) }
            @if let Some(acceptance) = &self.acceptance { (acceptance.form(to, case.id)) }
        };
        case_page(to, case, reader, CaseTab::Documents, PageParts::default(), stack(body))
    }
}

impl DraftsView {
    fn draft(&self, to: &Showing, case: &CaseState, draft: &DraftFacts) -> Markup {
        let lang = to.lang();
        let base = route(case.id, &format!("/documents/{}", draft.id));
        let note = format!("{} {}", t(lang, Key::Version), draft.version);
        let state = match (&draft.issued, &draft.original) {
            (Some(_), _) => tag(Standing::Done, t(lang, Key::Issued)),
            (None, Some(_)) => tag(Standing::Waiting, t(lang, Key::Waiting)),
            (None, None) => tag(Standing::Soon, t(lang, Key::Draft)),
        };
        Sheet::new(kind_name(lang, draft.kind)).note(&note).extra(state).body(html! {
            @if let Some(reason) = &draft.returned_because { (note_of(Standing::Soon, html! { (t(lang, Key::Return)) (lang.pick("：", ": ")) span lang="zh-CN" { (reason) } })) }
            @if !self.one { p { (Verb::go(t(lang, Key::Open), &base).row().about(kind_name(lang, draft.kind))) } }
            @else { (self.desk(to, case, draft, &base)) }
        })
    }

    fn signatures(&self, to: &Showing, case: &CaseState, draft: &DraftFacts, base: &str) -> Markup {
        let lang = to.lang();
        let Some((original, sha256)) = &draft.original else { return html! {} };
        let at = |below: &str| format!("{base}/{below}");
        let (signature, back, issue, pronouncement) = (at("signature"), at("return"), at("issue"), at("pronouncement"));
        let send = |action: &str, body: Markup| form(FormTo { action, ..FormTo::default() }, html! { (to.command_field()) (body) });
        let open = draft.issued.is_none();
        html! {
            p { a href=(route(case.id, &format!("/file/{original}"))) { (t(lang, Key::Original)) } }
            (draft.chain.list(to))
            @if open { (draft.chain.reading_forms(to, base, sha256)) }
            @if open && draft.chain.i_sign() {
                (send(&signature, html! { input type="hidden" name="original_sha256" value=(sha256); (Verb::submit(t(lang, Key::Sign)).primary()) }))
            }
            @if open && self.may_issue && draft.chain.is_complete() {
                (send(&issue, html! { p { (t(lang, Key::IssueNote)) } (Verb::submit(t(lang, Key::Issue)).primary()) }))
            }
            @if open && (draft.chain.is_signer() || self.may_put_forward) {
                (send(&back, html! { (Field::new("reason", t(lang, Key::Reason)).text()) (Verb::submit(t(lang, Key::Return))) }))
            }
            @if draft.issued.is_some() && self.may_pronounce {
                (send(&pronouncement, html! {
                    @if draft.kind == PaperKind::NonAcceptance {
                        p { (t(lang, Key::ReleaseNote)) }
                        input type="hidden" name="confirmed" value="yes";
                        (Verb::submit(t(lang, Key::Release)).primary())
                    } @else {
                        p { (t(lang, Key::PronounceNote)) }
                        (checkbox("in_court", html! { (t(lang, Key::InCourt)) }, false, None))
                        (Field::new("record", t(lang, Key::Record)).help(t(lang, Key::RecordHelp)).required().textarea(3))
                        (checkbox("appeal_told", html! { (t(lang, Key::AppealTold)) }, false, None))
                        (confirmation("confirmed", t(lang, Key::PronounceConfirm)))
                        (Verb::submit(t(lang, Key::Pronounce)).primary())
                    }
                }))
            }
        }
    }

    fn begin_form(&self, to: &Showing, case: &CaseState) -> Markup {
        let lang = to.lang();
        let action = route(case.id, "/documents");
        let choices: Vec<Choice<'_>> =
            drafting::draftable(case).map(|kind| Choice::new(kind.code(), kind_name(lang, kind))).collect();
        let first = drafting::draftable(case).next().map_or("", PaperKind::code);
        Sheet::new(t(lang, Key::Draft)).body(form(FormTo { action: &action, ..FormTo::default() }, html! {
            (to.command_field())
            p { (t(lang, Key::DraftNote)) }
            (Field::new("kind", t(lang, Key::Kind)).value(first).select(lang, &choices))
            (Verb::submit(t(lang, Key::Draft)).primary())
        }))
    }
}

#[derive(Debug, Deserialize, ToSchema)]
struct Begun {
    kind: String,
}

/// One click drafts the document: what the case knows is filled in, what only a judge can write is empty.
async fn begin(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Begun>) -> Acted {
    let kind = PaperKind::of_code(&input.value.kind)
        .ok_or_else(|| Problem::invalid(vec![FieldError::new("kind", "input.unknown_choice")]))?;
    let document = DocumentId(IdSource::of(input.command).next());
    let location = route(id, &format!("/documents/{document}"));
    let (case, reader) = web.app.view(id, &me.actor).await?;
    let known = access::may(&reader, Act::Draft, case.stage).is_ok() && kind == PaperKind::NonAcceptance;
    let reasoning = case.review.turned_away_because.clone().filter(|_| known).unwrap_or_default();
    let content = DraftContent { reasoning, ..DraftContent::default() };
    act(&web, &me, id, input.command, DraftingCommand::Save { document, kind, content, based_on: 0 }, &location).await
}

type At = (CaseId, DocumentId);

/// Saves what was typed. Where somebody saved since, both are put together and shown; nothing typed is lost.
async fn save(State(web): State<Web>, me: Me, Path(at): Path<At>, input: Input<Typed>) -> Acted {
    let (case, _) = web.app.view(at.0, &me.actor).await?;
    let draft = case.drafts.get(&at.1).ok_or_else(Problem::not_found)?;
    let (kind, typed) = (draft.kind, input.value);
    let mut content = typed.content(&draft.content);
    let fault = typed.sums.grant(&mut content).err();
    typed.law.grant(&web.app.ports().statutes.library(), me.showing.today, &mut content);
    let command = DraftingCommand::Save { document: at.1, kind, content: content.clone(), based_on: typed.based_on };
    let next = typed.sums.leads_to(with_hidden(typed.law.leads_to(&page(at)), content.cleaned().1), fault);
    match act(&web, &me, at.0, input.command, command, &next).await {
        Err(problem) if is_too_long(&problem) && me.showing.format == Format::Html => {
            let mut kept = view(&web, &me, at.0, Some(at.1)).await?;
            kept.drafts[0].too_long = true;
            kept.drafts[0].unsaved = Some(Unsaved::alone(content));
            Ok(Done::not_yet(kept.page(&me.showing)))
        }
        Err(problem) if saved_meanwhile(&problem) && me.showing.format == Format::Html => {
            let versions = web.app.draft_versions(at.0, at.1).await?;
            let mut both = view(&web, &me, at.0, Some(at.1)).await?;
            let unsaved = Unsaved::of(&versions, typed.based_on, &content).ok_or(problem)?;
            both.drafts[0].unsaved = Some(unsaved);
            Ok(Done::not_yet(both.page(&me.showing)))
        }
        Ok(saved) => {
            kept::forget(&web, &me, at.1).await?;
            Ok(saved)
        }
        answer => answer,
    }
}

fn saved_meanwhile(problem: &Problem) -> bool {
    matches!(problem.refusal(), Some(Refusal::Drafting(DraftingRefusal::NewerVersion { .. })))
}

fn is_too_long(problem: &Problem) -> bool {
    matches!(problem.refusal(), Some(Refusal::Drafting(DraftingRefusal::ParagraphTooLong { .. })))
}

fn with_hidden(page: String, hidden: usize) -> String {
    let and = if page.contains('?') { '&' } else { '?' };
    if hidden == 0 { page } else { format!("{page}{and}hidden={hidden}") }
}

fn page(at: At) -> String {
    route(at.0, &format!("/documents/{}", at.1))
}

async fn put_forward(State(web): State<Web>, me: Me, Path(at): Path<At>, input: Input<Nothing>) -> Acted {
    act(&web, &me, at.0, input.command, DraftingCommand::PutForward { document: at.1 }, &page(at)).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct Seen {
    original_sha256: String,
}

async fn sign(State(web): State<Web>, me: Me, Path(at): Path<At>, input: Input<Seen>) -> Acted {
    let (id, seen) = (input.command, input.value.original_sha256);
    let decided = web.app.sign_document(at.0, &me.actor, id, at.1, seen).await?;
    Ok(done(&me.showing, &page(at), &CaseStanding::of(&me, &decided.case, decided.pos)))
}

#[derive(Debug, Deserialize, ToSchema)]
struct Reason {
    reason: String,
}

async fn give_back(State(web): State<Web>, me: Me, Path(at): Path<At>, input: Input<Reason>) -> Acted {
    let command = DraftingCommand::Return { document: at.1, reason: input.value.reason };
    act(&web, &me, at.0, input.command, command, &page(at)).await
}

async fn issue(State(web): State<Web>, me: Me, Path(at): Path<At>, input: Input<Nothing>) -> Acted {
    web.app.view(at.0, &me.actor).await?;
    let decided = web.app.issue(at.0, &me.actor, input.command, at.1).await?;
    Ok(done(&me.showing, &page(at), &CaseStanding::of(&me, &decided.case, decided.pos)))
}

#[derive(Debug, Deserialize, ToSchema)]
struct Told {
    in_court: Option<String>,
    /// Who came and what they were told: the record prints this.
    #[serde(default)]
    record: String,
    /// That the right, the period and the court of appeal were told; the record says so.
    appeal_told: Option<String>,
    /// That it was checked: a pronouncement can't be taken back.
    confirmed: Option<String>,
}

impl Told {
    /// What was entered, a line more where the appeal was told; nothing is made up where nothing was entered.
    fn record(&self) -> String {
        let entered = self.record.trim();
        let told = self.appeal_told.as_ref().filter(|_| !entered.is_empty());
        let told = told.map(|_| t(Lang::Zh, Key::AppealToldRecord));
        [Some(entered), told].into_iter().flatten().collect::<Vec<_>>().join("\n")
    }
}

async fn pronounce(State(web): State<Web>, me: Me, Path(at): Path<At>, input: Input<Told>) -> Acted {
    if input.value.confirmed.is_none() {
        return Err(Problem::invalid(vec![FieldError::new("confirmed", "input.not_confirmed")]));
    }
    let command = PronouncingCommand::Pronounce {
        document: at.1,
        in_court: input.value.in_court.is_some(),
        record: input.value.record(),
    };
    act(&web, &me, at.0, input.command, command, &page(at)).await
}
