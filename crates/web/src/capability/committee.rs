//! The adjudication committee (审判委员会): what the panel asks it, its session, its decision. Invisible outside the panel
//! and the committee.

mod page;
pub(crate) mod samples;

use std::sync::Arc;

use xiezhi_domain::{
    access::{self, Act, Reader},
    approval::{ApprovalCommand, Matter},
    case::CaseState,
    committee::{self, CommitteeCommand, CommitteeDecision},
    deliberation::{Position, Question},
    ids::{CaseId, PersonId},
};

use super::{
    deliberation::round::{self, QuestionView},
    prelude_of_cases::{Acted, act, route},
};
use crate::http::prelude::*;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/committee", Op::ShowCommittee, page)
        .post("/cases/{case}/committee", Op::ReferToCommittee, refer)
        .post("/cases/{case}/committee/session", Op::OpenCommittee, open)
        .post("/cases/{case}/committee/opinion", Op::GiveCommitteeOpinion, speak)
        .post("/cases/{case}/committee/decision", Op::DecideInCommittee, decide)
        .post("/cases/{case}/committee/giving-back", Op::GiveBackFromCommittee, give_back)
        .post("/cases/{case}/committee/reconsideration", Op::AskCommitteeAgain, again)
        .post("/cases/{case}/committee/signature", Op::SignCommittee, sign)
}

/// What the adjudication committee has to do with a case, for those who may see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CommitteeView {
    /// Whether it has, or had, the case.
    referred: bool,
    /// Whether the panel asked and the approval is on its way.
    asked: bool,
    /// Why it was laid before the committee.
    ground: String,
    /// The questions, with what the panel holds.
    questions: Vec<QuestionView>,
    /// Who came, whoever presides last, and who signed.
    members: Vec<(String, bool)>,
    decision: Option<(String, String)>,
    /// What it had decided before it thought again.
    before: Option<(String, String)>,
    may_refer: bool,
    may_ask_again: bool,
    may_open: bool,
    may_decide: bool,
    may_give_back: bool,
    may_sign: bool,
    /// What the panel deliberated on, for whoever may lay it before the committee.
    suggested: Vec<String>,
    /// Members that whoever may open a session can name.
    seats: Vec<(PersonId, String)>,
    #[serde(skip)]
    case: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

async fn page(State(web): State<Web>, me: Me, Path(id): Path<CaseId>) -> Result<Shown<CommitteeView>, Problem> {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    let view = CommitteeView::of(&case, &reader, &me.showing).ok_or_else(Problem::not_found)?;
    Ok(show(&me.showing, &view))
}

impl CommitteeView {
    /// The committee's part in `case`; nothing for whoever is neither of the panel nor of the committee, and nothing
    /// for the committee before a case is laid before it.
    fn of(case: &Arc<CaseState>, reader: &Reader, to: &Showing) -> Option<Self> {
        let may = |act| access::may(reader, act, case.stage).is_ok();
        let it = &case.committee;
        let refers = may(Act::ReferToCommittee);
        let panel = case.tribunal.as_ref().is_some_and(|tribunal| tribunal.is_panel());
        if !may(Act::ViewCommittee) || !panel || (!it.has_met_or_will() && !reader.is_team()) {
            return None;
        }
        let me = reader.actor.person()?;
        let name = |person| to.name(person).to_owned();
        let presides = it.open && it.chair() == Some(me);
        let pending = case.approvals.values().any(|asked| asked.matter.concerns_committee() && asked.next().is_some());
        let suggested: Vec<String> = case.deliberation.round.questions.iter().map(|question| question.text.clone()).collect();
        let free = !pending && refers;
        let all = committee::seats(&to.people, &to.settings);
        let may_open = may(Act::RunCommittee) && it.has_case() && all.contains(&me) && (!it.open || stuck(case));
        Some(Self {
            referred: it.referred.is_some(),
            asked: pending,
            ground: it.ground.clone(),
            questions: round::questions(&it.round, it.open, to, me),
            members: round::members(&it.round, &it.signed, to),
            decision: it.decision.as_ref().map(told),
            before: it.before.as_ref().map(told),
            may_refer: free && committee::may_refer(case, &case.deliberation.round.questions).is_ok(),
            may_ask_again: free && committee::may_reconsider(case).is_ok(),
            may_open,
            may_decide: presides && it.is_complete() && it.undecided().is_none(),
            may_give_back: presides && !it.gave_back,
            may_sign: it.binds() && it.round.order.contains(&me) && !it.signed.contains(&me),
            suggested: if free { suggested } else { vec![] },
            seats: all.into_iter().filter(|seat| may_open && *seat != me).map(|seat| (seat, name(seat))).collect(),
            case: Arc::clone(case),
            reader: reader.clone(),
        })
    }
}

/// Whether everyone has spoken and on some question no side has enough: another session is needed.
fn stuck(case: &CaseState) -> bool {
    case.committee.is_complete() && case.committee.undecided().is_some()
}

fn told(decided: &CommitteeDecision) -> (String, String) {
    (decided.decision.clone(), decided.reasons.clone())
}

fn here(id: CaseId) -> String {
    route(id, "/committee")
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = ReferredToCommittee)]
struct Referred {
    questions: String,
    #[serde(default)]
    held: String,
    #[serde(default)]
    reason: String,
}

async fn refer(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Referred>) -> Acted {
    let Referred { questions, held, reason } = input.value;
    let texts = questions.lines().map(str::trim).filter(|line| !line.is_empty());
    let put = |text: &str| Question { text: text.to_owned(), proposal: held.trim().to_owned(), opinions: vec![] };
    let request = Matter::SubmitCommittee { questions: texts.map(put).collect() };
    act(&web, &me, id, input.command, ApprovalCommand::Ask { request, reason }, &here(id)).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CommitteePresent)]
struct Present {
    #[serde(default)]
    present: Vec<PersonId>,
}

async fn open(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Present>) -> Acted {
    let command = CommitteeCommand::Open { present: input.value.present };
    act(&web, &me, id, input.command, command, &here(id)).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CommitteeOpinion)]
struct Said {
    question: usize,
    position: Position,
    #[serde(default)]
    reasons: String,
}

async fn speak(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Said>) -> Acted {
    let Said { question, position, reasons } = input.value;
    act(&web, &me, id, input.command, CommitteeCommand::GiveOpinion { question, position, reasons }, &here(id)).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CommitteeDecided)]
struct Decided {
    #[serde(default)]
    decision: String,
    #[serde(default)]
    reasons: String,
}

async fn decide(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Decided>) -> Acted {
    let Decided { decision, reasons } = input.value;
    let command = CommitteeCommand::Decide { decision: CommitteeDecision { decision, reasons } };
    act(&web, &me, id, input.command, command, &here(id)).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CommitteeReason)]
struct Why {
    #[serde(default)]
    reason: String,
}

async fn give_back(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Why>) -> Acted {
    let command = CommitteeCommand::GiveBack { reason: input.value.reason };
    act(&web, &me, id, input.command, command, &here(id)).await
}

async fn again(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Why>) -> Acted {
    let (request, reason) = (Matter::ReconsiderCommittee {}, input.value.reason);
    act(&web, &me, id, input.command, ApprovalCommand::Ask { request, reason }, &here(id)).await
}

async fn sign(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Nothing>) -> Acted {
    act(&web, &me, id, input.command, CommitteeCommand::Sign, &here(id)).await
}
