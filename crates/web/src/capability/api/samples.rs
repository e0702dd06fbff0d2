//! The routes for programs in the gallery.

use super::ApiView;
use crate::{
    gallery::{Piece, Sample, Samples, hang, passer_by},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; ApiView]
}

impl Samples for ApiView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        vec![Sample::new("help-api", passer_by(lang), Self::new())]
    }
}
