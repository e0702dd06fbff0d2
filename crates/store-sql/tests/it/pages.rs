//! The index of pages on both databases.

mod sqlite {
    use xiezhi_store_sql::testing::TempFolder;
    use xiezhi_store_sql::{SqlPages, beside};

    xiezhi_store::pages_conformance!(async {
        let folder = TempFolder::new("pages");
        let index = SqlPages::open(&beside(&folder.sqlite_url("court.db"))).await.expect("it opens");
        (index, folder)
    });

    #[tokio::test]
    async fn an_index_that_was_deleted_begins_anew_and_one_that_was_not_goes_on() {
        use xiezhi_store::pages::PageIndex;
        let folder = TempFolder::new("pages");
        let url = folder.sqlite_url("court-search.db");
        for expected in [0, 7] {
            let index = SqlPages::open(&url).await.expect("it opens");
            assert_eq!(index.reached().await.expect("it answers"), expected);
            index.reach(7).await.expect("it is kept");
            index.close().await;
        }
        std::fs::remove_file(folder.path().join("court-search.db")).expect("it is a file");
        let index = SqlPages::open(&url).await.expect("it opens");
        assert_eq!(index.reached().await.expect("it answers"), 0);
    }
}

mod postgres {
    use xiezhi_store_sql::SqlPages;
    use xiezhi_store_sql::testing::Postgres;

    xiezhi_store::pages_conformance!(async {
        let url = Postgres::serving().fresh_database().await;
        (SqlPages::open(&url).await.expect("it opens"), ())
    });
}
