//! Consent has no page of its own; it stands on the page of the parties.

use crate::{gallery::Piece, messages::Lang};

pub(crate) fn pieces(_: Lang) -> Vec<Piece> {
    vec![]
}
