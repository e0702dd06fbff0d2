//! Oversight (监督): figures of the court and deadlines, never a ranking of people.

use jiff::civil::Date;
use xiezhi_domain::{
    people::{Actor, Post},
    stage::Stage,
};
use xiezhi_store::{Cond, Direction, Operator, Query, Value};

use crate::{
    App, AppError, access, desk,
    tables::{CaseRow, DeadlineRow, TableRow},
};

/// Figures of a court in a year, as its statistics name them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
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

    /// The figures of the year of `today`.
    pub async fn figures(&self, actor: &Actor, today: Date) -> Result<Figures, AppError> {
        let begins = Date::constant(today.year(), 1, 1).to_string();
        let filed = |operator| Cond::Compare("filed_on", operator, Value::Text(begins.clone()));
        let closed = || Cond::Compare("closed_on", Operator::AtLeast, Value::Text(begins.clone()));
        let open = || Cond::IsNull("closed_on");
        Ok(Figures {
            carried_over: self.count_cases(actor, filed(Operator::Below).and(open().or(closed()))).await?,
            filed: self.count_cases(actor, filed(Operator::AtLeast)).await?,
            closed: self.count_cases(actor, closed()).await?,
            open: self.count_cases(actor, Cond::Not(Box::new(Cond::IsNull("filed_on"))).and(open())).await?,
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

    /// Running periods whose last day is `until` or earlier, the earliest first.
    pub async fn deadlines(&self, actor: &Actor, until: Date, limit: u64) -> Result<Vec<DeadlineRow>, AppError> {
        let due = Cond::Compare("last_on", Operator::AtMost, Value::Text(until.to_string()));
        let query = Query::of(DeadlineRow::TABLE.name, due.and(desk::known(actor))).by("last_on", Direction::Up);
        self.rows(query.page(limit, 0)).await
    }

    async fn count_cases(&self, actor: &Actor, cond: Cond) -> Result<u64, AppError> {
        let cond = access::visible(actor).and(cond);
        Ok(self.ports().store.count(CaseRow::TABLE.name, &cond).await?)
    }
}
