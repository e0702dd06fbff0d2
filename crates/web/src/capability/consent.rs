//! Consent to on-line steps (在线诉讼意愿).

use crate::http::prelude::*;

/// The routes of this capability.
pub fn router() -> Router<Web> {
    Router::new()
}
