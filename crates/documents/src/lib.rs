//! Case facts in, document structures out: pure

pub mod structure;
pub mod wording;
