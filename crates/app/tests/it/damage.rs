//! Damage: each kind is found by the check of everything, and by the check of the case it touches.

use xiezhi_app::{
    audit::{Checked, Difference},
    tables::{CaseRow, TableRow},
};
use xiezhi_store::{CommandKey, Commit, Cond, LogId, Query, RowChange, Value, blob::Digest};

use crate::{court::Court, steps::Suit, story};

async fn proven() -> Suit {
    let suit = story::told_to_pretrial(Court::in_memory("2026-02-27").await).await;
    suit.court.app.prove(LogId::RECORD).await.expect("it is signed");
    suit
}

async fn audit(suit: &Suit) -> Vec<Difference> {
    suit.court.app.audit(&mut |_, _| {}).await.expect("everything is checked").differences
}

async fn check(suit: &Suit) -> Checked {
    suit.court.app.check_case(suit.id).await.expect("the case is checked")
}

#[tokio::test]
async fn a_sound_court_has_no_differences() {
    let suit = proven().await;
    assert_eq!(audit(&suit).await, vec![]);
    let checked = check(&suit).await;
    assert_eq!((checked.differences, checked.proven), (vec![], checked.events));
    assert!(checked.files > 0);
}

#[tokio::test]
async fn what_is_not_signed_yet_is_counted_apart() {
    let mut suit = proven().await;
    suit.link(2).await;
    let checked = check(&suit).await;
    assert!(checked.proven < checked.events);
    assert_eq!(checked.differences, vec![]);
}

#[tokio::test]
async fn a_flipped_byte_of_a_file_is_found() {
    let suit = proven().await;
    let case = suit.state().await;
    let sha256 = case.materials.values().next().expect("the case has papers").file.sha256.clone();
    let digest: Digest = sha256.parse().expect("a digest");
    suit.court.blobs.spoil(digest);
    assert_eq!(check(&suit).await.differences, vec![Difference::File { sha256: sha256.clone() }]);
    assert_eq!(audit(&suit).await, vec![Difference::File { sha256 }]);
}

async fn change_rows(court: &Court, rows: Vec<RowChange>) {
    let id = xiezhi_app::moment::new_id(court.now());
    let commit = Commit {
        log: LogId::RECORD,
        command: CommandKey { id, hash: [0; 32] },
        actor: "intruder".to_owned(),
        at_us: 0,
        read: vec![],
        write: vec![],
        rows,
        outbox: vec![],
        working: vec![],
    };
    court.app.writer().commit(commit).await.expect("rows are changed");
}

#[tokio::test]
async fn a_changed_row_is_found() {
    let suit = proven().await;
    let query = Query::of("cases", Cond::is("case_id", suit.id.to_string()));
    let mut rows: Vec<CaseRow> = suit.court.app.rows(query).await.expect("rows are read");
    let mut row = rows.remove(0);
    row.fee_fen += 1;
    change_rows(&suit.court, vec![RowChange::Put { table: "cases", row: row.into_row() }]).await;
    let differences = check(&suit).await.differences;
    assert!(matches!(&differences[..], [Difference::Row { table, .. }] if table == "cases"), "{differences:?}");
    assert_eq!(audit(&suit).await, differences);
}

#[tokio::test]
async fn a_row_that_was_taken_away_is_found() {
    let suit = proven().await;
    let key = vec![Value::Text(suit.id.to_string())];
    change_rows(&suit.court, vec![RowChange::Delete { table: "cases", key }]).await;
    let differences = audit(&suit).await;
    assert!(matches!(&differences[..], [Difference::Row { table, .. }] if table == "cases"), "{differences:?}");
}

#[tokio::test]
async fn a_row_of_no_case_is_found() {
    let suit = proven().await;
    let query = Query::of("cases", Cond::is("case_id", suit.id.to_string()));
    let mut rows: Vec<CaseRow> = suit.court.app.rows(query).await.expect("rows are read");
    let mut row = rows.remove(0);
    row.case_id = crate::steps::case(77).to_string();
    change_rows(&suit.court, vec![RowChange::Put { table: "cases", row: row.into_row() }]).await;
    let differences = audit(&suit).await;
    assert!(matches!(&differences[..], [Difference::Row { table, .. }] if table == "cases"), "{differences:?}");
}

#[tokio::test]
async fn a_lost_tile_is_found() {
    let suit = proven().await;
    let tile = suit.court.shelf.paths().into_iter().rfind(|path| path.starts_with("record/tile/0/"));
    let path = tile.expect("tiles were written");
    suit.court.shelf.lose(&path);
    let lost = Difference::Tile { path };
    assert!(audit(&suit).await.contains(&lost));
    assert!(check(&suit).await.differences.contains(&lost));
}

#[tokio::test]
async fn a_lost_bundle_is_found() {
    let suit = proven().await;
    let bundle = suit.court.shelf.paths().into_iter().rfind(|path| path.starts_with("record/tile/entries/"));
    let path = bundle.expect("bundles were written");
    suit.court.shelf.lose(&path);
    assert_eq!(audit(&suit).await, vec![Difference::Tile { path }]);
}

#[tokio::test]
async fn a_lost_published_checkpoint_is_found() {
    let suit = proven().await;
    suit.court.shelf.lose("record/checkpoint");
    let differences = audit(&suit).await;
    assert!(matches!(&differences[..], [Difference::Checkpoint { log, .. }] if log == "record"), "{differences:?}");
}
