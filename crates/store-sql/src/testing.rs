//! What tests stand on: folders that go away, and a real PostgreSQL that lives as long as the tests.

mod folder;
mod intruder;
mod pair;
mod postgres;

pub use folder::TempFolder;
pub use intruder::Intruder;
pub use pair::Pair;
pub use postgres::Postgres;
