//! Hearings and transcripts (庭审).

use crate::http::prelude::*;

/// The routes of this capability.
pub fn router() -> Router<Web> {
    Router::new()
}
