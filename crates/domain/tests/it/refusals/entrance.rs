//! Filing, review, assignment, fees, parties, consent, access.

use xiezhi_domain::{
    Refusal,
    access::{Act, Denial},
    assignment::{self, AssignmentCommand, AssignmentRefusal, Tribunal},
    case::Procedure,
    command::CaseCommand,
    consent::{Consent, ConsentCommand, ConsentRefusal, Step},
    drafting::DraftContent,
    evidence::EvidenceCommand,
    fees::{FeeCommand, FeeRefusal},
    filing::{Application, FilingCommand, FilingRefusal, Intake},
    hearing::Mode,
    law::{identity::IdCardNo, money::Fen},
    on_paper::{Came, OnPaperCommand, OnPaperRefusal, Way},
    paper::PaperKind,
    parties::{IdentityCheck, PartiesCommand, PartiesRefusal},
    party::{Agent, Claim, SpecialAuthority},
    people::Post,
    procedure::ProcedureCommand,
    review::{Conditions, CorrectionItem, ReviewCommand, ReviewRefusal},
    stage::{self, StageRefusal},
};

use super::{CLOSED, Row, denied, nobody, row, told};
use crate::{
    cast::{member, person, staff},
    court::{Court, day},
    example::{Example, account, agent, example, party},
    steps::MET,
    stories::{ex1_private_lending as ex1, ex2_sale_contract as ex2, ex4_traffic_accident as ex4},
};

pub fn rows() -> Vec<Row> {
    [filing(), review(), assignment(), fees(), parties(), consent(), on_paper(), access()]
        .into_iter()
        .flatten()
        .collect()
}

/// An application of example 1 with one thing wrong.
#[track_caller]
fn submitting(wrong: impl FnOnce(&mut Application), expected: FilingRefusal) -> Row {
    let told = example(1);
    let mut court = Court::on_day("2026-02-27");
    told.register(&mut court.people);
    let mut application = told.application();
    wrong(&mut application);
    denied(&court, &account(0), FilingCommand::Submit { application: Box::new(application) }, expected)
}

fn filing() -> Vec<Row> {
    use FilingRefusal::*;
    let wrong = "370691198503120114";
    let problem = IdCardNo::parse(wrong, day("2026-02-27")).expect_err("the check digit is wrong");
    let (submitted, told) = Court::submitted(1, "2026-02-27");
    let again = FilingCommand::Submit { application: Box::new(told.application()) };
    let stranger = told_agent(nobody(), None);
    let counter = Intake::Counter { happened_on: day("2026-02-28"), compared_by: person(41) };
    let claim = Claim { text: "判令偿还".to_owned(), amount: None };
    vec![
        submitting(|told| told.cause = "99.99.999".to_owned(), UnknownCause),
        submitting(|told| told.cause = "04".to_owned(), CauseTooGeneral),
        submitting(
            |told| told.parties.retain(|party| party.role != xiezhi_domain::party::PartyRole::Plaintiff),
            NoPlaintiff,
        ),
        submitting(|told| told.parties.truncate(1), NoDefendant),
        submitting(|told| told.parties[1].name = " ".to_owned(), NoName { party: party(1) }),
        submitting(|told| told.parties[1].id_no = Some(wrong.to_owned()), WrongIdNumber { party: party(1), problem }),
        submitting(|told| told.parties[0].birth_on = Some(day("2026-02-28")), BirthInFuture { party: party(0) }),
        submitting(
            |told| told.parties[1].id_no = told.parties[0].id_no.clone(),
            SamePersonOnBothSides { party: party(0), other: party(1) },
        ),
        submitting(|told| told.claims.clear(), NoClaim),
        submitting(|told| told.facts_and_reasons.clear(), NoFacts),
        submitting(|told| told.addresses.clear(), NoAddress { party: party(0) }),
        submitting(|told| told.agents.push(stranger), UnknownParty { party: nobody() }),
        submitting(|told| told.intake = counter, ReceivedInFuture),
        submitting(|told| told.amount = Some(Fen(-1)), NegativeAmount),
        submitting(|told| told.claims = vec![claim; 501], TooMany),
        row(&submitted, &account(0), again, SubmittedAlready),
    ]
}

fn told_agent(of: xiezhi_domain::ids::PartyId, person: Option<xiezhi_domain::ids::PersonId>) -> Agent {
    Agent {
        party: of,
        name: "某律师".to_owned(),
        firm: None,
        phone: None,
        post: None,
        special: vec![],
        receives_papers: false,
        person,
    }
}

fn review() -> Vec<Row> {
    use ReviewRefusal::*;
    let clerk = staff(Post::FilingClerk);
    let (submitted, told) = Court::submitted(1, "2026-02-27");
    let mut taken = submitted.clone();
    taken.act(&member(42), ReviewCommand::Take).expect("taken");
    let mut asked = submitted.clone();
    let item = CorrectionItem { field: "claims".to_owned(), what: "写明金额".to_owned() };
    let ask = ReviewCommand::RequestCorrection { items: vec![item] };
    asked.act(&clerk, ask.clone()).expect("asked");
    let mut corrected = asked.clone();
    let anew = |told: &Example| ReviewCommand::Correct { application: Box::new(told.application()) };
    corrected.act(&account(0), anew(&told)).expect("corrected");
    let (filed, _) = Court::filed(1, "2026-02-27");
    let number = told.text("case_no").to_owned();
    let file = |procedure| ReviewCommand::File { procedure, conditions: MET };
    let unmet = ReviewCommand::File { procedure: Procedure::Summary, conditions: Conditions::default() };
    let mut idle = submitted.clone();
    idle.people = Default::default();
    let mut keyless = submitted.clone();
    keyless.rules.draw_key = None;
    let mut empty = told.application();
    empty.facts_and_reasons.clear();
    let faulty = ReviewCommand::Correct { application: Box::new(empty) };
    let mut laid = submitted.clone();
    laid.act(&clerk, ReviewCommand::NotAccept { reason: "不属于受理范围".to_owned() }).expect("laid before a judge");
    let accept = |conditions, reason: &str| ReviewCommand::Accept {
        procedure: Procedure::Summary,
        conditions,
        reason: reason.to_owned(),
    };
    let mut ruled = laid.clone();
    let reasoned = DraftContent { reasoning: "不属于受理范围".to_owned(), ..Default::default() };
    let ruling = ruled.put_forward(PaperKind::NonAcceptance, reasoned);
    ruled.issue(ruling);
    let judge = laid.judge();
    let at_correction = StageRefusal::WrongStage {
        now: stage::Stage::CorrectionRequested,
        needed: vec![stage::Stage::Submitted, stage::Stage::UnderReview],
    };
    vec![
        row(&taken, &clerk, ReviewCommand::Take, TakenByAnother { clerk: person(42) }),
        row(&corrected, &clerk, ask, CorrectionAskedAlready),
        row(&submitted, &clerk, ReviewCommand::RequestCorrection { items: vec![] }, NothingToCorrect),
        row(&submitted, &clerk, unmet, ConditionMissing),
        row(&submitted, &clerk, ReviewCommand::NotAccept { reason: " ".to_owned() }, NoReason),
        row(&laid, &judge, accept(MET, " "), NoReason),
        row(&laid, &judge, accept(Conditions::default(), "符合"), ConditionMissing),
        row(&ruled, &judge, accept(MET, "符合"), RulingIssued),
        row(&filed, &clerk, file(Procedure::Summary), FiledAlready { number }),
        row(&submitted, &clerk, file(Procedure::SmallClaims), NotSmallClaims),
        row(&asked, &clerk, ReviewCommand::Return { reason: "逾期".to_owned() }, CorrectionStillRunning),
        row(&idle, &clerk, file(Procedure::Summary), NoEligibleJudge),
        row(&keyless, &clerk, file(Procedure::Summary), NoDayKey),
        row(&asked, &account(0), faulty, Application { fault: Box::new(FilingRefusal::NoFacts) }),
        row(&asked, &clerk, ReviewCommand::Take, Stage { fault: at_correction }),
    ]
}

fn assignment() -> Vec<Row> {
    use AssignmentRefusal::*;
    let head = staff(Post::DivisionHead);
    let (sole, _) = Court::filed(1, "2026-02-27");
    let (panel, _) = Court::filed(2, "2026-01-08");
    let known = panel.tribunal();
    let change = |tribunal: Tribunal, reason: &str| AssignmentCommand::Change { tribunal, reason: reason.to_owned() };
    let with = |presiding, members| Tribunal { presiding, members, ..known.clone() };
    let other = (1..=4).map(person).find(|judge| !known.votes(*judge)).expect("a judge who is free");
    let mut interested = panel.clone();
    interested.bend(|case| {
        case.parties.get_mut(&party(0)).expect("a plaintiff").person = Some(other);
    });
    let closed = ex1::told_to_effect();
    let in_charge = known.presiding;
    let clerked = |clerk| Tribunal { clerk, ..known.clone() };
    let alone = Tribunal { presiding: in_charge, members: vec![other, person(31)], ..sole.tribunal() };
    vec![
        first(&sole, |court| court.people = Default::default(), NoEligibleJudge),
        first(&sole, |court| court.rules.draw_key = None, NoDayKey),
        first(&sole, yesterdays_key, NoDayKey),
        row(&panel, &head, change(with(in_charge, vec![other]), "调整"), EvenPanel),
        row(&panel, &head, change(with(in_charge, vec![]), "调整"), EvenPanel),
        row(&panel, &head, change(with(None, vec![other, person(31)]), "调整"), NoPresiding),
        row(&sole, &head, change(alone, "调整"), SoleJudgeOnly),
        row(&panel, &head, change(with(Some(person(31)), vec![other]), "调整"), AssessorCannotPreside),
        row(&panel, &head, change(with(in_charge, vec![other, person(21)]), "调整"), NotAJudge { person: person(21) }),
        row(&panel, &head, change(clerked(agent(0).person()), "调整"), WrongPost { person: person(300) }),
        row(&panel, &head, change(clerked(Some(person(11))), "调整"), WrongPost { person: person(11) }),
        row(&interested, &head, change(with(in_charge, vec![other, person(31)]), "调整"), Interested { person: other }),
        row(&panel, &head, change(with(in_charge, vec![other, person(31)]), " "), NoReason),
        row(&closed, &head, change(closed.tribunal(), "调整"), Stage { fault: CLOSED }),
    ]
}

/// The first assignment, asked of a court where something is missing.
#[track_caller]
fn first(court: &Court, wrong: impl FnOnce(&mut Court), expected: AssignmentRefusal) -> Row {
    let mut court = court.clone();
    wrong(&mut court);
    let moment = court.moment();
    let any = CaseCommand::Procedure(ProcedureCommand::Resume);
    let clerk = staff(Post::FilingClerk);
    let got = court.with(&clerk, moment, &any, |ctx, case| assignment::first(case, ctx, Procedure::Summary));
    told(got.err().map(Refusal::from), expected)
}

fn yesterdays_key(court: &mut Court) {
    let yesterday = court.today().yesterday().expect("a day before");
    court.rules.draw_key.as_mut().expect("a key").day = yesterday;
}

fn fees() -> Vec<Row> {
    use FeeRefusal::*;
    let (filed, _) = Court::filed(1, "2026-02-27");
    let mut paid = filed.clone();
    paid.pay();
    let pay = |amount| FeeCommand::Pay { amount: Fen(amount), channel: "bank".to_owned(), receipt_no: "X1".to_owned() };
    let refund = FeeCommand::Refund { receipt_no: "X2".to_owned() };
    vec![
        row(&paid, &account(0), pay(190_500), NothingDue),
        row(&filed, &account(0), pay(1), WrongAmount { due: Fen(190_500) }),
        row(&paid, &staff(Post::Finance), refund, NoRefundDue),
    ]
}

fn parties() -> Vec<Row> {
    use PartiesRefusal::*;
    let (filed, told) = Court::filed(1, "2026-02-27");
    let mut linked = filed.clone();
    linked.link(1, &told);
    let link = |place: usize, who: usize| PartiesCommand::Link {
        party: party(place),
        person: account(who).person().expect("an account"),
        verified_by: "face".to_owned(),
    };
    let mut unnumbered = filed.clone();
    unnumbered.bend(|case| case.parties.get_mut(&party(1)).expect("a defendant").id_no = None);
    let address = |of, postal: &str| {
        let known = told.address(0);
        PartiesCommand::ConfirmAddress {
            address: xiezhi_domain::party::AddressConfirmation { party: of, postal: postal.to_owned(), ..known },
        }
    };
    let mut full = filed.clone();
    let second = PartiesCommand::AppointAgent { agent: told_agent(party(0), None) };
    full.act(&account(0), second).expect("two are allowed");
    let appoint =
        |of, who| PartiesCommand::AppointAgent { agent: Agent { name: "又一人".to_owned(), ..told_agent(of, who) } };
    let dismiss = PartiesCommand::DismissAgent { party: party(0), name: "无此人".to_owned() };
    let by_code = |code: &str| PartiesCommand::LinkByCode {
        person: account(0).person().expect("an account"),
        code: code.to_owned(),
        verified_by: "face".to_owned(),
    };
    let checked = |document: &str| PartiesCommand::LinkChecked {
        party: party(1),
        person: account(1).person().expect("an account"),
        check: IdentityCheck {
            document: document.to_owned(),
            id_no: "1".to_owned(),
            compared_by: person(21),
            on: filed.today(),
        },
    };
    vec![
        row(&filed, &account(0), address(nobody(), "某处"), UnknownParty),
        row(&linked, &account(2), link(1, 2), LinkedToAnother),
        row(&filed, &account(1), link(2, 1), NotThisPerson),
        row(&unnumbered, &account(1), link(1, 1), NotThisPerson),
        row(&filed, &account(2), by_code("000000"), WrongCode),
        row(&filed, &filed.clerk(), checked(" "), CheckIncomplete),
        row(&filed, &account(0), address(party(0), " "), AddressIncomplete),
        row(&full, &account(0), appoint(party(0), None), TooManyAgents),
        row(&filed, &account(0), dismiss, UnknownAgent),
        row(&linked, &account(1), appoint(party(1), agent(0).person()), ActsForOtherSide),
        row(&linked, &account(1), appoint(party(1), account(0).person()), ActsForOtherSide),
    ]
}

fn consent() -> Vec<Row> {
    use ConsentRefusal::*;
    let (mut hearing, _) = ex4::pretrial();
    hearing.consent(1);
    let scheduled = hearing.schedule("2026-06-10", Mode::Mixed);
    hearing.on("2026-06-10");
    hearing.open(scheduled, &[0, 1, 2]).expect("it opens");
    let record =
        |of, steps| ConsentCommand::Record { party: of, steps, consent: Consent::Agreed, how: "电话".to_owned() };
    let switch = |how: &str| ConsentCommand::Record {
        party: party(1),
        steps: vec![Step::Hearing],
        consent: Consent::Switched,
        how: how.to_owned(),
    };
    let withdraw =
        |place, step| ConsentCommand::Withdraw { party: party(place), step, reason: "设备故障".to_owned() };
    vec![
        row(&hearing, &account(1), record(nobody(), vec![Step::Hearing]), UnknownParty),
        row(&hearing, &account(1), record(party(1), vec![]), NoStep),
        row(&hearing, &hearing.judge(), switch(""), NoReason),
        row(&hearing, &account(2), withdraw(2, Step::Hearing), NothingToWithdraw),
        row(&hearing, &account(1), withdraw(1, Step::Hearing), TooLate),
    ]
}

fn on_paper() -> Vec<Row> {
    use OnPaperRefusal::*;
    let (filed, _) = Court::filed(1, "2026-02-27");
    let clerk = filed.clerk();
    let outsider = account(0).person().expect("an account");
    let entry = |on: &str, compared_by, command: CaseCommand| OnPaperCommand {
        came: Came { way: Way::Post, on: day(on), compared_by },
        command: Box::new(command),
    };
    let waive: CaseCommand = EvidenceCommand::WaivePeriods { party: party(1) }.into();
    let open: CaseCommand = xiezhi_domain::mediation::MediationCommand::Open.into();
    let today = filed.today().to_string();
    vec![
        row(&filed, &clerk, entry(&today, person(21), open), NotOfAParty),
        row(&filed, &clerk, entry(&today, person(21), entry(&today, person(21), waive.clone()).into()), NotOfAParty),
        row(&filed, &clerk, entry("2026-12-31", person(21), waive.clone()), InFuture),
        row(&filed, &clerk, entry("2026-01-01", person(21), waive.clone()), BeforeTheCase),
        row(&filed, &clerk, entry(&today, outsider, waive), ComparedByOutsider),
    ]
}

fn access() -> Vec<Row> {
    let (filed, _) = Court::filed(1, "2026-02-27");
    let (served, _) = ex2::served();
    let waive = |place| EvidenceCommand::WaivePeriods { party: party(place) };
    let petition =
        xiezhi_domain::appeal::AppealCommand::File { party: party(1), petition: "不服".to_owned(), came_on: None };
    let link = PartiesCommand::Link {
        party: party(2),
        person: account(2).person().expect("an account"),
        verified_by: "face".to_owned(),
    };
    vec![
        denied(&filed, &account(0), ProcedureCommand::Resume, Denial::NotAllowed { act: Act::SteerProcedure }),
        denied(&filed, &account(0), waive(1), Denial::NotThisParty),
        denied(&filed, &account(1), link, Denial::NotThisParty),
        denied(&served, &agent(1), petition, Denial::NoSpecialAuthority { authority: SpecialAuthority::Appeal }),
    ]
}
