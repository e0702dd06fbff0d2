//! Hearings of a case (庭审): scheduled, held, recorded as they are typed, corrected, signed.

mod acts;
mod facts;
mod page;
mod record;
pub(crate) mod samples;

use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    ids::{CaseId, HearingId},
    scheduling,
};

use crate::http::prelude::*;

pub use facts::{AttendanceFacts, CorrectionFacts, HearingFacts, NoticeFacts, PartFacts, SignerFacts, SlotFacts};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/hearings", Op::ListHearings, list)
        .post("/cases/{case}/hearings", Op::ScheduleHearing, acts::schedule)
        .get("/cases/{case}/hearings/{hearing}", Op::ShowHearing, one)
        .post("/cases/{case}/hearings/{hearing}/adjournment", Op::AdjournHearing, acts::adjourn)
        .post("/cases/{case}/hearings/{hearing}/notices", Op::NotifySimply, acts::notify)
        .post("/cases/{case}/hearings/{hearing}/notices/proof", Op::ProveNotice, acts::prove_notice)
        .post("/cases/{case}/hearings/{hearing}/notices/confirmation", Op::ConfirmNotice, acts::confirm_notice)
        .post("/cases/{case}/hearings/{hearing}/opening", Op::OpenHearing, acts::open)
        .post("/cases/{case}/hearings/{hearing}/attendance", Op::NoteAttendance, acts::note_attendance)
        .post("/cases/{case}/hearings/{hearing}/part", Op::EnterHearingPart, acts::enter_part)
        .post("/cases/{case}/hearings/{hearing}/transcript", Op::SaveTranscript, record::save)
        .post("/cases/{case}/hearings/{hearing}/closing", Op::CloseHearing, acts::close)
        .post("/cases/{case}/hearings/{hearing}/corrections", Op::AskForTranscriptCorrection, record::ask_correction)
        .post("/cases/{case}/hearings/{hearing}/corrections/{no}", Op::AnswerTranscriptCorrection, record::answer_correction)
        .post("/cases/{case}/hearings/{hearing}/signature", Op::SignTranscript, record::sign)
        .post("/cases/{case}/hearings/{hearing}/refusal", Op::RefuseTranscript, record::refuse)
        .post("/cases/{case}/hearings/{hearing}/noted-signature", Op::NoteTranscriptSignature, record::note_signature)
}

/// Hearings of a case, or one of them, as their reader sees them.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct HearingsView {
    /// The hearings, oldest first.
    pub hearings: Vec<HearingFacts>,
    /// Whether it is about one hearing alone.
    pub one: bool,
    /// Whether the reader may schedule a hearing now.
    pub may_schedule: bool,
    /// Whether the reader opens, records and closes hearings.
    pub may_run: bool,
    /// Courtrooms.
    pub rooms: Vec<String>,
    /// Times at which a room and everybody needed are free.
    pub slots: Vec<SlotFacts>,
    /// What is filled into the form of a new hearing.
    #[serde(skip)]
    pub wish: Wish,
    /// What was typed on a text that somebody else has changed meanwhile.
    #[serde(skip)]
    pub unsaved: Option<String>,
    #[serde(skip)]
    frame: Option<(std::sync::Arc<CaseState>, Reader)>,
}

/// What a link to a free time fills in, and whether the record is to be typed here.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[schema(as = HearingWish)]
pub struct Wish {
    #[serde(default)]
    on: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    #[serde(default)]
    room: String,
    /// `write=yes`: a judge takes the record over.
    #[serde(default)]
    write: String,
}

async fn view(web: &Web, me: &Me, id: CaseId, only: Option<HearingId>, wish: Wish) -> Result<HearingsView, Problem> {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    access::may(&reader, Act::ViewMain, case.stage).map_err(|_| Problem::not_found())?;
    let chosen = case.hearings_in_order().filter(|it| only.is_none_or(|only| only == it.id));
    let types = wish.write == "yes";
    let hearings: Vec<HearingFacts> =
        chosen.map(|it| HearingFacts::of(&case, &reader, &me.showing.people, it, me.showing.today, types)).collect();
    if only.is_some() && hearings.is_empty() {
        return Err(Problem::not_found());
    }
    let may = |act| access::may(&reader, act, case.stage).is_ok();
    let may_schedule = only.is_none() && may(Act::Schedule) && scheduling::is_schedulable(&case);
    Ok(HearingsView {
        hearings,
        one: only.is_some(),
        may_schedule,
        may_run: may(Act::RunHearing),
        rooms: me.showing.settings.courtrooms.clone(),
        slots: if may_schedule { web.app.free_slots(&case).await?.iter().map(SlotFacts::of).collect() } else { vec![] },
        wish,
        unsaved: None,
        frame: Some((case, reader)),
    })
}

async fn list(
    State(web): State<Web>,
    me: Me,
    Path(id): Path<CaseId>,
    Query(wish): Query<Wish>,
) -> Result<Shown<HearingsView>, Problem> {
    Ok(show(&me.showing, &view(&web, &me, id, None, wish).await?))
}

async fn one(
    State(web): State<Web>,
    me: Me,
    Path((id, it)): Path<(CaseId, HearingId)>,
    Query(wish): Query<Wish>,
) -> Result<Shown<HearingsView>, Problem> {
    Ok(show(&me.showing, &view(&web, &me, id, Some(it), wish).await?))
}
