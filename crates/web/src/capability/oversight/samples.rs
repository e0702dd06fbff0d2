//! Oversight in the gallery.

use xiezhi_app::{oversight::Figures, tables::DeadlineRow};
use xiezhi_domain::{people::Post, stage::Stage};

use super::OversightView;
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Tale},
        on_post,
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; OversightView]
}

impl Samples for OversightView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let lives = [Tale::Sale.until("service.effected.v1"), Tale::Accident.until("scheduling.scheduled.v1")];
        let rows: Vec<DeadlineRow> = lives.iter().flat_map(Lived::rows).collect();
        let busy = Self {
            figures: Figures { carried_over: 1_204, filed: 38_991, closed: 37_840, open: 2_355 },
            overdue: rows.iter().take(2).cloned().collect(),
            soon: rows,
            stages: Stage::ALL.iter().zip(1..).map(|(stage, count)| (*stage, count * 37)).collect(),
        };
        let quiet = Self {
            figures: Figures { carried_over: 0, filed: 0, closed: 0, open: 0 },
            overdue: vec![],
            soon: vec![],
            stages: vec![],
        };
        vec![
            Sample::new("oversight-quiet", on_post(lang, Post::President), quiet),
            Sample::new("oversight-busy", on_post(lang, Post::TrialManagement), busy),
        ]
    }
}
