//! Parties for the gallery: one that is linked, one that is not yet; linking a case, and the slip for it.

use jiff::civil::date;
use xiezhi_domain::{
    consent::{Consent, Step},
    ids::{CaseId, PartyId, PersonId},
    party::{AddressConfirmation, PartyKind, PartyRole, SpecialAuthority},
};

use super::{AgentView, LinkView, PartiesView, PartySheet, PrivateView, SlipView, Unlinked};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
        on_post,
    },
    messages::Lang,
};
use crate::capability::consent::ConsentLine;

impl PartiesView {
    /// States worth looking at.
    fn states() -> Vec<(&'static str, Self)> {
        let comparers = vec![(PersonId(uuid::Uuid::from_u128(5)), "纪真".to_owned())];
        vec![("parties", Self { id: case(), parties: vec![linked(), unlinked()], comparers, frame: None })]
    }
}

impl LinkView {
    /// States worth looking at.
    fn states() -> Vec<(&'static str, Self)> {
        let number = "（2026）鲁0691民初101号".to_owned();
        vec![
            ("link", Self { number: String::new(), code: String::new(), failed: false }),
            ("link-failed", Self { number, code: String::new(), failed: true }),
        ]
    }
}

impl SlipView {
    /// States worth looking at.
    fn states() -> Vec<(&'static str, Self)> {
        let number = "（2026）鲁0691民初101号".to_owned();
        let name = "被告 周转难".to_owned();
        vec![("slip", Self { case: case(), number, name, code: "208417".to_owned(), expires_on: date(2026, 4, 1) })]
    }
}

fn case() -> CaseId {
    CaseId(uuid::Uuid::from_u128(3))
}

fn linked() -> PartySheet {
    let address = AddressConfirmation {
        party: PartyId(uuid::Uuid::from_u128(1)),
        postal: "烟台开发区虚拟路 3 号 303 室".to_owned(),
        phone: "13000000001".to_owned(),
        electronic: true,
        electronic_address: Some("13000000001".to_owned()),
        recipient: None,
        hand: None,
    };
    PartySheet {
        id: address.party,
        role: PartyRole::Plaintiff,
        kind: PartyKind::Natural,
        name: "钱有余".to_owned(),
        linked: true,
        unlinked: None,
        private: Some(PrivateView {
            id_no: Some("370602199003076631".to_owned()),
            domicile: Some("烟台市芝罘区虚拟街 1 号".to_owned()),
            phone: Some("13000000001".to_owned()),
            representative: None,
            address: Some(address),
        }),
        agents: vec![AgentView {
            name: "律一方".to_owned(),
            firm: Some("山东虚拟律师事务所".to_owned()),
            special: vec![SpecialAuthority::Settle, SpecialAuthority::Appeal],
        }],
        consents: said(|_| Some(Consent::Chosen)),
        may_switch: true,
        may_act: true,
        own: false,
    }
}

fn unlinked() -> PartySheet {
    let said_refused = |step| if step == Step::Hearing { Some(Consent::Refused) } else { None };
    PartySheet {
        id: PartyId(uuid::Uuid::from_u128(2)),
        role: PartyRole::Defendant,
        kind: PartyKind::Natural,
        name: "周转难".to_owned(),
        linked: false,
        unlinked: Some(Unlinked {
            code: Some("208417".to_owned()),
            expires_on: Some(date(2026, 4, 1)),
            tries: 2,
            live: true,
            link_until: Some(date(2026, 3, 9)),
            comparers: vec![(PersonId(uuid::Uuid::from_u128(5)), "纪真".to_owned())],
        }),
        private: Some(PrivateView { id_no: None, domicile: None, phone: None, representative: None, address: None }),
        agents: vec![],
        consents: said(said_refused),
        may_switch: true,
        may_act: true,
        own: false,
    }
}

fn said(of: impl Fn(Step) -> Option<Consent>) -> Vec<ConsentLine> {
    Step::ALL.map(|step| ConsentLine { step, consent: of(step) }).to_vec()
}

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; PartiesView, LinkView, SlipView]
}

impl Samples for PartiesView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let clerk = Tale::People.whole().seen_by(Seat::Clerk, lang);
        let shown = |name, lived: &Lived, seat| {
            lived.seen_by(seat, lang).sample(name, |seen| Self { frame: seen.frame(), ..Self::of(&seen.case, &seen.reader, &seen.to) })
        };
        let framed = |(name, view): (&'static str, Self)| {
            Sample::new(name, clerk.to.clone(), Self { frame: clerk.frame(), ..view })
        };
        let mut samples: Vec<Sample<Self>> = Self::states().into_iter().map(framed).collect();
        samples.extend([
            shown("parties-three-clerk", &Tale::People.whole(), Seat::Clerk),
            shown("parties-own-party", &Tale::People.whole(), Seat::Party(1)),
            shown("parties-agent", &Tale::Sale.whole(), Seat::Agent(0)),
        ]);
        samples
    }
}

impl Samples for LinkView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        Sample::each(&on_post(lang, xiezhi_domain::people::Post::Party), Self::states())
    }
}

impl Samples for SlipView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        Sample::each(&on_post(lang, xiezhi_domain::people::Post::CourtClerk), Self::states())
    }
}
