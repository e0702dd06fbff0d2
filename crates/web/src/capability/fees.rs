//! Fees: notice, payment, aid, refund (诉讼费用).

use crate::http::prelude::*;

/// The routes of this capability.
pub fn router() -> Router<Web> {
    Router::new()
}
