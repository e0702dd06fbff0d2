//! The counter (窗口收件): a clerk finds the case of whoever stands before them, takes their papers for them, and prints
//! the receipt; a new suit is begun on the same page.

mod page;
pub(crate) mod samples;
mod taking;

use std::sync::Arc;

use axum::{
    body::Body,
    http::{HeaderValue, header},
};
use jiff::civil::Date;
use xiezhi_app::{
    access::{AccessEvent, Look},
    lists::CaseFilter,
};
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    counter::{Handed, Intake},
    ids::{CaseId, IntakeId, PartyId},
    people::Post,
};

use super::{material::escaped, prelude_of_cases::role};
use crate::http::{me::Me, prelude::*};

/// Where the page is.
const PAGE: &str = "/counter";
/// Posts that stand at the counter.
const POSTS: [Post; 3] = [Post::FilingClerk, Post::CourtClerk, Post::JudgeAssistant];
/// Cases that a search lists.
const CASES_FOUND: u64 = 20;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get(PAGE, Op::ShowCounter, desk)
        .get("/cases/{case}/counter", Op::ShowIntakes, intakes)
        .post("/cases/{case}/counter", Op::TakeAtCounter, taking::take)
        .up_to(crate::http::files::FORM_LIMIT_BYTES)
        .get("/cases/{case}/counter/{intake}/receipt", Op::PrintIntakeReceipt, receipt)
}

/// A case that was found at the counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct FoundCase {
    /// Identifier.
    pub id: CaseId,
    /// Its number.
    pub number: String,
    /// Its parties.
    pub title: String,
}

/// The desk of whoever stands at the counter.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CounterView {
    /// What was looked for.
    pub q: String,
    /// The cases found.
    pub cases: Vec<FoundCase>,
    /// Whether the reader may begin a suit for a person.
    pub may_file: bool,
}

/// What is looked for.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
struct Sought {
    /// A number, or names of parties.
    #[serde(default)]
    q: String,
}

async fn desk(State(app): State<App>, me: Me, Query(sought): Query<Sought>) -> Result<Shown<CounterView>, Problem> {
    if !POSTS.contains(&me.person.post) {
        return Err(Problem::not_found());
    }
    let q = sought.q.trim().to_owned();
    let mut cases = vec![];
    if !q.is_empty() {
        app.record_look(looked(&me, &q)).await?;
        let filter = CaseFilter { words: Some(q.clone()), size: CASES_FOUND, ..CaseFilter::default() };
        for row in app.cases(&me.actor, &filter).await?.rows {
            if let (Ok(id), Some(number)) = (row.case_id.parse(), row.number) {
                cases.push(FoundCase { id, number, title: row.title });
            }
        }
    }
    Ok(show(&me.showing, &CounterView { q, cases, may_file: me.person.post == Post::FilingClerk }))
}

/// Whom somebody at the counter looked for is on record, as in every list of cases.
fn looked(me: &Me, words: &str) -> AccessEvent {
    AccessEvent::Looked {
        reader: me.person.id,
        post: me.person.post,
        look: Look::Search,
        case: None,
        material: None,
        pages: vec![],
        words: Some(words.to_owned()),
        rule: "V1".to_owned(),
    }
}

/// Papers that were taken at one time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct IntakeView {
    /// Identifier.
    pub id: IntakeId,
    /// For whom: role and name.
    pub party: String,
    /// Who brought it.
    pub brought_by: String,
    /// Who took it, by name.
    pub taken_by: String,
    /// Day it came.
    pub came_on: Date,
    /// What it was.
    pub items: Vec<Handed>,
}

/// What was taken at the counter in a case, and the form for more.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct IntakesView {
    /// The case.
    pub case: CaseId,
    /// What was taken, the newest first; a side is told of its own.
    pub intakes: Vec<IntakeView>,
    /// Parties for whom the reader may take papers; nobody where they take none.
    pub parties: Vec<(PartyId, String)>,
    #[serde(skip)]
    state: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
}

/// Whether `reader` may be told of what was taken: whoever takes, whoever keeps the file, and the side it is of.
fn may_be_told(case: &CaseState, reader: &Reader, intake: &Intake) -> bool {
    let may = |act| access::may(reader, act, case.stage).is_ok();
    match !reader.is_inside() {
        true => reader.party == Some(intake.party),
        false => may(Act::TakeAtCounter) || reader.is_team(),
    }
}

impl IntakesView {
    /// What was taken in `case`, as `reader` is told; `names` of those who took it.
    pub fn of(case: &Arc<CaseState>, reader: &Reader, to: &Showing) -> Self {
        let party = |id: PartyId| {
            let party = case.parties.get(&id);
            party.map_or_else(String::new, |party| format!("{} {}", role(party.role), party.name))
        };
        let view = |intake: &Intake| IntakeView {
            id: intake.id,
            party: party(intake.party),
            brought_by: intake.brought_by.clone(),
            taken_by: to.name(intake.taken_by).to_owned(),
            came_on: intake.came_on,
            items: intake.items.clone(),
        };
        let takes = access::may(reader, Act::TakeAtCounter, case.stage).is_ok()
            && case.stage != xiezhi_domain::stage::Stage::Archived;
        let told = case.intakes.iter().rev().filter(|intake| may_be_told(case, reader, intake));
        Self {
            case: case.id,
            intakes: told.map(view).collect(),
            parties: case.party_order.iter().filter(|_| takes).map(|id| (*id, party(*id))).collect(),
            state: Arc::clone(case),
            reader: reader.clone(),
        }
    }
}

async fn intakes(State(app): State<App>, me: Me, Path(case): Path<CaseId>) -> Result<Shown<IntakesView>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let takes = access::may(&reader, Act::TakeAtCounter, state.stage).is_ok();
    if !takes && !reader.is_team() && !reader.is_side() {
        return Err(Problem::not_found());
    }
    Ok(show(&me.showing, &IntakesView::of(&state, &reader, &me.showing)))
}

/// Prints the receipt of one intake.
async fn receipt(
    State(app): State<App>,
    me: Me,
    Path((case, intake)): Path<(CaseId, IntakeId)>,
) -> Result<Sent<AnyFile>, Problem> {
    let (state, reader) = app.view(case, &me.actor).await?;
    let taken = state.intakes.iter().find(|known| known.id == intake);
    let taken = taken.filter(|taken| may_be_told(&state, &reader, taken)).ok_or_else(Problem::not_found)?;
    let pdf = app.print_intake_receipt(&state, taken).await?;
    let mut response = Body::from(pdf).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    let name = format!("inline; filename*=UTF-8''{}", escaped(&format!("材料收据-{}.pdf", taken.came_on)));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&name).expect("escaped"));
    Ok(response.into())
}
