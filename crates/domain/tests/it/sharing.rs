//! Papers shared for a time with somebody outside the court: which, with whom, until when, and how it ends.

use jiff::Span;
use xiezhi_domain::{
    access::{Reader, may, may_be_told, may_command, may_see_shared},
    approval::{ApprovalCommand, ApprovalRefusal, Matter},
    command::CaseCommand,
    decision::Promise,
    event::CaseEvent,
    ids::{MaterialId, ShareId},
    material::{Material, Place},
    paper::{PaperKind, Volume},
    sharing::{CODE_TRIES, LONGEST_DAYS, Outsider, Share, SharingCommand, SharingRefusal, Terms},
    stage::Stage,
};

use crate::{
    court::Court,
    example::account,
    refusals::{Row, denied, no_paper, row},
    stories::ex2_sale_contract as ex2,
};

/// What is shared with an appraiser: the complaint, for twenty days.
fn terms(court: &Court) -> Terms {
    let paper = court.case().last_paper(PaperKind::Complaint).expect("a complaint").id;
    let with = Outsider {
        name: "甄鉴定".to_owned(),
        organisation: "烟台某司法鉴定所".to_owned(),
        reach: "jianding@mail.example".to_owned(),
    };
    let until_on = court.today().saturating_add(Span::new().days(20));
    Terms { with, purpose: "质量鉴定".to_owned(), materials: vec![paper], until_on }
}

fn grant(terms: Terms) -> SharingCommand {
    SharingCommand::Grant { terms }
}

/// A case of which papers are shared, and the share.
fn shared() -> (Court, ShareId) {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    let (clerk, terms) = (court.clerk(), terms(&court));
    court.act(&clerk, grant(terms)).expect("it is shared");
    let share = *court.case().shares.keys().next().expect("a share");
    (court, share)
}

fn tries(court: &mut Court, share: ShareId, code: &str) -> Result<Vec<CaseEvent>, xiezhi_domain::Refusal> {
    court.act(&xiezhi_domain::people::Actor::System, SharingCommand::Try { share, code: code.to_owned() })
}

/// The tale of a share: a wrong code, then it is taken back; another by approval.
pub fn told() -> Court {
    let (mut court, share) = shared();
    let clerk = court.clerk();
    tries(&mut court, share, "1").expect("a wrong code is noted");
    let reason = "鉴定已经完成".to_owned();
    court.act(&clerk, SharingCommand::Revoke { share, reason }).expect("it is taken back");
    let terms = terms(&court);
    court.approve(Matter::ShareOut { terms });
    court
}

/// Every refusal of sharing.
pub fn rows() -> Vec<Row> {
    use SharingRefusal::*;
    let (court, share) = shared();
    let clerk = court.clerk();
    let good = terms(&court);
    let with = |change: fn(&mut Outsider)| {
        let mut terms = good.clone();
        change(&mut terms.with);
        grant(terms)
    };
    let until =
        |days: i64| grant(Terms { until_on: court.today().saturating_add(Span::new().days(days)), ..good.clone() });
    let papers = |materials: Vec<MaterialId>| grant(Terms { materials, ..good.clone() });
    let (mut deliberated, _) = ex2::heard();
    ex2::deliberate(&mut deliberated);
    let minutes = deliberated.case().last_paper(PaperKind::DeliberationMinutes).expect("minutes").id;
    let secret = grant(Terms { materials: vec![minutes], ..terms(&deliberated) });
    let by_approval = ApprovalCommand::Ask {
        request: Matter::ShareOut { terms: Terms { materials: vec![minutes], ..terms(&deliberated) } },
        reason: "鉴定".to_owned(),
    };
    let mut strict = court.clone();
    strict.rules.settings.shares_need_approval = true;
    let no = |share, reason: &str| SharingCommand::Revoke { share, reason: reason.to_owned() };
    let code = |code: &str| SharingCommand::Try { share, code: code.to_owned() };
    let mut tried = court.clone();
    tries(&mut tried, share, "1").expect("a wrong code is noted");
    let system = xiezhi_domain::people::Actor::System;
    let nowhere = ShareId(uuid::Uuid::from_u128(0xdead));
    let act = |act| xiezhi_domain::access::Denial::NotAllowed { act };
    vec![
        row(&court, &clerk, with(|with| with.name = " ".to_owned()), NotNamed),
        row(&court, &clerk, with(|with| with.organisation.clear()), NotNamed),
        row(&court, &clerk, with(|with| with.reach = "1380013800".to_owned()), NotReachable),
        row(&court, &clerk, with(|with| with.reach = "a@b".to_owned()), NotReachable),
        row(&court, &clerk, grant(Terms { purpose: " ".to_owned(), ..good.clone() }), NoPurpose),
        row(&court, &clerk, until(-1), WrongTerm),
        row(&court, &clerk, until(LONGEST_DAYS + 1), WrongTerm),
        row(&court, &clerk, papers(vec![]), NothingChosen),
        row(&court, &clerk, papers(vec![no_paper()]), NotInFile),
        row(&deliberated, &clerk, secret, SecondaryVolume),
        row(&deliberated, &clerk, by_approval, ApprovalRefusal::Sharing { fault: SecondaryVolume }),
        row(&strict, &clerk, grant(good.clone()), NeedsApproval),
        row(&court, &clerk, no(nowhere, "误发"), Unknown),
        row(&court, &clerk, no(share, " "), NoReason),
        row(&tried, &system, code("1"), WrongCode),
        row(&court, &system, SharingCommand::Try { share: nowhere, code: "1".to_owned() }, WrongCode),
        denied(&court, &account(0), grant(good.clone()), act(xiezhi_domain::access::Act::ShareOut)),
        denied(&court, &clerk, code("1"), act(xiezhi_domain::access::Act::OpenShare)),
    ]
}

#[test]
fn a_share_begins_with_its_code_on_the_way_and_is_granted_once() {
    let (mut court, share) = shared();
    assert_eq!(court.promises, [Promise::Invite { share }]);
    let known = court.case().shares[&share].clone();
    assert!(known.code.len() == 8 && known.code.bytes().all(|byte| byte.is_ascii_digit()), "{}", known.code);
    assert_eq!(tries(&mut court, share, &known.code).expect("the right code"), []);
}

#[test]
fn a_few_wrong_codes_make_it_void_and_the_same_one_again_does_not_count() {
    let (mut court, share) = shared();
    for at in 0..CODE_TRIES {
        tries(&mut court, share, &format!("{at:08}x")).expect("a wrong code is noted");
        let again = tries(&mut court, share, &format!("{at:08}x"));
        assert_eq!(again, Err(SharingRefusal::WrongCode.into()));
    }
    let code = court.case().shares[&share].code.clone();
    assert_eq!(tries(&mut court, share, &code), Err(SharingRefusal::WrongCode.into()), "answered like a wrong one");
}

#[test]
fn by_approval_it_begins_with_the_last_yes() {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    court.rules.settings.shares_need_approval = true;
    let terms = terms(&court);
    court.approve(Matter::ShareOut { terms: terms.clone() });
    let share = court.case().shares.values().next().expect("it began");
    assert_eq!(share.terms, terms);
    assert!(share.granted_by.is_some());
}

#[test]
fn parties_are_told_nothing_of_it() {
    let court = told();
    let party = Reader::of(&account(0), court.case());
    let team = Reader::of(&court.clerk(), court.case());
    let mut of_shares = court.log.iter().map(|(event, _)| event).filter(|event| event.name().starts_with("sharing."));
    assert!(of_shares.clone().count() >= 4);
    assert!(of_shares.clone().all(|event| may_be_told(&team, court.case(), event)));
    let linked = Reader { relations: vec![xiezhi_domain::access::Relation::Party], ..party };
    assert!(of_shares.all(|event| !may_be_told(&linked, court.case(), event)));
}

/// A change of case, share, paper or day, and whether the page is still seen.
type Bent =
    (&'static str, bool, fn(&mut xiezhi_domain::case::CaseState, &mut Share, &mut Material, &mut jiff::civil::Date));

/// What a guest sees, one thing changed at a time.
const TABLE: [Bent; 12] = [
    ("as it was shared", true, |_, _, _, _| {}),
    ("on the last day", true, |_, share, _, today| *today = share.terms.until_on),
    ("the day after", false, |_, share, _, today| *today = share.terms.until_on.tomorrow().expect("a day")),
    ("taken back", false, |_, share, _, today| share.revoked = Some((*today, "撤回".to_owned()))),
    ("void", false, |_, share, _, _| share.tried = (0..CODE_TRIES).map(|at| at.to_string()).collect()),
    ("another paper", false, |_, share, _, _| share.terms.materials = vec![no_paper()]),
    ("moved to the secondary volume", false, |_, _, paper, _| paper.volume = Volume::Secondary),
    ("struck", false, |_, _, paper, _| paper.place = Place::Struck),
    ("back in staging", false, |_, _, paper, _| paper.place = Place::Staged),
    ("erased", false, |_, _, paper, today| paper.erased_on = Some(*today)),
    ("archived", false, |case, _, _, _| case.stage = Stage::Archived),
    ("before filing", false, |case, _, _, _| case.stage = Stage::Submitted),
];

#[test]
fn a_guest_sees_what_was_shared_while_it_is_shared_and_nothing_else() {
    let (court, id) = shared();
    for (what, sees, bend) in TABLE {
        let mut case = court.case().clone();
        let mut share = case.shares[&id].clone();
        let mut paper = case.materials[&share.terms.materials[0]].clone();
        let mut today = court.today();
        bend(&mut case, &mut share, &mut paper, &mut today);
        assert_eq!(may_see_shared(&case, &share, &paper, today).is_ok(), sees, "{what}");
    }
    let share = &court.case().shares[&id];
    for paper in court.case().materials_in_order().filter(|paper| !share.terms.materials.contains(&paper.id)) {
        assert!(may_see_shared(court.case(), share, paper, court.today()).is_err(), "{}", paper.title);
    }
}

#[test]
fn whoever_holds_a_share_is_nobody_else_in_the_case() {
    use xiezhi_domain::access::{Act, Relation};
    let (court, _) = shared();
    let post = None;
    let guest = Reader { post, relations: vec![Relation::Guest], ..Reader::of(&account(0), court.case()) };
    for act in Act::ALL {
        for stage in Stage::ALL {
            let granted = may(&guest, *act, stage).is_ok();
            assert_eq!(granted, *act == Act::ViewShared && !stage.is_before_filing(), "{act:?} at {stage:?}");
        }
    }
    let command: CaseCommand = grant(terms(&court)).into();
    assert!(may_command(&guest, court.case(), &command).is_err());
}
