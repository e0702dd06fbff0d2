//! Deadlines and figures of the court (监督).

use crate::http::prelude::*;

/// The routes of this capability.
pub fn router() -> Router<Web> {
    Router::new()
}
