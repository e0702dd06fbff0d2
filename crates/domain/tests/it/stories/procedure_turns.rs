//! Stays, resumption, and changes of procedure.

use xiezhi_domain::{
    approval::Matter,
    assignment::{AssignmentCommand, Tribunal},
    case::Procedure,
    fees::FeeStatus,
    law::money::Fen,
    paper::PaperKind,
    people::Post,
    periods::PeriodKind,
    procedure::ProcedureCommand,
    stage::{Stage, StageRefusal},
};

use crate::{
    cast::{person, staff},
    court::{Court, day},
    example::account,
    stories::ex6_property_service as ex6,
};

fn stay() -> Matter {
    Matter::Stay { ground: "一方当事人死亡，需要等待继承人表明是否参加诉讼".to_owned() }
}

#[test]
fn a_stay_stops_every_period_and_resumption_moves_them_by_its_days() {
    let (mut court, told) = Court::filed(1, "2026-02-27");
    court.on("2026-03-06");
    court.link(1, &told);
    court.serve_online(1);
    let (trial, answer, fee) =
        (court.due(PeriodKind::Trial), court.last_day(PeriodKind::Answer, 1), court.due(PeriodKind::FeePayment));
    assert_eq!((trial, answer, fee), (day("2026-06-02"), day("2026-03-23"), day("2026-03-09")));
    court.approve(stay());
    assert!(court.case().last_paper(PaperKind::StayRuling).is_some());
    court.on("2026-04-05");
    assert_eq!(court.case().fees.status, FeeStatus::Noticed, "no time runs out during a stay");
    court.act(&court.judge(), ProcedureCommand::Resume).expect("proceedings go on");
    assert_eq!(court.due(PeriodKind::Trial), day("2026-07-02"), "thirty days more");
    assert_eq!(court.last_day(PeriodKind::Answer, 1), day("2026-04-22"));
    assert_eq!(court.due(PeriodKind::FeePayment), day("2026-04-08"));
    let trial = court.case().period(PeriodKind::Trial, None).expect("it runs");
    assert_eq!(trial.exclusions.len(), 1, "one row for one stay");
    assert_eq!(trial.exclusions[0].ends_on, Some(day("2026-04-05")));
}

#[test]
fn while_stayed_the_trial_stands_still() {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    court.approve(stay());
    let refused = court.act(
        &account(0),
        xiezhi_domain::mediation::MediationCommand::Offer {
            by: Some(crate::example::party(0)),
            terms: "和解".to_owned(),
        },
    );
    assert!(
        matches!(
            refused,
            Err(xiezhi_domain::Refusal::Mediation(xiezhi_domain::mediation::MediationRefusal::Stage {
                fault: StageRefusal::Stayed
            }))
        ),
        "{refused:?}"
    );
}

#[test]
fn small_claims_become_summary_and_summary_ordinary_from_the_first_day_of_filing() {
    let (mut court, _) = ex6::pretrial();
    court.act(&court.judge(), ProcedureCommand::ConvertDown { reason: "案情复杂".to_owned() }).expect("converted");
    assert_eq!(court.case().procedure, Procedure::Summary);
    assert_eq!(court.due(PeriodKind::Trial), day("2026-07-08"), "three months from 8 April");
    assert_eq!((court.case().fees.status, court.case().fees.due), (FeeStatus::Paid, Fen(2_500)), "halved either way");
    court.approve(Matter::ChangeProcedure { to: Procedure::Ordinary });
    assert_eq!(court.case().procedure, Procedure::Ordinary);
    assert_eq!(court.due(PeriodKind::Trial), day("2026-10-08"), "six months from 8 April");
    let rulings = court.case().materials_in_order().filter(|paper| paper.kind == PaperKind::ConversionRuling).count();
    assert_eq!(rulings, 2);
}

#[test]
fn the_other_half_of_the_fee_is_due_when_summary_becomes_ordinary_procedure() {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    court.pay();
    court.on("2026-03-10");
    court.approve(Matter::ChangeProcedure { to: Procedure::Ordinary });
    let fees = &court.case().fees;
    assert_eq!((fees.status, fees.due, fees.paid), (FeeStatus::Noticed, Fen(381_000), Fen(190_500)));
    assert_eq!(court.due(PeriodKind::FeePayment), day("2026-03-17"));
    let mut unpaid = court.clone();
    court.pay();
    assert_eq!((court.case().fees.status, court.case().fees.paid), (FeeStatus::Paid, Fen(381_000)));
    unpaid.on("2026-03-18");
    assert_eq!(unpaid.case().fees.status, FeeStatus::Overdue);
    let document = unpaid.put_forward(PaperKind::DeemedWithdrawalRuling, crate::steps::ruling());
    unpaid.issue(document);
    unpaid.pronounce(document, false);
    assert_eq!(unpaid.case().fees.refund_due, Fen(95_250), "half of what was collected goes back");
}

#[test]
fn a_panel_takes_over_once_the_procedure_is_ordinary() {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    court.approve(Matter::ChangeProcedure { to: Procedure::Ordinary });
    let sole = court.tribunal();
    let others: Vec<_> = (1..=4).map(person).filter(|judge| *judge != sole.judge).collect();
    let panel = Tribunal { presiding: Some(others[0]), members: vec![person(31)], ..sole };
    let change = AssignmentCommand::Change { tribunal: panel.clone(), reason: "转为合议庭".to_owned() };
    court.act(&staff(Post::DivisionHead), change).expect("a panel of three");
    assert_eq!(court.tribunal(), panel);
    assert!(court.case().last_paper(PaperKind::TribunalNotice).is_some(), "the parties are told");
}

#[test]
fn the_stage_survives_a_stay() {
    let (mut court, _) = Court::filed(1, "2026-02-27");
    let before = court.case().stage;
    court.approve(stay());
    court.act(&court.judge(), ProcedureCommand::Resume).expect("resumed");
    assert_eq!((court.case().stage, before), (Stage::Assigned, Stage::Assigned));
}
