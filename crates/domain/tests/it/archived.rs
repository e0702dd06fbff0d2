//! A file under the archive seal: the closed list of what may still be done, and nothing else.

use std::collections::BTreeSet;

use serde_json::Value;
use xiezhi_domain::{
    approval::{ApprovalCommand, Matter},
    archive::ArchiveCommand,
    closing,
    command::CaseCommand,
    event::CaseEvent,
    law::retention::RetentionClass,
    material::Place,
    paper::{PaperKind, Volume},
    people::{Actor, Post},
    stage::Stage,
};

use crate::{
    cast::{person, staff},
    court::{Court, file_of},
    example::{account, exhibit},
    stories::ex1_private_lending as ex1,
    tales,
};

/// Facts that an archived file takes: loans and what was asked of them, readings, tests, another class, a link; a supplement or an erasure, and the
/// words of whoever approves it.
const CLOSED_LIST: [&str; 15] = [
    "approval.asked.v1",
    "approval.granted.v1",
    "approval.refused.v1",
    "archive.access_granted.v1",
    "archive.borrowing_answered.v1",
    "archive.borrowing_asked.v1",
    "archive.lent.v1",
    "archive.linked.v1",
    "archive.loan_ended.v1",
    "archive.reclassified.v1",
    "archive.tested.v1",
    "correcting.opened.v1",
    "correcting.revoked.v1",
    "material.erased.v1",
    "material.supplemented.v1",
];

fn archived() -> Court {
    let mut court = ex1::told_to_effect();
    court.refund();
    court.archive();
    court
}

fn names(events: &[CaseEvent]) -> Vec<String> {
    events.iter().map(CaseEvent::name).collect()
}

/// Every command that any tale ever gives, by whoever gave it there.
fn every_command() -> Vec<(Actor, CaseCommand)> {
    let tales = tales::all();
    tales.into_iter().flat_map(|(_, court)| court.carried).map(|act| (act.actor, act.command)).collect()
}

fn capability(command: &CaseCommand) -> String {
    let value = serde_json::to_value(command).expect("plain data");
    value["capability"].as_str().expect("a command names its capability").to_owned()
}

#[test]
fn whatever_anyone_commands_an_archived_file_takes_only_the_closed_list() {
    let court = archived();
    let commands = every_command();
    let capabilities: BTreeSet<String> = commands.iter().map(|(_, command)| capability(command)).collect();
    assert_eq!(capabilities.len(), 30, "the tales give commands of every capability: {capabilities:?}");
    for (actor, command) in commands {
        let Ok(decision) = court.clone().rule(&actor, command.clone()) else { continue };
        for name in names(&decision.events) {
            assert!(CLOSED_LIST.contains(&name.as_str()), "{command:?} wrote {name} into an archived file");
        }
        assert!(decision.papers.is_empty() && decision.registers.is_empty(), "{command:?} wrote papers");
    }
}

#[test]
fn each_fact_of_the_closed_list_comes_about_and_leaves_what_was_sealed_as_it_was() {
    let before = archived();
    let (_, court) = tales::all().into_iter().find(|(name, _)| *name == tales::KEPT).expect("the tale is told");
    let sealed = court.log.iter().position(|(event, _)| event.name() == "archive.sealed.v1").expect("it is sealed");
    let after: BTreeSet<String> = court.log[sealed + 1..].iter().map(|(event, _)| event.name()).collect();
    let ended = BTreeSet::from(["periods.ended.v1".to_owned()]);
    let listed: BTreeSet<String> = CLOSED_LIST.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(&after - &ended, &listed - &BTreeSet::from(["approval.refused.v1".to_owned()]));
    assert_eq!(court.case().stage, Stage::Archived);
    let list: BTreeSet<String> = closing::seal_list(court.case()).lines().map(str::to_owned).collect();
    let sealed: BTreeSet<String> = closing::seal_list(before.case()).lines().map(str::to_owned).collect();
    assert!(list.is_superset(&sealed), "every sealed paper still stands in the list");
    assert_eq!(court.case().archive.seal_sha256, before.case().archive.seal_sha256);
}

#[test]
fn a_paper_of_an_archived_file_is_neither_replaced_nor_struck() {
    let court = archived();
    let material = exhibit(0);
    for request in [Matter::StrikeMaterial { material }, Matter::ReplaceMaterial { material, file: file_of("另一份") }]
    {
        let ask = ApprovalCommand::Ask { request, reason: "案件需要".to_owned() };
        let refused = court.clone().rule(&court.judge(), ask).expect_err("it is refused");
        assert_eq!(refused.code(), "stage.Sealed");
    }
}

#[test]
fn a_loan_ends_by_itself_once_its_last_day_is_over() {
    let mut court = archived();
    let archivist = staff(Post::Archivist);
    let lend = |to, days| ArchiveCommand::Lend { to: person(to), purpose: "再审审查".to_owned(), days };
    court.act(&archivist, lend(1, 3)).expect("it is lent");
    court.act(&archivist, lend(2, 10)).expect("it is lent");
    let today = court.today();
    let after = |days: i64| today.saturating_add(jiff::Span::new().days(days)).to_string();
    court.on(&after(3));
    assert_eq!(court.case().archive.loans.len(), 2, "the last day is the borrower's");
    court.on(&after(4));
    assert_eq!(court.case().archive.loans.iter().map(|loan| loan.to).collect::<Vec<_>>(), [person(2)]);
    court.on(&after(11));
    assert!(court.case().archive.loans.is_empty());
}

#[test]
fn erased_bytes_go_but_not_those_another_paper_has_as_well() {
    let mut court = archived();
    let paper = court.case().materials[&exhibit(0)].clone();
    court.approve(Matter::EraseMaterial { material: paper.id });
    let erased = court.log.iter().rev().find_map(|(event, _)| match event {
        CaseEvent::Material(xiezhi_domain::material::MaterialEvent::Erased { files, .. }) => Some(files.clone()),
        _ => None,
    });
    assert_eq!(erased, Some(vec![paper.file.sha256.clone()]));
    let known = &court.case().materials[&paper.id];
    assert_eq!((known.place, known.erased_on), (Place::InFile, Some(court.today())));
    assert_eq!(known.file, paper.file, "what is said of it stays");

    let same = Matter::SupplementArchive { kind: PaperKind::Other, title: String::new(), file: file_of("同一份") };
    let mut twice = archived();
    twice.approve(same.clone());
    twice.approve(match same {
        Matter::SupplementArchive { kind, file, .. } => {
            Matter::SupplementArchive { kind, title: "又一份".to_owned(), file }
        }
        other => other,
    });
    let added = twice.case().materials_in_order().last().expect("it was added").id;
    twice.approve(Matter::EraseMaterial { material: added });
    let Some((CaseEvent::Material(event), _)) = twice.log.last() else { panic!("a fact of papers") };
    let told = serde_json::to_value(event).expect("plain data");
    assert_eq!(told["files"], Value::Array(vec![]), "the other paper keeps the bytes");
}

#[test]
fn what_came_up_since_the_file_was_handed_over_keeps_it_from_the_seal() {
    let mut court = ex1::told_to_effect();
    court.refund();
    court.act(&court.clerk(), ArchiveCommand::Submit).expect("it is handed over");
    let ask =
        ApprovalCommand::Ask { request: Matter::StrikeMaterial { material: exhibit(0) }, reason: "重复".to_owned() };
    court.act(&court.judge(), ask).expect("it is asked");
    let accept = ArchiveCommand::Accept { retention: RetentionClass::Short };
    let refused = court.rule(&staff(Post::Archivist), accept).expect_err("a request is pending");
    assert_eq!(refused.code(), "archive.NotReady");
}

#[test]
fn whoever_only_borrowed_a_file_reads_it_and_takes_nothing_away() {
    use xiezhi_domain::access::{Reader, may_see, may_take_away};
    let mut court = archived();
    let in_charge = court.judge();
    let other = (1..=4).map(crate::cast::member).find(|judge| *judge != in_charge).expect("another judge");
    let to = other.person().expect("a person");
    let lend = ArchiveCommand::Lend { to, purpose: "类案参考".to_owned(), days: 3 };
    court.act(&staff(Post::Archivist), lend).expect("it is lent");
    let paper = court.case().final_paper().expect("a judgment");
    let of = |actor: &Actor| Reader::of(actor, court.case());
    assert!(may_see(&of(&other), court.case(), paper) && !may_take_away(&of(&other), court.case(), paper));
    assert!(may_take_away(&of(&in_charge), court.case(), paper), "the judge in charge has it by the case");
    assert!(may_take_away(&of(&staff(Post::President)), court.case(), paper), "the president by the post");
}

#[test]
fn a_party_that_asked_reads_the_main_volume_whole_and_never_the_secondary_until_the_loan_ends() {
    use xiezhi_domain::access::{Reader, may_see, may_take_away};
    let mut court = archived();
    let (archivist, party) = (staff(Post::Archivist), account(1));
    let until_on = court.today().saturating_add(jiff::Span::new().days(5));
    let ask = ArchiveCommand::AskBorrowing { purpose: "申请再审".to_owned(), until_on, volume: Volume::Main };
    let seen = |court: &Court, volume: Volume| {
        let reader = Reader::of(&party, court.case());
        let of_volume =
            court.case().materials_in_order().filter(|paper| paper.volume == volume && paper.place == Place::InFile);
        let (all, seen): (usize, usize) = of_volume
            .fold((0, 0), |(all, seen), paper| (all + 1, seen + usize::from(may_see(&reader, court.case(), paper))));
        (all, seen)
    };
    let (all, before) = seen(&court, Volume::Main);
    assert!(before < all, "some papers of the main volume were never disclosed to the party");
    court.act(&party, ask).expect("it is asked");
    assert_eq!(seen(&court, Volume::Main), (all, before), "asking opens nothing");
    court
        .act(&archivist, ArchiveCommand::GrantBorrowing { by: party.person().expect("a person") })
        .expect("it is lent");
    assert_eq!(seen(&court, Volume::Main), (all, all));
    let (secondary, of_it) = seen(&court, Volume::Secondary);
    assert!(secondary > 0 && of_it == 0, "the secondary volume is shown to no party");
    let reader = Reader::of(&party, court.case());
    let taken = court.case().materials_in_order().filter(|paper| may_take_away(&reader, court.case(), paper)).count();
    assert_eq!(taken, before, "what is only lent is read, not taken away");
    court.on(&until_on.saturating_add(jiff::Span::new().days(1)).to_string());
    assert_eq!(seen(&court, Volume::Main), (all, before));
}

#[test]
fn nobody_asks_to_borrow_a_file_of_others_but_the_court_s_own_people() {
    let court = archived();
    let until_on = court.today().saturating_add(jiff::Span::new().days(5));
    let ask = || ArchiveCommand::AskBorrowing { purpose: "研究".to_owned(), until_on, volume: Volume::Main };
    let in_charge = court.judge();
    let other = (1..=4).map(crate::cast::member).find(|judge| *judge != in_charge).expect("another judge");
    assert!(court.clone().act(&other, ask()).is_ok(), "a judge of another case may");
    assert!(court.clone().act(&account(9), ask()).is_err(), "an outsider of another case may not");
    for post in Post::ALL.into_iter().filter(|post| post.is_administrator()) {
        assert!(court.clone().act(&staff(post), ask()).is_err(), "{post:?}");
    }
}
