//! Rows of the read model, a pure function of the state of a case; a commit writes only what changed.

use std::cmp::Ordering;

use xiezhi_domain::{
    access::{self, Act, Reader, Relation},
    archive::Borrowing,
    case::CaseState,
    clock,
    hearing::{Hearing, HearingStatus},
    ids::{PartyId, PersonId},
    law::cause,
    material::FileRef,
    people::{Actor, Directory, Post},
    periods::PeriodKind,
    service::{Prospect, ServiceStatus},
    stage::Stage,
    tasks::{self, Assignee, Task},
    verify,
};
use xiezhi_store::{Row, RowChange, Table};

use crate::{
    serving, sweeping,
    tables::{
        ApprovalRow, BorrowingRow, CasePersonRow, CaseRow, CheckableRow, ClockRow, DeadlineRow, FileRow, HearingRow,
        MaterialRow, PartyRow, ServiceRow, TableRow, TaskRow, ToServeRow,
    },
};

/// The code by which a value is stored: its serde name.
pub fn code_of(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value).expect("a code is plain data") {
        serde_json::Value::String(code) => code,
        other => other.to_string(),
    }
}

/// The rows of one case: of each table, in the order of its key, each key once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows(Vec<(Table, Vec<Row>)>);

impl Rows {
    fn put<T: TableRow>(&mut self, rows: Vec<T>) {
        let key_len = T::TABLE.key_len;
        let mut rows: Vec<Row> = rows.into_iter().map(T::into_row).collect();
        rows.sort_by(|one, other| one[..key_len].cmp(&other[..key_len]));
        // Of two with one key the later counts.
        rows.dedup_by(|later, kept| {
            let same = later[..key_len] == kept[..key_len];
            if same {
                std::mem::swap(later, kept);
            }
            same
        });
        self.0.push((T::TABLE, rows));
    }

    fn of(&self, table: &str) -> &[Row] {
        self.0.iter().find(|(known, _)| known.name == table).map_or(&[], |(_, rows)| rows)
    }
}

/// What a commit must change in the read model, from the rows before to the rows after.
pub fn difference(before: &Rows, after: &Rows) -> Vec<RowChange> {
    let stays = |table: &str| after.0.iter().any(|(known, _)| known.name == table);
    let gone =
        before.0.iter().filter(|(table, _)| !stays(table.name)).flat_map(|(table, rows)| changes(table, rows, &[]));
    after.0.iter().flat_map(|(table, rows)| changes(table, before.of(table.name), rows)).chain(gone).collect()
}

/// Both in the order of the key.
fn changes(table: &Table, before: &[Row], after: &[Row]) -> Vec<RowChange> {
    let (key_len, table) = (table.key_len, table.name);
    let delete = |row: &Row| RowChange::Delete { table, key: row[..key_len].to_vec() };
    let put = |row: &Row| RowChange::Put { table, row: row.clone() };
    let (mut before, mut after) = (before.iter().peekable(), after.iter().peekable());
    let mut changes = vec![];
    loop {
        let order = match (before.peek(), after.peek()) {
            (None, None) => return changes,
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (Some(gone), Some(new)) => gone[..key_len].cmp(&new[..key_len]),
        };
        let gone = before.next_if(|_| order.is_le());
        let new = after.next_if(|_| order.is_ge());
        match (gone, new) {
            (Some(gone), None) => changes.push(delete(gone)),
            (gone, Some(new)) if gone != Some(new) => changes.push(put(new)),
            _ => {}
        }
    }
}

/// All rows of a case, for `rebuild`.
pub fn all(case: &CaseState, people: &Directory) -> Vec<RowChange> {
    difference(&Rows::default(), &of(case, people))
}

/// The rows of one table that a case has.
pub fn of_table<T: TableRow>(case: &CaseState, people: &Directory) -> Vec<T> {
    of(case, people).of(T::TABLE.name).iter().cloned().map(T::from_row).collect()
}

/// All rows of a case.
pub fn of(case: &CaseState, people: &Directory) -> Rows {
    let shared = Shared::of(case, people);
    let mut rows = Rows::default();
    let (services, waiting) = (service_rows(case, &shared), to_serve_rows(case, &shared));
    rows.put(vec![case_row(case, &shared, &services, &waiting)]);
    rows.put(people_rows(case));
    rows.put(party_rows(case));
    rows.put(task_rows(case, &shared));
    rows.put(deadline_rows(case, &shared));
    rows.put(clock_rows(case));
    rows.put(hearing_rows(case, &shared));
    rows.put(services);
    rows.put(waiting);
    rows.put(material_rows(case));
    rows.put(file_rows(case));
    rows.put(checkable_rows(case));
    rows.put(approval_rows(case, &shared));
    rows.put(borrowing_rows(case, &shared));
    rows
}

/// What many rows of a case repeat, so that a list needs no join.
struct Shared {
    case_id: String,
    number: Option<String>,
    title: String,
    cause: String,
    judge: Option<String>,
    judge_name: Option<String>,
    clerk: Option<String>,
    clerk_name: Option<String>,
}

impl Shared {
    fn of(case: &CaseState, people: &Directory) -> Self {
        let name = |person: Option<PersonId>| person.map(|person| people.name(person).to_owned());
        let clerk = case.tribunal.as_ref().and_then(|tribunal| tribunal.clerk);
        Self {
            case_id: case.id.to_string(),
            number: case.number.as_ref().map(ToString::to_string),
            title: case.short_title(),
            cause: cause_name(case),
            judge: case.judge().map(|judge| judge.to_string()),
            judge_name: name(case.judge()),
            clerk: clerk.map(|clerk| clerk.to_string()),
            clerk_name: name(clerk),
        }
    }
}

/// Name of the cause, or its code for one the table does not know.
pub fn cause_name(case: &CaseState) -> String {
    let code = &case.application.cause;
    cause::find(code).map_or_else(|| code.clone(), |cause| cause.name_zh.clone())
}

fn case_row(case: &CaseState, shared: &Shared, services: &[ServiceRow], waiting: &[ToServeRow]) -> CaseRow {
    let names: Vec<&str> = case.parties_in_order().map(|party| party.name.as_str()).collect();
    let search = format!("{} {} {}", shared.number.as_deref().unwrap_or_default(), names.join(" "), shared.cause);
    CaseRow {
        case_id: shared.case_id.clone(),
        number: shared.number.clone(),
        serial: case.number.as_ref().map_or(0, |number| i64::from(number.serial)),
        title: shared.title.clone(),
        cause_code: case.application.cause.clone(),
        cause: shared.cause.clone(),
        procedure: code_of(&case.procedure),
        stage: case.stage.code().to_owned(),
        stage_rank: case.stage as i64,
        phase: case.stage.phase().to_owned(),
        stayed: i64::from(case.stayed.is_some()),
        reached: serving::written(&serving::reached(services, waiting)),
        submitted_on: case.submitted_on.to_string(),
        filed_on: case.filed_on.map(|day| day.to_string()),
        amount_fen: case.application.amount.map(|amount| amount.0),
        judge: shared.judge.clone(),
        judge_name: shared.judge_name.clone(),
        clerk: shared.clerk.clone(),
        clerk_name: shared.clerk_name.clone(),
        filing_clerk: case.review.clerk.map(|clerk| clerk.to_string()),
        due_on: case.running(PeriodKind::Trial, None).map(|period| period.last_on.to_string()),
        closed_on: case.closing.as_ref().map(|closing| closing.on.to_string()),
        manner: case.closing.as_ref().map(|closing| closing.manner.code().to_owned()),
        effective_on: case.effective_on.map(|day| day.to_string()),
        archived_on: case.archive.accepted_on.map(|day| day.to_string()),
        fee_status: code_of(&case.fees.status),
        fee_fen: case.fees.due.0,
        search,
        changed_rank: rank_of(case.changed_on),
        rev: i64::try_from(case.told_rev).unwrap_or(i64::MAX),
    }
}

/// A day as a number that grows with time.
fn rank_of(day: jiff::civil::Date) -> i64 {
    i64::from(day.year()) * 10_000 + i64::from(day.month()) * 100 + i64::from(day.day())
}

/// The people who may know of the case by their part in it, as the access rules have it: on a post inside the
/// court that sees no cases by itself, or outside.
fn people_rows(case: &CaseState) -> Vec<CasePersonRow> {
    let serves = [Relation::Clerk, Relation::Assistant];
    let mut rows = vec![];
    for person in concerned(case) {
        for post in [Post::JudgeAssistant, Post::Party] {
            let reader = Reader::of(&Actor::Person { id: person, post, token: None }, case);
            if access::may(&reader, Act::ViewCase, case.stage).is_err() {
                continue;
            }
            rows.push(CasePersonRow {
                case_id: case.id.to_string(),
                person: person.to_string(),
                side: side_of(post).to_owned(),
                serves: i64::from(serves.iter().any(|relation| reader.relations.contains(relation))),
                open: i64::from(case.stage != Stage::Archived),
                changed_rank: rank_of(if post.is_outside() { case.told_outside_on } else { case.changed_on }),
            });
        }
    }
    rows
}

/// Everyone who has a relation to the case.
pub fn concerned(case: &CaseState) -> Vec<PersonId> {
    let mut concerned: Vec<PersonId> = case.submitted_by.into_iter().collect();
    concerned.extend(case.parties.values().filter_map(|party| party.person));
    concerned.extend(case.agents.iter().filter_map(|agent| agent.person));
    if let Some(tribunal) = &case.tribunal {
        concerned.extend(tribunal.voters());
        concerned.extend(tribunal.assistant);
        concerned.extend(tribunal.clerk);
    }
    concerned.extend(case.archive.loans.iter().map(|loan| loan.to));
    concerned.sort();
    concerned.dedup();
    concerned
}

/// The side of the court's door on which a post stands.
pub fn side_of(post: Post) -> &'static str {
    if post.is_outside() { "outside" } else { "inside" }
}

fn party_rows(case: &CaseState) -> Vec<PartyRow> {
    case.parties_in_order()
        .map(|party| PartyRow {
            case_id: case.id.to_string(),
            party: party.id.to_string(),
            role: code_of(&party.role),
            name: party.name.clone(),
            id_no: party.id_no.clone(),
            cause_code: case.application.cause.clone(),
        })
        .collect()
}

/// One row for each person a task is for: a party's task is its own and its agents'.
fn task_rows(case: &CaseState, shared: &Shared) -> Vec<TaskRow> {
    tasks::tasks(case).iter().flat_map(|task| task_row(case, shared, task)).collect()
}

fn task_row(case: &CaseState, shared: &Shared, task: &Task) -> Vec<TaskRow> {
    let row = |person: Option<PersonId>, post: Option<Post>| {
        let post = post.map(|post| code_of(&post));
        let assignee = match (&person, &post) {
            (Some(person), _) => format!("person:{person}"),
            (None, Some(post)) => format!("post:{post}"),
            (None, None) => String::new(),
        };
        TaskRow {
            case_id: shared.case_id.clone(),
            kind: task.kind.code().to_owned(),
            assignee,
            subject: task.subject.clone(),
            person: person.map(|person| person.to_string()),
            post,
            pile: task.kind.pile().code().to_owned(),
            due_on: task.due_on.map(|day| day.to_string()),
            number: shared.number.clone(),
            title: shared.title.clone(),
            cause: shared.cause.clone(),
            stage: case.stage.code().to_owned(),
        }
    };
    match task.assignee {
        Assignee::Person(person) => vec![row(Some(person), None)],
        Assignee::Post(post) => vec![row(None, Some(post))],
        Assignee::Party(party) => accounts_of(case, party).into_iter().map(|person| row(Some(person), None)).collect(),
    }
}

/// The accounts that act for a party: its own, its agents', and before filing the filer's.
pub fn accounts_of(case: &CaseState, party: PartyId) -> Vec<PersonId> {
    let own = case.parties.get(&party).and_then(|party| party.person);
    let agents = case.agents.iter().filter(|agent| agent.party == party).filter_map(|agent| agent.person);
    let filer = case.submitted_by.filter(|_| case.application.plaintiffs().any(|plaintiff| plaintiff.id == party));
    let mut accounts: Vec<PersonId> = own.into_iter().chain(agents).chain(filer).collect();
    accounts.sort();
    accounts.dedup();
    accounts
}

fn deadline_rows(case: &CaseState, shared: &Shared) -> Vec<DeadlineRow> {
    case.running_periods()
        .map(|period| DeadlineRow {
            case_id: shared.case_id.clone(),
            kind: period.kind.code().to_owned(),
            party: period.party.map(|party| party.to_string()).unwrap_or_default(),
            starts_on: period.starts_on.to_string(),
            last_on: period.last_on.to_string(),
            source: period.kind.set_by().map_or_else(|| period.working.source.clone(), str::to_owned),
            judge: shared.judge.clone(),
            number: shared.number.clone(),
            title: shared.title.clone(),
        })
        .collect()
}

fn clock_rows(case: &CaseState) -> Vec<ClockRow> {
    clock::due(case)
        .into_iter()
        .map(|(rule, last_on)| ClockRow {
            case_id: case.id.to_string(),
            rule: rule.key(),
            last_on: last_on.to_string(),
            body: serde_json::to_string(&rule).expect("a rule is plain data"),
        })
        .collect()
}

fn hearing_rows(case: &CaseState, shared: &Shared) -> Vec<HearingRow> {
    // What was scheduled is not held any more once the case is closed.
    let stands = |hearing: &&Hearing| hearing.status != HearingStatus::Scheduled || !case.stage.is_closed();
    case.hearings_in_order()
        .filter(stands)
        .map(|hearing| HearingRow {
            hearing_id: hearing.id.to_string(),
            case_id: shared.case_id.clone(),
            on_day: hearing.on.to_string(),
            starts: hearing.from.strftime("%H:%M").to_string(),
            ends: hearing.to.strftime("%H:%M").to_string(),
            room: hearing.room.clone(),
            mode: code_of(&hearing.mode),
            status: code_of(&hearing.status),
            number: shared.number.clone(),
            title: shared.title.clone(),
            cause: shared.cause.clone(),
        })
        .collect()
}

fn party_name(case: &CaseState, party: PartyId) -> String {
    case.parties.get(&party).map(|party| party.name.clone()).unwrap_or_default()
}

fn service_rows(case: &CaseState, shared: &Shared) -> Vec<ServiceRow> {
    case.services_in_order()
        .map(|service| ServiceRow {
            service_id: service.id.to_string(),
            case_id: shared.case_id.clone(),
            party: service.to.to_string(),
            party_name: party_name(case, service.to),
            channel: code_of(&service.channel),
            status: match service.status {
                ServiceStatus::Dispatched => "dispatched".to_owned(),
                ServiceStatus::Effected { .. } => "effected".to_owned(),
                ServiceStatus::Failed { .. } => "failed".to_owned(),
            },
            papers: titles(case, &service.materials),
            dispatched_on: service.dispatched_on.to_string(),
            effected_on: service.effected_on().map(|day| day.to_string()),
            clerk: shared.clerk.clone(),
            number: shared.number.clone(),
            tracking: service.tracking.clone(),
        })
        .collect()
}

fn titles(case: &CaseState, materials: &[xiezhi_domain::ids::MaterialId]) -> String {
    let titles: Vec<&str> =
        materials.iter().filter_map(|id| case.materials.get(id)).map(|paper| paper.title.as_str()).collect();
    titles.join("、")
}

fn to_serve_rows(case: &CaseState, shared: &Shared) -> Vec<ToServeRow> {
    tasks::to_serve(case)
        .into_iter()
        .filter_map(|(material, party)| {
            let paper = case.materials.get(&material)?;
            Some(ToServeRow {
                case_id: shared.case_id.clone(),
                material: material.to_string(),
                party: party.to_string(),
                paper: paper.title.clone(),
                party_name: party_name(case, party),
                prospect: serde_json::to_string(&Prospect::of(case, party)).expect("plain data"),
                due_on: tasks::serve_by(case, material).map(|day| day.to_string()),
                clerk: shared.clerk.clone(),
                number: shared.number.clone(),
                title: shared.title.clone(),
            })
        })
        .collect()
}

fn material_rows(case: &CaseState) -> Vec<MaterialRow> {
    case.materials_in_order()
        .map(|paper| MaterialRow {
            material_id: paper.id.to_string(),
            case_id: case.id.to_string(),
            kind: paper.kind.code().to_owned(),
            title: paper.title.clone(),
            volume: code_of(&paper.volume),
            place: code_of(&paper.place),
            sha256: paper.file.sha256.clone(),
            pages: i64::from(paper.page_count()),
            received_on: paper.received_on.to_string(),
            entered_on: paper.entered_on.map(|day| day.to_string()),
        })
        .collect()
}

/// Every file of the case, so that none of them is ever taken for one that nobody took up.
fn file_rows(case: &CaseState) -> Vec<FileRow> {
    let row = |file: &FileRef| FileRow { sha256: file.sha256.clone(), case_id: case.id.to_string() };
    sweeping::files_of(case).map(row).collect()
}

fn checkable_rows(case: &CaseState) -> Vec<CheckableRow> {
    let papers = case.materials_in_order().filter(|paper| verify::may_be_asked_about(paper));
    let row = |version: verify::Version<'_>| CheckableRow {
        sha256: version.file.sha256.clone(),
        material_id: version.paper.id.to_string(),
        case_id: case.id.to_string(),
        code: verify::code_of(case, version.paper).to_string(),
    };
    papers.flat_map(verify::versions).map(row).collect()
}

fn approval_rows(case: &CaseState, shared: &Shared) -> Vec<ApprovalRow> {
    case.approvals
        .values()
        .map(|approval| ApprovalRow {
            approval_id: approval.id.to_string(),
            case_id: shared.case_id.clone(),
            matter: approval.matter.code().to_owned(),
            next_post: approval.next().map(|post| code_of(&post)),
            status: code_of(&approval.status),
            asked_on: approval.asked_on.to_string(),
            reason: approval.reason.clone(),
            number: shared.number.clone(),
            title: shared.title.clone(),
        })
        .collect()
}

fn borrowing_rows(case: &CaseState, shared: &Shared) -> Vec<BorrowingRow> {
    let row = |asked: &Borrowing| BorrowingRow {
        case_id: shared.case_id.clone(),
        person: asked.by.to_string(),
        purpose: asked.purpose.clone(),
        until_on: asked.until_on.to_string(),
        asked_on: asked.asked_on.to_string(),
        status: match &asked.answer {
            None => "waiting",
            Some(answer) if answer.granted => "granted",
            Some(_) => "refused",
        }
        .to_owned(),
        reason: asked.answer.as_ref().map(|answer| answer.reason.clone()).unwrap_or_default(),
        number: shared.number.clone(),
        title: shared.title.clone(),
    };
    case.archive.borrowings.iter().map(row).collect()
}

/// Whether the rules of access let `actor` know of the case: the truth that list filters must agree with.
pub fn may_know(case: &CaseState, actor: &Actor) -> bool {
    access::may(&Reader::of(actor, case), Act::ViewCase, case.stage).is_ok()
}

/// The lowest stage at which a case is closed, for filters.
pub const CLOSED_FROM: i64 = Stage::ServingFinal as i64;
