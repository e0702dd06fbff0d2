//! Promises about the compare-and-swap copy of the newest checkpoint.

use std::sync::Arc;

use futures::future::join_all;

use crate::CheckpointLock;

const ORIGIN: &str = "court.example/金山/record";

async fn load(lock: &dyn CheckpointLock) -> Option<String> {
    lock.load(ORIGIN).await.expect("a lock can be read")
}

async fn swap(lock: &dyn CheckpointLock, old: Option<&str>, new: &str) -> bool {
    lock.swap(ORIGIN, old, new).await.expect("a lock can be swapped")
}

/// Nothing was signed yet.
pub async fn a_lock_is_empty_at_first(lock: Arc<dyn CheckpointLock>) {
    assert_eq!(load(&*lock).await, None);
    assert!(!swap(&*lock, Some("anything"), "new").await);
    assert_eq!(load(&*lock).await, None);
}

/// Whoever does not know the newest checkpoint can't replace it.
pub async fn a_swap_needs_what_is_there(lock: Arc<dyn CheckpointLock>) {
    assert!(swap(&*lock, None, "one\n\n— sig\n").await);
    assert!(!swap(&*lock, None, "two").await);
    assert!(!swap(&*lock, Some("zero"), "two").await);
    assert!(swap(&*lock, Some("one\n\n— sig\n"), "two").await);
    assert_eq!(load(&*lock).await.as_deref(), Some("two"));
}

/// The two logs of a court, and several courts, do not touch each other.
pub async fn origins_are_apart(lock: Arc<dyn CheckpointLock>) {
    assert!(swap(&*lock, None, "record").await);
    let other = "court.example/金山/access";
    assert_eq!(lock.load(other).await.expect("a lock can be read"), None);
    assert!(lock.swap(other, None, "access").await.expect("a lock can be swapped"));
    assert_eq!(load(&*lock).await.as_deref(), Some("record"));
}

/// Two signers at once can't both succeed: there is no split view.
pub async fn one_of_racing_signers_wins(lock: Arc<dyn CheckpointLock>) {
    let racing = (0..8).map(|signer| {
        let lock = Arc::clone(&lock);
        tokio::spawn(async move { swap(&*lock, None, &format!("signer {signer}")).await })
    });

    let won: Vec<_> = join_all(racing).await.into_iter().map(|won| won.expect("a signer runs")).collect();

    assert_eq!(won.iter().filter(|won| **won).count(), 1);
    let winner = won.iter().position(|won| *won).expect("one won");
    assert_eq!(load(&*lock).await, Some(format!("signer {winner}")));
}
