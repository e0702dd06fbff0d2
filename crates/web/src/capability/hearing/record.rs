//! The record of a hearing: kept as it is typed, corrected, signed or refused.

use sha2::{Digest as _, Sha256};
use xiezhi_domain::{
    Refusal,
    hearing::{HearingCommand, HearingRefusal, TranscriptCorrection},
    ids::{CaseId, HearingId, PartyId},
};

use super::{
    Wish,
    acts::{At, run},
    view,
};
use crate::{
    capability::{
        prelude_of_cases::{Acted, route},
        signature::hand_of,
    },
    http::prelude::*,
    messages::moment_exact,
};

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TranscriptText)]
pub(super) struct Text {
    text: String,
    /// Hash of the text it was written on.
    #[serde(default)]
    based_on: String,
}

/// What the record now rests on, for whoever writes on.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = TranscriptSaved)]
pub(super) struct Saved {
    /// Hash of the text that was sent: of no other, whoever wrote since.
    transcript_sha256: String,
    /// When.
    saved_at: String,
}

/// Keeps the record as it now reads. Where somebody else has written since, both texts are shown.
pub(super) async fn save(
    State(web): State<Web>,
    me: Me,
    Path(at): Path<At>,
    input: Input<Text>,
) -> Result<Done<Saved>, Problem> {
    let text = input.value.text.replace("\r\n", "\n");
    let based_on = Some(input.value.based_on.clone());
    let command = HearingCommand::SaveTranscript { hearing: at.1, text: text.clone(), based_on };
    let saved = web.app.decide(at.0, &me.actor, input.command, command.into()).await.map_err(Problem::from);
    match saved {
        Ok(_) => {
            let transcript_sha256 = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
            let now = moment_exact(web.app.ports().clock.moment().at);
            let saved_at = now.split_once(' ').map_or(now.as_str(), |(_, time)| time).to_owned();
            Ok(done(&me.showing, &page_of(at), &Saved { transcript_sha256, saved_at }))
        }
        Err(problem) if moved(&problem) && me.showing.format == Format::Html => {
            let wish = Wish { write: "yes".to_owned(), ..Wish::default() };
            let mut both = view(&web, &me, at.0, Some(at.1), wish).await?;
            both.unsaved = Some(text);
            Ok(Done::not_yet(both.page(&me.showing)))
        }
        Err(problem) => Err(problem),
    }
}

fn moved(problem: &Problem) -> bool {
    problem.refusal() == Some(&Refusal::Hearing(HearingRefusal::TranscriptChanged))
}

fn page_of((case, hearing): At) -> String {
    route(case, &format!("/hearings/{hearing}"))
}

/// A wish for a correction: one's own; or, entered by the clerk with the name, one that came in court.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CorrectionWished)]
pub(super) struct Wished {
    #[serde(default)]
    wish: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    granted: String,
}

pub(super) async fn ask_correction(
    State(web): State<Web>,
    me: Me,
    Path(at): Path<At>,
    input: Input<Wished>,
) -> Acted {
    let Wished { wish, name, granted } = &input.value;
    let (hearing, wish, name) = (at.1, wish.trim().to_owned(), name.trim().to_owned());
    let command = if name.is_empty() {
        HearingCommand::AskCorrection { hearing, wish }
    } else {
        let correction = TranscriptCorrection { name, wish, granted: granted == "yes" };
        HearingCommand::NoteCorrection { hearing, correction }
    };
    run(&web, &me, at, &input, command).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CorrectionAnswered)]
pub(super) struct Answered {
    granted: String,
    #[serde(default)]
    answer: String,
}

pub(super) async fn answer_correction(
    State(web): State<Web>,
    me: Me,
    Path((case, hearing, no)): Path<(CaseId, HearingId, u32)>,
    input: Input<Answered>,
) -> Acted {
    let words = input.value.answer.trim().to_owned();
    let command = HearingCommand::AnswerCorrection { hearing, no, granted: input.value.granted == "yes", words };
    run(&web, &me, (case, hearing), &input, command).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TranscriptSeen)]
pub(super) struct Seen {
    transcript_sha256: String,
    #[serde(default)]
    strokes: String,
}

pub(super) async fn sign(
    State(web): State<Web>,
    me: Me,
    Path(at): Path<At>,
    input: Input<Seen>,
) -> Acted {
    let transcript_sha256 = input.value.transcript_sha256.clone();
    let hand = hand_of(&web, &me, &input.value.strokes).await?;
    run(&web, &me, at, &input, HearingCommand::Sign { hearing: at.1, transcript_sha256, hand }).await
}

#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = TranscriptRefused)]
pub(super) struct Refused {
    #[serde(default)]
    because: String,
}

pub(super) async fn refuse(
    State(web): State<Web>,
    me: Me,
    Path(at): Path<At>,
    input: Input<Refused>,
) -> Acted {
    let reason = input.value.because.trim().to_owned();
    run(&web, &me, at, &input, HearingCommand::RefuseToSign { hearing: at.1, reason }).await
}

/// A signature or refusal on paper: `PARTY`, or `PARTY/NAME` for one of several who came for it.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = SignatureNoted)]
pub(super) struct Noted {
    party: String,
    #[serde(default)]
    refused: String,
}

pub(super) async fn note_signature(
    State(web): State<Web>,
    me: Me,
    Path(at): Path<At>,
    input: Input<Noted>,
) -> Acted {
    let (case, _) = web.app.view(at.0, &me.actor).await?;
    let (party, name) = input.value.party.split_once('/').unwrap_or((&input.value.party, ""));
    let party: PartyId = party.parse().map_err(|_| Problem::not_found())?;
    let known = case.parties.get(&party).ok_or_else(Problem::not_found)?;
    let name = if name.is_empty() { known.name.clone() } else { name.to_owned() };
    let refused_because = Some(input.value.refused.trim().to_owned()).filter(|reason| !reason.is_empty());
    let command = HearingCommand::NoteSignature { hearing: at.1, name, party: Some(party), refused_because };
    run(&web, &me, at, &input, command).await
}
