//! SQLite and PostgreSQL: the only SQL in the house.
//!
//! One text where the databases agree, values only as bound parameters, and no decision: what a batch
//! comes to is decided by [`xiezhi_store::plan`]; here it is looked up and written. Knows nothing
//! about cases: names of tables and columns arrive in a [`xiezhi_store::Schema`].

mod db;
mod file_lock;
mod lease;
mod lite;
mod open;
mod outbox;
mod pages;
mod query;
mod record;
mod rows;
mod sql_lock;
mod statement;
mod store;
#[cfg(feature = "testing")]
pub mod testing;
mod transfer;
mod working;

pub use file_lock::FileLock;
pub use pages::{SqlPages, beside};
pub use sql_lock::SqlLock;
pub use store::SqlStore;
pub use transfer::SqlTransfer;
