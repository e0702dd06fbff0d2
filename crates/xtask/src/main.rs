//! Checks and generated docs of the project.
fn main() {}
