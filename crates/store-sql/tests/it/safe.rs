//! A database in which acknowledged acts could be lost is not opened.

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use xiezhi_store::{Schema, StoreError};
use xiezhi_store_sql::SqlStore;
use xiezhi_store_sql::testing::{Postgres, TempFolder};

const NOTHING: Schema = Schema(&[]);

fn is_unsafe(opened: Result<SqlStore, StoreError>) -> bool {
    matches!(opened, Err(StoreError::Unsafe(_)))
}

#[tokio::test]
async fn memory_is_no_place_for_a_record() {
    assert!(is_unsafe(SqlStore::open("sqlite::memory:", NOTHING).await));
}

#[tokio::test]
async fn an_unknown_database_is_refused() {
    assert!(is_unsafe(SqlStore::open("mysql://localhost/court", NOTHING).await));
}

#[tokio::test]
async fn a_server_that_acknowledges_too_early_is_refused() {
    let url = Postgres::serving().fresh_database().await;
    let (_, database) = url.rsplit_once('/').expect("the URL names a database");
    let mut connection = PgConnection::connect(&url).await.expect("the server answers");
    let weaken = format!("ALTER DATABASE {database} SET synchronous_commit = off");
    sqlx::query(AssertSqlSafe(weaken)).execute(&mut connection).await.expect("the setting is taken");

    assert!(is_unsafe(SqlStore::open(&url, NOTHING).await));
}

#[tokio::test]
async fn a_read_model_may_not_shadow_the_record() {
    use xiezhi_store::{Column, ColumnKind, Table};
    const SHADOW: Schema = Schema(&[Table {
        name: "event",
        columns: &[Column { name: "id", kind: ColumnKind::Int, nullable: false }],
        key_len: 1,
        indexes: &[],
    }]);
    let folder = TempFolder::new("shadow");

    let opened = SqlStore::open(&folder.sqlite_url("court.db"), SHADOW).await;

    assert!(matches!(opened, Err(StoreError::Malformed(_))), "{opened:?}");
}
