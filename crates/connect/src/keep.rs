//! How a demonstration keeps what it must remember: the caller says where.

use std::io;
use std::sync::{Mutex, MutexGuard};

/// Makes a new state durable before it is acknowledged. On an error the old state stands.
pub type Keep<S> = Box<dyn Fn(&S) -> io::Result<()> + Send + Sync>;

/// Keeps a state in memory alone.
pub fn in_memory<S>() -> Keep<S> {
    Box::new(|_| Ok(()))
}

/// A state that is kept before anyone sees that it changed.
pub(crate) struct Kept<S> {
    state: Mutex<S>,
    keep: Keep<S>,
}

impl<S: Clone> Kept<S> {
    pub(crate) fn new(state: S, keep: Keep<S>) -> Self {
        Self { state: Mutex::new(state), keep }
    }

    pub(crate) fn read(&self) -> MutexGuard<'_, S> {
        self.state.lock().expect("no one panics while holding the state")
    }

    /// Changes a copy, keeps it, and only then lets it stand.
    pub(crate) fn change<T, E: From<io::Error>>(&self, change: impl FnOnce(&mut S) -> Result<T, E>) -> Result<T, E> {
        let mut state = self.read();
        let mut next = state.clone();
        let answer = change(&mut next)?;
        (self.keep)(&next)?;
        *state = next;
        Ok(answer)
    }
}
