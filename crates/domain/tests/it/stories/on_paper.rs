//! Acts that come on paper: entered by a clerk, counted from the day they came.

use xiezhi_domain::{
    access::{Act, Denial},
    consent::{Consent, ConsentCommand, Step},
    evidence::EvidenceCommand,
    mediation::MediationCommand,
    on_paper::{Came, OnPaperCommand, OnPaperEvent, OnPaperRefusal, Way},
    periods::PeriodKind,
};

use crate::{
    cast::person,
    court::{Court, day},
    example::{account, exhibit, input, party},
    stories::ex4_traffic_accident as ex4,
};

/// The act as a clerk enters it, come by post on this day and compared by the clerk.
pub fn posted(on: &str, command: impl Into<xiezhi_domain::command::CaseCommand>) -> OnPaperCommand {
    let came = Came { way: Way::Post, on: day(on), compared_by: person(21) };
    OnPaperCommand { came, command: Box::new(command.into()) }
}

fn evidence(place: usize) -> EvidenceCommand {
    let items = vec![input(exhibit(90 + place), "收据")];
    EvidenceCommand::Submit { party: party(place), items, original: None }
}

/// A pretrial case on the day after the evidence period of its second party.
fn evidence_over() -> (Court, String) {
    let (mut court, _) = ex4::pretrial();
    let last = court.last_day(PeriodKind::Evidence, 1);
    court.on(&last.tomorrow().expect("within the calendar").to_string());
    (court, last.to_string())
}

#[test]
fn evidence_that_came_by_post_in_time_is_not_late_though_it_is_entered_later() {
    let (mut court, last) = evidence_over();
    court.act(&court.clerk(), posted(&last, evidence(1))).expect("entered by the clerk");
    let today = court.today().to_string();
    court.act(&court.clerk(), posted(&today, evidence(2))).expect("entered by the clerk");
    let late = |place: usize| court.case().evidence.iter().find(|item| item.material == exhibit(90 + place));
    assert!(!late(1).expect("it was taken").late);
    assert!(late(2).expect("it was taken").late, "what came too late is taken with its mark");
}

#[test]
fn the_record_says_how_an_act_came_when_and_who_compared_it() {
    let (mut court, _) = ex4::pretrial();
    let agreed = ConsentCommand::Record {
        party: party(1),
        steps: vec![Step::Hearing],
        consent: Consent::Agreed,
        how: "邮寄".to_owned(),
    };
    let today = court.today().to_string();
    let events = court.act(&court.clerk(), posted(&today, agreed.clone())).expect("entered");
    let entered = OnPaperEvent::Entered {
        party: party(1),
        act: "consent.recorded.v1".to_owned(),
        came: Came { way: Way::Post, on: day(&today), compared_by: person(21) },
    };
    assert_eq!(events[1], entered.into());
    assert_eq!(court.act(&court.clerk(), posted(&today, agreed)), Ok(vec![]), "what is known already is not entered");
}

#[test]
fn the_court_switches_a_step_off_line_and_no_party_does_so_for_it() {
    let (mut court, _) = ex4::pretrial();
    court.consent(1);
    let switch = ConsentCommand::Record {
        party: party(1),
        steps: vec![Step::Hearing],
        consent: Consent::Switched,
        how: "需要当庭核对原件".to_owned(),
    };
    let denied = Denial::NotAllowed { act: Act::SwitchStep };
    assert_eq!(court.act(&account(1), switch.clone()), Err(denied.into()));
    court.act(&court.judge(), switch).expect("the step is unfit for going on line");
    assert!(!xiezhi_domain::consent::is_online(court.case(), party(1), Step::Hearing));
}

#[test]
fn every_act_of_mediation_has_its_twin_on_paper() {
    let (mut court, _) = ex4::pretrial();
    let (judge, clerk, today) = (court.judge(), court.clerk(), court.today().to_string());
    court.act(&clerk, posted(&today, MediationCommand::Ask { party: party(1) })).expect("asked at the counter");
    court.act(&judge, MediationCommand::Open).expect("open");
    let offer = MediationCommand::Offer { by: Some(party(0)), terms: "赔偿十九万元".to_owned() };
    court.act(&clerk, posted(&today, offer)).expect("an offer");
    let accepts =
        |place| MediationCommand::Answer { offer: 0, party: party(place), accepts: true, words: String::new() };
    court.act(&clerk, posted(&today, accepts(1))).expect("an answer");
    court.act(&clerk, posted(&today, accepts(2))).expect("an answer");
    assert!(court.case().is_offer_accepted(0));
    let leave = MediationCommand::Leave { party: party(2), reason: String::new() };
    court.act(&clerk, posted(&today, leave)).expect("a party leaves");
    assert!(!court.case().mediation.open);
}

#[test]
fn a_party_enters_nothing_as_paper_and_the_judge_leaves_it_to_the_clerk() {
    let (mut court, _) = ex4::pretrial();
    let today = court.today().to_string();
    let denied = Denial::NotAllowed { act: Act::SpeakForParty };
    for actor in [account(1), court.judge()] {
        assert_eq!(court.act(&actor, posted(&today, evidence(1))), Err(denied.clone().into()), "{actor:?}");
    }
    let of_court = posted(&today, MediationCommand::Open);
    assert_eq!(court.act(&court.clerk(), of_court), Err(OnPaperRefusal::NotOfAParty.into()));
}
