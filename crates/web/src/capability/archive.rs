//! Archive: readiness, handing over, the archivist's desk (归档).

use crate::http::prelude::*;

/// The routes of this capability.
pub fn router() -> Router<Web> {
    Router::new()
}
