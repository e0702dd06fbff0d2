//! Mediation for the gallery: nothing yet, offers going to and fro, an agreement to sign.

use jiff::civil::date;
use xiezhi_domain::{
    ids::{CaseId, PartyId},
    mediation::Agreement,
};

use super::{
    AgreementFacts, AgreementSigner, ConfidenceFacts, Lasting, MediationView, OfferFacts, ReplyFacts, lasting::Proposed,
};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
    },
    messages::Lang,
};

impl MediationView {
    /// States worth looking at.
    fn states() -> Vec<(&'static str, Self)> {
        vec![("mediation-resting", resting()), ("mediation-offers", offers()), ("mediation-agreement", agreement())]
    }
}

fn parties() -> [(PartyId, String); 2] {
    let id = |number| PartyId(uuid::Uuid::from_u128(number));
    [(id(1), "原告 钱有余".to_owned()), (id(2), "被告 周转难".to_owned())]
}

fn resting() -> MediationView {
    MediationView {
        case: CaseId(uuid::Uuid::from_u128(3)),
        open: false,
        lasting: None,
        lapsed: false,
        asked: vec!["被告 周转难".to_owned()],
        failed_because: Some("差距较大".to_owned()),
        offers: vec![],
        confidences: vec![],
        agreement: None,
        statement: None,
        statement_draft: None,
        speaks_for: parties()[..1].to_vec(),
        may_mediate: false,
        from_offer: None,
        comparers: vec![],
        frame: None,
    }
}

fn proposed() -> Proposed {
    let [own, other] = parties();
    Proposed {
        until: date(2026, 3, 28),
        by: Some(other.1.clone()),
        agreed: vec![other.1],
        waiting: vec![own.1.clone()],
        unheard: vec![own],
    }
}

fn offers() -> MediationView {
    let [own, other] = parties();
    let refused =
        ReplyFacts { by: own.1.clone(), accepts: false, words: "利息不能少".to_owned(), on: date(2026, 3, 12) };
    let first = OfferFacts {
        number: 0,
        by: Some(other.1.clone()),
        own: false,
        terms: "本金分六期归还，\n利息不再支付。".to_owned(),
        on: date(2026, 3, 11),
        counters: None,
        replies: vec![refused],
        accepted: false,
        unanswered: vec![],
    };
    let second = OfferFacts {
        number: 1,
        by: Some(own.1.clone()),
        own: true,
        terms: "本金分三期归还，利息按年利率百分之六。".to_owned(),
        on: date(2026, 3, 12),
        counters: Some(0),
        replies: vec![],
        ..first.clone()
    };
    let third = OfferFacts {
        number: 2,
        by: None,
        own: false,
        terms: "本金分四期归还，利息减半。".to_owned(),
        counters: None,
        unanswered: vec![own.clone()],
        ..second.clone()
    };
    let told = ConfidenceFacts {
        number: 0,
        party: own.0,
        by: own.1.clone(),
        words: "一年内还清就行。".to_owned(),
        on: date(2026, 3, 12),
        released: false,
        may_release: true,
    };
    MediationView {
        open: true,
        lasting: Some(Lasting { until: date(2026, 3, 18), proposed: Some(proposed()) }),
        lapsed: false,
        asked: vec![],
        failed_because: None,
        offers: vec![first, second, third],
        confidences: vec![told],
        ..resting()
    }
}

fn signer(name: &str, signed: bool) -> AgreementSigner {
    let on = signed.then_some(date(2026, 3, 16));
    AgreementSigner { name: name.to_owned(), signed, on, on_paper: signed.then_some(false), hand: None }
}

fn agreement() -> MediationView {
    let [own, other] = parties();
    let agreement = Agreement {
        terms: vec!["被告于2026年6月30日前归还借款本金。".to_owned(), "双方再无其他争议。".to_owned()],
        costs: "案件受理费减半收取，由被告负担。".to_owned(),
        effective_on_signature: true,
    };
    let facts = AgreementFacts {
        sha256: agreement.sha256(),
        paper: None,
        agreement,
        signers: vec![signer(&own.1, false), signer(&other.1, true)],
        unsigned: vec![own],
    };
    MediationView { agreement: Some(facts), ..offers() }
}

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; MediationView]
}

impl Samples for MediationView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat| {
            lived.seen_by(seat, lang).sample(name, |seen| Self::of(&seen.case, &seen.reader, &seen.to, None))
        };
        let party = Tale::Divorce.until("mediation.offered.v1").seen_by(Seat::Party(0), lang);
        let framed = |(name, view): (&'static str, Self)| {
            Sample::new(name, party.to.clone(), Self { frame: party.frame(), ..view })
        };
        let mut samples: Vec<Sample<Self>> = Self::states().into_iter().map(framed).collect();
        samples.extend([
            shown("mediation-offered-judge", &Tale::Divorce.until("mediation.offered.v1"), Seat::Judge),
            shown("mediation-to-sign", &Tale::Divorce.until("mediation.agreed.v1"), Seat::Party(1)),
            shown("mediation-longer", &Tale::MediationOver.until("mediation.extension_proposed.v1"), Seat::Party(0)),
            shown("mediation-extended", &Tale::MediationOver.until("mediation.extended.v1"), Seat::Judge),
            shown("mediation-over", &Tale::MediationOver.whole(), Seat::Party(1)),
            shown("mediation-signed", &Tale::Divorce.whole(), Seat::Party(0)),
            shown("mediation-not-begun-judge", &Tale::Sale.until("service.effected.v1"), Seat::Judge),
        ]);
        samples
    }
}
