//! The read model computed anew is the read model, row for row.

use xiezhi_domain::people::Post;
use xiezhi_store::{Cond, LogId, Query, Row};

use crate::{
    cast::staff,
    court::Court,
    example::example,
    steps::{case, file, submit},
    story,
};

async fn all_rows(court: &Court) -> Vec<(&'static str, Vec<Row>)> {
    let mut all = vec![];
    for table in xiezhi_app::tables::SCHEMA.0 {
        let rows = court.store.select(&Query::of(table.name, Cond::True)).await.expect("rows are read");
        all.push((table.name, rows));
    }
    all
}

async fn rebuilding_gives_the_same_rows(court: Court) {
    let mut suit = story::told_to_service(court).await;
    for number in 1..4 {
        submit(&mut suit.court, &example(1), number).await;
    }
    let court = &mut suit.court;
    court.act(case(1), &staff(Post::FilingClerk), file(example(1).procedure())).await.expect("it is filed");
    let before = all_rows(court).await;
    assert_eq!(court.app.differing_rows_of_all().await.expect("rows are compared"), vec![]);

    let mut told = vec![];
    court.app.rebuild(&mut |done, of| told.push((done, of))).await.expect("rows are computed anew");

    assert_eq!(all_rows(court).await, before);
    assert_eq!(told.last(), Some(&(4, 4)));
    assert!(court.store.rows_are_current().await.expect("the store answers"));
}

#[tokio::test]
async fn rebuilding_gives_the_same_rows_in_memory() {
    rebuilding_gives_the_same_rows(Court::in_memory("2026-02-27").await).await;
}

#[tokio::test]
async fn rebuilding_gives_the_same_rows_on_sqlite() {
    rebuilding_gives_the_same_rows(Court::on_sqlite("2026-02-27").await).await;
}

#[tokio::test]
async fn rebuilding_gives_the_same_rows_on_postgres() {
    rebuilding_gives_the_same_rows(Court::on_postgres("2026-02-27").await).await;
}

#[tokio::test]
async fn a_fresh_node_sees_what_the_old_one_saw() {
    let suit = story::told_to_pretrial(Court::on_sqlite("2026-02-27").await).await;
    let court = &suit.court;
    let other = Court::opened(court.store.clone(), court.shelf.clone(), court.lock.clone(), None, "2026-03-06");
    assert_eq!(*other.app.load(suit.id).await.expect("the case is there"), *suit.state().await);
    assert!(court.store.size(LogId::RECORD).await.expect("the record answers") > 0);
}
