//! Appeal, on the side of the parties and of the clerk (上诉).

use crate::http::prelude::*;

/// The routes of this capability.
pub fn router() -> Router<Web> {
    Router::new()
}
