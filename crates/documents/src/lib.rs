//! Case facts in, document structures out: pure.
//!
//! [`facts::CaseFacts`] is what a case says, [`kinds::fill`] makes one paper of it, [`structure::Document`]
//! is that paper apart from its looks. A missing fact becomes a gap with a name; nothing is invented.

pub mod amount;
pub mod bundling;
pub mod compare;
pub mod elements;
#[cfg(test)]
mod examples;
pub mod facts;
pub mod kinds;
pub mod placeholders;
pub mod proofread;
pub mod receipts;
pub mod returned;
pub mod rows;
pub mod scanning;
pub mod structure;
pub mod wording;
