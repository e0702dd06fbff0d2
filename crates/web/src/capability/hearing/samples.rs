//! Hearings as the gallery shows them: called, held, over.

use jiff::civil::{Date, date};
use uuid::Uuid;
use xiezhi_domain::{
    hearing::{Attendee, HearingPart, HearingStatus, Manner, Mode},
    ids::{HearingId, PartyId},
    scheduling::SimpleMeans,
};

use super::{
    AttendanceFacts, CorrectionFacts, HearingFacts, HearingsView, NoticeFacts, PartFacts, SignerFacts, SlotFacts, Wish,
};
use crate::{
    gallery::{
        Piece, Sample, Samples, hang,
        lived::{Lived, Seat, Tale},
    },
    messages::Lang,
};

const DAY: Date = date(2026, 3, 27);

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; HearingsView]
}

impl Samples for HearingsView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let shown = |name, lived: &Lived, seat| {
            lived.seen_by(seat, lang).sample(name, |seen| Self {
                hearings: seen
                    .case
                    .hearings_in_order()
                    .map(|it| HearingFacts::of(&seen.case, &seen.reader, &seen.to.people, it, seen.to.today, false))
                    .collect(),
                one: false,
                frame: seen.frame(),
                ..page(vec![])
            })
        };
        let clerk = Tale::Accident.until("hearing.opened.v1").seen_by(Seat::Clerk, lang);
        let party = Tale::Accident.until("hearing.opened.v1").seen_by(Seat::Party(0), lang);
        let of = |(name, view): (&'static str, Self)| {
            let seen = if view.may_run || view.may_schedule { &clerk } else { &party };
            Sample::new(name, seen.to.clone(), Self { frame: seen.frame(), ..view })
        };
        let mut samples: Vec<Sample<Self>> = Self::states().into_iter().map(of).collect();
        samples.push(shown("hearings-lived-judge", &Tale::Accident.whole(), Seat::Judge));
        samples
    }
}

impl HearingsView {
    /// States worth looking at.
    fn states() -> Vec<(&'static str, Self)> {
        let clerk = HearingsView { may_run: true, ..page(vec![open()]) };
        let waiting = HearingsView { may_run: true, ..page(vec![scheduled()]) };
        let behind = HearingsView { unsaved: Some("审判员：现在开庭。\n原告：同意。".to_owned()), ..clerk.clone() };
        let list = HearingsView { one: false, may_schedule: true, slots: vec![slot(9), slot(14)], ..page(vec![scheduled()]) };
        vec![
            ("hearings-none", HearingsView { hearings: vec![], ..list.clone() }),
            ("hearings", list),
            ("hearing-scheduled", waiting),
            ("hearing-open-clerk", clerk),
            ("hearing-open-conflict", behind),
            ("hearing-open-reader", page(vec![HearingFacts { may_type: false, ..open() }])),
            ("hearing-to-sign", page(vec![over()])),
            ("hearing-adjourned", page(vec![HearingFacts { status: HearingStatus::Adjourned, ..scheduled() }])),
        ]
    }
}

fn page(hearings: Vec<HearingFacts>) -> HearingsView {
    HearingsView {
        hearings,
        one: true,
        may_schedule: false,
        may_run: false,
        rooms: vec!["第三法庭".to_owned(), "第五法庭".to_owned()],
        slots: vec![],
        wish: Wish::default(),
        unsaved: None,
        frame: None,
    }
}

fn slot(hour: i8) -> SlotFacts {
    let clock = |hour: i8, minute: i8| format!("{hour:02}:{minute:02}");
    SlotFacts { on: DAY, from: clock(hour, 0), to: clock(hour + 1, 30), room: "第三法庭".to_owned() }
}

fn party(no: u128) -> PartyId {
    PartyId(Uuid::from_u128(no))
}

fn attendance(no: u128, name: &str, present: Option<bool>) -> AttendanceFacts {
    let plain = name.split(' ').next_back().unwrap_or_default();
    let came = Attendee { name: plain.to_owned(), person: None, manner: Manner::OnSite };
    AttendanceFacts {
        party: party(no),
        name: name.to_owned(),
        summoned: present != Some(true) || no == 1,
        notice: None,
        present,
        people: if present == Some(true) { vec![came] } else { vec![] },
        absence: (present == Some(false)).then(|| "经两次呼叫未到".to_owned()),
        may_come: vec![plain.to_owned(), "代钢构".to_owned()],
        may_be_online: no == 1,
        own: false,
    }
}

fn scheduled() -> HearingFacts {
    let told = NoticeFacts {
        means: SimpleMeans::Telephone,
        on: date(2026, 3, 20),
        words: Some("致电12000000001，本人接听，告知开庭时间".to_owned()),
        confirmed: None,
    };
    let unserved =
        AttendanceFacts { summoned: false, notice: Some(told), ..attendance(2, "被告 易欠款", None) };
    HearingFacts {
        id: HearingId(Uuid::from_u128(7)),
        on: DAY,
        from: "09:00".to_owned(),
        to: "10:30".to_owned(),
        room: Some("第三法庭".to_owned()),
        mode: Mode::Mixed,
        open: true,
        closed_because: None,
        status: HearingStatus::Scheduled,
        opened_at: None,
        ended_at: None,
        length_minutes: None,
        late_because: None,
        skipped: HearingPart::NEEDED.to_vec(),
        skipped_because: None,
        overdue: false,
        part: HearingPart::Opening,
        parts: vec![],
        parties: vec![attendance(1, "原告 贾借出", None), unserved],
        transcript: String::new(),
        transcript_sha256: "0".repeat(64),
        speakers: ["审判员：", "书记员：", "原告：", "被告："].map(str::to_owned).to_vec(),
        corrections: vec![],
        signers: vec![],
        paper: None,
        may_type: false,
        may_sign: false,
        may_correct: false,
    }
}

fn open() -> HearingFacts {
    let entered = |part, at: &str| PartFacts { part, at: at.to_owned() };
    HearingFacts {
        status: HearingStatus::Open,
        opened_at: Some("09:03".to_owned()),
        part: HearingPart::Investigation,
        parts: vec![entered(HearingPart::Opening, "09:03"), entered(HearingPart::Investigation, "09:12")],
        parties: vec![attendance(1, "原告 贾借出", Some(true)), attendance(2, "被告 易欠款", Some(false))],
        transcript: "审判员：现在开庭。\n【法庭调查】\n原告：请求判令被告偿还借款八万元。".to_owned(),
        may_type: true,
        ..scheduled()
    }
}

fn over() -> HearingFacts {
    let signer = |name: &str, no: Option<u128>, signed| SignerFacts {
        name: name.to_owned(),
        party: no.map(party),
        signed,
        refused_because: None,
        hand: None,
    };
    let refused = SignerFacts { refused_because: Some("记录有遗漏".to_owned()), ..signer("代钢构", Some(2), false) };
    let asked = CorrectionFacts {
        no: 1,
        name: "贾借出".to_owned(),
        wish: "应为“分三次还”".to_owned(),
        granted: None,
        words: String::new(),
    };
    HearingFacts {
        status: HearingStatus::Done,
        ended_at: Some("10:41".to_owned()),
        length_minutes: Some(98),
        part: HearingPart::FinalStatements,
        signers: vec![signer("贾借出", Some(1), false), refused, signer("甄明理", None, true), signer("纪真", None, false)],
        corrections: vec![asked],
        may_type: false,
        may_sign: true,
        may_correct: true,
        ..open()
    }
}
