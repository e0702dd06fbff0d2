//! Deliberation, drafting, issuing, pronouncing.

use xiezhi_domain::{
    approval::{ApprovalCommand, ApprovalRefusal, Matter},
    assignment::Tribunal,
    closing::ClosingCommand,
    committee::{CommitteeCommand, CommitteeDecision, CommitteeRefusal},
    deliberation::{DeliberationCommand, DeliberationRefusal, Position},
    drafting::{DraftContent, DraftingCommand, DraftingRefusal},
    hearing::Mode,
    ids::{DocumentId, MaterialId, PersonId},
    issuing::{self, IssuingCommand, IssuingRefusal},
    law::{
        interest_sum::{InterestAsked, InterestSum},
        money::Fen,
    },
    mediation::MediationCommand,
    paper::PaperKind,
    people::{Actor, Post},
    pronouncing::{PronouncingCommand, PronouncingRefusal},
    stage::{self, StageRefusal},
};

use super::{CLOSED, Row, row, told};
use crate::{
    cast::staff,
    court::{Court, day, file_of},
    example::{Example, account, party},
    steps::{actor, content, ruling},
    stories::{
        ex1_private_lending as ex1, ex2_sale_contract as ex2, ex4_traffic_accident as ex4, ex6_property_service as ex6,
    },
};

pub fn rows() -> Vec<Row> {
    [deliberation(), committee(), drafting(), grounds(), issuing(), pronouncing()].into_iter().flatten().collect()
}

fn unknown() -> DocumentId {
    DocumentId(uuid::Uuid::from_u128(0xdead))
}

fn opinion(question: usize, reasons: &str) -> DeliberationCommand {
    DeliberationCommand::GiveOpinion { question, position: Position::For, reasons: reasons.to_owned() }
}

/// Example 2 with the deliberation open, and its speakers in order.
fn deliberating() -> (Court, Vec<Actor>) {
    let (mut court, _) = ex2::heard();
    let presiding = actor(court.tribunal().presiding.expect("a panel"));
    court.act(&presiding, DeliberationCommand::Open { questions: ex2::questions() }).expect("the panel meets");
    let order = court.case().deliberation.round.order.iter().map(|member| actor(*member)).collect();
    (court, order)
}

fn deliberation() -> Vec<Row> {
    use DeliberationRefusal::*;
    let (sole, _) = Court::filed(1, "2026-02-27");
    let (heard, _) = ex2::heard();
    let (pretrial, _) = Court::filed(2, "2026-01-08");
    let (open, order) = deliberating();
    let presiding = order[2].clone();
    let mut begun = open.clone();
    begun.act(&order[0], opinion(0, "理由")).expect("the first speaks");
    let mut spoken = begun.clone();
    for member in &order[1..] {
        spoken.act(member, opinion(0, "理由")).expect("the others speak");
    }
    let mut tied = spoken.clone();
    for member in &order {
        tied.act(member, opinion(1, "理由")).expect("they speak on the second question");
    }
    tied.bend(|case| {
        case.deliberation.round.order.pop();
        for question in &mut case.deliberation.round.questions {
            question.opinions.pop();
            question.opinions[0].position = Position::Against;
        }
    });
    let mut bound = crate::stories::committee::deliberated().0;
    crate::stories::committee::lay(
        &mut bound,
        Matter::SubmitCommittee { questions: crate::stories::committee::asked() },
    );
    crate::stories::committee::meet(&mut bound, [Position::For; 3]);
    crate::stories::committee::decide(&mut bound);
    let put = |questions| DeliberationCommand::Open { questions };
    let conclude = || DeliberationCommand::Conclude { conclusion: "结论".to_owned() };
    let turn = order[0].person().expect("a member");
    let needed = vec![stage::Stage::HearingDone, stage::Stage::Deliberating, stage::Stage::Drafting];
    let early = StageRefusal::WrongStage { now: pretrial.case().stage, needed };
    let before = actor(pretrial.tribunal().presiding.expect("a panel"));
    vec![
        row(&sole, &sole.judge(), DeliberationCommand::Sign, NoPanel),
        row(&heard, &order[0], put(ex2::questions()), PresidingOnly),
        row(&open, &order[0], conclude(), PresidingOnly),
        row(&heard, &heard.clerk(), DeliberationCommand::Sign, MembersOnly),
        row(&heard, &order[0], opinion(0, "理由"), NotOpen),
        row(&heard, &presiding, put(vec![]), NoQuestions),
        row(&open, &order[0], opinion(9, "理由"), UnknownQuestion),
        row(&open, &presiding, opinion(0, "理由"), NotYourTurn { turn }),
        row(&spoken, &order[0], opinion(0, "理由"), AllSpoken),
        row(&begun, &presiding, put(ex2::questions()), OpenAlready),
        row(&open, &order[0], opinion(0, " "), NoReasons),
        row(&begun, &presiding, conclude(), NotComplete),
        row(&tied, &presiding, conclude(), NoMajority),
        row(&bound, &presiding, put(ex2::questions()), BoundByCommittee),
        row(&open, &order[0], DeliberationCommand::Sign, NotConcluded),
        row(&pretrial, &before, put(ex2::questions()), Stage { fault: early }),
    ]
}

/// The rows of the adjudication committee.
fn committee() -> Vec<Row> {
    use crate::stories::committee as council;
    use CommitteeRefusal::*;
    let (deliberated, _) = council::deliberated();
    let president = staff(Post::President);
    let submit = |questions| Matter::SubmitCommittee { questions };
    let asks = |request| ApprovalCommand::Ask { request, reason: "疑难案件".to_owned() };
    let asked = |court: &Court, request, fault| {
        row(court, &council::presiding(court), asks(request), ApprovalRefusal::Committee { fault })
    };
    let (sole, _) = heard();
    let mut undone = deliberated.clone();
    undone.bend(|case| case.deliberation.doubted = true);
    let mut pending = deliberated.clone();
    council::lay(&mut pending, submit(council::asked()));
    let all: Vec<_> = council::members().iter().filter_map(Actor::person).collect();
    let open = |present: Vec<PersonId>| CommitteeCommand::Open { present };
    let opinion = |question, reasons: &str| CommitteeCommand::GiveOpinion {
        question,
        position: Position::For,
        reasons: reasons.to_owned(),
    };
    let decide = |text: &str| CommitteeCommand::Decide {
        decision: CommitteeDecision { decision: text.to_owned(), reasons: text.to_owned() },
    };
    let back = |reason: &str| CommitteeCommand::GiveBack { reason: reason.to_owned() };
    let mut sitting = pending.clone();
    sitting.act(&president, open(all.clone())).expect("a session");
    let mut begun = sitting.clone();
    begun.act(&council::members()[0], opinion(0, "理由")).expect("the first speaks");
    let mut two = pending.clone();
    two.act(&president, open(all[1..].to_vec())).expect("two of three");
    let vice = staff(Post::VicePresident);
    two.act(&vice, opinion(0, "理由")).expect("one for it");
    let against =
        CommitteeCommand::GiveOpinion { question: 0, position: Position::Against, reasons: "理由".to_owned() };
    two.act(&president, against).expect("one against it");
    let mut spoken = pending.clone();
    council::meet(&mut spoken, [Position::For; 3]);
    let mut given = spoken.clone();
    given.bend(|case| case.committee.gave_back = true);
    let mut decided = spoken.clone();
    council::decide(&mut decided);
    let mut twice = decided.clone();
    twice.bend(|case| case.committee.before = Some(council::decision()));
    let turn = all[0];
    let needed = vec![stage::Stage::CommitteePending];
    let mut elsewhere = pending.clone();
    elsewhere.bend(|case| case.stage = stage::Stage::Drafting);
    let astray = StageRefusal::WrongStage { now: stage::Stage::Drafting, needed };
    let sole_asks = asks(submit(council::asked()));
    let mut sole_drafts = sole.clone();
    sole_drafts.bend(|case| case.stage = stage::Stage::Drafting);
    vec![
        row(&sole_drafts, &sole_drafts.judge(), sole_asks, ApprovalRefusal::Committee { fault: NoPanel }),
        asked(&undone, submit(council::asked()), NotDeliberated),
        asked(&deliberated, submit(vec![]), NoQuestions),
        asked(&decided, submit(council::asked()), DecidedAlready),
        asked(&deliberated, Matter::ReconsiderCommittee {}, NotDecided),
        asked(&twice, Matter::ReconsiderCommittee {}, ReconsideredAlready),
        row(&deliberated, &president, open(all.clone()), NotReferred),
        row(&decided, &president, open(all.clone()), DecidedAlready),
        row(&elsewhere, &president, open(all.clone()), Stage { fault: astray }),
        row(&pending, &president, open(vec![]), NotEnough { needed: 2 }),
        row(&pending, &president, open(vec![crate::cast::person(1)]), NotAMember),
        row(&begun, &president, open(all.clone()), OpenAlready),
        row(&pending, &president, opinion(0, "理由"), NotOpen),
        row(&sitting, &sitting.judge(), opinion(0, "理由"), MembersOnly),
        row(&sitting, &council::members()[0], opinion(7, "理由"), UnknownQuestion),
        row(&sitting, &president, opinion(0, "理由"), NotYourTurn { turn }),
        row(&spoken, &president, opinion(0, "理由"), AllSpoken),
        row(&sitting, &council::members()[0], opinion(0, " "), NoReasons),
        row(&begun, &president, decide("维持"), NotComplete),
        row(&two, &president, decide("维持"), NoMajority { question: 1 }),
        row(&spoken, &vice, decide("维持"), ChairOnly),
        row(&spoken, &president, decide(" "), NoReasons),
        row(&given, &president, back("再议"), GivenBackAlready),
        row(&spoken, &president, CommitteeCommand::Sign, NotDecided),
        row(&decided, &decided.judge(), CommitteeCommand::Sign, MembersOnly),
    ]
}

fn save(document: DocumentId, kind: PaperKind, content: DraftContent, based_on: u32) -> DraftingCommand {
    DraftingCommand::Save { document, kind, content, based_on }
}

/// Example 4, heard by its sole judge.
fn heard() -> (Court, Example) {
    let (mut court, told) = ex4::pretrial();
    let hearing = court.schedule("2026-06-10", Mode::InPerson);
    court.on("2026-06-10");
    court.hear(hearing, &[0, 1, 2]);
    (court, told)
}

fn drafting() -> Vec<Row> {
    use DraftingRefusal::*;
    let (heard, told) = heard();
    let judge = heard.judge();
    let mut forward = heard.clone();
    let document = forward.put_forward(PaperKind::Judgment, content(&told));
    let mut issued = forward.clone();
    issued.issue(document);
    let mut saved = heard.clone();
    saved.act(&judge, save(document, PaperKind::Judgment, DraftContent::default(), 0)).expect("saved");
    let back = |reason: &str| DraftingCommand::Return { document, reason: reason.to_owned() };
    let all = ["found_facts", "reasoning", "legal_basis", "orders", "costs"].map(str::to_owned).to_vec();
    let put = |document| DraftingCommand::PutForward { document };
    let judgment = |content| save(document, PaperKind::Judgment, content, 0);
    let pasted = DraftContent { reasoning: "长".repeat(70_000), ..content(&told) };
    vec![
        row(&heard, &judge, put(unknown()), Unknown),
        row(&heard, &judge, save(document, PaperKind::Complaint, ruling(), 0), NotDraftable),
        row(&saved, &judge, judgment(content(&told)), NewerVersion { newest: 1 }),
        row(&saved, &judge, judgment(pasted), ParagraphTooLong { part: "reasoning".to_owned() }),
        row(&forward, &judge, judgment(ruling()), PutForwardAlready),
        row(&saved, &judge, judgment(with_impossible_sum()), NoSum { why: "interest.end_before_start".to_owned() }),
        row(&issued, &judge, judgment(ruling()), IssuedAlready),
        row(&saved, &judge, put(document), Incomplete { what: all }),
        row(&saved, &judge, back("修改"), NotPutForward),
        row(&forward, &judge, back(" "), NoReason),
        row(&ex1::told_to_effect(), &judge, put(document), Stage { fault: CLOSED }),
    ]
}

/// A draft of this kind saved in `court`, and the command that puts it forward.
/// A sum whose end lies before its start, with the working of another.
fn with_impossible_sum() -> DraftContent {
    let asked = |until| InterestAsked::Doubled { unpaid: Fen(100), from: day("2026-05-01"), until: day(until) };
    let mut sum = InterestSum::of(asked("2026-05-10")).expect("it comes out");
    sum.asked = asked("2026-04-01");
    DraftContent { sums: vec![sum], ..DraftContent::default() }
}

fn drafted(mut court: Court, kind: PaperKind, content: DraftContent) -> (Court, DraftingCommand) {
    court.act(&court.judge(), save(unknown(), kind, content, 0)).expect("saved");
    (court, DraftingCommand::PutForward { document: unknown() })
}

fn grounds() -> Vec<Row> {
    use DraftingRefusal::*;
    let (filed, told) = Court::filed(1, "2026-02-27");
    let (small, _) = ex6::heard();
    let mut appraised = small.clone();
    appraised.approve(xiezhi_domain::approval::Matter::ExcludePeriod {
        kind: xiezhi_domain::law::trial_period::ExclusionKind::Appraisal,
        from_on: crate::court::day("2026-04-10"),
        to_on: crate::court::day("2026-04-20"),
    });
    let (panel, _) = ex2::heard();
    let mut replaced = panel.clone();
    ex2::deliberate(&mut replaced);
    let known = replaced.tribunal();
    replaced.bend(|case| {
        let members = vec![known.members[1], crate::cast::person(32)];
        case.tribunal = Some(Tribunal { members, ..known.clone() });
    });
    let mut before = crate::stories::committee::deliberated().0;
    crate::stories::committee::lay(
        &mut before,
        Matter::SubmitCommittee { questions: crate::stories::committee::asked() },
    );
    let rows = [
        (before, PaperKind::Judgment, content(&told), BeforeCommittee),
        (filed.clone(), PaperKind::Judgment, content(&told), NoHearing),
        (panel, PaperKind::Judgment, content(&told), NotDeliberated),
        (replaced, PaperKind::Judgment, content(&told), NotDeliberated),
        (filed.clone(), PaperKind::WithdrawalRuling, ruling(), NoWithdrawalAsked),
        (filed, PaperKind::DeemedWithdrawalRuling, ruling(), NoGroundForDeemedWithdrawal),
        (appraised, PaperKind::Judgment, content(&told), NotSmallClaims),
    ];
    let (mut left, _) = crate::stories::ex3_divorce::agreed(false);
    (0..2).for_each(|place| crate::stories::ex3_divorce::sign(&mut left, place));
    let document = left.case().mediation.statement.expect("drafted");
    left.act(&left.judge(), MediationCommand::Fail { reason: "反悔".to_owned() }).expect("somebody goes back");
    let left = row(&left, &left.judge(), DraftingCommand::PutForward { document }, NotAgreed);
    rows.into_iter()
        .map(|(court, kind, content, expected)| {
            let (court, put) = drafted(court, kind, content);
            row(&court, &court.judge(), put, expected)
        })
        .chain([left])
        .collect()
}

fn issuing() -> Vec<Row> {
    use IssuingRefusal::*;
    let (mut forward, example) = heard();
    let judge = forward.judge();
    let document = forward.put_forward(PaperKind::Judgment, content(&example));
    let right = forward.original_of(document);
    let (mut saved, _) = heard();
    saved.act(&judge, save(document, PaperKind::Judgment, ruling(), 0)).expect("saved");
    let mut issued = forward.clone();
    issued.issue(document);
    let sign = |document, hash: &str| IssuingCommand::Sign { document, original_sha256: hash.to_owned() };
    let issue = IssuingCommand::Issue {
        document,
        material: MaterialId(uuid::Uuid::from_u128(0xbeef)),
        file: file_of("sealed"),
        original_sha256: right.clone(),
    };
    let missing = issuing::signers(forward.case(), &forward.case().drafts[&document]);
    let mut vacant = forward.clone();
    vacant.act(&judge, sign(document, &right)).expect("the judge signs");
    vacant.bend(|case| case.tribunal.as_mut().expect("a tribunal").clerk = None);
    vec![
        row(&forward, &judge, sign(unknown(), &right), Unknown),
        row(&saved, &judge, sign(document, &right), NotPutForward),
        row(&forward, &judge, sign(document, "0"), OriginalChanged),
        row(&forward, &forward.clerk(), sign(document, &right), ClerkLast),
        told(forward.clone().rule(&staff(Post::FilingClerk), sign(document, &right)).err(), NotASigner),
        row(&vacant, &judge, issue.clone(), NoClerk),
        row(&forward, &judge, issue, SignaturesMissing { missing }),
        row(&issued, &judge, sign(document, &right), IssuedAlready),
        told(
            issuing::certified("甄明理", false).err().map(Into::into),
            CertificateEnded { whose: "甄明理".to_owned() },
        ),
        told(issuing::stamped::<(), ()>(Err(())).err().map(Into::into), NoTimeStamp),
        row(&ex1::told_to_effect(), &judge, sign(document, &right), Stage { fault: CLOSED }),
    ]
}

fn pronouncing() -> Vec<Row> {
    use PronouncingRefusal::*;
    let (mut issued, told) = heard();
    let judge = issued.judge();
    let document = issued.put_forward(PaperKind::Judgment, content(&told));
    let forward = issued.clone();
    issued.issue(document);
    let ask = ClosingCommand::AskWithdrawal { party: party(0), reason: "撤诉".to_owned() };
    let mut other = issued.clone();
    other.act(&account(0), ask).expect("asked");
    other.act(&judge, save(unknown(), PaperKind::WithdrawalRuling, ruling(), 0)).expect("saved");
    let say =
        |document, record: &str| PronouncingCommand::Pronounce { document, in_court: false, record: record.to_owned() };
    let mut stayed = issued.clone();
    stayed.approve(xiezhi_domain::approval::Matter::Stay { ground: "不可抗力".to_owned() });
    let early = StageRefusal::WrongStage { now: stage::Stage::Approval, needed: vec![stage::Stage::Issued] };
    vec![
        row(&issued, &judge, say(unknown(), "宣判"), Unknown),
        row(&other, &judge, say(unknown(), "宣判"), NotIssued),
        row(&issued, &judge, say(document, " "), NoRecord),
        row(&forward, &judge, say(document, "宣判"), Stage { fault: early }),
        row(&stayed, &judge, say(document, "宣判"), Stage { fault: StageRefusal::Stayed }),
    ]
}
