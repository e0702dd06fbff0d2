//! Requests about one draft take turns, so that a change kept in passing never overwrites what was typed
//! after it.

use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::LazyLock,
};

use tokio::sync::{Mutex, MutexGuard};

static TURNS: LazyLock<[Mutex<()>; 64]> = LazyLock::new(|| std::array::from_fn(|_| Mutex::new(())));

/// Waits for its turn; the turn ends when what it gives is dropped. Drafts may share a turn, which costs
/// a moment and nothing else.
pub async fn turn(draft: &str) -> MutexGuard<'static, ()> {
    let mut hasher = DefaultHasher::new();
    draft.hash(&mut hasher);
    let at = usize::try_from(hasher.finish() % 64).expect("below 64");
    TURNS[at].lock().await
}
