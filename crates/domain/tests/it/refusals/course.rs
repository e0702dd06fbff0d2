//! Approval, procedure, closing, appeal.

use xiezhi_domain::{
    appeal::{AppealCommand, AppealRefusal},
    approval::{ApprovalCommand, ApprovalRefusal, Matter},
    case::Procedure,
    closing::{ClosingCommand, ClosingRefusal},
    fees::FeeAid,
    ids::{ApprovalId, PartyId},
    law::{money::Fen, trial_period::ExclusionKind},
    people::Post,
    procedure::{ProcedureCommand, ProcedureRefusal},
    service::Channel,
    stage::{self, StageRefusal},
};

use super::{CLOSED, Row, no_paper, nobody, row};
use crate::{
    cast::staff,
    court::{Court, day},
    example::{account, party},
    stories::{ex1_private_lending as ex1, ex2_sale_contract as ex2, ex6_property_service as ex6},
};

pub fn rows() -> Vec<Row> {
    [asking(), answering(), procedure(), closing(), appeal()].into_iter().flatten().collect()
}

fn ask(request: Matter) -> ApprovalCommand {
    ApprovalCommand::Ask { request, reason: "案件需要".to_owned() }
}

fn stay(ground: &str) -> Matter {
    Matter::Stay { ground: ground.to_owned() }
}

fn asking() -> Vec<Row> {
    use ApprovalRefusal::*;
    let (filed, _) = Court::filed(1, "2026-02-27");
    let (company, _) = Court::filed(2, "2026-01-08");
    let closed = ex1::told_to_effect();
    let judge = filed.judge();
    let mut paid = filed.clone();
    paid.pay();
    let mut pending = filed.clone();
    pending.ask(stay("死亡"));
    let aid = |aid, remaining| ask(Matter::FeeAid { aid, remaining: Fen(remaining) });
    let exclude = |from: &str, to: &str| {
        ask(Matter::ExcludePeriod { kind: ExclusionKind::Appraisal, from_on: day(from), to_on: day(to) })
    };
    let same = ProcedureRefusal::SameProcedure;
    vec![
        row(&pending, &judge, ask(stay("死亡")), PendingAlready),
        row(&filed, &judge, ApprovalCommand::Ask { request: stay("死亡"), reason: " ".to_owned() }, NoReason),
        row(&company, &judge, aid(FeeAid::Waive, 0), NaturalPersonsOnly),
        row(&paid, &judge, aid(FeeAid::Defer, 0), NoFeeDue),
        row(&filed, &judge, aid(FeeAid::Reduce, 133_351), WrongReduction { most: Fen(133_350) }),
        row(&filed, &judge, aid(FeeAid::Reduce, 0), WrongReduction { most: Fen(133_350) }),
        row(&filed, &judge, ask(Matter::StrikeMaterial { material: no_paper() }), NoSuchPaper),
        row(&filed, &judge, exclude("2026-03-10", "2026-03-10"), WrongDates),
        row(&filed, &judge, exclude("2026-03-01", "2026-03-10"), WrongDates),
        row(&filed, &judge, ask(Matter::ExtendTrial { months: 2 }), TooLong { most_months: 1 }),
        row(&closed, &judge, exclude("2026-03-10", "2026-03-20"), NoTrialPeriod),
        row(&filed, &judge, ask(Matter::ChangeProcedure { to: Procedure::Summary }), Course { fault: same }),
        row(&closed, &judge, ask(stay("死亡")), Stage { fault: CLOSED }),
    ]
}

fn answering() -> Vec<Row> {
    use ApprovalRefusal::*;
    let (mut pending, _) = Court::filed(1, "2026-02-27");
    let approval = pending.ask(Matter::ExtendTrial { months: 1 });
    let (head, president) = (staff(Post::DivisionHead), staff(Post::President));
    let say =
        |approval, grant, seen_words| ApprovalCommand::Answer { approval, grant, opinion: String::new(), seen_words };
    let mut half = pending.clone();
    half.say(approval, true).expect("the head agrees");
    let mut decided = half.clone();
    decided.say(approval, false).expect("the president does not");
    let mut twice = Court::filed(1, "2026-02-27").0;
    let first = twice.ask(stay("死亡"));
    let both = twice.case().approvals.len();
    let second = {
        twice.act(&twice.judge(), ask(stay("不可抗力"))).expect("another ground");
        *twice.case().approvals.keys().find(|id| **id != first).expect("two are pending")
    };
    assert_eq!(both, 1);
    twice.say(first, true).expect("stayed");
    let late = Course { fault: ProcedureRefusal::StayedAlready };
    let (closed, strike) = crate::stories::approvals::closed_while_it_was_pending();
    vec![
        row(&closed, &closed.judge(), say(strike, true, 0), AskAnew),
        row(&pending, &head, say(ApprovalId(uuid::Uuid::nil()), true, 0), Unknown),
        row(&decided, &president, say(approval, true, 2), DecidedAlready),
        row(&pending, &president, say(approval, true, 0), NotYourTurn { turn: Post::DivisionHead }),
        row(&half, &president, say(approval, true, 0), MovedOn),
        row(&pending, &head, say(approval, false, 0), NoReason),
        row(&twice, &head, say(second, true, 0), late),
    ]
}

fn procedure() -> Vec<Row> {
    use ProcedureRefusal::*;
    let (summary, _) = Court::filed(1, "2026-02-27");
    let (ordinary, _) = Court::filed(2, "2026-01-08");
    let (small, _) = ex6::pretrial();
    let judge = summary.judge();
    let mut stayed = small.clone();
    stayed.approve(stay("死亡"));
    let mut over = summary.clone();
    over.pay();
    over.on("2026-06-03");
    let down = |reason: &str| ProcedureCommand::ConvertDown { reason: reason.to_owned() };
    let change = |to| ask(Matter::ChangeProcedure { to });
    let course = |fault| ApprovalRefusal::Course { fault };
    vec![
        row(&summary, &judge, ProcedureCommand::Resume, NotStayed),
        row(&summary, &judge, down("复杂"), NotSmallClaims),
        row(&small, &judge, down(" "), NoReason),
        row(&stayed, &judge, down("复杂"), Stage { fault: StageRefusal::Stayed }),
        row(&ordinary, &judge, change(Procedure::Summary), course(NoWayBack)),
        row(&summary, &judge, change(Procedure::SmallClaims), course(NoWayBack)),
        row(&over, &judge, change(Procedure::Ordinary), course(PeriodOver { last_on: day("2026-06-02") })),
    ]
}

fn closing() -> Vec<Row> {
    use ClosingRefusal::*;
    let (filed, _) = Court::filed(1, "2026-02-27");
    let withdraw = |of: PartyId, reason: &str| ClosingCommand::AskWithdrawal { party: of, reason: reason.to_owned() };
    let mut asked = filed.clone();
    asked.act(&account(0), withdraw(party(0), "和解")).expect("asked");
    vec![
        row(&filed, &account(1), withdraw(party(1), "和解"), NotPlaintiff),
        row(&asked, &account(0), withdraw(party(0), "和解"), AskedAlready),
        row(&filed, &account(0), withdraw(party(0), " "), NoReason),
        row(&ex1::told_to_effect(), &account(0), withdraw(party(0), "和解"), Stage { fault: CLOSED }),
    ]
}

fn petition(of: PartyId, words: &str, came_on: Option<&str>) -> AppealCommand {
    AppealCommand::File { party: of, petition: words.to_owned(), came_on: came_on.map(day) }
}

fn appeal() -> Vec<Row> {
    use AppealRefusal::*;
    let (mut judged, told) = ex2::heard();
    ex2::deliberate(&mut judged);
    judged.judge_as(&told, false);
    let mut one_served = judged.clone();
    let service = one_served.send(1, Channel::Direct);
    one_served.receipt(service, one_served.today());
    one_served.act(&account(1), petition(party(1), "不服", None)).expect("his own period runs");
    let (served, _) = ex2::served();
    let (appealed, _) = ex2::appealed();
    let mut over = served.clone();
    over.on("2026-05-22");
    let mut small = ex6::heard();
    small.0.judge_as(&small.1, true);
    let mut up = appealed.clone();
    up.serve_online(0);
    up.act(&up.clerk(), AppealCommand::Transfer).expect("sent up");
    let back = |result: &str, on: &str| AppealCommand::EnterReturn { result: result.to_owned(), effective_on: day(on) };
    let clerk = served.clerk();
    let wrong = StageRefusal::WrongStage { now: stage::Stage::AppealPeriod, needed: vec![stage::Stage::Appealed] };
    vec![
        row(&small.0, &account(1), petition(party(1), "不服", None), NotAppealable),
        row(&served, &account(1), petition(nobody(), "不服", None), UnknownParty),
        row(&judged, &account(1), petition(party(1), "不服", None), NotServedYet),
        row(&over, &account(1), petition(party(1), "不服", None), PeriodOver { last_on: day("2026-05-21") }),
        row(&appealed, &account(1), petition(party(1), "不服", None), AppealedAlready),
        row(&one_served, &clerk, AppealCommand::Transfer, DecisionNotServed { party: party(0) }),
        row(&appealed, &clerk, AppealCommand::Transfer, CopyNotServed { party: party(0) }),
        row(&served, &account(1), petition(party(1), " ", None), NoWords),
        row(&up, &clerk, back(" ", "2026-05-20"), NoWords),
        row(&served, &account(1), petition(party(1), "不服", Some("2026-05-07")), InFuture),
        row(&up, &clerk, back("维持原判", "2026-07-17"), InFuture),
        row(&served, &clerk, AppealCommand::Transfer, Stage { fault: wrong }),
    ]
}
