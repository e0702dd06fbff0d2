//! Tables of contents that files bring (书签): read in the confined process once, then kept in memory for a while.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex},
};

use xiezhi_domain::material::FileRef;

use crate::{App, ports::Heading};

/// Files whose contents are kept; a node that reads more begins anew.
const KEPT: usize = 500;

/// The entries of a file.
pub type Outline = Arc<Vec<Heading>>;

static OUTLINES: LazyLock<Mutex<HashMap<String, Outline>>> = LazyLock::new(Mutex::default);

/// Forgets the contents of a file.
pub(crate) fn forget(sha256: &str) {
    OUTLINES.lock().expect("nobody panics while holding it").remove(sha256);
}

impl App {
    /// The table of contents that a file brings; most bring none.
    pub async fn outline(&self, file: &FileRef) -> Outline {
        // What the court printed itself, and what is no PDF, has none.
        if file.media != "application/pdf" || file.pages < 2 || !file.spots.is_empty() {
            return Outline::default();
        }
        let known = OUTLINES.lock().expect("nobody panics while holding it").get(&file.sha256).cloned();
        if let Some(known) = known {
            return known;
        }
        let read = async { self.ports().reading.outline(&self.kept(&file.sha256)?).await };
        let outline = match read.await {
            Ok(headings) => Arc::new(headings),
            Err(fault) => {
                tracing::warn!(fault = &fault as &dyn std::error::Error, "a table of contents was not read");
                Outline::default()
            }
        };
        let mut kept = OUTLINES.lock().expect("nobody panics while holding it");
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(file.sha256.clone(), Arc::clone(&outline));
        outline
    }
}
