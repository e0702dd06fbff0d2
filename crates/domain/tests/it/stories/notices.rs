//! How a party learns of a hearing, and what its absence may lead to; and times that are free for all.

use xiezhi_domain::{
    Refusal,
    decision::calendar_of,
    hearing::{HearingCommand, HearingRefusal, Mode, is_default, is_summoned},
    ids::HearingId,
    register::{Booking, Register, RegisterEvent, RegisterState},
    scheduling::{SchedulingCommand, SchedulingRefusal, SimpleMeans, Slot, free_slots},
};

use crate::{
    court::{Court, day},
    example::{account, party},
    steps::{at, closing, scheduling},
    stories::ex4_traffic_accident as ex4,
};

fn told(hearing: HearingId, place: usize) -> SchedulingCommand {
    let words = "6月8日10时致电，本人接听，告知6月10日9时开庭".to_owned();
    SchedulingCommand::Notify { hearing, party: party(place), means: SimpleMeans::Telephone, words }
}

/// A hearing of a summary case of which the defendant 1 was told by telephone, and by nothing else.
fn called() -> (Court, HearingId) {
    let (mut court, _) = ex4::pretrial();
    let hearing = court.schedule("2026-06-10", Mode::InPerson);
    court.act(&court.clerk(), told(hearing, 1)).expect("the call is noted");
    (court, hearing)
}

fn open_without(court: &mut Court, hearing: HearingId) -> Result<(), Refusal> {
    court.on("2026-06-10");
    court.open(hearing, &[0, 2]).map(drop)
}

/// Source: 《民诉法解释》第二百六十一条.
#[test]
fn nobody_is_judged_by_default_on_a_simple_notice_that_is_not_confirmed() {
    let (mut court, hearing) = called();
    assert!(!is_summoned(court.case(), hearing, party(1)));
    let refused = open_without(&mut court, hearing);
    assert_eq!(refused, Err(HearingRefusal::NoticeUnconfirmed { party: party(1) }.into()));
}

#[test]
fn a_simple_notice_counts_once_the_party_confirms_it_or_its_receipt_is_proven() {
    let (mut confirmed, hearing) = called();
    let confirm = SchedulingCommand::ConfirmNotice { hearing, party: party(1) };
    confirmed.act(&account(1), confirm).expect("the party confirms");
    let (mut proven, _) = called();
    let words = "本人回短信“知道了”".to_owned();
    let proof = SchedulingCommand::ProveNotice { hearing, party: party(1), words };
    proven.act(&proven.clerk(), proof).expect("the clerk proves it");
    for mut court in [confirmed, proven] {
        open_without(&mut court, hearing).expect("the hearing goes on without the party");
        let text = "审判员：现在开庭。".to_owned();
        let clerk = court.clerk();
        court.act(&clerk, HearingCommand::SaveTranscript { hearing, text, based_on: None }).expect("recorded");
        court.act(&clerk, closing(hearing)).expect("over");
        assert!(is_default(court.case(), party(1)));
    }
}

#[test]
fn a_party_confirms_for_itself_alone_and_only_what_it_was_told() {
    let (mut court, hearing) = called();
    let confirm = |place| SchedulingCommand::ConfirmNotice { hearing, party: party(place) };
    assert!(matches!(court.act(&account(2), confirm(1)), Err(Refusal::Access(_))));
    assert_eq!(court.act(&account(2), confirm(2)), Err(SchedulingRefusal::NotNotified.into()));
}

/// Source: 《民事诉讼法》第一百三十九条.
#[test]
fn in_ordinary_procedure_a_simple_notice_never_stands_for_the_summons() {
    let (mut court, _) = Court::filed(2, "2026-01-08");
    let hearing = court.schedule("2026-02-10", Mode::InPerson);
    let clerk = court.clerk();
    court.act(&clerk, told(hearing, 1)).expect("the call is noted");
    let words = "通话录音".to_owned();
    court.act(&clerk, SchedulingCommand::ProveNotice { hearing, party: party(1), words }).expect("it is proven");
    assert!(!is_summoned(court.case(), hearing, party(1)));
}

fn booking(court: &Court, identities: Vec<String>) -> Booking {
    Booking {
        hearing: HearingId(uuid::Uuid::from_u128(9)),
        case: court.id,
        room: Some("第一法庭".to_owned()),
        from: at(9, 0),
        to: at(11, 0),
        people: vec![],
        identities,
    }
}

#[test]
fn a_party_without_an_account_is_not_called_to_two_courtrooms_at_once() {
    let (mut court, _) = ex4::pretrial();
    let register = Register::Calendar { day: day("2026-06-10") };
    let mut elsewhere = court.clone();
    elsewhere.schedule("2026-06-10", Mode::InPerson);
    let own = elsewhere.registers.get(&register).bookings[0].identities.clone();
    assert!(!own.is_empty() && own.iter().all(|one| one.len() == 32), "no number stands in a register: {own:?}");
    let taken = booking(&court, own[..1].to_vec());
    court.enter(register, &RegisterEvent::Booked { booking: taken });
    let refused = court.act(&court.clerk(), scheduling("2026-06-10", Mode::InPerson));
    assert!(matches!(refused, Err(Refusal::Scheduling(SchedulingRefusal::NamedTaken { .. }))), "{refused:?}");
}

/// The times offered on two days, the judge being busy in the first morning.
fn offered(court: &Court) -> Vec<Slot> {
    let judge = court.judge().person().expect("a judge");
    let mut busy = RegisterState::default();
    busy.apply(&RegisterEvent::Booked { booking: Booking { people: vec![judge], ..booking(court, vec![]) } });
    let days = [(day("2026-06-10"), busy), (day("2026-06-13"), RegisterState::default())];
    free_slots(court.case(), court.today(), &court.rules.settings.courtrooms, &days)
}

#[test]
fn the_times_offered_are_free_for_everyone_and_can_be_booked() {
    let (court, _) = ex4::pretrial();
    let slots = offered(&court);
    let told: Vec<String> = slots.iter().map(|slot| format!("{} {}", slot.on, slot.from)).collect();
    assert_eq!(told, ["2026-06-10 14:00:00"], "the judge sits until eleven, and the 13th is a Saturday");
    for Slot { on, from, to, room } in slots {
        let mut court = court.clone();
        let room = Some(room);
        let mode = Mode::InPerson;
        let book = SchedulingCommand::Schedule { on, from, to, mode, room, open: true, closed_because: None };
        court.act(&court.clerk(), book).expect("what is offered can be booked");
        assert_eq!(court.registers.get(&calendar_of(on)).bookings.len(), 1);
    }
}
