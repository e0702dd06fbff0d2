//! Archive (归档): what is missing from day one, handing over, the archivist's desk and loans.

mod borrowing;
pub mod extract;
mod kept;
pub mod package;
pub(crate) mod samples;
mod tested;

use std::sync::Arc;

use jiff::civil::Date;
use xiezhi_app::{
    lists::CaseFilter,
    package::{self as packages, Origin},
    tables::{BorrowingRow, CaseRow},
};
use xiezhi_domain::{
    access::{self, Act, Reader},
    archive::{self, ArchiveCommand, Missing},
    case::CaseState,
    hearing::{Hearing, HearingStatus, signers},
    ids::{CaseId, HearingId, PersonId},
    law::retention::RetentionClass,
    people::Post,
    stage::Stage,
};

use self::{borrowing::WaitingView, kept::KeptView, tested::TestView};
pub use self::borrowing::borrowing_of;

use super::{
    case_frame::{CaseTab, case_page, tab_title},
    prelude_of_cases::{Acted, act, route},
};
use crate::{
    frame::prelude::*,
    http::{me::Me, prelude::*, showing::PageParts},
    messages::{
        archive::{self as words, Key},
        day, faults, package as package_words, t,
    },
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/archive", Op::ShowArchiveDesk, desk)
        .get("/cases/{case}/archive", Op::ShowArchive, page)
        .post("/cases/{case}/archive/handing-over", Op::HandOverToArchive, submit)
        .post("/cases/{case}/archive/acceptance", Op::AcceptIntoArchive, accept)
        .post("/cases/{case}/archive/return", Op::ReturnFromArchive, give_back)
        .get("/cases/{case}/archive/package.zip", Op::DownloadPackage, package::download)
        .get("/cases/{case}/archive/extract.zip", Op::DownloadExtract, extract::download)
        .get(borrowing::PAGE, Op::ShowBorrowings, borrowing::page)
        .post(borrowing::PAGE, Op::AskToBorrow, borrowing::ask)
        .post("/cases/{case}/archive/borrowings/grant", Op::GrantBorrowing, borrowing::grant)
        .post("/cases/{case}/archive/borrowings/refusal", Op::RefuseBorrowing, borrowing::refuse)
        .post("/cases/{case}/archive/loans", Op::LendFile, lend)
        .post("/cases/{case}/archive/loan-end", Op::EndLoan, end_loan)
        .post("/cases/{case}/archive/visits", Op::RegisterReading, kept::visit)
        .post("/cases/{case}/archive/retention", Op::ReclassifyFile, kept::reclassify)
        .post("/cases/{case}/archive/links", Op::LinkCases, kept::link)
        .post("/cases/{case}/archive/supplement", Op::SupplementArchive, kept::supplement)
        .up_to(crate::http::files::FORM_LIMIT_BYTES)
}

/// A loan that is out.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Loan {
    person: PersonId,
    name: String,
    purpose: String,
    until_on: Date,
    overdue: bool,
}

/// Someone who has neither signed the transcript of a hearing nor said why not.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Unsigned {
    hearing: HearingId,
    held_on: Date,
    name: String,
}

/// Who still signs, of the court and of the parties: the archivist looks at it before taking the file.
fn unsigned(case: &CaseState, to: &Showing) -> Vec<Unsigned> {
    let done = case.hearings_in_order().filter(|hearing| hearing.status == HearingStatus::Done);
    let waiting = |hearing: &Hearing| -> Vec<Unsigned> {
        let silent = signers(case, &to.people, hearing).into_iter().filter(|(_, word)| word.is_none());
        silent.map(|(signer, _)| Unsigned { hearing: hearing.id, held_on: hearing.on, name: signer.name }).collect()
    };
    done.flat_map(waiting).collect()
}

/// The archive page of a case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ArchiveView {
    missing: Vec<Missing>,
    unsigned: Vec<Unsigned>,
    returned_with: Vec<String>,
    archive_no: Option<String>,
    retention: Option<RetentionClass>,
    accepted_on: Option<Date>,
    seal_sha256: Option<String>,
    tested: Option<TestView>,
    waiting: Vec<WaitingView>,
    loans: Vec<Loan>,
    borrowers: Vec<(PersonId, String)>,
    may_submit: bool,
    may_accept: bool,
    may_lend: bool,
    may_take_out: bool,
    origin: Option<Origin>,
    kept: KeptView,
    /// Whether the file was about to be taken in without a class of retention.
    #[serde(skip)]
    class_missing: bool,
    #[serde(skip)]
    case: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

impl ArchiveView {
    fn of(case: &Arc<CaseState>, reader: &Reader, to: &Showing, origin: Option<Origin>) -> Self {
        let file = &case.archive;
        let keeps = access::may(reader, Act::KeepArchive, case.stage).is_ok();
        let submits = access::may(reader, Act::SubmitArchive, case.stage).is_ok();
        let lends = keeps && case.stage == Stage::Archived;
        let loan = |loan: &archive::Loan| Loan {
            person: loan.to,
            name: to.name(loan.to).to_owned(),
            purpose: loan.purpose.clone(),
            until_on: loan.until_on,
            overdue: loan.until_on < to.today,
        };
        let borrower = |person: &&xiezhi_domain::people::Person| !person.post.is_outside() && !person.post.is_administrator();
        let borrowers = to.people.all().filter(borrower).filter(|_| lends);
        Self {
            missing: if file.accepted_on.is_some() { vec![] } else { archive::missing(case) },
            unsigned: if (keeps || submits) && file.accepted_on.is_none() { unsigned(case, to) } else { vec![] },
            returned_with: file.returned_with.clone(),
            archive_no: file.archive_no.clone(),
            retention: file.retention,
            accepted_on: file.accepted_on,
            seal_sha256: file.seal_sha256.clone(),
            tested: TestView::of(case, reader),
            waiting: borrowing::waiting(case, reader, to),
            loans: file.loans.iter().filter(|_| keeps || submits).map(loan).collect(),
            borrowers: borrowers.map(|person| (person.id, person.name.clone())).collect(),
            may_submit: submits && case.stage == Stage::Effective,
            may_accept: keeps && case.stage == Stage::Archiving,
            may_lend: lends,
            may_take_out: packages::is_offered(reader, case),
            origin,
            kept: KeptView::of(case, reader),
            class_missing: false,
            case: Arc::clone(case),
            reader: reader.clone(),
        }
    }
}

async fn page(State(web): State<Web>, me: Me, Path(id): Path<CaseId>) -> Result<Shown<ArchiveView>, Problem> {
    if me.person.post.is_outside() {
        return Err(Problem::not_found());
    }
    let (case, reader) = web.app.view(id, &me.actor).await?;
    let origin = web.app.origin_of(id).await?;
    Ok(show(&me.showing, &ArchiveView::of(&case, &reader, &me.showing, origin)))
}

/// Where a missing item is put right.
fn way(item: &Missing) -> &'static str {
    match item {
        Missing::NotEffective => "",
        Missing::Paper { .. } | Missing::Staged { .. } => "/file",
        Missing::DecisionNotServed { .. } => "/services",
        Missing::RefundDue => "/fees",
        Missing::MinutesNotSigned => "/deliberation",
        Missing::ApprovalPending => "/approvals",
        Missing::TranscriptNotSigned { .. } | Missing::TranscriptNotSignedByCourt { .. } => "/hearings",
    }
}

fn send(to: &Showing, action: &str, body: Markup) -> Markup {
    form(FormTo { action, ..FormTo::default() }, html! { (to.command_field()) (body) })
}

impl View for ArchiveView {
    fn page(&self, to: &Showing) -> Markup {
        let (case, reader) = (&self.case, &self.reader);
        let lang = to.lang();
        let body = html! {
            (tab_title(to, t(lang, Key::Title)))
            @if !self.returned_with.is_empty() { (self.returned(to)) }
            @if !self.unsigned.is_empty() { (self.signatures(to, case.id)) }
            @if self.accepted_on.is_some() { (self.sealed(to)) } @else { (self.readiness(to, case.id)) }
            @if let Some(origin) = &self.origin { (taken_over(to, origin)) }
            @if self.may_take_out { (take_out(to, case.id)) }
            @if self.may_accept { (self.acceptance(to, case.id)) }
            @if !self.waiting.is_empty() { (borrowing::answers(to, case.id, &self.waiting)) }
            @if self.accepted_on.is_some() { (self.lending(to, case.id)) (self.kept.show(to, case.id)) }
            @if let Some(tested) = &self.tested { (tested.show(to)) }
        };
        let islands = if self.kept.may_ask { vec![Island::Upload] } else { vec![] };
        let parts = PageParts { islands, ..PageParts::default() };
        case_page(to, case, reader, CaseTab::Archive, parts, stack(body))
    }
}

/// Where the file came from, of one that another court sealed.
fn taken_over(to: &Showing, origin: &Origin) -> Markup {
    use package_words::Key;
    let lang = to.lang();
    Sheet::new(t(lang, Key::TakenOver)).body(html! {
        p.faint { (t(lang, Key::TakenOverNote)) }
        (pairs(&[
            (t(lang, Key::FromCourt), html! { span lang="zh-CN" { (origin.court) } }),
            (t(lang, Key::Log), html! { code { (origin.log) } }),
            (t(lang, Key::Standing), html! { (package_words::standing(lang, &origin.standing)) }),
        ]))
        (explain(t(lang, Key::Checkpoint), html! { pre.code { (origin.checkpoint) } }))
    })
}

fn take_out(to: &Showing, case: CaseId) -> Markup {
    use package_words::Key;
    let lang = to.lang();
    Sheet::new(t(lang, Key::Download)).body(html! {
        p.faint { (t(lang, Key::DownloadNote)) }
        (acts(&[Verb::go(t(lang, Key::Download), &route(case, "/archive/package.zip")).icon(Icon::Download)]))
    })
}

impl ArchiveView {
    fn returned(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::ReturnedWith)).body(html! { ul.points { @for mark in &self.returned_with { li { (mark) } } } })
    }

    fn signatures(&self, to: &Showing, case: CaseId) -> Markup {
        let lang = to.lang();
        let ways: Vec<(String, String)> = self
            .unsigned
            .iter()
            .map(|one| (words::unsigned(lang, &one.name, day(one.held_on)), route(case, &format!("/hearings/{}", one.hearing))))
            .collect();
        let shown: Vec<Condition<'_>> = ways
            .iter()
            .map(|(what, href)| {
                let way = (!self.may_accept).then_some((t(lang, Key::See), href.as_str()));
                Condition { words: what, met: false, note: "", way }
            })
            .collect();
        Sheet::new(t(lang, Key::Unsigned)).flush(conditions(&shown))
    }

    fn readiness(&self, to: &Showing, case: CaseId) -> Markup {
        let lang = to.lang();
        let ways: Vec<(String, String)> =
            self.missing.iter().map(|item| (words::missing(lang, item), route(case, way(item)))).collect();
        let shown: Vec<Condition<'_>> = ways
            .iter()
            .map(|(what, href)| Condition { words: what, met: false, note: "", way: Some((t(lang, Key::See), href)) })
            .collect();
        html! {
            @if shown.is_empty() { (Blank::empty(Icon::Archive, t(lang, Key::NothingMissing), t(lang, Key::NothingMissingNote)).sheet()) }
            @else { (Sheet::new(t(lang, Key::Missing)).flush(conditions(&shown))) }
            @if self.may_submit && shown.is_empty() {
                (send(to, &route(case, "/archive/handing-over"), html! {
                    p.faint { (t(lang, Key::HandOverNote)) }
                    (acts(&[Verb::submit(t(lang, Key::HandOver)).primary()]))
                }))
            }
        }
    }

    fn sealed(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let class = self.retention.map(|class| t(lang, words::class(class))).unwrap_or_default();
        Sheet::new(t(lang, Key::Title)).body(pairs(&[
            (t(lang, Key::Number), html! { (self.archive_no.as_deref().unwrap_or_default()) }),
            (t(lang, Key::Retention), html! { (class) }),
            (t(lang, Key::AcceptedOn), html! { (self.accepted_on.map(day).unwrap_or_default()) }),
            (t(lang, Key::Seal), html! { code.hash { (self.seal_sha256.as_deref().unwrap_or_default()) } }),
        ]))
    }

    fn acceptance(&self, to: &Showing, case: CaseId) -> Markup {
        let lang = to.lang();
        let classes = [RetentionClass::Short, RetentionClass::Long, RetentionClass::Permanent];
        let codes: Vec<(String, Key)> =
            classes.iter().map(|class| (xiezhi_app::rows::code_of(class), words::class(*class))).collect();
        let choices: Vec<Choice<'_>> = codes.iter().map(|(code, key)| Choice::new(code, t(lang, *key))).collect();
        let missing = self.class_missing.then(|| faults::words(lang, "archive.no_retention"));
        html! {
            (Sheet::new(t(lang, Key::Accept)).body(send(to, &route(case, "/archive/acceptance"), html! {
                (Field::new("retention", t(lang, Key::Retention)).help(t(lang, Key::RetentionHelp)).error(missing.as_deref()).select(lang, &choices))
                p.faint { (t(lang, Key::AcceptNote)) }
                (acts(&[Verb::submit(t(lang, Key::Accept)).primary()]))
            })))
            (Sheet::new(t(lang, Key::Return)).body(send(to, &route(case, "/archive/return"), html! {
                (Field::new("marks", t(lang, Key::Marks)).textarea(3))
                (acts(&[Verb::submit(t(lang, Key::Return))]))
            })))
        }
    }

    fn lending(&self, to: &Showing, case: CaseId) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::Loans)).body(html! {
            @if self.loans.is_empty() { p.faint { (t(lang, Key::NoLoans)) } }
            @for loan in &self.loans {
                p {
                    (words::until(lang, &loan.name, &loan.purpose, day(loan.until_on)))
                    @if loan.overdue { " " (tag(Standing::Overdue, t(lang, Key::Overdue))) }
                }
                @if self.may_lend {
                    (send(to, &route(case, "/archive/loan-end"), html! {
                        input type="hidden" name="to" value=(loan.person);
                        (acts(&[Verb::submit(t(lang, Key::EndLoan)).row().about(&loan.name)]))
                    }))
                }
            }
            @if self.may_lend { (self.lend_form(to, case)) }
        })
    }

    fn lend_form(&self, to: &Showing, case: CaseId) -> Markup {
        let lang = to.lang();
        let ids: Vec<(String, &str)> = self.borrowers.iter().map(|(id, name)| (id.to_string(), name.as_str())).collect();
        let people: Vec<Choice<'_>> = ids.iter().map(|(id, name)| Choice::new(id, name)).collect();
        send(to, &route(case, "/archive/loans"), html! {
            (Field::new("to", t(lang, Key::To)).select(lang, &people))
            (Field::new("purpose", t(lang, Key::Purpose)).text())
            (Field::new("days", t(lang, Key::Days)).value("30").number(t(lang, Key::DaysUnit)))
            (acts(&[Verb::submit(t(lang, Key::Lend)).primary()]))
        })
    }
}

async fn run<T>(web: &Web, me: &Me, case: CaseId, input: &Input<T>, command: ArchiveCommand) -> Acted {
    act(web, me, case, input.command, command, &route(case, "/archive")).await
}

async fn submit(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Nothing>) -> Acted {
    run(&web, &me, id, &input, ArchiveCommand::Submit).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct Accepted {
    /// The class; of a form on which none was chosen, empty.
    #[serde(default)]
    retention: String,
}

async fn accept(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Accepted>) -> Acted {
    let classes = [RetentionClass::Short, RetentionClass::Long, RetentionClass::Permanent];
    let chosen = classes.into_iter().find(|class| xiezhi_app::rows::code_of(class) == input.value.retention);
    let Some(retention) = chosen else {
        let (case, reader) = web.app.view(id, &me.actor).await?;
        let mut view = ArchiveView::of(&case, &reader, &me.showing, web.app.origin_of(id).await?);
        if me.showing.format == Format::Json || !view.may_accept {
            return Err(Problem::invalid(vec![FieldError::new("retention", "archive.no_retention")]));
        }
        view.class_missing = true;
        return Ok(Done::not_yet(view.page(&me.showing)));
    };
    let command = ArchiveCommand::Accept { retention };
    run(&web, &me, id, &input, command).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct Marked {
    marks: String,
}

async fn give_back(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Marked>) -> Acted {
    let marks = input.value.marks.lines().map(str::trim).filter(|mark| !mark.is_empty()).map(str::to_owned).collect();
    run(&web, &me, id, &input, ArchiveCommand::Return { marks }).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct Lent {
    to: PersonId,
    purpose: String,
    days: u16,
}

async fn lend(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Lent>) -> Acted {
    let command = ArchiveCommand::Lend { to: input.value.to, purpose: input.value.purpose.clone(), days: input.value.days };
    run(&web, &me, id, &input, command).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct Returned {
    to: PersonId,
}

async fn end_loan(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Returned>) -> Acted {
    run(&web, &me, id, &input, ArchiveCommand::EndLoan { to: input.value.to }).await
}

/// A request to borrow that waits.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AskedLine {
    case: String,
    number: String,
    title: String,
    name: String,
    purpose: String,
    until_on: String,
}

impl AskedLine {
    fn of(row: BorrowingRow, to: &Showing) -> Self {
        let name = row.person.parse().map(|person| to.name(person).to_owned()).unwrap_or_default();
        let BorrowingRow { case_id: case, purpose, until_on, number, title, .. } = row;
        Self { case, number: number.unwrap_or_default(), title, name, purpose, until_on }
    }
}

/// The archivist's desk.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct DeskView {
    asked: Vec<AskedLine>,
    waiting: Vec<CaseRow>,
    kept: Vec<CaseRow>,
}

async fn desk(State(app): State<App>, me: Me) -> Result<Shown<DeskView>, Problem> {
    if me.person.post != Post::Archivist {
        return Err(Problem::not_found());
    }
    let at = |stage: Stage| CaseFilter { stage: Some(stage), page: 1, size: 100, ..CaseFilter::default() };
    let asked = app.borrowings_waiting().await?;
    let view = DeskView {
        asked: asked.into_iter().map(|row| AskedLine::of(row, &me.showing)).collect(),
        waiting: app.cases(&me.actor, &at(Stage::Archiving)).await?.rows,
        kept: app.cases(&me.actor, &at(Stage::Archived)).await?.rows,
    };
    Ok(show(&me.showing, &view))
}

impl View for DeskView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        to.page(t(lang, Key::Desk), html! {
            (page_head(t(lang, Key::Desk), "", html! {
                (Verb::go(t(lang, crate::messages::destruction::Key::Title), "/archive/destruction"))
            }))
            (stack(html! {
            @if !self.asked.is_empty() { (asked(to, &self.asked)) }
            @if self.waiting.is_empty() { (Blank::empty(Icon::Archive, t(lang, Key::WaitingNone), t(lang, Key::WaitingNoneNote)).sheet()) }
            @else { (Sheet::new(t(lang, Key::Waiting)).flush(files(to, t(lang, Key::Waiting), &self.waiting))) }
            @if !self.kept.is_empty() { (Sheet::new(t(lang, Key::Kept)).flush(files(to, t(lang, Key::Kept), &self.kept))) }
            }))
        })
    }
}

fn asked(to: &Showing, lines: &[AskedLine]) -> Markup {
    let lang = to.lang();
    let row = |line: &AskedLine| {
        let href = format!("/cases/{}/archive", line.case);
        TableRow::new(vec![
            html! { a href=(href) lang="zh-CN" { (line.number) " " (line.title) } },
            html! { span lang="zh-CN" { (line.name) } },
            html! { span lang="zh-CN" { (line.purpose) } },
            html! { (line.until_on) },
        ])
    };
    let caption = t(lang, Key::Borrowings);
    let columns = vec![
        Column::new(t(lang, Key::Case), OnPhone::Title),
        Column::new(t(lang, Key::To), OnPhone::Second),
        Column::new(t(lang, Key::Purpose), OnPhone::Second),
        Column::new(t(lang, Key::UntilOn), OnPhone::Second),
    ];
    let rows = lines.iter().map(row).collect();
    Sheet::new(caption).flush(Table { caption, columns, rows, ..Table::default() }.show(lang))
}

fn files(to: &Showing, caption: &str, files: &[CaseRow]) -> Markup {
    let lang = to.lang();
    let row = |file: &CaseRow| {
        let href = format!("/cases/{}/archive", file.case_id);
        let name = format!("{} {}", file.number.as_deref().unwrap_or_default(), file.title);
        TableRow::new(vec![
            html! { a href=(href) lang="zh-CN" { (name) } },
            html! { (file.judge_name.as_deref().unwrap_or_default()) },
            html! { (file.closed_on.as_deref().unwrap_or_default()) },
        ])
    };
    Table {
        caption,
        columns: vec![
            Column::new(t(lang, Key::Case), OnPhone::Title),
            Column::new(t(lang, Key::Judge), OnPhone::Second),
            Column::new(t(lang, Key::Closed), OnPhone::Second),
        ],
        rows: files.iter().map(row).collect(),
        base: "/archive",
        order: "",
        ticks: None,
        dense: false,
        keep: false,
    }
    .show(lang)
}
