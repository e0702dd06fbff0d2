//! The suite of the checkpoint lock on files, SQLite and PostgreSQL.

use xiezhi_store::lock_conformance;
use xiezhi_store_sql::testing::{Postgres, TempFolder};
use xiezhi_store_sql::{FileLock, SqlLock};

mod file {
    use super::*;

    fn fresh() -> (FileLock, TempFolder) {
        let folder = TempFolder::new("lock");
        (FileLock::open(folder.path().join("deep/down")).expect("a folder can be made"), folder)
    }

    lock_conformance!(fresh());

    #[tokio::test]
    async fn a_reopened_lock_knows_what_was_signed() {
        use xiezhi_store::CheckpointLock as _;
        let folder = TempFolder::new("lock");
        let lock = FileLock::open(folder.path()).expect("the folder is there");
        assert!(lock.swap("court/../etc", None, "note").await.expect("a lock can be swapped"));

        let lock = FileLock::open(folder.path()).expect("the folder is there");

        let found = lock.load("court/../etc").await.expect("a lock can be read");
        assert_eq!(found.as_deref(), Some("note"));
    }
}

mod sqlite {
    use super::*;

    async fn fresh() -> (SqlLock, TempFolder) {
        let folder = TempFolder::new("lock");
        let lock = SqlLock::open(&folder.sqlite_url("lock.db")).await;
        (lock.expect("a lock can be opened"), folder)
    }

    lock_conformance!(fresh().await);
}

mod postgres {
    use super::*;

    async fn fresh() -> (SqlLock, ()) {
        let url = Postgres::serving().fresh_database().await;
        (SqlLock::open(&url).await.expect("a lock can be opened"), ())
    }

    lock_conformance!(fresh().await);
}
