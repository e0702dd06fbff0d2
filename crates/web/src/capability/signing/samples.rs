//! Signing in bulk in the gallery.

use xiezhi_app::signing::{Batch, Chosen, Deed, Item, Outcome, Waiting};
use xiezhi_domain::{
    ids::{CaseId, CommandId, DocumentId, MaterialId},
    moment::instant,
    paper::PaperKind,
    people::Post,
};

use super::{BatchView, ToSignView};
use crate::{
    gallery::{Piece, Sample, Samples, hang, lived::TODAY, on_post},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; ToSignView, BatchView]
}

const CASES: [(&str, &str, PaperKind); 3] = [
    ("（2026）鲁0691民初18号", "宏远机械有限公司 诉 顺达商贸有限公司", PaperKind::Judgment),
    ("（2026）鲁0691民初23号", "安居物业服务有限公司 诉 易欠款", PaperKind::Judgment),
    ("（2026）鲁0691民初31号", "赵讨账 诉 钱不还", PaperKind::WithdrawalRuling),
];

fn uuid(place: usize) -> uuid::Uuid {
    uuid::Uuid::from_u128(0x51 + place as u128)
}

fn waiting(place: usize, deed: Deed) -> Waiting {
    let (number, title, kind) = CASES[place];
    Waiting {
        deed,
        case: CaseId(uuid(place)),
        number: Some(number.to_owned()),
        title: title.to_owned(),
        document: DocumentId(uuid(place)),
        kind,
        original: MaterialId(uuid(place)),
        original_sha256: "7f".repeat(32),
        unstamped_since: (deed == Deed::Seal).then(|| instant(TODAY, 8, 12)),
    }
}

fn batch(outcomes: [Outcome; 3]) -> Batch {
    let items = outcomes.into_iter().enumerate().map(|(place, outcome)| {
        let Waiting { deed, case, document, original_sha256, number, title, kind, .. } = waiting(place, Deed::Sign);
        Item { chosen: Chosen { deed, case, document, original_sha256 }, number, title, kind, outcome }
    });
    Batch {
        id: CommandId(uuid(9)),
        actor: xiezhi_domain::people::Actor::System,
        begun_at: instant(TODAY, 9, 30),
        items: items.collect(),
        not_before_us: 0,
        failures: 0,
    }
}

impl Samples for ToSignView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let done = batch([1_204, 1_205, 1_206].map(|position| Outcome::Done { position }));
        let queue = vec![waiting(0, Deed::Sign), waiting(1, Deed::Sign), waiting(2, Deed::Seal)];
        vec![
            Sample::new("signing-none", on_post(lang, Post::Judge), Self::of(vec![], &[])),
            Sample::new("signing-queue", on_post(lang, Post::Judge), Self::of(queue, &[done])),
            Sample::new("signing-readings", on_post(lang, Post::DivisionHead), Self::of(vec![waiting(0, Deed::Read)], &[])),
        ]
    }
}

impl Samples for BatchView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let code = |code: &str| code.to_owned();
        let under_way = batch([
            Outcome::Done { position: 1_204 },
            Outcome::Refused { code: code("issuing.OriginalChanged") },
            Outcome::Waiting { held: None },
        ]);
        let held = batch([
            Outcome::Waiting { held: Some(code("issuing.NoTimeStamp")) },
            Outcome::Waiting { held: None },
            Outcome::Waiting { held: None },
        ]);
        let done = batch([1_204, 1_205, 1_206].map(|position| Outcome::Done { position }));
        let shown = |name, batch: &Batch| Sample::new(name, on_post(lang, Post::Judge), Self::of(batch));
        vec![shown("signed-under-way", &under_way), shown("signed-held-up", &held), shown("signed-all", &done)]
    }
}
