//! The calendar of the demonstration in the gallery.

use super::DemonstrationView;
use crate::{
    gallery::{Piece, Sample, Samples, hang, lived, passer_by},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; DemonstrationView]
}

impl Samples for DemonstrationView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let as_it_is = Self { today: lived::TODAY, days_ahead: 0 };
        let moved = Self { days_ahead: 20, ..as_it_is.clone() };
        vec![
            Sample::new("calendar-as-it-is", passer_by(lang), as_it_is),
            Sample::new("calendar-moved-on", passer_by(lang), moved),
        ]
    }
}
