//! The rules of procedure and of the office: pure

pub mod law;
