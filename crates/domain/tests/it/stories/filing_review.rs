//! Turns of filing and review.

use xiezhi_domain::{
    Refusal,
    access::{self, Act, Denial, Reader},
    case::Procedure,
    closing::Manner,
    drafting::{DraftContent, DraftingCommand, DraftingRefusal},
    filing::{self, AUTHORITY_PAPER, EvidenceInput, FilingCommand, FilingRefusal, IDENTITY_PAPER, Intake},
    ids::DocumentId,
    paper::PaperKind,
    people::{Actor, Post},
    periods::PeriodKind,
    review::{CorrectionItem, ReviewCommand, ReviewRefusal},
    stage::Stage,
};

use crate::{
    cast::{member, staff},
    court::{Court, day},
    example::{account, example, exhibit, input, party},
    steps::MET,
};

fn defect() -> Vec<CorrectionItem> {
    vec![CorrectionItem { field: "facts_and_reasons".to_owned(), what: "写明借款交付经过".to_owned() }]
}

#[test]
fn review_runs_seven_days_from_receipt() {
    let (court, _) = Court::submitted(1, "2026-05-06");
    assert_eq!(court.due(PeriodKind::Review), day("2026-05-13"));
    assert!(court.case().last_paper(PaperKind::Receipt).is_some(), "a dated receipt is given");
}

#[test]
fn what_was_told_at_the_counter_counts_from_the_day_it_came() {
    let told = example(1);
    let mut court = Court::on_day("2026-05-08");
    told.register(&mut court.people);
    let mut application = told.application();
    let compared_by = staff(Post::FilingClerk).person().expect("a clerk");
    application.intake = Intake::Counter { happened_on: day("2026-05-06"), compared_by };
    let submit = FilingCommand::Submit { application: Box::new(application) };
    court.act(&staff(Post::FilingClerk), submit).expect("always received");
    assert_eq!(court.case().submitted_on, day("2026-05-06"));
    assert_eq!(court.due(PeriodKind::Review), day("2026-05-13"));
}

#[test]
fn correction_is_asked_once_and_review_starts_anew_when_the_papers_come_back() {
    let (mut court, told) = Court::submitted(1, "2026-05-12");
    let clerk = staff(Post::FilingClerk);
    court.act(&clerk, ReviewCommand::RequestCorrection { items: defect() }).expect("asked");
    assert_eq!(court.case().stage, Stage::CorrectionRequested);
    assert!(court.case().running(PeriodKind::Review, None).is_none(), "the court's time stands still");
    court.on("2026-05-20");
    let mut application = told.application();
    application.facts_and_reasons.push_str("原告于当日转账。");
    application.evidence.push(EvidenceInput { ..input(exhibit(9), "补充证据") });
    let corrected = ReviewCommand::Correct { application: Box::new(application) };
    court.act(&account(0), corrected).expect("the plaintiff corrects");
    assert_eq!(court.due(PeriodKind::Review), day("2026-05-27"));
    assert_eq!(court.case().evidence.len(), 4);
    let again = court.act(&clerk, ReviewCommand::RequestCorrection { items: defect() });
    assert_eq!(again, Err(ReviewRefusal::CorrectionAskedAlready.into()));
    court.file(Procedure::Summary).expect("filed");
    let complaints: Vec<_> =
        court.case().materials_in_order().filter(|paper| paper.kind == PaperKind::Complaint).collect();
    assert_eq!(complaints.len(), 2, "both versions stay in the file");
    let newest = complaints[1].id;
    let to_serve = xiezhi_domain::tasks::to_serve(court.case());
    assert!(to_serve.iter().any(|(paper, _)| *paper == newest));
    assert!(!to_serve.iter().any(|(paper, _)| *paper == complaints[0].id), "the old version is not served");
}

#[test]
fn a_corrected_counter_application_is_reviewed_from_the_day_it_came_back() {
    let told = example(1);
    let mut court = Court::on_day("2026-05-12");
    told.register(&mut court.people);
    let clerk = staff(Post::FilingClerk);
    let mut application = told.application();
    let compared_by = clerk.person().expect("a clerk");
    application.intake = Intake::Counter { happened_on: day("2026-05-12"), compared_by };
    court.act(&clerk, FilingCommand::Submit { application: Box::new(application.clone()) }).expect("received");
    court.act(&clerk, ReviewCommand::RequestCorrection { items: defect() }).expect("asked");
    court.on("2026-05-20");
    court.act(&clerk, ReviewCommand::Correct { application: Box::new(application) }).expect("entered");
    assert_eq!(court.due(PeriodKind::Review), day("2026-05-27"));
}

#[test]
fn papers_not_corrected_in_time_go_back_and_who_insists_gets_a_ruling() {
    let (mut court, _) = Court::submitted(1, "2026-05-12");
    let clerk = staff(Post::FilingClerk);
    court.act(&clerk, ReviewCommand::RequestCorrection { items: defect() }).expect("asked");
    let back = ReviewCommand::Return { reason: "逾期未补正".to_owned() };
    assert_eq!(court.act(&clerk, back.clone()), Err(ReviewRefusal::CorrectionStillRunning.into()));
    court.on("2026-05-20");
    court.act(&clerk, back).expect("returned");
    assert_eq!(court.case().stage, Stage::Returned);
    court.act(&clerk, ReviewCommand::NotAccept { reason: "不补正".to_owned() }).expect("the filer insists");
    assert_eq!(court.case().stage, Stage::NotAccepted);
}

#[test]
fn a_judge_drawn_by_lot_rules_that_a_suit_is_not_accepted_and_the_filer_may_appeal_within_ten_days() {
    let (mut court, _) = Court::submitted(1, "2026-05-12");
    let reason = "不属于人民法院受理民事诉讼的范围".to_owned();
    court
        .act(&staff(Post::FilingClerk), ReviewCommand::NotAccept { reason: reason.clone() })
        .expect("laid before a judge");
    let case = court.case();
    assert!(case.number.is_some() && case.judge().is_some(), "it has a number and a judge");
    assert!(case.running(PeriodKind::Trial, None).is_none() && case.running(PeriodKind::ClaimService, None).is_none());
    assert_eq!(court.due(PeriodKind::Review), day("2026-05-19"), "the ruling is due within the days of the review");
    assert_eq!(case.stage.told_outside(), Stage::UnderReview, "the filer hears it from the ruling");
    let document =
        court.put_forward(PaperKind::NonAcceptance, DraftContent { reasoning: reason, ..Default::default() });
    let paper = court.issue(document);
    court.pronounce(document, false);
    let case = court.case();
    assert_eq!(case.closing.as_ref().map(|closing| closing.manner), Some(Manner::NotAccepted));
    assert!(case.last_paper(PaperKind::PronouncementRecord).is_none(), "nothing was pronounced");
    assert_eq!(xiezhi_domain::tasks::to_serve(case), [(paper, party(0))], "the other side never came before the court");
    court.serve_online(0);
    let case = court.case();
    assert_eq!(case.stage, Stage::AppealPeriod);
    assert_eq!(case.running(PeriodKind::Appeal, Some(party(0))).map(|period| period.last_on), Some(day("2026-05-22")));
    court.enter_all();
    court.on("2026-05-25");
    court.tick();
    assert_eq!(court.case().stage, Stage::Effective);
    assert_eq!(xiezhi_domain::archive::missing(court.case()), [], "the file is ready for the archive");
}

/// A judge finds that a suit laid before it as not acceptable meets the conditions.
fn acceptance(procedure: Procedure) -> ReviewCommand {
    ReviewCommand::Accept { procedure, conditions: MET, reason: "属于平等主体之间的借款纠纷".to_owned() }
}

fn laid_before_a_judge() -> Court {
    let (mut court, _) = Court::submitted(1, "2026-05-12");
    let reason = "不属于人民法院受理民事诉讼的范围".to_owned();
    court.act(&staff(Post::FilingClerk), ReviewCommand::NotAccept { reason }).expect("laid before a judge");
    court
}

#[test]
fn a_judge_who_thinks_otherwise_accepts_the_suit_and_it_goes_on_as_any_filed_case() {
    let mut court = laid_before_a_judge();
    let (number, serial) = (court.case().number.clone(), court.last_serial());
    court.on("2026-05-14");
    court.act(&court.judge(), acceptance(Procedure::Summary)).expect("the conditions are met");
    let case = court.case();
    assert_eq!(
        (case.stage, case.filed_on, case.procedure),
        (Stage::Assigned, Some(day("2026-05-14")), Procedure::Summary)
    );
    assert_eq!(case.number, number, "the number it had for the ruling is its number");
    assert_eq!(court.last_serial(), serial, "no other number is spent on it");
    assert_eq!(court.due(PeriodKind::Trial), day("2026-08-14"), "the trial period counts from the day of filing");
    assert!(case.running(PeriodKind::Review, None).is_none());
    assert_eq!(case.fees.working.as_ref().map(|working| working.total), Some(case.fees.due));
    assert!(case.fees.due.0 > 0 && case.running(PeriodKind::FeePayment, None).is_some());
    for kind in [PaperKind::AcceptanceNotice, PaperKind::FeeNotice, PaperKind::ResponseNotice] {
        assert!(case.last_paper(kind).is_some(), "{kind:?}");
    }
    assert!(!case.is_refused_at_filing());
    assert_eq!(case.review.turned_away_because, None);
}

#[test]
fn who_tries_an_accepted_suit_is_drawn_anew_and_as_its_procedure_asks() {
    let mut court = laid_before_a_judge();
    court.on("2026-05-14");
    court.act(&court.judge(), acceptance(Procedure::Ordinary)).expect("accepted");
    let case = court.case();
    assert_eq!(case.draw.as_ref().map(|draw| draw.day), Some(day("2026-05-14")));
    assert!(case.tribunal.as_ref().is_some_and(|tribunal| tribunal.is_panel()));
}

#[test]
fn what_was_begun_of_the_ruling_falls_away_when_the_suit_is_accepted() {
    let mut court = laid_before_a_judge();
    let judge = court.judge();
    let content = DraftContent { reasoning: "不属于受理范围".to_owned(), ..Default::default() };
    let document = court.put_forward(PaperKind::NonAcceptance, content);
    court.act(&judge, acceptance(Procedure::Summary)).expect("the judge thinks better of it");
    assert!(court.case().drafts.is_empty(), "nobody can sign {document} any more");
    let (mut court, judge) = (laid_before_a_judge(), judge);
    let content = DraftContent { reasoning: "不属于受理范围".to_owned(), ..Default::default() };
    let document = court.put_forward(PaperKind::NonAcceptance, content);
    court.issue(document);
    let late = court.act(&judge, acceptance(Procedure::Summary));
    assert_eq!(late, Err(ReviewRefusal::RulingIssued.into()));
}

#[test]
fn only_the_judge_before_whom_it_lies_accepts_it_and_only_while_it_lies_there() {
    let mut court = laid_before_a_judge();
    let (judge, clerk) = (court.judge(), staff(Post::FilingClerk));
    let denied = Denial::NotAllowed { act: Act::AcceptSuit };
    let stranger = [member(1), member(2), member(3)].into_iter().find(|other| *other != judge).expect("another judge");
    for actor in [clerk, court.clerk(), account(0), stranger] {
        assert_eq!(court.act(&actor, acceptance(Procedure::Summary)), Err(denied.clone().into()), "{actor:?}");
    }
    court.act(&judge, acceptance(Procedure::Summary)).expect("accepted");
    let again = court.act(&court.judge(), acceptance(Procedure::Summary));
    assert!(matches!(again, Err(Refusal::Review(ReviewRefusal::Stage { .. }))), "{again:?}");
}

#[test]
fn the_filer_never_hears_that_the_clerk_would_not_have_accepted_it() {
    let mut court = laid_before_a_judge();
    court.act(&court.judge(), acceptance(Procedure::Summary)).expect("accepted");
    let told = |actor: &Actor| {
        let reader = Reader::of(actor, court.case());
        let names = court.log.iter().filter(|(event, _)| access::may_be_told(&reader, court.case(), event));
        names.map(|(event, _)| event.name()).filter(|name| name.starts_with("review.")).collect::<Vec<_>>()
    };
    assert_eq!(told(&account(0)), ["review.taken.v1", "review.filed.v1"]);
    assert!(told(&court.judge()).contains(&"review.accepted.v1".to_owned()));
}

#[test]
fn on_a_suit_that_is_not_accepted_there_is_nothing_else_to_decide() {
    let (mut court, _) = Court::submitted(1, "2026-05-12");
    let reason = "不属于人民法院受理民事诉讼的范围".to_owned();
    court.act(&staff(Post::FilingClerk), ReviewCommand::NotAccept { reason }).expect("laid before a judge");
    let judge = court.judge();
    let mut save = |kind| {
        let document = DocumentId(court.fresh());
        court.act(&judge, DraftingCommand::Save { document, kind, content: DraftContent::default(), based_on: 0 })
    };
    assert_eq!(save(PaperKind::Judgment), Err(DraftingRefusal::NotDraftable.into()));
    save(PaperKind::NonAcceptance).expect("the ruling is drafted");
}

#[test]
fn a_suit_for_another_organ_is_redirected() {
    let (mut court, _) = Court::submitted(5, "2026-01-16");
    let to = ReviewCommand::Redirect {
        to: "劳动争议仲裁委员会".to_owned(), reason: "应先申请仲裁".to_owned()
    };
    court.act(&staff(Post::FilingClerk), to).expect("told where to go");
    assert_eq!(court.case().stage, Stage::Redirected);
    assert!(court.case().number.is_none(), "no number is spent on it");
}

#[test]
fn two_clerks_cannot_take_or_file_one_application() {
    let (mut court, _) = Court::submitted(1, "2026-02-27");
    court.act(&member(41), ReviewCommand::Take).expect("the first takes it");
    let clerk = member(41).person().expect("a clerk");
    assert_eq!(court.act(&member(42), ReviewCommand::Take), Err(ReviewRefusal::TakenByAnother { clerk }.into()));
    court.file(Procedure::Summary).expect("filed");
    let again = court.file(Procedure::Summary);
    assert!(again.is_err(), "the second finds it filed: {again:?}");
}

#[test]
fn the_filing_side_cannot_name_the_account_of_the_other_side() {
    let told = example(1);
    let mut court = Court::on_day("2026-02-27");
    told.register(&mut court.people);
    let mut application = told.application();
    application.parties[1].person = account(1).person();
    court.act(&account(0), FilingCommand::Submit { application: Box::new(application) }).expect("received");
    let reader = Reader::of(&account(1), court.case());
    assert_eq!(
        access::may(&reader, Act::ViewCase, court.case().stage),
        Err(Denial::NotAllowed { act: Act::ViewCase }),
        "a defendant learns of the suit when it is filed and served, not before"
    );
}

#[test]
fn everything_that_is_wrong_is_told_at_once_at_the_right_party() {
    let mut application = example(1).application();
    application.parties[2].name = String::new();
    application.parties[1].birth_on = Some(day("2026-02-28"));
    application.claims.clear();
    application.facts_and_reasons.clear();
    let expected = [
        FilingRefusal::BirthInFuture { party: party(1) },
        FilingRefusal::NoName { party: party(2) },
        FilingRefusal::NoClaim,
        FilingRefusal::NoFacts,
    ];
    assert_eq!(filing::faults(&application, day("2026-02-27")), expected);
}

#[test]
fn a_passport_is_taken_as_it_is_and_a_card_is_checked() {
    let mut application = example(1).application();
    application.parties[1].id_no = Some("E12345678".to_owned());
    assert_eq!(filing::faults(&application, day("2026-02-27")).len(), 1);
    application.parties[1].particulars.id_kind = Some("护照".to_owned());
    assert_eq!(filing::faults(&application, day("2026-02-27")), []);
}

#[test]
fn a_number_written_in_small_letters_is_the_same_person_and_a_namesake_is_not() {
    let mut application = example(1).application();
    application.parties[0].id_no = Some("37069119850312004X".to_owned());
    application.parties[1].id_no = Some("37069119850312004x ".to_owned());
    let faults = filing::faults(&application, day("2026-02-27"));
    let same = FilingRefusal::SamePersonOnBothSides { party: party(0), other: party(1) };
    assert!(faults.contains(&same), "{faults:?}");
    let mut application = example(1).application();
    application.parties[1].name = application.parties[0].name.clone();
    assert_eq!(filing::faults(&application, day("2026-02-27")), [], "names are common");
    assert_eq!(filing::same_names(&application.parties), [(party(0), party(1))]);
}

#[test]
fn proof_of_identity_and_authority_are_papers_of_the_case_and_no_evidence() {
    let told = example(1);
    let mut court = Court::on_day("2026-05-12");
    told.register(&mut court.people);
    let mut application = told.application();
    let count = application.evidence.len();
    for (place, kind) in [(20, IDENTITY_PAPER), (21, AUTHORITY_PAPER)] {
        application.evidence.push(EvidenceInput { kind: kind.to_owned(), ..input(exhibit(place), kind) });
    }
    court.act(&account(0), FilingCommand::Submit { application: Box::new(application) }).expect("received");
    assert_eq!(court.case().evidence.len(), count);
    for kind in [PaperKind::Identity, PaperKind::PowerOfAttorney] {
        assert!(court.case().materials_in_order().any(|paper| paper.kind == kind), "{kind:?}");
    }
}
