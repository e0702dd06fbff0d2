//! The rules of procedure and of the office: pure
