//! The table of service (送达台): what waits to be sent, and what is under way on paper.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use xiezhi_domain::{
    case::CaseState,
    ids::PartyId,
    people::{Actor, Post},
    service::{Channel, Prospect},
};
use xiezhi_store::{Cond, Direction, Operator, Query, Value};

use crate::{
    App, AppError,
    rows::side_of,
    tables::{CaseRow, ServiceRow, ToServeRow},
};

/// Rows of one table of service, at most: a day's work of a desk.
const ROWS: u64 = 500;

impl App {
    /// Papers that wait to be sent in the cases the actor serves for, each with the way that offers itself.
    pub async fn to_serve(&self, actor: &Actor) -> Result<Vec<ToSend>, AppError> {
        let Some(cond) = serves_for(actor) else { return Ok(vec![]) };
        let rows: Vec<ToServeRow> =
            self.rows(Query::of("to_serve", cond).by("due_on", Direction::Up).page(ROWS, 0)).await?;
        let ways = &self.ports().settings.ways;
        let offered = |row: ToServeRow| {
            let prospect: Prospect = serde_json::from_str(&row.prospect).unwrap_or_default();
            let (channel, why) = prospect.offered(ways);
            ToSend { row, channel, why: why.to_owned() }
        };
        Ok(rows.into_iter().map(offered).collect())
    }

    /// The way that offers itself to serve papers on a party, and the code of the reason.
    pub fn way_for(&self, case: &CaseState, party: PartyId) -> (Channel, &'static str) {
        Prospect::of(case, party).offered(&self.ports().settings.ways)
    }

    /// Services that left and have not ended: on paper everywhere for a service agent, of the own cases for
    /// clerks and assistants.
    pub async fn under_way(&self, actor: &Actor) -> Result<Vec<ServiceRow>, AppError> {
        let Some(cond) = under_way_for(actor) else { return Ok(vec![]) };
        self.rows(Query::of("services", cond).by("dispatched_on", Direction::Up).page(ROWS, 0)).await
    }

    /// The service under way whose consignment has this number, as a scan gun reads it from the carrier's receipt.
    pub async fn consignment(&self, actor: &Actor, number: &str) -> Result<Option<ServiceRow>, AppError> {
        let number: String = number.chars().filter(|it| it.is_ascii_alphanumeric()).collect();
        let Some(cond) = under_way_for(actor) else { return Ok(None) };
        let cond = cond.and(Cond::is("tracking", number.to_ascii_uppercase()));
        Ok(self.rows(Query::of("services", cond).page(1, 0)).await?.pop())
    }
}

/// A paper that waits, and how it would go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct ToSend {
    /// The paper and its addressee.
    #[serde(flatten)]
    pub row: ToServeRow,
    /// The way that offers itself.
    pub channel: Channel,
    /// Code of the reason.
    pub why: String,
}

/// How far the papers of a case have reached one of its parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReachOfPapers)]
pub enum Reach {
    /// Everything that was sent arrived, and nothing waits.
    Served,
    /// Something is on its way.
    UnderWay,
    /// Something waits to be sent.
    Waits,
    /// An attempt failed, and something waits to be sent again.
    Failed,
}

/// How far the papers have reached a party, by its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Reached {
    /// The party's name.
    pub party: String,
    /// How far.
    pub reach: Reach,
}

/// How far the papers of a case have reached each of its parties; whoever was sent nothing and waits for nothing is left
/// out. Computed with the rows of the case, so that a list of cases asks for nothing more.
pub(crate) fn reached(sent: &[ServiceRow], waiting: &[ToServeRow]) -> Vec<Reached> {
    let mut known: BTreeMap<&str, (&str, Reach, bool)> = BTreeMap::new();
    for row in sent {
        let known = known.entry(&row.party).or_insert((&row.party_name, Reach::Served, false));
        match row.status.as_str() {
            "dispatched" => known.1 = known.1.max(Reach::UnderWay),
            "failed" => known.2 = true,
            _ => {}
        }
    }
    for row in waiting {
        let known = known.entry(&row.party).or_insert((&row.party_name, Reach::Waits, false));
        known.1 = if known.2 { Reach::Failed } else { known.1.max(Reach::Waits) };
    }
    known.into_values().map(|(party, reach, _)| Reached { party: party.to_owned(), reach }).collect()
}

/// As the row of a case keeps it.
pub(crate) fn written(reached: &[Reached]) -> String {
    serde_json::to_string(reached).expect("plain data")
}

impl CaseRow {
    /// How far the papers have reached each party.
    pub fn reached(&self) -> Vec<Reached> {
        serde_json::from_str(&self.reached).unwrap_or_default()
    }
}

fn under_way_for(actor: &Actor) -> Option<Cond> {
    let agent = matches!(actor, Actor::Person { post: Post::ServiceAgent, .. });
    let mine = if agent { on_paper() } else { serves_for(actor)? };
    Some(mine.and(Cond::is("status", "dispatched")))
}

/// Neither electronic nor by announcement: someone must enter its outcome.
fn on_paper() -> Cond {
    let not = |channel: &str| Cond::Compare("channel", Operator::IsNot, Value::Text(channel.to_owned()));
    not("electronic").and(not("announcement"))
}

/// Rows of cases in which the actor is clerk or assistant.
fn serves_for(actor: &Actor) -> Option<Cond> {
    let Actor::Person { id, post: Post::CourtClerk | Post::JudgeAssistant, .. } = actor else { return None };
    let serves = Cond::is("person", id.to_string()).and(Cond::is("open", true)).and(Cond::is("serves", true));
    let cond = serves.and(Cond::is("side", side_of(Post::CourtClerk)));
    Some(Cond::Exists { table: "case_people", on: &[("case_id", "case_id")], cond: Box::new(cond) })
}
