//! Requests for approval (审批): mine to answer across cases; and those of one case, asked and answered.

mod asking;
mod page;
pub(crate) mod samples;

use std::sync::Arc;

use xiezhi_app::tables::ApprovalRow;
use xiezhi_domain::{
    access::{self, Act, Reader},
    approval::{Approval, ApprovalCommand, ApprovalStatus, Matter},
    case::CaseState,
    ids::{ApprovalId, CaseId, MaterialId},
    material::FileRef,
    people::Post,
    periods::PeriodKind,
};

use super::prelude_of_cases::{Acted, act, route};
use crate::http::{me::Me, prelude::*};

pub use asking::Asked;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/approvals", Op::ListMyApprovals, mine)
        .get("/cases/{case}/approvals", Op::ListApprovals, of_case)
        .post("/cases/{case}/approvals", Op::AskForApproval, ask)
        .post("/cases/{case}/approvals/{approval}", Op::AnswerApproval, answer)
}

/// Requests that wait for the reader's word, across cases.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MineView {
    /// The requests, the oldest first.
    pub waiting: Vec<ApprovalRow>,
}

async fn mine(State(app): State<App>, me: Me) -> Result<Shown<MineView>, Problem> {
    if me.person.post.is_outside() || me.person.post.is_administrator() {
        return Err(Problem::not_found());
    }
    let waiting = app.approvals_for(&me.actor).await?;
    Ok(show(&me.showing, &MineView { waiting }))
}

/// A word that was said.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WordView {
    /// Who.
    pub by: String,
    /// Under which post.
    pub post: Post,
    /// What was said.
    pub opinion: String,
}

/// A request with everything needed to decide it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RequestView {
    /// Identifier.
    pub id: ApprovalId,
    /// What is asked.
    pub matter: Matter,
    /// Title of the paper it is about, if it is about one.
    pub paper: Option<String>,
    /// Titles of the papers that are to be shared, if they are.
    pub shared: Vec<String>,
    /// Who asks.
    pub asked_by: Option<String>,
    /// When.
    pub asked_on: jiff::civil::Date,
    /// Why.
    pub reason: String,
    /// Who decides, in order.
    pub chain: Vec<Post>,
    /// Words so far.
    pub words: Vec<WordView>,
    /// Where it stands.
    pub status: ApprovalStatus,
    /// Whether it is the reader's turn.
    pub my_turn: bool,
}

/// The requests of a case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RequestsView {
    /// The case.
    pub case: CaseId,
    /// The requests: those that wait first, then the newest.
    pub requests: Vec<RequestView>,
    /// Last day of the trial period, while it runs.
    pub trial_ends_on: Option<jiff::civil::Date>,
    /// Fee due, fen.
    pub fee_due_fen: i64,
    /// Whether the reader may ask.
    pub may_ask: bool,
    /// Papers in the file that can be replaced or struck, for whoever may ask.
    pub papers: Vec<(MaterialId, String)>,
    /// Papers in staging that could replace one.
    pub staged: Vec<(MaterialId, String)>,
    /// The paper a request was begun for.
    pub chosen: Option<MaterialId>,
    #[serde(skip)]
    state: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

impl RequestsView {
    /// The requests of `case` as `reader` sees them.
    pub fn of(to: &Showing, case: &Arc<CaseState>, reader: &Reader, chosen: Option<MaterialId>) -> Self {
        let may_ask = access::may(reader, Act::AskApproval, case.stage).is_ok();
        let mut requests: Vec<RequestView> =
            case.approvals.values().filter(|asked| access::may_hear_of_request(reader, case, asked)).map(|approval| request(to, case, reader, approval)).collect();
        requests.sort_by_key(|request| (request.status != ApprovalStatus::Pending, std::cmp::Reverse(request.asked_on)));
        let titled = |place| {
            let papers = case.materials_in_order().filter(move |paper| may_ask && paper.place == place);
            papers.filter(|paper| access::may_see(reader, case, paper)).map(|paper| (paper.id, paper.title.clone())).collect()
        };
        Self {
            case: case.id,
            requests,
            trial_ends_on: case.running(PeriodKind::Trial, None).map(|period| period.last_on),
            fee_due_fen: case.fees.due.0,
            may_ask,
            papers: titled(xiezhi_domain::material::Place::InFile),
            staged: titled(xiezhi_domain::material::Place::Staged),
            chosen,
            state: Arc::clone(case),
            reader: reader.clone(),
        }
    }
}

fn request(
    to: &Showing,
    case: &CaseState,
    reader: &Reader,
    approval: &Approval,
) -> RequestView {
    let paper = match &approval.matter {
        Matter::ReplaceMaterial { material, .. }
        | Matter::StrikeMaterial { material }
        | Matter::RevokePaper { material }
        | Matter::EraseMaterial { material } => case.materials.get(material),
        _ => None,
    };
    let paper = paper.filter(|paper| access::may_see(reader, case, paper)).map(|paper| paper.title.clone());
    let in_charge = reader.actor.person().is_some() && reader.actor.person() == case.judge();
    let turn = approval.next().is_some_and(|post| match post {
        Post::Judge => in_charge,
        post => reader.post == Some(post),
    });
    let words = approval.words.iter().map(|word| WordView {
        by: to.name(word.by).to_owned(),
        post: word.post,
        opinion: word.opinion.clone(),
    });
    RequestView {
        id: approval.id,
        matter: told(approval.matter.clone(), paper.is_some()),
        paper,
        shared: shared(case, reader, &approval.matter),
        asked_by: approval.asked_by.map(|person| to.name(person).to_owned()),
        asked_on: approval.asked_on,
        reason: approval.reason.clone(),
        chain: approval.chain.clone(),
        words: words.collect(),
        status: approval.status,
        my_turn: turn && access::may(reader, Act::AnswerApproval, case.stage).is_ok(),
    }
}

/// What is asked, as whoever does, or does not, see the paper it is about is told: a file that is to take the place of one
/// of the secondary volume has a name that tells what it is.
fn told(matter: Matter, sees_paper: bool) -> Matter {
    match matter {
        Matter::ReplaceMaterial { material, .. } if !sees_paper => {
            let nameless = FileRef {
                sha256: String::new(),
                size_bytes: 0,
                media: String::new(),
                name: "—".to_owned(),
                pages: 0,
                spots: vec![],
            };
            Matter::ReplaceMaterial { material, file: nameless }
        }
        matter => matter,
    }
}

#[derive(Debug, Deserialize, ToSchema)]
struct Begun {
    material: Option<MaterialId>,
}

/// The titles of papers that are to be shared, as far as the reader may see them.
fn shared(case: &CaseState, reader: &Reader, matter: &Matter) -> Vec<String> {
    let Matter::ShareOut { terms } = matter else { return vec![] };
    let known = terms.materials.iter().filter_map(|id| case.materials.get(id));
    known.filter(|paper| access::may_see(reader, case, paper)).map(|paper| paper.title.clone()).collect()
}

/// Requests are the court's own business; a party learns of what came of them.
async fn of_case(
    State(app): State<App>,
    me: Me,
    Path(case): Path<CaseId>,
    Query(begun): Query<Begun>,
) -> Result<Shown<RequestsView>, Problem> {
    if me.person.post.is_outside() {
        return Err(Problem::not_found());
    }
    let (state, reader) = app.view(case, &me.actor).await?;
    Ok(show(&me.showing, &RequestsView::of(&me.showing, &state, &reader, begun.material)))
}

async fn ask(
    State(web): State<Web>,
    me: Me,
    Path(case): Path<CaseId>,
    form: Input<Asked>,
) -> Acted {
    let (state, reader) = web.app.view(case, &me.actor).await?;
    let reason = form.value.reason.clone();
    let request = form.value.matter(&state, &reader)?;
    let command = ApprovalCommand::Ask { request, reason };
    act(&web, &me, case, form.command, command, &route(case, "/approvals")).await
}

/// Yes or no, and how many words stood there when it was read.
#[derive(Debug, Deserialize, ToSchema)]
struct Answered {
    answer: String,
    #[serde(default)]
    opinion: String,
    seen_words: usize,
}

async fn answer(
    State(web): State<Web>,
    me: Me,
    Path((case, approval)): Path<(CaseId, ApprovalId)>,
    form: Input<Answered>,
) -> Acted {
    let Answered { answer, opinion, seen_words } = form.value;
    let grant = match answer.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(Problem::invalid(vec![FieldError::new("answer", "input.unknown_choice")])),
    };
    let command = ApprovalCommand::Answer { approval, grant, opinion, seen_words };
    act(&web, &me, case, form.command, command, &route(case, "/approvals")).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        gallery::lived::{Seat, Tale},
        messages::Lang,
    };
    use xiezhi_domain::paper::Volume;

    #[test]
    fn a_file_that_is_to_replace_a_paper_of_the_secondary_volume_is_named_to_nobody_who_does_not_see_it() {
        let lived = Tale::Papers.whole();
        let seen_by = |seat| {
            let seen = lived.seen_by(seat, Lang::Zh);
            let mut case = (*seen.case).clone();
            let asked = |approval: &Approval| match &approval.matter {
                Matter::ReplaceMaterial { material, file } => Some((approval.clone(), *material, file.name.clone())),
                _ => None,
            };
            let (approval, paper, name) = case.approvals.values().find_map(asked).expect("a paper was replaced");
            case.materials.get_mut(&paper).expect("it is there").volume = Volume::Secondary;
            let told = request(&seen.to, &case, &seen.reader, &approval);
            serde_json::to_string(&told).expect("plain data").contains(&name)
        };
        assert!(seen_by(Seat::Judge), "who sees the volume is told");
        for post in [Post::FilingClerk, Post::Finance, Post::DivisionHead] {
            assert!(!seen_by(Seat::Of(post)), "{post:?}");
        }
    }
}
