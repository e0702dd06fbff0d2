//! The check page in the gallery.

use jiff::civil::date;
use xiezhi_app::{
    stamping::Stamped,
    verify::{After, Entered, KnownPaper, Seen},
    witnessing::Proof,
};
use xiezhi_domain::{
    ids::MaterialId,
    paper::PaperKind,
    verify::{Followed, VersionStanding},
};

use super::{Finding, KeptView, VerifyView};
use crate::{
    gallery::{Piece, Sample, Samples, hang, passer_by},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; VerifyView]
}

fn at(moment: &str) -> jiff::Timestamp {
    moment.parse().expect("an instant")
}

const CODE: MaterialId = MaterialId(uuid::Uuid::from_u128(1));

/// Where the record has a paper that two of three witnesses saw.
fn witnessed() -> Entered {
    let seen = ["bar", "archive"].map(|witness| Seen { witness: witness.to_owned(), at: Some(at("2026-04-24T02:21:05Z")) });
    Entered {
        position: 4_711,
        at: at("2026-04-24T02:21:00Z"),
        proof: Proof::Witnessed { by: 2, of: 3, demonstration: false },
        seen: seen.to_vec(),
        stamped: None,
    }
}

/// The first time stamp over it.
fn stamped() -> Stamped {
    Stamped { size: 4_800, at: at("2026-04-24T03:00:00Z"), authority: "时间戳服务机构".to_owned(), demonstration: true }
}

impl KeptView {
    /// Beside a paper, in the gallery.
    pub(crate) fn sample(proof: Proof) -> Self {
        let seen = if matches!(proof, Proof::Witnessed { .. }) { witnessed().seen } else { vec![] };
        Self { code: Some(CODE), entered: Entered { proof, seen, ..witnessed() } }
    }
}

impl Samples for VerifyView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let paper = KnownPaper {
            code: CODE,
            kind: PaperKind::Judgment,
            number: Some("（2026）鲁0691民初202号".to_owned()),
            pages: 9,
            sha256: "0f".repeat(32),
            standing: VersionStanding::Newest,
            after: vec![],
            entered: witnessed(),
        };
        let fresh = Entered { proof: Proof::Recorded, seen: vec![], ..witnessed() };
        let fresh = KnownPaper { number: None, entered: fresh, ..paper.clone() };
        let stamped = Entered { stamped: Some(stamped()), ..witnessed() };
        let stamped = KnownPaper { entered: stamped, ..paper.clone() };
        let superseded = KnownPaper { standing: VersionStanding::Superseded, ..paper.clone() };
        let struck = KnownPaper { standing: VersionStanding::Struck, ..paper.clone() };
        let after = |what, code| After { what, on: date(2026, 5, 8), code };
        let corrected = vec![after(Followed::Corrected, Some(CODE)), after(Followed::Replaced, Some(CODE))];
        let corrected = KnownPaper { after: corrected, ..paper.clone() };
        let revoked = KnownPaper { after: vec![after(Followed::Revoked, None)], ..paper.clone() };
        let genuine = |paper: KnownPaper| Finding::Genuine { paper };
        let known = |by_proof| Finding::Known { paper: paper.clone(), by_proof };
        let as_of = at("2026-04-24T08:00:00Z");
        let shown = |name, finding| Sample::new(name, passer_by(lang), Self { finding, as_of });
        vec![
            shown("verify-asked", Finding::Asked),
            shown("verify-genuine", genuine(paper.clone())),
            shown("verify-genuine-recorded", genuine(fresh)),
            shown("verify-genuine-stamped", genuine(stamped)),
            shown("verify-superseded", genuine(superseded)),
            shown("verify-struck", genuine(struck)),
            shown("verify-corrected", genuine(corrected)),
            shown("verify-revoked", genuine(revoked)),
            shown("verify-known", known(false)),
            shown("verify-known-by-proof", known(true)),
            shown("verify-changed", Finding::Changed { paper: paper.clone() }),
            shown("verify-bad-proof", Finding::BadProof),
            shown("verify-unknown", Finding::Unknown),
        ]
    }
}
