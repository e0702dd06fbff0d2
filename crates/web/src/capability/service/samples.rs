//! Service for the gallery: the table, its results, labels, the tab of a case, one service.

use jiff::{Timestamp, civil::date};
use xiezhi_app::{
    serving::ToSend,
    tables::{ServiceRow, ToServeRow},
};
use xiezhi_domain::{
    ids::{CaseId, MaterialId, PartyId, ServiceId},
    party::PartyKind,
    service::{Channel, Means, Publication, Reckoning, Rule, ServiceStatus, Try, usual},
};

use super::{
    DeskView, LabelsView, OutcomeView, ResultView, ServiceView, ServicesView,
    desk::SendResult,
    labels::Label,
    reads::ReadView,
    tab::{AttemptView, WaitingView},
};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
        on_post,
    },
    messages::Lang,
};

const NUMBER: &str = "（2026）鲁0691民初101号";

fn case() -> CaseId {
    CaseId(uuid::Uuid::from_u128(3))
}

impl DeskView {
    /// States worth looking at.
    fn states() -> Vec<(&'static str, Self)> {
        let row = |party_name: &str, channel: Channel, why: &str, party: u128| {
            let row = ToServeRow {
            case_id: case().to_string(),
            material: MaterialId(uuid::Uuid::from_u128(40)).to_string(),
            party: PartyId(uuid::Uuid::from_u128(party)).to_string(),
            paper: "应诉通知书".to_owned(),
            party_name: party_name.to_owned(),
            prospect: String::new(),
            due_on: Some("2026-03-09".to_owned()),
            clerk: None,
            number: Some(NUMBER.to_owned()),
            title: "钱有余 诉 周转难".to_owned(),
        };
        ToSend { row, channel, why: why.to_owned() }
        };
        let posted = ServiceRow {
            service_id: ServiceId(uuid::Uuid::from_u128(7)).to_string(),
            case_id: case().to_string(),
            party: PartyId(uuid::Uuid::from_u128(2)).to_string(),
            party_name: "周转难".to_owned(),
            channel: "postal".to_owned(),
            status: "dispatched".to_owned(),
            papers: "民事起诉状".to_owned(),
            dispatched_on: "2026-03-04".to_owned(),
            effected_on: None,
            clerk: None,
            number: Some(NUMBER.to_owned()),
            tracking: Some("1091234567890".to_owned()),
        };
        let to_send = vec![row("钱有余", Channel::Electronic, "confirmed", 1), row("周转难", Channel::Postal, "no_consent", 2)];
        vec![
            ("serve-empty", Self { to_send: vec![], under_way: vec![] }),
            ("serve", Self { to_send, under_way: vec![posted] }),
        ]
    }
}

impl ResultView {
    /// States worth looking at.
    fn states() -> Vec<(&'static str, Self)> {
        let result = |to: &str, problem: Option<&str>| SendResult {
            case: case(),
            number: Some(NUMBER.to_owned()),
            to: to.to_owned(),
            channel: Channel::Electronic,
            papers: 3,
            problem: problem.map(str::to_owned),
        };
        let results = vec![result("钱有余", None), result("周转难", Some("没有可以送达的地址。"))];
        vec![("serve-results", Self { results })]
    }
}

impl LabelsView {
    /// States worth looking at.
    fn states() -> Vec<(&'static str, Self)> {
        let label = |to: &str, postal: Option<&str>, sent: bool| Label {
            number: "（2026）鲁0691民初101号".to_owned(),
            to: to.to_owned(),
            recipient: sent.then(|| "周小难".to_owned()),
            postal: postal.map(str::to_owned),
            phone: Some("13000000002".to_owned()),
            papers: vec!["应诉通知书（周转难）".to_owned(), "民事起诉状".to_owned()],
            from: "纪真 0535-12368".to_owned(),
            sent,
        };
        let labels = vec![label("周转难", Some("烟台开发区虚拟路 3 号 303 室"), true), label("代不知", None, false)];
        vec![("labels-empty", Self { labels: vec![] }), ("labels", Self { labels })]
    }
}

fn attempt() -> AttemptView {
    let read = ReadView {
        paper: "民事起诉状".to_owned(),
        by: "周转难".to_owned(),
        first_at: Timestamp::UNIX_EPOCH,
        last_at: Timestamp::UNIX_EPOCH,
        seen: 2,
        pages: 3,
    };
    AttemptView {
        id: ServiceId(uuid::Uuid::from_u128(7)),
        to: PartyId(uuid::Uuid::from_u128(2)),
        name: "周转难".to_owned(),
        papers: vec!["民事起诉状".to_owned(), "应诉通知书（周转难）".to_owned()],
        channel: Channel::Electronic,
        address: "13000000002".to_owned(),
        left_on: date(2026, 3, 4),
        status: ServiceStatus::Effected { on: date(2026, 3, 4) },
        arrived_at: Some(Timestamp::UNIX_EPOCH),
        opened_at: None,
        signed_at: None,
        received_by: None,
        receipt: None,
        tracking: None,
        publications: vec![],
        doubt: None,
        reckoning: Some(Reckoning { on: date(2026, 3, 4), rule: Rule::Arrived }),
        tries: vec![tried()],
        reads: vec![read],
    }
}

fn tried() -> Try {
    Try {
        to: PartyId(uuid::Uuid::from_u128(2)),
        service: None,
        means: Means::Telephone,
        at_address: "13000000002".to_owned(),
        at: Timestamp::UNIX_EPOCH,
        reached: false,
        outcome: "无人接听".to_owned(),
        noted: None,
    }
}

impl OutcomeView {
    /// States worth looking at.
    fn states() -> Vec<(&'static str, Self)> {
        let under_way = |channel, kind| Self {
            case: case(),
            number: Some(NUMBER.to_owned()),
            service: AttemptView {
                channel,
                status: ServiceStatus::Dispatched,
                arrived_at: None,
                reckoning: None,
                tracking: (channel == Channel::Postal).then(|| "1091234567890".to_owned()),
                address: "烟台开发区虚拟路 3 号 303 室".to_owned(),
                ..attempt()
            },
            kind,
            phone: Some("13000000002".to_owned()),
            recipient: Some("周小难".to_owned()),
            agents: vec!["代不知".to_owned()],
            confirmed: true,
            now: Timestamp::UNIX_EPOCH,
        };
        let posted = under_way(Channel::Postal, PartyKind::Natural);
        let published = vec![Publication { medium: "人民法院报".to_owned(), on: date(2026, 3, 5) }];
        let announced = under_way(Channel::Announcement, PartyKind::Legal);
        let announced = Self { service: AttemptView { publications: published, ..announced.service }, ..announced };
        vec![
            ("outcome-direct", under_way(Channel::Direct, PartyKind::Legal)),
            ("outcome-postal", posted),
            ("outcome-announced", announced),
        ]
    }
}

impl Samples for OutcomeView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        Sample::each(&on_post(lang, xiezhi_domain::people::Post::ServiceAgent), Self::states())
    }
}

impl ServicesView {
    /// States worth looking at.
    fn states() -> Vec<(&'static str, Self)> {
        let posted = AttemptView {
            channel: Channel::Postal,
            status: ServiceStatus::Dispatched,
            arrived_at: None,
            reads: vec![],
            ..attempt()
        };
        let waiting = WaitingView {
            to: PartyId(uuid::Uuid::from_u128(2)),
            name: "周转难".to_owned(),
            role: "被告",
            channel: Channel::Postal,
            why: "no_consent",
            papers: vec![(MaterialId(uuid::Uuid::from_u128(40)), "传票（周转难）".to_owned())],
        };
        let view = Self {
            case: case(),
            waiting: vec![waiting],
            attempts: vec![attempt(), posted],
            may_send: true,
            may_record: true,
            inside: true,
            frame: None,
        };
        vec![("services", view)]
    }
}

impl ServiceView {
    /// States worth looking at.
    fn states() -> Vec<(&'static str, Self)> {
        let paper = |number, title: &str, pages| (MaterialId(uuid::Uuid::from_u128(number)), title.to_owned(), pages);
        let view = Self {
            case: case(),
            title: "钱有余 诉 周转难".to_owned(),
            service: attempt(),
            papers: vec![paper(40, "民事起诉状", 3), paper(41, "应诉通知书（周转难）", 1)],
            own: true,
            binds: false,
            other_ways: true,
            certificate: Some(MaterialId(uuid::Uuid::from_u128(42))),
            clerk: Some("纪真".to_owned()),
            phone: Some("0535-12368".to_owned()),
            inside: false,
            may_find: false,
            may_record: false,
            frame: None,
        };
        vec![("service", view)]
    }
}

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; DeskView, ResultView, LabelsView, ServicesView, ServiceView, OutcomeView]
}

impl Samples for DeskView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        Sample::each(&on_post(lang, xiezhi_domain::people::Post::ServiceAgent), Self::states())
    }
}

impl Samples for ResultView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        Sample::each(&on_post(lang, xiezhi_domain::people::Post::CourtClerk), Self::states())
    }
}

impl Samples for LabelsView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        Sample::each(&on_post(lang, xiezhi_domain::people::Post::CourtClerk), Self::states())
    }
}

impl Samples for ServicesView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let clerk = Tale::Announced.whole().seen_by(Seat::Clerk, lang);
        let shown = |name, lived: &Lived, seat| {
            lived.seen_by(seat, lang).sample(name, |seen| Self::of(&seen.case, &seen.reader, &usual()))
        };
        let framed = |(name, view): (&'static str, Self)| {
            Sample::new(name, clerk.to.clone(), Self { frame: clerk.frame(), ..view })
        };
        let mut samples: Vec<Sample<Self>> = Self::states().into_iter().map(framed).collect();
        samples.extend([
            shown("services-announced-clerk", &Tale::Announced.whole(), Seat::Clerk),
            shown("services-long-party", &Tale::Sale.whole(), Seat::Party(1)),
            shown("services-to-send-clerk", &Tale::Accident.until("fees.paid.v1"), Seat::Clerk),
        ]);
        samples
    }
}

impl Samples for ServiceView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let party = Tale::Sale.until("service.effected.v1").seen_by(Seat::Party(1), lang);
        let framed = |(name, view): (&'static str, Self)| {
            Sample::new(name, party.to.clone(), Self { frame: party.frame(), ..view })
        };
        let shown = |name, lived: &Lived, seat| {
            lived.seen_by(seat, lang).sample(name, |seen| {
                let last = seen.case.services_in_order().last().expect("something was sent").id;
                Self::of(&seen.case, &seen.reader, &seen.to, last).expect("the seat knows of it")
            })
        };
        let mut samples: Vec<Sample<Self>> = Self::states().into_iter().map(framed).collect();
        let doubted = Tale::Sale.until("service.effected.v1").seen_by(Seat::Clerk, lang);
        samples.push(doubted.sample("service-doubted-clerk", |seen| {
            let last = seen.case.services_in_order().last().expect("something was sent").id;
            let mut view = Self::of(&seen.case, &seen.reader, &seen.to, last).expect("the clerk knows of it");
            view.service.doubt = Some("退信：5.1.1 no such user".to_owned());
            view
        }));
        samples.extend([
            shown("service-arrived-party", &Tale::Sale.until("service.effected.v1"), Seat::Party(1)),
            shown("service-on-paper-clerk", &Tale::Announced.until("service.dispatched.v1"), Seat::Clerk),
            shown("service-failed-clerk", &Tale::Announced.until("service.failed.v1"), Seat::Clerk),
            shown("service-signed-party", &Tale::Divorce.until("service.signed.v1"), Seat::Party(1)),
        ]);
        samples
    }
}
