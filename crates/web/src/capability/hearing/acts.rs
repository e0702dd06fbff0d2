//! Acts around a hearing: scheduling, telling, opening, attendance, parts, closing.

use jiff::civil::{Date, Time};
use xiezhi_domain::{
    case::CaseState,
    command::CaseCommand,
    hearing::{self, Appearance, Attendee, HearingCommand, HearingPart, Manner, Mode},
    ids::{CaseId, HearingId, PartyId},
    scheduling::{SchedulingCommand, SimpleMeans},
};

use crate::{
    capability::prelude_of_cases::{Acted, act, route},
    http::prelude::*,
};

pub(super) type At = (CaseId, HearingId);

/// Carries out an act of a hearing and leads back to its page.
pub(super) async fn run<T>(
    web: &Web,
    me: &Me,
    at: At,
    input: &Input<T>,
    command: impl Into<CaseCommand>,
) -> Acted {
    act(web, me, at.0, input.command, command, &route(at.0, &format!("/hearings/{}", at.1))).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = HearingAsked)]
pub(super) struct Asked {
    on: Date,
    from: String,
    to: String,
    mode: Mode,
    room: Option<String>,
    open: Option<String>,
    closed_because: Option<String>,
}

fn time(text: &str, field: &str) -> Result<Time, Problem> {
    let text = if text.len() == 5 { format!("{text}:00") } else { text.to_owned() };
    text.parse().map_err(|_| Problem::invalid(vec![FieldError::new(field, "input.not_a_time")]))
}

pub(super) async fn schedule(
    State(web): State<Web>,
    me: Me,
    Path(id): Path<CaseId>,
    input: Input<Asked>,
) -> Acted {
    let wish = input.value;
    let command = SchedulingCommand::Schedule {
        on: wish.on,
        from: time(&wish.from, "from")?,
        to: time(&wish.to, "to")?,
        mode: wish.mode,
        room: wish.room.filter(|room| !room.is_empty() && wish.mode != Mode::Online),
        open: wish.open.is_some(),
        closed_because: wish.closed_because.filter(|reason| !reason.trim().is_empty()),
    };
    act(&web, &me, id, input.command, command, &route(id, "/hearings")).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = AdjournmentReason)]
pub(super) struct Reason {
    reason: String,
}

pub(super) async fn adjourn(
    State(web): State<Web>,
    me: Me,
    Path(at): Path<At>,
    input: Input<Reason>,
) -> Acted {
    let command = SchedulingCommand::Adjourn { hearing: at.1, reason: input.value.reason.clone() };
    run(&web, &me, at, &input, command).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NoticeTold)]
pub(super) struct Told {
    party: PartyId,
    means: SimpleMeans,
    #[serde(default)]
    told: String,
}

/// The clerk notes a telephone call, a message.
pub(super) async fn notify(
    State(web): State<Web>,
    me: Me,
    Path(at): Path<At>,
    input: Input<Told>,
) -> Acted {
    let Told { party, means, told } = &input.value;
    let command =
        SchedulingCommand::Notify { hearing: at.1, party: *party, means: *means, words: told.trim().to_owned() };
    run(&web, &me, at, &input, command).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NoticeProof)]
pub(super) struct Proof {
    party: PartyId,
    #[serde(default)]
    proof: String,
}

/// The clerk enters how a simple notice is known to have arrived.
pub(super) async fn prove_notice(
    State(web): State<Web>,
    me: Me,
    Path(at): Path<At>,
    input: Input<Proof>,
) -> Acted {
    let Proof { party, proof } = &input.value;
    let command = SchedulingCommand::ProveNotice { hearing: at.1, party: *party, words: proof.trim().to_owned() };
    run(&web, &me, at, &input, command).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NoticeConfirmed)]
pub(super) struct Confirmed {
    party: PartyId,
}

/// A party says that it knows of the hearing.
pub(super) async fn confirm_notice(
    State(web): State<Web>,
    me: Me,
    Path(at): Path<At>,
    input: Input<Confirmed>,
) -> Acted {
    let command = SchedulingCommand::ConfirmNotice { hearing: at.1, party: input.value.party };
    run(&web, &me, at, &input, command).await
}

/// Who came: `PARTY/PLACE/MANNER` for each, the place counted among those who may come for the party; or the
/// parties alone. And a word on each absence, in the order of the parties.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = HearingCame)]
pub(super) struct Came {
    #[serde(default)]
    came: Vec<String>,
    #[serde(default)]
    present: Vec<PartyId>,
    #[serde(default)]
    absence: Vec<String>,
    /// Why it opens on a later day than it was scheduled for.
    late_because: Option<String>,
}

fn attendee(case: &CaseState, told: &str) -> Option<(PartyId, Attendee)> {
    let (party, rest) = told.split_once('/')?;
    let (place, manner) = rest.split_once('/')?;
    let party: PartyId = party.parse().ok()?;
    let known = hearing::attendable(case, party).into_iter().nth(place.parse().ok()?)?;
    let manner = if manner == "online" { Manner::Online } else { Manner::OnSite };
    Some((party, Attendee { name: known.name, person: known.person, manner }))
}

impl Came {
    fn people(&self, case: &CaseState) -> Result<Vec<(PartyId, Attendee)>, Problem> {
        let told = self.came.iter().filter(|told| !told.is_empty());
        let unknown = || Problem::invalid(vec![FieldError::new("came", "input.unknown_choice")]);
        told.map(|told| attendee(case, told).ok_or_else(unknown)).collect()
    }

    fn appearances(&self, case: &CaseState) -> Result<Vec<Appearance>, Problem> {
        let people = self.people(case)?;
        let of = |(place, party): (usize, &PartyId)| {
            let own = people.iter().filter(|(of, _)| of == party).map(|(_, one)| one.clone()).collect();
            let known = case.parties.get(party).map_or("", |party| party.name.as_str());
            let came = Appearance::of(*party, own);
            if !came.present && self.present.contains(party) {
                return Appearance::told(*party, true, known);
            }
            came.because(self.absence.get(place).map_or("", String::as_str))
        };
        Ok(case.party_order.iter().enumerate().map(of).collect())
    }
}

pub(super) async fn open(
    State(web): State<Web>,
    me: Me,
    Path(at): Path<At>,
    input: Input<Came>,
) -> Acted {
    let (case, _) = web.app.view(at.0, &me.actor).await?;
    let (appearances, late_because) = (input.value.appearances(&case)?, input.value.late_because.clone());
    let command = HearingCommand::Open { hearing: at.1, appearances, late_because };
    run(&web, &me, at, &input, command).await
}

/// Somebody came late: those who had come for the party stay noted.
pub(super) async fn note_attendance(
    State(web): State<Web>,
    me: Me,
    Path(at): Path<At>,
    input: Input<Came>,
) -> Acted {
    let (case, _) = web.app.view(at.0, &me.actor).await?;
    let known = case.hearings.get(&at.1).ok_or_else(Problem::not_found)?;
    let Some((party, late)) = input.value.people(&case)?.into_iter().next() else {
        return Err(Problem::invalid(vec![FieldError::new("came", "input.nothing_chosen")]));
    };
    let before = known.appearances.iter().find(|who| who.party == party);
    let mut people = before.map(|who| who.people.clone()).unwrap_or_default();
    people.retain(|one| one.name != late.name);
    people.push(late);
    let command = HearingCommand::NoteAttendance { hearing: at.1, appearance: Appearance::of(party, people) };
    run(&web, &me, at, &input, command).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = PartEntered)]
pub(super) struct Entered {
    part: HearingPart,
}

pub(super) async fn enter_part(
    State(web): State<Web>,
    me: Me,
    Path(at): Path<At>,
    input: Input<Entered>,
) -> Acted {
    let command = HearingCommand::EnterPart { hearing: at.1, part: input.value.part };
    run(&web, &me, at, &input, command).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = HearingEnded)]
pub(super) struct Ended {
    /// Why a part was not gone through.
    skipped_because: Option<String>,
}

pub(super) async fn close(
    State(web): State<Web>,
    me: Me,
    Path(at): Path<At>,
    input: Input<Ended>,
) -> Acted {
    let skipped_because = input.value.skipped_because.clone();
    run(&web, &me, at, &input, HearingCommand::Close { hearing: at.1, skipped_because }).await
}
