//! Whether a fee was paid: the bank's word, asked for as often as needed.

use std::collections::BTreeMap;
use std::io;

use async_trait::async_trait;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::keep::{Keep, Kept};

/// A payment notice (缴费通知) as the bank needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Names the notice for ever; the same key opens the same payment.
    pub key: String,
    /// What is to be paid.
    pub amount_fen: u64,
    /// What the payer reads on their statement.
    pub purpose: String,
}

/// A payment that waits for its payer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedPayment {
    /// What the bank calls it: the number the payer quotes (缴款码).
    pub reference: String,
}

/// What the bank knows of a payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum PaymentOutcome {
    /// Nobody paid yet.
    Waiting,
    /// The whole amount came in (到账).
    Paid {
        /// What was paid.
        amount_fen: u64,
        /// The day on which it came in.
        paid_on: Date,
    },
    /// The bank never heard of it.
    Unknown,
}

/// Why the bank did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum PaymentError {
    /// The key names another notice: another amount or purpose.
    #[error("the key already names another notice")]
    KeyReused,
    /// No payment was opened under the key.
    #[error("no payment was opened under this key")]
    NotOpened,
    /// The bank cannot be reached; nothing is known.
    #[error("the bank cannot be reached")]
    Unreachable(#[from] io::Error),
}

impl PaymentError {
    /// Returns the stable name of the error.
    pub fn code(&self) -> &'static str {
        match self {
            Self::KeyReused => "payment.key-reused",
            Self::NotOpened => "payment.not-opened",
            Self::Unreachable(_) => "payment.unreachable",
        }
    }
}

/// A bank that takes fees for the court.
#[async_trait]
pub trait Payments: Send + Sync {
    /// Tells whether no money moves.
    fn is_demonstration(&self) -> bool;

    /// The bank in which no money moves, if it is that one: there someone plays the payer.
    fn demonstration(&self) -> Option<&DemonstrationBank> {
        None
    }

    /// Opens a payment for a notice, or answers with the one that was opened under its key.
    ///
    /// # Errors
    /// [`PaymentError`].
    async fn open(&self, notice: &Notice) -> Result<OpenedPayment, PaymentError>;

    /// Asks what became of a payment.
    ///
    /// # Errors
    /// [`PaymentError::Unreachable`].
    async fn outcome(&self, key: &str) -> Result<PaymentOutcome, PaymentError>;
}

/// What the demonstration bank remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BankBook {
    /// Payments by the key of their notice.
    pub accounts: BTreeMap<String, Account>,
}

/// A payment in the book of the demonstration bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The notice as it came.
    pub notice: Notice,
    /// What the payer quotes.
    pub reference: String,
    /// When someone played the payer.
    pub paid_on: Option<Date>,
}

/// A bank in which no money moves: someone presses "pay", and it was paid.
///
/// It has no clock and no chance: references count up, and the day of payment is told to it.
pub struct DemonstrationBank {
    book: Kept<BankBook>,
}

impl DemonstrationBank {
    /// Goes on from a book, and keeps it by `keep` before it acknowledges any change.
    pub fn new(book: BankBook, keep: Keep<BankBook>) -> Self {
        Self { book: Kept::new(book, keep) }
    }

    /// Plays the payer. Paying twice is paying once, on the first day.
    ///
    /// # Errors
    /// [`PaymentError::NotOpened`].
    pub fn pay(&self, key: &str, paid_on: Date) -> Result<(), PaymentError> {
        self.book.change(|book| {
            let account = book.accounts.get_mut(key).ok_or(PaymentError::NotOpened)?;
            account.paid_on.get_or_insert(paid_on);
            Ok(())
        })
    }

    /// Returns the book as it stands.
    pub fn book(&self) -> BankBook {
        self.book.read().clone()
    }
}

impl BankBook {
    fn open(&mut self, notice: &Notice) -> Result<OpenedPayment, PaymentError> {
        let reference = format!("DEMO{:010}", self.accounts.len() + 1);
        let new = || Account { notice: notice.clone(), reference, paid_on: None };
        let account = self.accounts.entry(notice.key.clone()).or_insert_with(new);
        match account.notice == *notice {
            true => Ok(OpenedPayment { reference: account.reference.clone() }),
            false => Err(PaymentError::KeyReused),
        }
    }
}

#[async_trait]
impl Payments for DemonstrationBank {
    fn is_demonstration(&self) -> bool {
        true
    }

    fn demonstration(&self) -> Option<&DemonstrationBank> {
        Some(self)
    }

    async fn open(&self, notice: &Notice) -> Result<OpenedPayment, PaymentError> {
        self.book.change(|book| book.open(notice))
    }

    async fn outcome(&self, key: &str) -> Result<PaymentOutcome, PaymentError> {
        Ok(match self.book.read().accounts.get(key) {
            None => PaymentOutcome::Unknown,
            Some(Account { paid_on: None, .. }) => PaymentOutcome::Waiting,
            Some(Account { paid_on: Some(paid_on), notice, .. }) => {
                PaymentOutcome::Paid { amount_fen: notice.amount_fen, paid_on: *paid_on }
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::in_memory;

    fn bank() -> DemonstrationBank {
        DemonstrationBank::new(BankBook::default(), in_memory())
    }

    fn notice(amount_fen: u64) -> Notice {
        Notice { key: "notice-1".into(), amount_fen, purpose: "案件受理费".into() }
    }

    #[tokio::test]
    async fn opening_twice_opens_once() {
        let bank = bank();
        let first = bank.open(&notice(5_000)).await.expect("it opens");
        let second = bank.open(&notice(5_000)).await.expect("it answers again");
        assert_eq!(first, second);
        assert_eq!(bank.book().accounts.len(), 1);
    }

    #[tokio::test]
    async fn a_key_names_one_notice() {
        let bank = bank();
        bank.open(&notice(5_000)).await.expect("it opens");
        let refused = bank.open(&notice(6_000)).await.expect_err("another amount");
        assert_eq!(refused.code(), "payment.key-reused");
    }

    #[tokio::test]
    async fn a_payment_waits_until_it_is_paid_and_is_paid_once() {
        let bank = bank();
        bank.open(&notice(5_000)).await.expect("it opens");
        assert_eq!(bank.outcome("notice-1").await.expect("it answers"), PaymentOutcome::Waiting);
        bank.pay("notice-1", date(2026, 3, 2)).expect("it is paid");
        bank.pay("notice-1", date(2026, 3, 9)).expect("it was paid");
        let paid = PaymentOutcome::Paid { amount_fen: 5_000, paid_on: date(2026, 3, 2) };
        assert_eq!(bank.outcome("notice-1").await.expect("it answers"), paid);
    }

    #[tokio::test]
    async fn an_unknown_payment_is_unknown() {
        assert_eq!(bank().outcome("notice-2").await.expect("it answers"), PaymentOutcome::Unknown);
        let refused = bank().pay("notice-2", date(2026, 3, 2)).expect_err("it was never opened");
        assert_eq!(refused.code(), "payment.not-opened");
    }

    #[tokio::test]
    async fn what_could_not_be_kept_did_not_happen() {
        let full =
            DemonstrationBank::new(BankBook::default(), Box::new(|_| Err(io::Error::from(io::ErrorKind::StorageFull))));
        let refused = full.open(&notice(5_000)).await.expect_err("it cannot be kept");
        assert_eq!(refused.code(), "payment.unreachable");
        assert_eq!(full.book(), BankBook::default());
    }

    #[test]
    fn a_book_reads_back_as_it_was_written() {
        let book = BankBook { accounts: [("k".into(), account())].into() };
        let written = serde_json::to_string(&book).expect("a book is plain data");
        assert_eq!(serde_json::from_str::<BankBook>(&written).expect("it reads back"), book);
    }

    fn account() -> Account {
        let paid_on = Some(date(2026, 3, 2));
        Account { notice: notice(5_000), reference: "DEMO0000000001".into(), paid_on }
    }
}
