//! Fees and the bank: a payment is opened for what is due, and entered when the bank says that it came.

use jiff::civil::Date;
use xiezhi_connect::{Account, Notice, PaymentError, PaymentOutcome};
use xiezhi_domain::{
    case::CaseState,
    fees::{FeeCommand, FeeStatus},
    ids::{CaseId, CommandId},
    law::money::Fen,
    people::Actor,
};
use xiezhi_store::{Cond, Direction, Operator, Query, Value};

use crate::{
    App, AppError,
    cases::Decided,
    lists::Page,
    tables::{CaseRow, TaskRow},
};

/// What is still to be paid in a case.
pub fn due(case: &CaseState) -> Fen {
    match case.fees.status {
        FeeStatus::None | FeeStatus::Waived => Fen(0),
        _ => Fen((case.fees.due.0 - case.fees.paid.0).max(0)),
    }
}

/// The key of the payment that settles what is due now: the same debt has the same key.
pub fn payment_key(case: &CaseState) -> String {
    format!("{}.{}.{}", case.id, case.fees.due.0, case.fees.paid.0)
}

/// The case a key of a payment belongs to.
pub fn case_of(key: &str) -> Option<CaseId> {
    key.split('.').next()?.parse().ok()
}

impl App {
    /// Opens the payment of what is due and gives its key; nothing where nothing is due.
    pub async fn open_payment(&self, case: &CaseState) -> Result<Option<String>, AppError> {
        let amount = due(case);
        if amount.0 <= 0 {
            return Ok(None);
        }
        let number = case.number.as_ref().map(ToString::to_string).unwrap_or_default();
        let key = payment_key(case);
        let amount_fen = u64::try_from(amount.0).expect("an amount above nothing");
        let notice = Notice { key: key.clone(), amount_fen, purpose: format!("{number}案件受理费") };
        self.ports().payments.open(&notice).await.map_err(failed)?;
        Ok(Some(key))
    }

    /// Asks the bank for the payment under `key` and enters it if it came. Asking twice enters it once.
    pub async fn settle_payment(&self, key: &str, command: CommandId) -> Result<Option<Decided>, AppError> {
        let id = case_of(key).ok_or(AppError::NotFound)?;
        let PaymentOutcome::Paid { amount_fen, .. } = self.ports().payments.outcome(key).await.map_err(failed)? else {
            return Ok(None);
        };
        let case = self.load(id).await?;
        let receipt_no = receipt_no(key);
        if case.fees.receipts.contains(&receipt_no) {
            return Ok(None);
        }
        let amount = Fen(i64::try_from(amount_fen).map_err(|fault| AppError::failed("the bank", fault))?);
        let pay = FeeCommand::Pay { amount, channel: "bank".to_owned(), receipt_no };
        self.decide(id, &Actor::System, command, pay.into()).await.map(Some)
    }

    /// The account of the demonstration bank under `key`; nothing at a real bank.
    pub fn demonstration_account(&self, key: &str) -> Option<Account> {
        self.ports().payments.demonstration()?.book().accounts.get(key).cloned()
    }

    /// Plays the payer at the demonstration bank; nobody can at a real one.
    pub fn play_payer(&self, key: &str, paid_on: Date) -> Result<(), AppError> {
        let bank = self.ports().payments.demonstration().ok_or(AppError::NotFound)?;
        bank.pay(key, paid_on).map_err(|fault| match fault {
            PaymentError::NotOpened => AppError::NotFound,
            fault => failed(fault),
        })
    }

    /// Refunds that wait for finance, the most urgent first.
    pub async fn refunds(&self) -> Result<Vec<TaskRow>, AppError> {
        self.rows(Query::of("tasks", Cond::is("kind", "refund")).by("due_on", Direction::Up).page(500, 0)).await
    }

    /// Cases with a fee, for finance: newest first.
    pub async fn fee_cases(&self, page: u64) -> Result<Page<CaseRow>, AppError> {
        let charged = Cond::Compare("fee_fen", Operator::Above, Value::Int(0));
        self.page(charged, &[("changed_rank", Direction::Down)], page, 50).await
    }
}

/// The receipt number of a payment at the bank: unique as its key is.
fn receipt_no(key: &str) -> String {
    use sha2::{Digest as _, Sha256};
    let hash = Sha256::digest(key.as_bytes());
    let number = hash.iter().take(6).fold(0_u64, |sum, byte| sum * 256 + u64::from(*byte));
    format!("SF{number:015}")
}

fn failed(fault: PaymentError) -> AppError {
    AppError::failed("the bank", fault)
}
