//! Questions of the court's desks: what waits for review, today's hearings, running periods, new papers,
//! requests for approval, papers by their hash. Each under the filter of what the reader may know.

use std::collections::BTreeSet;

use jiff::civil::Date;
use xiezhi_domain::{
    ids::{CaseId, PersonId},
    people::{Actor, Post},
};
use xiezhi_store::{Cond, Direction, Operator, Query, Value};

use crate::{
    App, AppError, access,
    lists::CaseFilter,
    rows::code_of,
    tables::{ApprovalRow, BorrowingRow, CaseRow, DeadlineRow, HearingRow, MaterialRow, PartyRow, TableRow, TaskRow},
};

const IN_CASE: &[(&str, &str)] = &[("case_id", "case_id")];

/// Rows of cases the actor may know of, in any table that names the case.
pub(crate) fn known(actor: &Actor) -> Cond {
    if let Some(part) = access::parts(actor) {
        return Cond::Exists { table: "case_people", on: IN_CASE, cond: Box::new(part) };
    }
    match access::visible(actor) {
        all @ (Cond::True | Cond::False) => all,
        some => Cond::Exists { table: "cases", on: IN_CASE, cond: Box::new(some) },
    }
}

/// Rows of cases the actor works on until they are archived; for the heads of the court, of all they may know.
fn mine(actor: &Actor) -> Cond {
    let Actor::Person { id, post, .. } = actor else { return Cond::False };
    let court_wide = matches!(
        post,
        Post::DivisionHead | Post::VicePresident | Post::President | Post::TrialManagement | Post::Archivist
    );
    if court_wide {
        return known(actor);
    }
    let part = access::parts(actor).unwrap_or_else(|| Cond::is("person", id.to_string()));
    Cond::Exists { table: "case_people", on: IN_CASE, cond: Box::new(part.and(Cond::is("open", true))) }
}

/// The column a list of cases is sorted by, for a key of its table: `filed`, or `-filed` downwards.
pub fn case_order(key: &str) -> Option<(&'static str, Direction)> {
    let (name, direction) = match key.strip_prefix('-') {
        Some(name) => (name, Direction::Down),
        None => (key, Direction::Up),
    };
    let column = match name {
        "number" => "serial",
        "cause" => "cause",
        "stage" => "stage_rank",
        "filed" => "filed_on",
        "due" => "due_on",
        "judge" => "judge_name",
        "amount" => "amount_fen",
        "changed" => "changed_rank",
        _ => return None,
    };
    Some((column, direction))
}

/// Narrows a list of cases to those the person works on, or, for a filing clerk, took for review.
pub fn only_mine(person: PersonId) -> Cond {
    let own = Cond::is("person", person.to_string());
    let named = Cond::Exists { table: "case_people", on: IN_CASE, cond: Box::new(own) };
    named.or(Cond::is("filing_clerk", person.to_string()))
}

impl App {
    /// Applications that wait for filing review, the most urgent first.
    pub async fn reviews(&self) -> Result<Vec<TaskRow>, AppError> {
        self.rows(Query::of("tasks", Cond::is("kind", "review")).by("due_on", Direction::Up)).await
    }

    /// Applications that wait for their filer's correction.
    pub async fn in_correction(&self, actor: &Actor) -> Result<Vec<CaseRow>, AppError> {
        let cond = access::visible(actor).and(Cond::is("stage", "correction_requested"));
        self.rows(Query::of("cases", cond).by("submitted_on", Direction::Up)).await
    }

    /// Cases by their identifiers, of those the actor may know of.
    pub async fn cases_of(&self, actor: &Actor, ids: &BTreeSet<String>) -> Result<Vec<CaseRow>, AppError> {
        if ids.is_empty() {
            return Ok(vec![]);
        }
        let ids = ids.iter().cloned().map(Value::Text).collect();
        self.rows(Query::of("cases", access::visible(actor).and(Cond::In("case_id", ids)))).await
    }

    /// The case of this number, if the actor may know of it.
    pub async fn case_numbered(&self, actor: &Actor, number: &str) -> Result<Option<CaseRow>, AppError> {
        let filter = CaseFilter { more: Some(Cond::is("number", number)), page: 1, size: 1, ..CaseFilter::default() };
        Ok(self.cases(actor, &filter).await?.rows.into_iter().next())
    }

    /// Parties of other cases by the same name or number.
    pub async fn same_parties(
        &self,
        case: CaseId,
        names: Vec<String>,
        numbers: Vec<String>,
    ) -> Result<Vec<PartyRow>, AppError> {
        let texts = |all: Vec<String>| all.into_iter().map(Value::Text).collect::<Vec<_>>();
        let alike = Cond::In("name", texts(names)).or(Cond::In("id_no", texts(numbers)));
        let other = Cond::Compare("case_id", Operator::IsNot, Value::Text(case.to_string()));
        self.rows(Query::of("parties", alike.and(other)).page(200, 0)).await
    }

    /// Hearings of the actor's cases on one day, in the order of the day.
    pub async fn hearings_on(&self, actor: &Actor, day: Date) -> Result<Vec<HearingRow>, AppError> {
        let cond = mine(actor).and(Cond::is("on_day", day.to_string()));
        self.rows(Query::of(HearingRow::TABLE.name, cond).by("starts", Direction::Up).page(50, 0)).await
    }

    /// Running periods of the actor's cases that end by `day`, the first first.
    pub async fn deadlines_until(&self, actor: &Actor, day: Date, limit: u64) -> Result<Vec<DeadlineRow>, AppError> {
        let soon = Cond::Compare("last_on", Operator::AtMost, Value::Text(day.to_string()));
        let query = Query::of(DeadlineRow::TABLE.name, mine(actor).and(soon))
            .by("last_on", Direction::Up)
            .by("case_id", Direction::Up)
            .by("kind", Direction::Up);
        self.rows(query.page(limit, 0)).await
    }

    /// Papers that came in and wait to enter the file, in the actor's cases, newest first.
    pub async fn new_papers(&self, actor: &Actor, limit: u64) -> Result<Vec<MaterialRow>, AppError> {
        let cond = mine(actor).and(Cond::is("place", "staged"));
        let query = Query::of(MaterialRow::TABLE.name, cond).by("received_on", Direction::Down).page(limit, 0);
        self.rows(query.led()).await
    }

    /// Requests of a person to borrow archived files, the newest first.
    pub async fn borrowings_of(&self, person: PersonId) -> Result<Vec<BorrowingRow>, AppError> {
        let query = Query::of(BorrowingRow::TABLE.name, Cond::is("person", person.to_string()));
        self.rows(query.by("asked_on", Direction::Down).page(100, 0)).await
    }

    /// Requests to borrow that wait for an archivist, the oldest first.
    pub async fn borrowings_waiting(&self) -> Result<Vec<BorrowingRow>, AppError> {
        let query = Query::of(BorrowingRow::TABLE.name, Cond::is("status", "waiting"));
        self.rows(query.by("asked_on", Direction::Up).page(500, 0)).await
    }

    /// Requests for approval that wait for the actor's word.
    pub async fn approvals_for(&self, actor: &Actor) -> Result<Vec<ApprovalRow>, AppError> {
        let Actor::Person { id, post, .. } = actor else { return Ok(vec![]) };
        let turn = Cond::is("next_post", code_of(post));
        let in_charge = Cond::Exists { table: "cases", on: IN_CASE, cond: Box::new(Cond::is("judge", id.to_string())) };
        let cond = match post {
            Post::Judge => turn.and(in_charge),
            _ => turn.and(known(actor)),
        };
        self.rows(Query::of(ApprovalRow::TABLE.name, cond).by("asked_on", Direction::Up).page(500, 0)).await
    }
}
