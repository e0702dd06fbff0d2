//! The clock at work (期限届满): issues what the law attaches to a date, in order, once.

use std::collections::BTreeSet;

use jiff::civil::Date;
use sha2::{Digest, Sha256};
use xiezhi_domain::{
    clock::ClockRule,
    command::CaseCommand,
    ids::{CaseId, CommandId},
    people::Actor,
};
use xiezhi_store::{Cond, Direction, Operator, Query, Value};

use crate::{
    App, AppError,
    tables::{ClockRow, TableRow},
};

/// Most rules looked at in one go.
const STEP: u64 = 200;

/// Names a rule of a case and the day its period ended.
type Due = (String, String, String);

impl App {
    /// Carries out every rule whose period ended before `today`; returns how many acted.
    ///
    /// The earliest day is finished before the next begins, as if the clock had run each morning: what a
    /// rule starts may itself have run out meanwhile. A rule that can't be carried out is passed over and
    /// holds up no other.
    pub async fn run_clock(&self, today: Date) -> Result<usize, AppError> {
        let mut done = 0;
        let mut passed_over = BTreeSet::new();
        loop {
            let due = self.due_rules(today, &passed_over).await?;
            let Some(first_on) = due.first().map(|row| row.last_on.clone()) else { return Ok(done) };
            for row in due.into_iter().take_while(|row| row.last_on == first_on) {
                if self.tick(&row).await? {
                    done += 1;
                } else {
                    passed_over.insert(name(&row));
                }
            }
        }
    }

    async fn due_rules(&self, today: Date, passed_over: &BTreeSet<Due>) -> Result<Vec<ClockRow>, AppError> {
        let cond = Cond::Compare("last_on", Operator::Below, Value::Text(today.to_string()));
        let query = Query::of(ClockRow::TABLE.name, cond)
            .by("last_on", Direction::Up)
            .by("case_id", Direction::Up)
            .by("rule", Direction::Up)
            .page(STEP + passed_over.len() as u64, 0);
        let mut due: Vec<ClockRow> = self.rows(query).await?;
        due.retain(|row| !passed_over.contains(&name(row)));
        Ok(due)
    }

    /// Carries out one rule; false if it brought nothing about. The command is named by case, rule and day,
    /// so that two nodes, or a repeat after a crash, act once.
    async fn tick(&self, row: &ClockRow) -> Result<bool, AppError> {
        match self.carry_out(row).await {
            Ok(acted) => Ok(acted),
            Err(fault @ AppError::Failed { .. }) => Err(fault),
            Err(fault) => {
                tracing::warn!(case = row.case_id, rule = row.rule, %fault, "a rule of the clock was passed over");
                Ok(false)
            }
        }
    }

    async fn carry_out(&self, row: &ClockRow) -> Result<bool, AppError> {
        let case: CaseId = row.case_id.parse().map_err(|_| AppError::Unreadable(row.case_id.clone()))?;
        let rule: ClockRule =
            serde_json::from_str(&row.body).map_err(|fault| AppError::Unreadable(fault.to_string()))?;
        let decided = self.decide(case, &Actor::Clock, command_id(row), CaseCommand::Clock(rule)).await?;
        Ok(!decided.replayed)
    }
}

fn name(row: &ClockRow) -> Due {
    (row.case_id.clone(), row.rule.clone(), row.last_on.clone())
}

fn command_id(row: &ClockRow) -> CommandId {
    let digest: [u8; 32] = Sha256::digest(format!("clock {} {} {}", row.case_id, row.rule, row.last_on)).into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    CommandId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}
