//! A witness (见证): a small server of another operator that cosigns the checkpoints of courts.
//!
//! It keeps one checkpoint for each log, and cosigns the next only if it continues that one. A court that
//! shows one history to some and another to others, or goes back to an old backup, gets no cosignature, and
//! whoever asks for a quorum of witnesses sees it.
//!
//! It speaks C2SP tlog-witness and knows nothing about courts, cases, or their store. What it decides is in
//! `xiezhi_ledger::witness`; here are its memory, its key and its pages.

mod config;
mod http;
mod key;
mod memory;
mod witness;

pub use config::{Config, DOCUMENTED, KeyKind};
pub use http::{Clock, router};
pub use key::open as open_key;
pub use memory::Memory;
pub use witness::{Fault, Witness};
