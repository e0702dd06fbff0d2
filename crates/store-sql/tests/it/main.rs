//! SQLite and PostgreSQL keep what every store promises, and some promises of their own.

mod crash;
mod disk;
mod immutable;
mod locks;
mod pages;
mod postgres;
mod safe;
mod sqlite;
