//! Serves a PostgreSQL for as long as its input lasts, and prints the URL of a fresh database: for the bench.

use std::io::Read as _;

use xiezhi_store_sql::testing::Postgres;

#[tokio::main]
async fn main() {
    println!("{}", Postgres::serving().fresh_database().await);
    // The end of the input, or of whoever gives it, is the end of the server.
    let _ = std::io::stdin().read_to_end(&mut Vec::new());
}
