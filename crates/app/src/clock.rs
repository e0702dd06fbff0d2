//! The clock at work (期限届满): issues what the law attaches to a date, in order, once.

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

/// Most rules carried out in one go.
const STEP: u64 = 200;

impl App {
    /// Carries out every rule whose period ended before `today`; returns how many acted.
    pub async fn run_clock(&self, today: Date) -> Result<usize, AppError> {
        let mut done = 0;
        loop {
            let due = self.due_rules(today).await?;
            let mut moved = 0;
            for row in due {
                if self.tick(&row).await? {
                    moved += 1;
                }
            }
            done += moved;
            if moved == 0 {
                return Ok(done);
            }
        }
    }

    async fn due_rules(&self, today: Date) -> Result<Vec<ClockRow>, AppError> {
        let cond = Cond::Compare("last_on", Operator::Below, Value::Text(today.to_string()));
        let query = Query::of(ClockRow::TABLE.name, cond)
            .by("last_on", Direction::Up)
            .by("case_id", Direction::Up)
            .by("rule", Direction::Up)
            .page(STEP, 0);
        self.rows(query).await
    }

    /// Carries out one rule; false if it no longer applied. The command is named by case, rule and day, so
    /// that two nodes, or a repeat after a crash, act once.
    async fn tick(&self, row: &ClockRow) -> Result<bool, AppError> {
        let case: CaseId = row.case_id.parse().map_err(|_| AppError::Unreadable(row.case_id.clone()))?;
        let rule: ClockRule = serde_json::from_str(&row.body).map_err(|fault| AppError::Unreadable(fault.to_string()))?;
        let id = command_id(&row.case_id, &row.rule, &row.last_on);
        let decided = self.decide(case, &Actor::Clock, id, CaseCommand::Clock(rule)).await;
        match decided {
            Ok(decided) => Ok(!decided.replayed),
            Err(AppError::Refused(refusal)) => {
                tracing::info!(case = row.case_id, rule = row.rule, refusal = refusal.code(), "the clock was refused");
                Ok(false)
            }
            Err(fault) => Err(fault),
        }
    }
}

fn command_id(case: &str, rule: &str, last_on: &str) -> CommandId {
    let digest: [u8; 32] = Sha256::digest(format!("clock {case} {rule} {last_on}")).into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    CommandId(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}
