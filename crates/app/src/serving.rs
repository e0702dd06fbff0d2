//! The table of service (送达台): what waits to be sent, and what is under way on paper.

use xiezhi_domain::{
    access::Relation,
    people::{Actor, Post},
};
use xiezhi_store::{Cond, Direction, Operator, Query, Value};

use crate::{
    App, AppError,
    rows::code_of,
    tables::{ServiceRow, ToServeRow},
};

/// Rows of one table of service, at most: a day's work of a desk.
const ROWS: u64 = 500;

impl App {
    /// Papers that wait to be sent in the cases the actor serves for.
    pub async fn to_serve(&self, actor: &Actor) -> Result<Vec<ToServeRow>, AppError> {
        let Some(cond) = serves_for(actor) else { return Ok(vec![]) };
        self.rows(Query::of("to_serve", cond).by("due_on", Direction::Up).page(ROWS, 0)).await
    }

    /// Services that left and have not ended: on paper everywhere for a service agent, of the own cases for
    /// clerks and assistants.
    pub async fn under_way(&self, actor: &Actor) -> Result<Vec<ServiceRow>, AppError> {
        let agent = matches!(actor, Actor::Person { post: Post::ServiceAgent, .. });
        let mine = match serves_for(actor) {
            _ if agent => on_paper(),
            Some(mine) => mine,
            None => return Ok(vec![]),
        };
        let cond = mine.and(Cond::is("status", "dispatched"));
        self.rows(Query::of("services", cond).by("dispatched_on", Direction::Up).page(ROWS, 0)).await
    }
}

/// Neither electronic nor by announcement: someone must enter its outcome.
fn on_paper() -> Cond {
    let not = |channel: &str| Cond::Compare("channel", Operator::IsNot, Value::Text(channel.to_owned()));
    not("electronic").and(not("announcement"))
}

/// Rows of cases in which the actor is clerk or assistant.
fn serves_for(actor: &Actor) -> Option<Cond> {
    let Actor::Person { id, post: Post::CourtClerk | Post::JudgeAssistant, .. } = actor else { return None };
    let relations = [Relation::Clerk, Relation::Assistant].map(|relation| Value::Text(code_of(&relation)));
    let cond = Cond::is("person", id.to_string()).and(Cond::In("relation", relations.to_vec()));
    Some(Cond::Exists { table: "case_people", on: &[("case_id", "case_id")], cond: Box::new(cond) })
}
