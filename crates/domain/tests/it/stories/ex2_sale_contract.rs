//! Example 2: a sale, a panel, an appraisal, an appeal.

use xiezhi_domain::{
    appeal::AppealCommand,
    approval::Matter,
    deliberation::{DeliberationCommand, DeliberationRefusal, Position, Question},
    hearing::Mode,
    law::trial_period::ExclusionKind,
    material::MaterialCommand,
    paper::{PaperKind, Volume},
    party::PartyRole,
    people::Post,
    periods::PeriodKind,
    stage::Stage,
};

use crate::{
    cast::staff,
    court::{Court, day},
    example::{Example, account, agent, exhibit, party},
    steps::{actor, content},
};

/// The case heard, on the day of the hearing.
pub fn heard() -> (Court, Example) {
    let (mut court, told) = Court::filed(2, "2026-01-08");
    court.pay();
    court.on("2026-01-14");
    court.link(1, &told);
    court.serve_online(1);
    court.act(&account(1), appointing(&court, &told)).expect("the defendant appoints an agent");
    court.answer(1, told.text("answer.烟台假想机械有限公司"));
    court.on("2026-04-01");
    court.approve(Matter::ExcludePeriod {
        kind: ExclusionKind::Appraisal,
        from_on: told.day("appraisal.entrusted"),
        to_on: told.day("appraisal.report_received"),
    });
    court.enter_all();
    let exhibits = (0..3).map(exhibit).collect();
    court.act(&court.clerk(), MaterialCommand::Disclose { materials: exhibits }).expect("evidence is exchanged");
    let hearing = court.schedule("2026-04-21", Mode::InPerson);
    court.serve_online(0);
    court.serve_online(1);
    court.on("2026-04-21");
    court.hear(hearing, &[0, 1]);
    (court, told)
}

fn appointing(court: &Court, told: &Example) -> xiezhi_domain::parties::PartiesCommand {
    let parties: Vec<_> = court.case().parties_in_order().cloned().collect();
    let agent = told.told_agents(&parties, PartyRole::Defendant).remove(0);
    xiezhi_domain::parties::PartiesCommand::AppointAgent { agent }
}

/// Two questions with the proposal of the judge in charge.
pub fn questions() -> Vec<Question> {
    ["应扣减货款的数额", "违约金标准应否调整"]
        .map(|text| Question { text: text.to_owned(), proposal: "按报告意见".to_owned(), opinions: vec![] })
        .to_vec()
}

/// The panel deliberates: the assessor dissents on the second question.
pub fn deliberate(court: &mut Court) {
    let presiding = actor(court.tribunal().presiding.expect("a panel"));
    court.act(&presiding, DeliberationCommand::Open { questions: questions() }).expect("the panel meets");
    let order = court.case().deliberation.round.order.clone();
    for question in 0..2 {
        for member in &order {
            let dissents = question == 1 && *member == order[0];
            let position = if dissents { Position::Against } else { Position::For };
            let opinion = DeliberationCommand::GiveOpinion { question, position, reasons: "理由".to_owned() };
            court.act(&actor(*member), opinion).expect("each speaks in turn");
        }
    }
    let conclusion = "按多数意见".to_owned();
    court.act(&presiding, DeliberationCommand::Conclude { conclusion }).expect("everyone has spoken");
    for member in order {
        court.act(&actor(member), DeliberationCommand::Sign).expect("members sign the minutes");
    }
}

/// The judgment served on both, on the days told.
pub fn served() -> (Court, Example) {
    let (mut court, told) = heard();
    court.on("2026-04-24");
    deliberate(&mut court);
    court.on("2026-04-29");
    court.judge_as(&told, false);
    court.on("2026-05-06");
    court.serve_online(0);
    court.serve_online(1);
    (court, told)
}

/// The appeal filed, on the day told.
pub fn appealed() -> (Court, Example) {
    let (mut court, told) = served();
    court.on("2026-05-20");
    let petition = told.text("appeal.claims.0").to_owned();
    court.act(&account(1), AppealCommand::File { party: party(1), petition, came_on: None }).expect("in time");
    (court, told)
}

#[test]
fn ordinary_procedure_draws_a_panel_of_three_with_an_assessor() {
    let (court, told) = Court::filed(2, "2026-01-08");
    assert_eq!(court.case().number.as_ref().expect("a number").to_string(), told.text("case_no"));
    assert_eq!(court.case().fees.due, told.fen("fee.charged"));
    let tribunal = court.tribunal();
    assert_eq!((tribunal.is_panel(), tribunal.voters().len()), (true, 3));
    assert_eq!(tribunal.presiding, Some(tribunal.judge), "the judge in charge presides, never the assessor");
    let assessors = tribunal
        .members
        .iter()
        .filter(|id| matches!(actor(**id), xiezhi_domain::people::Actor::Person { post: Post::Assessor, .. }));
    assert_eq!(assessors.count(), 1);
}

#[test]
fn an_appraisal_moves_the_trial_period_by_its_own_days() {
    let (court, told) = heard();
    let excluded = told.0["appraisal"]["excluded_days"].as_i64().expect("days");
    let base = day("2026-07-12");
    let moved = base.saturating_add(jiff::Span::new().days(excluded));
    assert_eq!(court.due(PeriodKind::Trial), moved);
    assert_eq!(moved, day("2026-08-16"), "a trial period does not roll over a Sunday");
}

#[test]
fn the_panel_speaks_in_the_legal_order_and_keeps_the_dissent() {
    let (mut court, _) = heard();
    court.on("2026-04-24");
    let tribunal = court.tribunal();
    let presiding = tribunal.presiding.expect("a panel");
    court.act(&actor(presiding), DeliberationCommand::Open { questions: questions() }).expect("the panel meets");
    let order = court.case().deliberation.round.order.clone();
    assert_eq!(order.last(), Some(&presiding), "the presiding judge speaks last, though in charge");
    assert_eq!(order[0], tribunal.members[1], "the assessor speaks before the judges");
    let early = DeliberationCommand::GiveOpinion { question: 0, position: Position::For, reasons: "理由".to_owned() };
    let refused = court.act(&actor(presiding), early).expect_err("not in turn");
    assert_eq!(refused, DeliberationRefusal::NotYourTurn { turn: order[0] }.into());
    deliberate(&mut court);
    let deliberation = &court.case().deliberation;
    assert_eq!(deliberation.round.questions[1].tally(), (2, 1));
    assert_eq!(deliberation.signed.len(), 3);
    let minutes = court.case().last_paper(PaperKind::DeliberationMinutes).expect("minutes are written");
    assert_eq!(minutes.volume, Volume::Secondary);
}

#[test]
fn the_case_goes_up_on_appeal_and_comes_back_in_force() {
    let (mut court, told) = served();
    assert_eq!(court.case().stage, Stage::AppealPeriod);
    assert_eq!([0, 1].map(|place| court.last_day(PeriodKind::Appeal, place)), [day("2026-05-21"); 2]);
    court.on("2026-05-20");
    let petition = told.text("appeal.claims.0").to_owned();
    let appeal = AppealCommand::File { party: party(1), petition, came_on: None };
    assert!(court.act(&agent(1), appeal.clone()).is_err(), "a general agent cannot appeal");
    court.act(&account(1), appeal).expect("the party itself can");
    assert_eq!(court.due(PeriodKind::AppealCopy), day("2026-05-25"));
    court.on("2026-05-22");
    court.serve_online(0);
    assert_eq!(court.last_day(PeriodKind::AppealAnswer, 0), day("2026-06-08"), "6 June is a Saturday");
    assert_eq!(court.due(PeriodKind::Transfer), day("2026-06-15"), "five days on, 13 June is a Saturday");
    court.on("2026-06-08");
    assert_eq!(court.case().stage, Stage::Appealed, "lapsed periods of others give no effect once one appealed");
    court.act(&court.clerk(), AppealCommand::Transfer).expect("everything is served");
    assert_eq!(court.case().stage, Stage::FileTransferred);
    assert!(
        court.case().running(PeriodKind::Archive, None).is_none(),
        "what is with the court above isn't archived here"
    );
    court.on("2026-07-28");
    let result = told.text("appeal.second_result").to_owned();
    let back = AppealCommand::EnterReturn { result, effective_on: told.day("effective_date") };
    court.act(&court.clerk(), back).expect("the file came back");
    assert_eq!((court.case().stage, court.case().effective_on), (Stage::Effective, Some(day("2026-07-17"))));
    assert_eq!(court.due(PeriodKind::Archive), day("2026-10-28"), "three months from the day the file came back");
    court.archive();
    assert_eq!(court.case().stage, Stage::Archived);
}

#[test]
fn a_panel_judgment_waits_for_the_deliberation() {
    use xiezhi_domain::drafting::{DraftingCommand, DraftingRefusal};
    let (mut court, told) = heard();
    let document = xiezhi_domain::ids::DocumentId(court.fresh());
    let save = DraftingCommand::Save { document, kind: PaperKind::Judgment, content: content(&told), based_on: 0 };
    court.act(&court.judge(), save).expect("a draft may be begun early");
    let refused = court.act(&court.judge(), DraftingCommand::PutForward { document }).expect_err("not deliberated");
    assert_eq!(refused, DraftingRefusal::NotDeliberated.into());
}

#[test]
fn nobody_outside_the_panel_deliberates() {
    let (mut court, _) = heard();
    for outsider in [court.clerk(), staff(Post::President), account(0)] {
        assert!(court.act(&outsider, DeliberationCommand::Open { questions: questions() }).is_err(), "{outsider:?}");
    }
}
