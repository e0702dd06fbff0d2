//! Promises about the rows of the read model.

use super::*;
use crate::{Cond, Query};

async fn papers(store: &dyn Store) -> Vec<Row> {
    store.select(&Query::of("paper", Cond::True)).await.expect("rows can be read")
}

fn delete(id: &str) -> RowChange {
    RowChange::Delete { table: "paper", key: vec![id.into()] }
}

fn put(id: &str, pages: i64) -> RowChange {
    RowChange::Put { table: "paper", row: paper(id, pages) }
}

async fn are_current(store: &dyn Store) -> bool {
    store.rows_are_current().await.expect("it can be told")
}

/// A row has one version, and deleting what is not there is no error.
pub async fn a_row_is_put_replaced_and_deleted(premises: &dyn Premises) {
    let store = opened(premises).await;
    kept(&*store, act(1).puts("a", 1).puts("b", 1)).await;
    assert_eq!(papers(&*store).await, [paper("a", 1), paper("b", 1)]);

    let mut change = act(2).puts("a", 2);
    change.rows.extend([delete("b"), delete("never there")]);
    kept(&*store, change).await;

    assert_eq!(papers(&*store).await, [paper("a", 2)]);
}

/// Later acts of a batch overrule earlier ones, row by row.
pub async fn the_last_word_in_a_batch_stands(premises: &dyn Premises) {
    let store = opened(premises).await;
    let mut second = act(2).puts("b", 2);
    second.rows.extend([delete("a"), delete("c"), put("c", 9)]);

    commit(&*store, vec![act(1).puts("a", 1).puts("b", 1).puts("c", 1), second]).await;

    assert_eq!(papers(&*store).await, [paper("b", 2), paper("c", 9)]);
}

/// Rows are current from the empty store on, whoever commits.
pub async fn rows_follow_the_record(premises: &dyn Premises) {
    let store = opened(premises).await;
    assert!(are_current(&*store).await);

    kept(&*store, act(1).writes("case", 0, 3).puts("a", 1)).await;
    kept(&*store, act(2).in_access_log().writes("look", 0, 1)).await;

    assert!(are_current(&*store).await);
    assert!(are_current(&*opened(premises).await).await);
}

/// What was there is gone, what is given is there, in every table.
pub async fn replacing_rows_replaces_all_of_them(premises: &dyn Premises) {
    let store = opened(premises).await;
    let mut first = act(1).writes("case", 0, 1).puts("a", 1);
    let reader = vec!["a".into(), "li".into(), 1.into()];
    first.rows.push(RowChange::Put { table: "reader", row: reader });
    kept(&*store, first).await;
    let rows = (0..150).map(|place| put(&format!("{place:03}"), place)).collect();

    assert!(store.replace_rows(rows, 1).await.expect("rows can be replaced"));

    let expected: Vec<_> = (0..150).map(|place| paper(&format!("{place:03}"), place)).collect();
    assert_eq!(papers(&*store).await, expected);
    assert_eq!(store.count("reader", &Cond::True).await.expect("rows can be counted"), 0);
    assert!(are_current(&*store).await);
    kept(&*store, act(2).writes("case", 1, 1).puts("000", 7)).await;
    assert_eq!(papers(&*store).await[0], paper("000", 7), "acts go on in the new tables");
    assert!(store.replace_rows(vec![], 2).await.expect("rows can be replaced again"));
    assert_eq!(papers(&*store).await, Vec::<Row>::new());
}

/// Rows computed from an older record must not hide what came since.
pub async fn rows_are_not_replaced_if_the_record_grew(premises: &dyn Premises) {
    let store = opened(premises).await;
    kept(&*store, act(1).writes("case", 0, 1).puts("a", 1)).await;
    kept(&*store, act(2).writes("case", 1, 1).puts("b", 1)).await;

    let replaced = store.replace_rows(vec![put("old", 1)], 1).await;

    assert!(!replaced.expect("it can be told"));
    assert_eq!(papers(&*store).await, [paper("a", 1), paper("b", 1)]);
    assert!(are_current(&*store).await);
}

/// While people act and look, another node rebuilds again and again: no row is lost, nobody fails.
pub async fn a_rebuild_races_with_acts_and_questions(premises: &dyn Premises) {
    const ACTS: u64 = 60;
    let (here, there) = (opened(premises).await, opened(premises).await);
    let acting = tokio::spawn(async move {
        for id in 0..ACTS {
            let name = format!("{id:02}");
            kept(&*here, act(u128::from(id) + 1).writes(&name, 0, 1).puts(&name, 1)).await;
        }
    });
    let store = opened(premises).await;
    let looking = tokio::spawn(async move {
        let readable = Cond::Exists { table: "reader", on: &[("paper", "id")], cond: Box::new(Cond::True) };
        let either = readable.or(Cond::True);
        for _ in 0..ACTS {
            store.count("paper", &either).await.expect("rows can be counted");
        }
    });

    while !acting.is_finished() {
        rebuild(&*there).await;
    }

    acting.await.expect("acts go on");
    looking.await.expect("questions go on");
    let expected: Vec<_> = (0..ACTS).map(|id| paper(&format!("{id:02}"), 1)).collect();
    assert_eq!(papers(&*there).await, expected);
    assert!(are_current(&*there).await);
}

async fn rebuild(store: &dyn Store) -> bool {
    let upto = size(store).await;
    let log = store.read_log(LogId::RECORD, 0, upto).await.expect("the log can be read");
    let rows = log.iter().map(|event| put(event.stream.0.trim_start_matches("thing/"), 1));
    store.replace_rows(rows.collect(), upto).await.expect("rows can be replaced")
}

/// After an upgrade the record is whole, and the read model says that it must be built anew.
pub async fn another_schema_asks_for_new_rows(premises: &dyn Premises) {
    const NOTE: Table =
        Table { name: "note", columns: &[column("id", ColumnKind::Int, false)], key_len: 1, indexes: &[] };
    const UPGRADED: Schema =
        Schema(&[Table { columns: &[PAPER.columns[0], PAPER.columns[1]], indexes: &[], ..PAPER }, NOTE]);
    let old = opened(premises).await;
    kept(&*old, act(1).writes("case", 0, 2).puts("a", 1)).await;
    drop(old);

    let store = premises.open(UPGRADED).await.expect("the store can be opened");

    assert_eq!(size(&*store).await, 2);
    assert!(!are_current(&*store).await);
    kept(&*store, act(2).writes("case", 2, 1)).await;
    assert!(!are_current(&*store).await, "an act does not make up for what is missing");
    let row = vec!["a".into(), "answer".into()];
    let rows = vec![
        RowChange::Put { table: "paper", row: row.clone() },
        RowChange::Put { table: "note", row: vec![4.into()] },
    ];
    assert!(store.replace_rows(rows, 3).await.expect("rows can be replaced"));
    assert!(are_current(&*store).await);
    assert_eq!(papers(&*store).await, [row]);
}
