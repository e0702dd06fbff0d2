//! Answers, evidence, opinions (答辩与证据).

mod answer;
mod hand_in;
mod list;
mod receipt;
pub(crate) mod samples;

use xiezhi_domain::{
    access::Reader,
    case::CaseState,
    evidence::{Attribute, CourtView, EvidenceCommand, Opinion},
    ids::{CaseId, MaterialId, PartyId},
};

use super::{
    on_paper::act_of_party,
    prelude_of_cases::{Acted, act, route},
};
use crate::http::prelude::*;

pub use answer::AnswerView;
pub use list::EvidenceView;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/evidence", Op::ListEvidence, list::show_evidence)
        .post("/cases/{case}/evidence", Op::SubmitEvidence, hand_in::hand_in)
        .up_to(crate::http::files::FORM_LIMIT_BYTES)
        .get("/cases/{case}/evidence/answer", Op::ShowAnswer, answer::show_answer)
        .post("/cases/{case}/evidence/answer", Op::SubmitAnswer, answer::send)
        .post("/cases/{case}/evidence/answer/draft", Op::KeepAnswerDraft, answer::keep_draft)
        .get("/cases/{case}/evidence/receipts/{party}/{day}", Op::PrintEvidenceReceipt, receipt::print)
        .post("/cases/{case}/evidence/issues", Op::FixIssues, fix_issues)
        .post("/cases/{case}/evidence/waiver", Op::WaivePeriod, waive)
        .post("/cases/{case}/evidence/{material}/opinion", Op::GiveEvidenceOpinion, give_opinion)
        .post("/cases/{case}/evidence/{material}/view", Op::JudgeEvidence, judge)
}

/// The party an act speaks for: the reader's own, or the one a clerk names.
pub(super) fn speaks_for(reader: &Reader, case: &CaseState, named: Option<PartyId>) -> Result<PartyId, Problem> {
    let party = reader.party.or(named).filter(|party| case.parties.contains_key(party));
    party.ok_or_else(|| Problem::invalid(vec![FieldError::new("party", "input.required")]))
}

#[derive(Debug, Deserialize, ToSchema)]
struct OpinionForm {
    party: Option<PartyId>,
    authenticity: Attribute,
    legality: Attribute,
    relevance: Attribute,
    #[serde(default)]
    reasons: String,
}

/// A party says what it makes of an item of the other side.
async fn give_opinion(
    State(web): State<Web>,
    me: Me,
    Path((id, material)): Path<(CaseId, MaterialId)>,
    form: Input<OpinionForm>,
) -> Acted {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    let OpinionForm { party, authenticity, legality, relevance, reasons } = &form.value;
    let party = speaks_for(&reader, &case, *party)?;
    let (authenticity, legality, relevance) = (*authenticity, *legality, *relevance);
    let opinion = Opinion { party, authenticity, legality, relevance, reasons: reasons.clone() };
    let command = EvidenceCommand::GiveOpinion { material, opinion };
    act_of_party(&web, &me, id, &form, command, &at_item(id, material)).await
}

fn at_item(case: CaseId, material: MaterialId) -> String {
    route(case, &format!("/evidence#item-{material}"))
}

#[derive(Debug, Deserialize, ToSchema)]
struct JudgeForm {
    view: CourtView,
    #[serde(default)]
    reasons: String,
}

/// The court gives its view of an item.
async fn judge(
    State(web): State<Web>,
    me: Me,
    Path((id, material)): Path<(CaseId, MaterialId)>,
    form: Input<JudgeForm>,
) -> Acted {
    let JudgeForm { view, reasons } = form.value;
    let command = EvidenceCommand::Judge { material, view, reasons };
    act(&web, &me, id, form.command, command, &at_item(id, material)).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct IssuesForm {
    #[serde(default)]
    issues: String,
}

/// Fixes the issues in dispute, one a line.
async fn fix_issues(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, form: Input<IssuesForm>) -> Acted {
    let issues = form.value.issues.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    act(&web, &me, id, form.command, EvidenceCommand::FixIssues { issues }, &route(id, "/evidence")).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct WaiverForm {
    party: Option<PartyId>,
}

/// A party waives its periods.
async fn waive(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, form: Input<WaiverForm>) -> Acted {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    let party = speaks_for(&reader, &case, form.value.party)?;
    act_of_party(&web, &me, id, &form, EvidenceCommand::WaivePeriods { party }, &route(id, "/evidence")).await
}
