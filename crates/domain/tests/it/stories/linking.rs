//! Linking a case: by number, by the code in the notice, by a clerk who sees the papers; never by a name alone.

use xiezhi_domain::{
    access::{self, Denial, Reader},
    event::CaseEvent,
    parties::{CODE_TRIES, IdentityCheck, PartiesCommand, PartiesEvent, PartiesRefusal},
    people::Actor,
    periods::PeriodKind,
};

use crate::{
    cast::person,
    court::Court,
    example::{account, party},
};

/// Example 1 filed, with the number of its second party not known to the plaintiff.
fn unnumbered() -> Court {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    court.bend(|case| case.parties.get_mut(&party(1)).expect("a defendant").id_no = None);
    court
}

fn code(court: &Court, place: usize) -> String {
    court.case().link_codes[&party(place)].code.clone()
}

fn by_code(who: &Actor, code: &str) -> PartiesCommand {
    let person = who.person().expect("an account");
    PartiesCommand::LinkByCode { person, code: code.to_owned(), verified_by: "face".to_owned() }
}

fn wrong(court: &Court, place: usize) -> String {
    if code(court, place) == "000000" { "000001".to_owned() } else { "000000".to_owned() }
}

fn is_linked(court: &Court, place: usize) -> bool {
    court.case().parties[&party(place)].person.is_some()
}

#[test]
fn each_defendant_without_an_account_gets_a_code_of_its_own_with_the_notice() {
    let court = unnumbered();
    assert_eq!(court.case().link_codes.keys().copied().collect::<Vec<_>>(), [party(1), party(2)]);
    let (one, other) = (code(&court, 1), code(&court, 2));
    assert!(one.len() == 6 && one.chars().all(|digit| digit.is_ascii_digit()), "{one}");
    assert_ne!(one, other);
}

#[test]
fn the_code_links_whoever_bears_the_name_and_has_the_notice() {
    let mut court = unnumbered();
    let direct = PartiesCommand::Link {
        party: party(1),
        person: account(1).person().expect("an account"),
        verified_by: "face".to_owned(),
    };
    assert_eq!(court.act(&account(1), direct), Err(PartiesRefusal::NotThisPerson.into()), "a name alone is not enough");
    court.serve_directly(1);
    assert!(court.case().running(PeriodKind::Link, Some(party(1))).is_some());
    let code = code(&court, 1);
    court.act(&account(1), by_code(&account(1), &code)).expect("the code is right");
    assert!(is_linked(&court, 1));
    assert!(court.case().running(PeriodKind::Link, Some(party(1))).is_none(), "the three days are kept");
    assert!(!court.case().link_codes.contains_key(&party(1)), "a code is used once");
}

#[test]
fn the_code_of_one_party_or_case_opens_no_other() {
    let mut court = unnumbered();
    let (own, other) = (code(&court, 1), code(&court, 2));
    court.act(&account(1), by_code(&account(1), &other)).expect("a wrong try is on the record");
    assert!(!is_linked(&court, 1) && !is_linked(&court, 2));
    assert_eq!(court.act(&account(0), by_code(&account(0), &own)), Err(PartiesRefusal::WrongCode.into()));
    let another = PartiesCommand::LinkByCode {
        person: account(1).person().expect("an account"),
        code: own,
        verified_by: "face".to_owned(),
    };
    assert_eq!(court.act(&account(2), another), Err(Denial::NotThisParty.into()), "nobody links for someone else");
}

#[test]
fn a_known_number_speaks_against_whoever_has_another_though_the_code_is_right() {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    court.bend(|case| {
        case.parties.get_mut(&party(1)).expect("a defendant").id_no = Some("37060219900307663X".to_owned());
    });
    let code = code(&court, 1);
    assert_eq!(court.act(&account(1), by_code(&account(1), &code)), Err(PartiesRefusal::WrongCode.into()));
}

#[test]
fn a_code_is_void_after_a_few_wrong_tries_and_the_right_one_is_answered_like_a_wrong_one() {
    let mut court = unnumbered();
    let (right, wrong) = (code(&court, 1), wrong(&court, 1));
    court.act(&account(1), by_code(&account(1), &wrong)).expect("a wrong try is on the record");
    assert_eq!(court.act(&account(1), by_code(&account(1), &wrong)), Ok(vec![]), "the same slip counts once");
    for guess in (0..).map(|guess: u32| format!("{guess:06}")).filter(|guess| *guess != right).take(CODE_TRIES) {
        let _ = court.act(&account(1), by_code(&account(1), &guess));
    }
    for code in [&wrong, &right] {
        assert_eq!(court.act(&account(1), by_code(&account(1), code)), Err(PartiesRefusal::WrongCode.into()));
    }
    court.act(&court.clerk(), PartiesCommand::IssueCode { party: party(1) }).expect("the clerk issues another");
    let fresh = code_after(&court, &right);
    court.act(&account(1), by_code(&account(1), &fresh)).expect("the new code is right");
    assert!(is_linked(&court, 1));
}

fn code_after(court: &Court, old: &str) -> String {
    let fresh = code(court, 1);
    assert_ne!(fresh, old);
    fresh
}

#[test]
fn a_code_expires() {
    let mut court = unnumbered();
    let code = code(&court, 1);
    let expires = court.case().link_codes[&party(1)].expires_on;
    court.on(&expires.tomorrow().expect("within the calendar").to_string());
    assert_eq!(court.act(&account(1), by_code(&account(1), &code)), Err(PartiesRefusal::WrongCode.into()));
}

#[test]
fn only_the_court_is_told_of_codes_and_wrong_tries() {
    let mut court = unnumbered();
    let wrong = wrong(&court, 1);
    court.act(&account(1), by_code(&account(1), &wrong)).expect("a wrong try is on the record");
    let secret = |event: &CaseEvent| {
        matches!(event, CaseEvent::Parties(PartiesEvent::CodeIssued { .. } | PartiesEvent::CodeMistyped { .. }))
    };
    let told = |actor: &Actor| {
        let reader = Reader::of(actor, court.case());
        let log = court.log.iter().filter(|(event, _)| secret(event));
        log.filter(|(event, _)| access::may_be_told(&reader, court.case(), event)).count()
    };
    assert_eq!((told(&account(0)), told(&court.clerk())), (0, 3));
}

fn check(court: &Court, id_no: &str) -> IdentityCheck {
    IdentityCheck {
        document: "居民身份证".to_owned(),
        id_no: id_no.to_owned(),
        compared_by: person(21),
        on: court.today(),
    }
}

#[test]
fn a_clerk_who_has_the_papers_in_hand_links_whom_the_plaintiff_could_not_number() {
    let mut court = unnumbered();
    let person = account(1).person().expect("an account");
    let number = court.people.person(person).and_then(|known| known.id_no.clone()).expect("a verified number");
    let link = |check| PartiesCommand::LinkChecked { party: party(1), person, check };
    let other = check(&court, "37060219900307663X");
    assert_eq!(court.act(&court.clerk(), link(other)), Err(PartiesRefusal::NotThisPerson.into()));
    let same = check(&court, &number);
    let denied = court.act(&account(1), link(same.clone()));
    assert_eq!(denied, Err(Denial::NotAllowed { act: access::Act::CheckIdentity }.into()));
    court.act(&court.clerk(), link(same.clone())).expect("compared");
    let CaseEvent::Parties(PartiesEvent::Linked { check: Some(kept), .. }) = &court.log[court.log.len() - 1].0 else {
        panic!("the record keeps who compared what");
    };
    assert_eq!(kept, &same);
    assert_eq!(court.case().parties[&party(1)].id_no.as_deref(), Some(number.as_str()));
}

#[test]
fn a_clerk_does_not_link_a_person_of_another_name_whatever_the_number() {
    let mut court = unnumbered();
    let person = account(2).person().expect("an account");
    let number = court.people.person(person).and_then(|known| known.id_no.clone()).unwrap_or_default();
    let check = check(&court, &number);
    let link = PartiesCommand::LinkChecked { party: party(1), person, check };
    assert!(court.act(&court.clerk(), link).is_err());
    assert!(!is_linked(&court, 1));
}
