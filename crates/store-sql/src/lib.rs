//! SQLite and PostgreSQL: the only SQL in the house
