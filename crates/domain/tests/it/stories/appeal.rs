//! Turns of appeal.

use xiezhi_domain::{
    appeal::{AppealCommand, AppealRefusal},
    periods::PeriodKind,
    stage::Stage,
};

use crate::{
    court::day,
    example::{account, party},
    stories::ex2_sale_contract as ex2,
};

fn petition(place: usize) -> AppealCommand {
    AppealCommand::File { party: party(place), petition: "不服一审判决".to_owned(), came_on: None }
}

#[test]
fn each_party_appeals_within_its_own_days_to_midnight() {
    let (mut court, _) = ex2::served();
    court.on("2026-05-21");
    court.act(&account(0), petition(0)).expect("the last day is in time");
    court.on("2026-05-22");
    let late = court.act(&account(1), petition(1));
    assert_eq!(late, Err(AppealRefusal::PeriodOver { last_on: day("2026-05-21") }.into()));
}

#[test]
fn a_petition_posted_in_time_is_in_time_though_it_comes_late() {
    let (mut court, _) = ex2::served();
    court.on("2026-05-21");
    court.act(&account(0), petition(0)).expect("one appealed");
    court.on("2026-05-25");
    let posted =
        AppealCommand::File {
            party: party(1), petition: "邮寄上诉状".to_owned(), came_on: Some(day("2026-05-20"))
        };
    court.act(&court.clerk(), posted).expect("the postmark counts");
    assert_eq!(court.case().appeals.len(), 2);
}

#[test]
fn the_file_does_not_go_up_before_the_other_side_has_the_petition() {
    let (mut court, _) = ex2::appealed();
    let early = court.act(&court.clerk(), AppealCommand::Transfer);
    assert_eq!(early, Err(AppealRefusal::CopyNotServed { party: party(0) }.into()));
    court.serve_online(0);
    court.act(&court.clerk(), AppealCommand::Transfer).expect("now it may");
    assert!(court.case().running(PeriodKind::Transfer, None).is_none());
}

#[test]
fn one_appeal_keeps_the_whole_judgment_open() {
    let (mut court, _) = ex2::appealed();
    court.on("2026-06-01");
    assert_eq!((court.case().stage, court.case().effective_on), (Stage::Appealed, None));
}
