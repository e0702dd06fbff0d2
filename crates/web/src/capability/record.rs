//! The record: proofs, audit, published log (留痕).

use crate::http::prelude::*;

/// The routes of this capability.
pub fn router() -> Router<Web> {
    Router::new()
}
