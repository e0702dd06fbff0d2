//! Promises about working data.

use futures::future::join_all;

use super::*;
use crate::WorkingItem;

async fn found(store: &dyn Store, id: &str, now_us: i64) -> Option<WorkingItem> {
    store.working(&draft_key(id), now_us).await.expect("working data can be read")
}

async fn change(store: &dyn Store, changes: Vec<WorkingChange>) {
    store.change_working(changes).await.expect("working data can be changed");
}

async fn swap(store: &dyn Store, id: &str, expected: u64, expires_us: Option<i64>) -> bool {
    let swapped = store.swap_working(draft(id, "swapped", expires_us), expected, 1_000).await;
    swapped.expect("working data can be swapped")
}

/// Every write counts one up; what was deleted begins anew.
pub async fn a_write_counts_revisions(premises: &dyn Premises) {
    let store = opened(premises).await;
    change(&*store, vec![draft("a", "one", None)]).await;
    change(&*store, vec![draft("a", "two", None), draft("a", "three", None)]).await;

    let expected = WorkingItem {
        key: draft_key("a"),
        owner: "王书记员".to_owned(),
        rev: 3,
        value: b"three".to_vec(),
        updated_us: 1_000,
        expires_us: None,
    };
    assert_eq!(found(&*store, "a", 0).await, Some(expected));
    change(&*store, vec![WorkingChange::Delete { key: draft_key("a") }]).await;
    assert_eq!(found(&*store, "a", 0).await, None);
    change(&*store, vec![draft("a", "four", None)]).await;
    assert_eq!(found(&*store, "a", 0).await.map(|item| item.rev), Some(1));
}

/// At the moment it expires, a session is no more.
pub async fn what_expired_is_gone(premises: &dyn Premises) {
    let store = opened(premises).await;
    change(&*store, vec![draft("a", "x", Some(2_000)), draft("b", "x", None)]).await;

    assert!(found(&*store, "a", 1_999).await.is_some());
    assert!(found(&*store, "a", 2_000).await.is_none());
    let of = store.working_of("draft", None, 2_000).await.expect("working data can be read");
    assert_eq!(of.into_iter().map(|item| item.key.id).collect::<Vec<_>>(), ["b"]);
}

/// Who saw an older version does not overwrite a newer one.
pub async fn a_swap_needs_the_expected_revision(premises: &dyn Premises) {
    let store = opened(premises).await;

    assert!(!swap(&*store, "a", 1, None).await, "there is nothing yet");
    assert!(swap(&*store, "a", 0, None).await);
    assert!(!swap(&*store, "a", 0, None).await, "now there is something");
    assert!(swap(&*store, "a", 1, Some(1_001)).await);
    assert!(!swap(&*store, "a", 1, None).await);
    assert!(swap(&*store, "a", 2, Some(900)).await);
    assert!(!swap(&*store, "a", 3, None).await, "it expired");
    assert!(swap(&*store, "a", 0, None).await, "what expired is absent");
    assert_eq!(found(&*store, "a", 1_000).await.map(|item| item.rev), Some(1));
}

/// Ten tabs save at once; one wins.
pub async fn one_of_racing_swaps_wins(premises: &dyn Premises) {
    let store = opened(premises).await;
    for expected in 0..3 {
        let racing = (0..10).map(|_| swap(&*store, "a", expected, None));
        let won = join_all(racing).await.into_iter().filter(|won| *won).count();
        assert_eq!(won, 1);
    }
    assert_eq!(found(&*store, "a", 0).await.map(|item| item.rev), Some(3));
}

/// A sweep takes what expired, and nothing else.
pub async fn a_sweep_takes_what_expired(premises: &dyn Premises) {
    let store = opened(premises).await;
    let drafts = [("a", Some(10)), ("b", Some(20)), ("c", None)];
    change(&*store, drafts.map(|(id, expires)| draft(id, "x", expires)).to_vec()).await;

    assert_eq!(store.sweep_working(10).await.expect("working data is swept"), 1);
    assert_eq!(store.sweep_working(10).await.expect("working data is swept"), 0);
    assert!(found(&*store, "b", 10).await.is_some() && found(&*store, "c", 10).await.is_some());
}

/// A person's work comes newest first, and is theirs alone.
pub async fn work_of_an_owner_comes_newest_first(premises: &dyn Premises) {
    let store = opened(premises).await;
    let work = |kind, id: &str, owner: &str, updated_us| WorkingChange::Put {
        key: WorkingKey::new(kind, id),
        owner: owner.to_owned(),
        value: vec![],
        updated_us,
        expires_us: None,
    };
    change(
        &*store,
        vec![
            work("draft", "old", "li", 1),
            work("draft", "new", "li", 3),
            work("draft", "hers", "zhao", 2),
            work("session", "new", "li", 4),
        ],
    )
    .await;

    let ids = async |owner| {
        let found = store.working_of("draft", owner, 0).await.expect("working data can be read");
        found.into_iter().map(|item| item.key.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(Some("li")).await, ["new", "old"]);
    assert_eq!(ids(None).await, ["new", "hers", "old"]);
}

/// One malformed change, and none is made.
pub async fn changes_are_all_or_nothing(premises: &dyn Premises) {
    let store = opened(premises).await;

    let outcome = store.change_working(vec![draft("a", "x", None), draft("b\0", "x", None)]).await;

    assert!(matches!(outcome, Err(StoreError::Malformed(_))), "{outcome:?}");
    assert_eq!(found(&*store, "a", 0).await, None);
}
