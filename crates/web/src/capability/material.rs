//! The e-file: catalogue, staging, reading (电子卷).

use crate::http::prelude::*;

/// The routes of this capability.
pub fn router() -> Router<Web> {
    Router::new()
}
