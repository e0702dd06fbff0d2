//! What tests stand on: folders that go away, and a real PostgreSQL that lives as long as the tests.

mod folder;
mod postgres;

pub use folder::TempFolder;
pub use postgres::Postgres;
