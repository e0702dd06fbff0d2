//! Asking to borrow an archived file (借阅申请): a page of one's own requests, and the archivist's answers.

use std::sync::Arc;

use jiff::civil::Date;
use xiezhi_app::tables::BorrowingRow;
use xiezhi_domain::{
    access::{self, Act},
    archive::ArchiveCommand,
    case::CaseState,
    ids::{CaseId, PersonId},
    paper::Volume,
};

use super::{Acted, act, route, run, send};
use crate::{
    capability::prelude_of_cases::{CaseStanding, typed_day},
    frame::prelude::*,
    http::{
        me::Me,
        prelude::*,
        problem::{FieldError, Problem},
    },
    messages::{
        archive::{self as words, Key},
        day, t,
    },
};

/// Where one's own requests are.
pub(super) const PAGE: &str = "/borrowings";

/// The page that asks to borrow the case with this number.
pub fn borrowing_of(number: &str) -> String {
    let query = serde_html_form::to_string([("number", number)]).unwrap_or_default();
    format!("{PAGE}?{query}")
}

/// One's own requests.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BorrowingsView {
    /// The newest first; of each case the newest.
    pub asked: Vec<BorrowingLine>,
    /// The number that the form begins with.
    pub number: String,
}

/// A request, as whoever asked sees it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BorrowingLine {
    /// The case.
    pub case: String,
    /// Its number.
    pub number: String,
    /// For what.
    pub purpose: String,
    /// Until when.
    pub until_on: Option<Date>,
    /// Waiting, granted, refused.
    pub status: String,
    /// Why it was refused.
    pub reason: String,
}

impl From<BorrowingRow> for BorrowingLine {
    fn from(row: BorrowingRow) -> Self {
        let BorrowingRow { case_id, purpose, until_on, status, reason, number, .. } = row;
        Self { case: case_id, number: number.unwrap_or_default(), purpose, until_on: until_on.parse().ok(), status, reason }
    }
}

/// A request that waits for the archivist, on the page of its file.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = BorrowingToAnswer)]
pub struct WaitingView {
    by: PersonId,
    name: String,
    outside: bool,
    purpose: String,
    until_on: Date,
}

/// Those that wait for an answer, for the archivist alone.
pub(super) fn waiting(case: &CaseState, reader: &access::Reader, to: &Showing) -> Vec<WaitingView> {
    if access::may(reader, Act::KeepArchive, case.stage).is_err() {
        return vec![];
    }
    let waiting = case.archive.borrowings.iter().filter(|asked| asked.answer.is_none());
    waiting
        .map(|asked| WaitingView {
            by: asked.by,
            name: to.name(asked.by).to_owned(),
            outside: to.people.person(asked.by).is_some_and(|person| person.post.is_outside()),
            purpose: asked.purpose.clone(),
            until_on: asked.until_on,
        })
        .collect()
}

/// What the page begins with.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = BorrowingsAsked)]
pub(super) struct About {
    #[serde(default)]
    number: String,
}

pub(super) async fn page(State(app): State<App>, me: Me, Query(about): Query<About>) -> Result<Shown<BorrowingsView>, Problem> {
    let asked = app.borrowings_of(me.person.id).await?;
    let view = BorrowingsView { asked: asked.into_iter().map(BorrowingLine::from).collect(), number: about.number };
    Ok(show(&me.showing, &view))
}

/// Which file, for what, until when.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct BorrowingForm {
    number: String,
    purpose: String,
    until_on: String,
}

/// A file of others is as unknown as one that is not there.
pub(super) async fn ask(State(web): State<Web>, me: Me, input: Input<BorrowingForm>) -> Acted {
    let BorrowingForm { number, purpose, until_on } = &input.value;
    let until_on = typed_day("until_on", until_on)?;
    let until_on = until_on.ok_or_else(|| Problem::invalid(vec![FieldError::new("until_on", "input.required")]))?;
    let unknown = || Problem::invalid(vec![FieldError::new("number", "input.unknown_choice")]);
    let id = web.app.case_by_number(number.trim()).await?.ok_or_else(unknown)?;
    let command = ArchiveCommand::AskBorrowing { purpose: purpose.trim().to_owned(), until_on, volume: Volume::Main };
    let decided = match web.app.decide(id, &me.actor, input.command, command.into()).await {
        Err(AppError::NotFound) => return Err(unknown()),
        decided => decided?,
    };
    let case: Arc<CaseState> = decided.case;
    Ok(done(&me.showing, PAGE, &CaseStanding::of(&me, &case, decided.pos)))
}

/// Whose request is granted.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = BorrowingGranted)]
pub(super) struct Granted {
    by: PersonId,
}

pub(super) async fn grant(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Granted>) -> Acted {
    run(&web, &me, id, &input, ArchiveCommand::GrantBorrowing { by: input.value.by }).await
}

/// Whose request is refused, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = BorrowingRefused)]
pub(super) struct Refused {
    by: PersonId,
    #[serde(default)]
    reason: String,
}

pub(super) async fn refuse(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Refused>) -> Acted {
    let command = ArchiveCommand::RefuseBorrowing { by: input.value.by, reason: input.value.reason.trim().to_owned() };
    act(&web, &me, id, input.command, command, &route(id, "/archive")).await
}

/// The requests that wait, each with its two answers.
pub(super) fn answers(to: &Showing, case: CaseId, waiting: &[WaitingView]) -> Markup {
    let lang = to.lang();
    Sheet::new(t(lang, Key::Borrowings)).body(html! {
        @for (place, asked) in waiting.iter().enumerate() {
            div.stack {
                p {
                    b lang="zh-CN" { (asked.name) } " " (kind(t(lang, if asked.outside { Key::OfParty } else { Key::OfCourt }))) " "
                    (words::asks_until(lang, &asked.purpose, day(asked.until_on)))
                }
                (send(to, &route(case, "/archive/borrowings/grant"), html! {
                    input type="hidden" name="by" value=(asked.by);
                    (acts(&[Verb::submit(t(lang, Key::GrantBorrowing)).primary().about(&asked.name)]))
                }))
                (send(to, &route(case, "/archive/borrowings/refusal"), html! {
                    input type="hidden" name="by" value=(asked.by);
                    (Field::new("reason", t(lang, Key::Reason)).among(10 + place).text())
                    (acts(&[Verb::submit(t(lang, Key::RefuseBorrowing)).about(&asked.name)]))
                }))
            }
        }
    })
}

impl View for BorrowingsView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::MyBorrowings);
        to.page(title, html! {
            (page_head(title, t(lang, Key::MyBorrowingsNote), html! {}))
            (stack(html! {
                @if !self.asked.is_empty() { (self.list(to)) }
                (self.form(to))
            }))
        })
    }
}

impl BorrowingsView {
    fn list(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let standing = |line: &BorrowingLine| match line.status.as_str() {
            "waiting" => tag(Standing::Waiting, t(lang, Key::Asked)),
            "granted" => tag(Standing::Done, t(lang, Key::Granted)),
            _ => tag(Standing::Stopped, t(lang, Key::Refused)),
        };
        Sheet::new(t(lang, Key::AskedSoFar)).body(html! {
            ul.points { @for line in &self.asked { li {
                @if line.status == "granted" { a.number href={ "/cases/" (line.case) "/file" } lang="zh-CN" { (line.number) } }
                @else { span.number lang="zh-CN" { (line.number) } }
                " " (standing(line)) " "
                (words::asks_until(lang, &line.purpose, line.until_on.map(day).unwrap_or_default()))
                @if !line.reason.is_empty() { " · " span lang="zh-CN" { (line.reason) } }
            } } }
        })
    }

    fn form(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::AskToBorrow)).body(send(to, PAGE, html! {
            p.faint { (t(lang, Key::AskToBorrowNote)) }
            (Field::new("number", t(lang, Key::CaseNumber)).value(&self.number).required().text())
            (Field::new("purpose", t(lang, Key::Purpose)).help(t(lang, Key::PurposeHelp)).required().text())
            (Field::new("until_on", t(lang, Key::UntilOn)).required().date())
            (acts(&[Verb::submit(t(lang, Key::AskToBorrow)).primary()]))
        }))
    }
}
