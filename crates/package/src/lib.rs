//! The archive package (归档包): one archived case as a strict BagIt bag (RFC 8493), written and checked.
//!
//! Whoever holds a package and the court's policy can check all of it with nothing from the court: every file
//! against the manifests, every event against the court's log, the seal against events and papers. A person reads
//! it without any program: `index.html` leads to every paper.
//!
//! This crate knows files, hashes and the ledger. It knows no court, no case and no network; what is in a package
//! is told to it, and what a package says is read from its events as they were committed to.

pub mod bag;
pub mod check;
pub mod files;
pub mod layout;
pub mod sums;
pub mod zip;

pub use bag::{Bag, Content, Item};
pub use check::{Fault, Report, check};
pub use files::{Files, Folder, Zipped, open};
pub use layout::{DocumentRow, EventRow, Extract, Seal, Withheld};
