//! Xiezhi: a paperless court in one program.
fn main() {}
