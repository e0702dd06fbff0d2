//! Oversight (监督): figures of the court and deadlines, never a ranking of people.

use std::collections::BTreeMap;

use jiff::{Span, civil::Date};
use xiezhi_domain::{
    people::{Actor, Post},
    stage::Stage,
};
use xiezhi_store::{Cond, Direction, Operator, Query, Value};

use crate::{
    App, AppError, access, desk,
    lists::Page,
    tables::{CaseRow, DeadlineRow, PartyRow, TableRow},
};

/// A figure of the statistics, and the cases it counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Statistic {
    /// Open when the year began (旧存).
    CarriedOver,
    /// Filed in the year (新收).
    Filed,
    /// Closed in the year (结案).
    Closed,
    /// Open at its end, or now (未结).
    Open,
}

impl Statistic {
    /// The cases it counts in `year`.
    pub fn cond(self, year: i16) -> Cond {
        let [begins, ends] = [year, year + 1].map(|year| format!("{year:04}-01-01"));
        let filed = |operator, day: &str| Cond::Compare("filed_on", operator, Value::Text(day.to_owned()));
        let closed = |operator, day: &str| Cond::Compare("closed_on", operator, Value::Text(day.to_owned()));
        let open_on = |day: &str| Cond::IsNull("closed_on").or(closed(Operator::AtLeast, day));
        match self {
            Statistic::CarriedOver => filed(Operator::Below, &begins).and(open_on(&begins)),
            Statistic::Filed => filed(Operator::AtLeast, &begins).and(filed(Operator::Below, &ends)),
            Statistic::Closed => closed(Operator::AtLeast, &begins).and(closed(Operator::Below, &ends)),
            Statistic::Open => filed(Operator::Below, &ends).and(open_on(&ends)),
        }
    }
}

/// Which deadlines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Deadlines {
    /// Those that ran out.
    #[default]
    Overdue,
    /// Those that run out within a week.
    Soon,
}

/// Most parties whose names are read for one page.
const PARTIES: u64 = 1_000;
/// Days ahead that count as soon.
const SOON_DAYS: i64 = 7;

/// Figures of a court in a year, as its statistics name them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Figures {
    /// Open when the year began (旧存).
    pub carried_over: u64,
    /// Filed this year (新收).
    pub filed: u64,
    /// Closed this year (结案).
    pub closed: u64,
    /// Open now (未结).
    pub open: u64,
}

impl App {
    /// Whether the actor oversees the court.
    pub fn oversees(actor: &Actor) -> bool {
        use Post::{DivisionHead, President, TrialManagement, VicePresident};
        matches!(actor, Actor::Person { post: DivisionHead | VicePresident | President | TrialManagement, .. })
    }

    /// The figures of `year`.
    pub async fn figures(&self, actor: &Actor, year: i16) -> Result<Figures, AppError> {
        Ok(Figures {
            carried_over: self.count_cases(actor, Statistic::CarriedOver.cond(year)).await?,
            filed: self.count_cases(actor, Statistic::Filed.cond(year)).await?,
            closed: self.count_cases(actor, Statistic::Closed.cond(year)).await?,
            open: self.count_cases(actor, Statistic::Open.cond(year)).await?,
        })
    }

    /// How many cases stand at each stage; stages without any are left out.
    pub async fn by_stage(&self, actor: &Actor) -> Result<Vec<(Stage, u64)>, AppError> {
        let mut found = vec![];
        for stage in Stage::ALL {
            let count = self.count_cases(actor, Cond::is("stage", stage.code())).await?;
            if count > 0 {
                found.push((stage, count));
            }
        }
        Ok(found)
    }

    /// One page of the running periods that are `due` by `today`, the earliest first.
    pub async fn deadlines(
        &self,
        actor: &Actor,
        due: Deadlines,
        today: Date,
        page: u64,
        size: u64,
    ) -> Result<Page<DeadlineRow>, AppError> {
        let until = today.saturating_add(Span::new().days(SOON_DAYS));
        let last_on = |operator, day: Date| Cond::Compare("last_on", operator, Value::Text(day.to_string()));
        let due = match due {
            Deadlines::Overdue => last_on(Operator::Below, today),
            Deadlines::Soon => last_on(Operator::AtLeast, today).and(last_on(Operator::AtMost, until)),
        };
        let order = [("last_on", Direction::Up), ("case_id", Direction::Up)];
        self.page(due.and(desk::known(actor)), &order, page, size).await
    }

    /// The names of the parties whose own periods these are, by their identifiers.
    pub async fn parties_of(&self, rows: &[DeadlineRow]) -> Result<BTreeMap<String, String>, AppError> {
        let own = rows.iter().filter(|row| !row.party.is_empty());
        let cases = own.map(|row| Value::Text(row.case_id.clone())).collect::<Vec<_>>();
        if cases.is_empty() {
            return Ok(BTreeMap::new());
        }
        let query = Query::of(PartyRow::TABLE.name, Cond::In("case_id", cases)).page(PARTIES, 0);
        let parties: Vec<PartyRow> = self.rows(query).await?;
        Ok(parties.into_iter().map(|party| (party.party, party.name)).collect())
    }

    async fn count_cases(&self, actor: &Actor, cond: Cond) -> Result<u64, AppError> {
        let cond = access::visible(actor).and(cond);
        Ok(self.ports().store.count(CaseRow::TABLE.name, &cond).await?)
    }
}
