//! Unusual access, in the gallery.

use jiff::civil::date;
use xiezhi_domain::{
    ids::{CaseId, PersonId},
    people::Post,
    unusual::{Kind, Watch},
};

use super::{FindingView, UnusualView};
use crate::{
    gallery::{Piece, Sample, Samples, hang, on_post},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; UnusualView]
}

fn finding(day: i8, who: &str, post: Post, kind: Kind, count: u32) -> FindingView {
    let case = |number: u128| (CaseId(uuid::Uuid::from_u128(number)), format!("（2026）鲁0691民初{number}号"));
    FindingView {
        day: date(2026, 4, day),
        person: PersonId(uuid::Uuid::from_u128(7)),
        who: who.to_owned(),
        post,
        kind,
        count,
        limit: kind.limit(&Watch::default()),
        cases: if kind == Kind::StrangeCases { (1..=6).map(|number| case(1_000 + number)).collect() } else { vec![] },
        examined: vec![],
        own: false,
    }
}

impl Samples for UnusualView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let examined = FindingView {
            examined: vec![("管审判".to_owned(), "移送上诉整卷，正常".to_owned())],
            ..finding(22, "纪实录", Post::CourtClerk, Kind::Downloads, 63)
        };
        let own = FindingView { own: true, ..finding(21, "管审判", Post::TrialManagement, Kind::Exports, 4) };
        let findings = vec![
            finding(23, "院长一", Post::President, Kind::StrangeCases, 6),
            finding(23, "纪真", Post::CourtClerk, Kind::Pages, 2_310),
            examined,
            own,
            finding(20, "收立案", Post::FilingClerk, Kind::Cases, 144),
        ];
        let busy = Self { days: 14, watch: Watch::default(), findings, may_examine: true };
        let quiet = Self { days: 90, findings: vec![], ..busy.clone() };
        let read = Self { may_examine: false, ..busy.clone() };
        vec![
            Sample::new("unusual-busy", on_post(lang, Post::TrialManagement), busy),
            Sample::new("unusual-quiet", on_post(lang, Post::President), quiet),
            Sample::new("unusual-auditor", on_post(lang, Post::AuditAdmin), read),
        ]
    }
}
