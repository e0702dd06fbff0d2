//! The outside world behind small traits: who a person is, whether a fee was paid, messages, time
//! stamps, witnesses, viruses.
//!
//! Every call that does something outside carries a key, and repeating it under the same key does nothing
//! more: the outbox may always try again. A `Demonstration…` implementation needs nothing outside, says so
//! by `is_demonstration`, and a real court refuses to start with it. Nothing here knows about cases.

mod bounces;
mod carriers;
mod identity;
mod keep;
mod mail;
mod message;
mod payment;
mod texts;
mod timestamp;
mod virus;
mod witness;

pub use bounces::{CameBack, Maildir, returned};
pub use carriers::Carriers;
pub use identity::{Claim, DemonstrationIdentity, Identity, IdentityError, ListedPerson, VerifiedPerson};
pub use keep::{Keep, in_memory};
pub use mail::{Mail, MailRelay};
pub use message::{
    Channel, Delivery, DemonstrationMessages, Message, MessageError, Messages, Outbox, Pattern, SentMessage,
};
pub use payment::{
    Account, BankBook, DemonstrationBank, Notice, OpenedPayment, PaymentError, PaymentOutcome, Payments,
};
pub use texts::{Texts, TextsAccount};
pub use timestamp::{AuthorityUnreachable, HttpTimeStamps, TimeStamps};
pub use virus::{Clamd, Scanned, ScannerDown, VirusScanner};
pub use witness::{HttpWitnesses, WitnessAnswer, WitnessUnreachable, Witnesses};
