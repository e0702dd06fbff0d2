//! Oversight in the gallery.

use std::collections::BTreeMap;

use xiezhi_app::{
    lists::Page,
    oversight::{Deadlines, Figures},
    tables::{DeadlineRow, PartyRow},
};
use xiezhi_domain::{people::Post, stage::Stage};

use super::{DeadlinesView, OversightView};
use crate::{
    capability::record::audited::AuditView,
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Tale},
        on_post,
    },
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; OversightView, DeadlinesView]
}

fn names(lives: &[Lived]) -> BTreeMap<String, String> {
    lives.iter().flat_map(Lived::rows::<PartyRow>).map(|party| (party.party, party.name)).collect()
}

fn page_of(rows: Vec<DeadlineRow>, total: u64) -> Page<DeadlineRow> {
    Page { rows, total, page: 1, size: super::FIRST }
}

impl Samples for DeadlinesView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let lived = Tale::Sale.until("service.effected.v1");
        let (rows, parties) = (lived.rows(), names(std::slice::from_ref(&lived)));
        let found = Page { rows, total: 64, page: 1, size: super::PAGE_SIZE };
        let none = Page { rows: vec![], total: 0, page: 1, size: super::PAGE_SIZE };
        vec![
            Sample::new("deadlines", on_post(lang, Post::President), Self { due: Deadlines::Soon, found, parties }),
            Sample::new("deadlines-none", on_post(lang, Post::President), Self { due: Deadlines::Overdue, found: none, parties: BTreeMap::new() }),
        ]
    }
}

impl Samples for OversightView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let lives = [Tale::Sale.until("service.effected.v1"), Tale::Accident.until("scheduling.scheduled.v1")];
        let rows: Vec<DeadlineRow> = lives.iter().flat_map(Lived::rows).collect();
        let busy = Self {
            figures: Figures { carried_over: 1_204, filed: 38_991, closed: 37_840, open: 2_355 },
            year: 2026,
            overdue: page_of(rows.iter().take(2).cloned().collect(), 2),
            soon: page_of(rows, 64),
            parties: names(&lives),
            stages: Stage::ALL.iter().zip(1..).map(|(stage, count)| (*stage, count * 37)).collect(),
            stopped: vec![],
            audit: crate::capability::record::samples::audit_well(),
        };
        let quiet = Self {
            figures: Figures { carried_over: 0, filed: 0, closed: 0, open: 0 },
            year: 2025,
            overdue: page_of(vec![], 0),
            soon: page_of(vec![], 0),
            parties: BTreeMap::new(),
            stages: vec![],
            stopped: vec![],
            audit: AuditView::default(),
        };
        let stopped = Self { stopped: crate::capability::record::samples::rolled_back(), ..busy.clone() };
        vec![
            Sample::new("oversight-unsigned", on_post(lang, Post::President), stopped),
            Sample::new("oversight-quiet", on_post(lang, Post::President), quiet),
            Sample::new("oversight-busy", on_post(lang, Post::TrialManagement), busy),
        ]
    }
}
