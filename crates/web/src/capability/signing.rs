//! Signing in bulk (批量签署): what waits for the reader, chosen and signed in one act; and what became of each.

pub(crate) mod samples;

use jiff::Timestamp;
use xiezhi_app::signing::{Batch, Chosen, Deed, Outcome, Waiting};
use xiezhi_domain::{
    ids::{CaseId, CommandId, DocumentId, PersonId},
    paper::PaperKind,
};

use super::prelude_of_cases::{paper_route, route};
use crate::{
    frame::prelude::*,
    http::{me::Me, prelude::*, problem::Problem, showing::PageParts},
    messages::{
        Lang,
        kinds::kind_name,
        moment,
        signing::{self as words, Key},
        t,
    },
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/signing", Op::ListToSign, queue)
        .post("/signing", Op::SignMany, sign_many)
        .get("/signing/{batch}", Op::ShowSigned, one)
}

/// A batch in the list of earlier ones.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SigningBatchLine)]
pub struct BatchLine {
    id: CommandId,
    begun_at: Timestamp,
    done: usize,
    all: usize,
}

/// Documents that wait for the reader, and what was signed before.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ToSignView {
    waiting: Vec<Waiting>,
    earlier: Vec<BatchLine>,
}

/// How many earlier batches are listed.
const EARLIER: usize = 10;

impl ToSignView {
    fn of(waiting: Vec<Waiting>, batches: &[Batch]) -> Self {
        let line = |batch: &Batch| BatchLine {
            id: batch.id,
            begun_at: batch.begun_at,
            done: batch.items.iter().filter(|item| matches!(item.outcome, Outcome::Done { .. })).count(),
            all: batch.items.len(),
        };
        Self { waiting, earlier: batches.iter().take(EARLIER).map(line).collect() }
    }
}

/// Whoever signs nothing has no queue: outsiders and administrators find no such page.
fn staff(me: &Me) -> Result<PersonId, Problem> {
    let no = me.person.post.is_outside() || me.person.post.is_administrator();
    if no { Err(Problem::not_found()) } else { Ok(me.person.id) }
}

async fn queue(State(web): State<Web>, me: Me) -> Result<Shown<ToSignView>, Problem> {
    let person = staff(&me)?;
    let (waiting, batches) = (web.app.to_sign(&me.actor).await?, web.app.batches(person).await?);
    Ok(show(&me.showing, &ToSignView::of(waiting, &batches)))
}

/// A document as a form names it: what is done, the case, the document, and the hash of what was seen.
fn named(waiting: &Waiting) -> String {
    let deed = match waiting.deed {
        Deed::Sign => "sign",
        Deed::Read => "read",
        Deed::Seal => "seal",
    };
    format!("{deed}.{}.{}.{}", waiting.case, waiting.document, waiting.original_sha256)
}

fn chosen(name: &str) -> Option<Chosen> {
    let parts: [&str; 4] = name.split('.').collect::<Vec<_>>().try_into().ok()?;
    let [deed, case, document, sha256] = parts;
    let deed = match deed {
        "sign" => Deed::Sign,
        "read" => Deed::Read,
        "seal" => Deed::Seal,
        _ => return None,
    };
    let original_sha256 = sha256.to_owned();
    Some(Chosen { deed, case: case.parse().ok()?, document: document.parse().ok()?, original_sha256 })
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ChosenToSign)]
struct Ticked {
    /// `DEED.CASE.DOCUMENT.SHA256` for each: `sign`, `read` or `seal`, and the hash of the original that was read.
    #[serde(default)]
    chosen: Vec<String>,
}

async fn sign_many(State(web): State<Web>, me: Me, input: Input<Ticked>) -> Result<Done<BatchView>, Problem> {
    staff(&me)?;
    let named: Option<Vec<Chosen>> = input.value.chosen.iter().map(|name| chosen(name)).collect();
    let named = named.ok_or_else(|| Problem::invalid(vec![FieldError::new("chosen", "input.unknown_choice")]))?;
    let batch = web.app.sign_many(&me.actor, input.command, named).await?;
    Ok(done(&me.showing, &format!("/signing/{}", batch.id), &BatchView::of(&batch)))
}

/// A document of a batch, with what became of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SignedItem)]
pub struct ItemView {
    deed: Deed,
    case: CaseId,
    number: Option<String>,
    title: String,
    document: DocumentId,
    kind: PaperKind,
    outcome: Outcome,
}

/// What a person signed in one act.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = SigningBatch)]
pub struct BatchView {
    id: CommandId,
    begun_at: Timestamp,
    items: Vec<ItemView>,
    is_done: bool,
}

impl BatchView {
    fn of(batch: &Batch) -> Self {
        let view = |item: &xiezhi_app::signing::Item| ItemView {
            deed: item.chosen.deed,
            case: item.chosen.case,
            number: item.number.clone(),
            title: item.title.clone(),
            document: item.chosen.document,
            kind: item.kind,
            outcome: item.outcome.clone(),
        };
        let items = batch.items.iter().map(view).collect();
        Self { id: batch.id, begun_at: batch.begun_at, items, is_done: batch.is_done() }
    }
}

async fn one(State(web): State<Web>, me: Me, Path(id): Path<CommandId>) -> Result<Shown<BatchView>, Problem> {
    let batch = web.app.signing_batch(staff(&me)?, id).await?.ok_or_else(Problem::not_found)?;
    Ok(show(&me.showing, &BatchView::of(&batch)))
}

impl View for ToSignView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        to.page_with(title, PageParts::default(), html! {
            (page_head(title, "", html! {}))
            @if self.waiting.is_empty() { (Blank::empty(Icon::Writing, t(lang, Key::Nothing), t(lang, Key::NothingNote)).sheet()) }
            @else { (self.form(to)) }
            @if !self.earlier.is_empty() { (self.earlier(lang)) }
        })
    }
}

impl ToSignView {
    fn form(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::Title)).body(form(FormTo { action: "/signing", ..FormTo::default() }, html! {
            (to.command_field())
            p { (t(lang, Key::Note)) }
            ul.points {
                @for waiting in &self.waiting { li { (ticked(lang, waiting)) } }
            }
            p { (t(lang, Key::SignNote)) }
            (acts(&[Verb::submit(t(lang, Key::SignAll)).primary()]))
        }))
    }

    fn earlier(&self, lang: Lang) -> Markup {
        Sheet::new(t(lang, Key::Earlier)).body(html! {
            ul {
                @for batch in &self.earlier {
                    li { a href=(format!("/signing/{}", batch.id)) { (moment(batch.begun_at)) } " · " (words::tally(lang, batch.done, batch.all)) }
                }
            }
        })
    }
}

/// A document with its box; where it is read stands beside it.
fn ticked(lang: Lang, waiting: &Waiting) -> Markup {
    let value = named(waiting);
    let number = waiting.number.as_deref().unwrap_or_default();
    let id = format!("f-chosen-{}", waiting.document);
    html! {
        label.pick for=(id) {
            input type="checkbox" id=(id) name="chosen" value=(value);
            span { b { (t(lang, words::deed(waiting.deed))) (lang.pick("：", ": ")) (kind_name(lang, waiting.kind)) } " " span.muted { (number) " " (waiting.title) } }
        }
        " " a href=(paper_route(waiting.case, waiting.original)) aria-label=(format!("{} {number}", t(lang, Key::Original))) { (t(lang, Key::Original)) }
        @if let Some(since) = waiting.unstamped_since { " " (tag(Standing::Soon, &words::since(lang, &moment(since)))) }
    }
}

impl View for BatchView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Result);
        let done = self.items.iter().filter(|item| matches!(item.outcome, Outcome::Done { .. })).count();
        let tally = words::tally(lang, done, self.items.len());
        let topic = to.person.as_ref().map(|person| inbox_topic(person.id)).unwrap_or_default();
        let here = format!("/signing/{}", self.id);
        to.page_with(title, PageParts::default(), html! {
            (page_head(title, &moment(self.begun_at), html! { (Verb::go(t(lang, Key::Back), "/signing")) }))
            (live("signing", &topic, None, html! {
                (Sheet::new(title).note(&tally).body(html! {
                    p { (t(lang, Key::ResultNote)) }
                    ul.points { @for item in &self.items { li { (item.line(lang)) } } }
                    @if !self.is_done { p { a href=(here) { (t(lang, Key::Again)) } } }
                }))
            }))
        })
    }
}

impl ItemView {
    fn line(&self, lang: Lang) -> Markup {
        let number = self.number.as_deref().unwrap_or_default();
        let help = |code: &str| html! { a href=(format!("/help/problems/{code}")) aria-label=(format!("{} {number}", t(lang, Key::Why))) { (t(lang, Key::Why)) } };
        html! {
            div { a href=(route(self.case, &format!("/documents/{}", self.document))) { (kind_name(lang, self.kind)) " " (number) } }
            div { (t(lang, words::deed(self.deed))) " · " span.muted { (self.title) } }
            @match &self.outcome {
                Outcome::Done { position } => div { (tag(Standing::Done, t(lang, Key::Done))) " " span.muted { (words::position(lang, *position)) } },
                Outcome::Waiting { held: None } => div { (tag(Standing::Waiting, t(lang, Key::Waiting))) },
                Outcome::Waiting { held: Some(code) } => { div { (tag(Standing::Soon, t(lang, Key::Held))) } div { (help(code)) } }
                Outcome::Refused { code } => { div { (tag(Standing::Stopped, t(lang, Key::Refused))) } div { (help(code)) } }
            }
        }
    }
}
