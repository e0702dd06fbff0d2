//! Service: the clerk's table, tasks, the party's page (送达).

use crate::http::prelude::*;

/// The routes of this capability.
pub fn router() -> Router<Web> {
    Router::new()
}
