//! Hearings of a case (庭审): scheduled, held, recorded, signed.

use axum::extract::{Path, State};
use jiff::civil::{Date, Time};
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    command::CaseCommand,
    hearing::{self, Appearance, HearingCommand, HearingPart, HearingStatus, Mode},
    ids::{CaseId, HearingId, PartyId},
    scheduling::SchedulingCommand,
};

use super::{
    case_frame::{CaseTab, case_page},
    prelude_of_cases::{act, role, route},
    signature::{hand, hand_of, hand_route},
};
use crate::{
    frame::{page::Island, prelude::*},
    http::{prelude::*, showing::PageParts},
    messages::{hearing as words, hearing::Key, t},
};

/// The routes of this capability.
pub fn router() -> Router<Web> {
    Router::new()
        .route("/cases/{case}/hearings", get(list).post(schedule))
        .route("/cases/{case}/hearings/{hearing}", get(one))
        .route("/cases/{case}/hearings/{hearing}/adjournment", post(adjourn))
        .route("/cases/{case}/hearings/{hearing}/opening", post(open))
        .route("/cases/{case}/hearings/{hearing}/part", post(enter_part))
        .route("/cases/{case}/hearings/{hearing}/transcript", post(save))
        .route("/cases/{case}/hearings/{hearing}/closing", post(close))
        .route("/cases/{case}/hearings/{hearing}/signature", post(sign))
        .route("/cases/{case}/hearings/{hearing}/noted-signature", post(note_signature))
}

/// A hearing, as its reader sees it.
#[derive(Clone, Debug, Serialize)]
pub struct HearingFacts {
    id: HearingId,
    on: Date,
    from: String,
    to: String,
    room: Option<String>,
    mode: Mode,
    status: HearingStatus,
    part: HearingPart,
    came: Vec<(PartyId, String, Option<bool>, bool)>,
    transcript: String,
    transcript_sha256: String,
    signatures: Vec<SignatureFacts>,
    i_signed: bool,
}

/// A signature under the record, or its refusal.
#[derive(Clone, Debug, Serialize)]
pub struct SignatureFacts {
    name: String,
    refused_because: Option<String>,
    hand: Option<String>,
}

/// Hearings of a case.
#[derive(Clone, Debug, Serialize)]
pub struct HearingsView {
    hearings: Vec<HearingFacts>,
    one: bool,
    may_schedule: bool,
    may_run: bool,
    may_sign: bool,
    rooms: Vec<String>,
    #[serde(skip)]
    frame: Option<(std::sync::Arc<CaseState>, Reader)>,
}

fn facts(case: &CaseState, reader: &Reader, to: &Showing, it: &hearing::Hearing) -> HearingFacts {
    let came = case.parties_in_order().map(|party| {
        let present = it.appearances.iter().find(|who| who.party == party.id).map(|who| who.present);
        let named = format!("{} {}", role(party.role), party.name);
        (party.id, named, present, hearing::is_summoned(case, it.id, party.id))
    });
    let me = reader.actor.person();
    HearingFacts {
        id: it.id,
        on: it.on,
        from: it.from.strftime("%H:%M").to_string(),
        to: it.to.strftime("%H:%M").to_string(),
        room: it.room.clone(),
        mode: it.mode,
        status: it.status,
        part: it.part,
        came: came.collect(),
        transcript: it.transcript.clone(),
        transcript_sha256: it.transcript_sha256(),
        signatures: it.signatures.iter().map(|signed| signature(case.id, signed)).collect(),
        i_signed: it.signatures.iter().any(|signed| signed.person.is_some() && signed.person == me) || to.person.is_none(),
    }
}

fn signature(case: CaseId, signed: &hearing::TranscriptSignature) -> SignatureFacts {
    SignatureFacts {
        name: signed.name.clone(),
        refused_because: signed.refused_because.clone(),
        hand: signed.hand.as_ref().map(|hand| hand_route(case, hand)),
    }
}

async fn view(web: &Web, me: &Me, id: CaseId, only: Option<HearingId>) -> Result<HearingsView, Problem> {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    access::may(&reader, Act::ViewMain, case.stage).map_err(|_| Problem::not_found())?;
    let chosen = case.hearings_in_order().filter(|it| only.is_none_or(|only| only == it.id));
    let hearings: Vec<HearingFacts> = chosen.map(|it| facts(&case, &reader, &me.showing, it)).collect();
    if only.is_some() && hearings.is_empty() {
        return Err(Problem::not_found());
    }
    let may = |act| access::may(&reader, act, case.stage).is_ok();
    Ok(HearingsView {
        hearings,
        one: only.is_some(),
        may_schedule: may(Act::Schedule),
        may_run: may(Act::RunHearing),
        may_sign: may(Act::SignTranscript),
        rooms: me.showing.settings.courtrooms.clone(),
        frame: Some((case, reader)),
    })
}

async fn list(State(web): State<Web>, me: Me, Path(id): Path<CaseId>) -> Result<Response, Problem> {
    Ok(show(&me.showing, &view(&web, &me, id, None).await?))
}

async fn one(State(web): State<Web>, me: Me, Path((id, it)): Path<(CaseId, HearingId)>) -> Result<Response, Problem> {
    Ok(show(&me.showing, &view(&web, &me, id, Some(it)).await?))
}

impl View for HearingsView {
    fn page(&self, to: &Showing) -> Markup {
        let Some((case, reader)) = &self.frame else { return html! {} };
        let lang = to.lang();
        let body = html! {
            h1.unseen { (t(lang, Key::Title)) }
            @if self.hearings.is_empty() { (Blank::empty(Icon::Calendar, t(lang, Key::None), t(lang, Key::NoneNote)).sheet()) }
            @for it in &self.hearings { (self.hearing(to, case, it)) }
            @if self.may_schedule && !self.one { (self.schedule_form(to, case.id)) }
        };
        let islands = if self.one && self.may_sign { vec![Island::Signature] } else { vec![] };
        case_page(to, case, reader, CaseTab::Hearings, PageParts { islands, ..PageParts::default() }, stack(body))
    }
}

impl HearingsView {
    fn hearing(&self, to: &Showing, case: &CaseState, it: &HearingFacts) -> Markup {
        let lang = to.lang();
        let base = route(case.id, &format!("/hearings/{}", it.id));
        let title = format!("{} {}–{} {}", it.on, it.from, it.to, it.room.as_deref().unwrap_or_default());
        let state = match it.status {
            HearingStatus::Done => Standing::Done,
            HearingStatus::Adjourned => Standing::Stopped,
            HearingStatus::Scheduled | HearingStatus::Open => Standing::Waiting,
        };
        let note = format!("{} · {}", t(lang, words::mode(it.mode)), t(lang, words::part(it.part)));
        Sheet::new(&title).note(&note).extra(tag(state, t(lang, words::status(it.status)))).body(html! {
            (self.people(to, it))
            @if !self.one { p { (Verb::go(t(lang, Key::See), &base).row().about(&title)) } }
            @if self.one { (self.desk(to, it, &base)) (self.record(to, it, &base)) }
        })
    }

    fn people(&self, to: &Showing, it: &HearingFacts) -> Markup {
        let lang = to.lang();
        html! {
            ul {
                @for (_, name, _, summoned) in &it.came {
                    li {
                        span lang="zh-CN" { (name) } " "
                        @if *summoned { (tag(Standing::Done, t(lang, Key::SummonsServed))) }
                        @else if it.status == HearingStatus::Scheduled { (tag(Standing::Soon, t(lang, Key::SummonsOpen))) }
                    }
                }
            }
        }
    }

    /// What those who run the hearing can do with it now.
    fn desk(&self, to: &Showing, it: &HearingFacts, base: &str) -> Markup {
        let lang = to.lang();
        if !self.may_run {
            return html! {};
        }
        let at = |below: &str| format!("{base}/{below}");
        let (opening, part, adjournment, closing) = (at("opening"), at("part"), at("adjournment"), at("closing"));
        let send = |action: &str, body: Markup| form(FormTo { action, ..FormTo::default() }, html! { (to.command_field()) (body) });
        match it.status {
            HearingStatus::Scheduled => html! {
                (send(&opening, html! {
                    fieldset {
                        legend { (t(lang, Key::WhoCame)) }
                        @for (party, name, _, _) in &it.came {
                            label.check { input type="checkbox" name="present" value=(party) checked; span lang="zh-CN" { (name) } }
                        }
                    }
                    (Verb::submit(t(lang, Key::Begin)).primary())
                }))
                (send(&adjournment, html! { (Field::new("reason", t(lang, Key::Reason)).text()) (Verb::submit(t(lang, Key::Adjourn))) }))
            },
            HearingStatus::Open => {
                let parts: Vec<(String, Key)> = HearingPart::ALL
                    .iter()
                    .map(|part| (xiezhi_app::rows::code_of(part), words::part(*part)))
                    .collect();
                let choices: Vec<Choice<'_>> = parts.iter().map(|(code, key)| Choice::new(code, t(lang, *key))).collect();
                let now = xiezhi_app::rows::code_of(&it.part);
                html! {
                    (send(&part, html! { (Field::new("part", t(lang, Key::Part)).value(&now).select(lang, &choices)) (Verb::submit(t(lang, Key::Part))) }))
                    (send(&closing, html! { p { (t(lang, Key::CloseNote)) } (Verb::submit(t(lang, Key::Close)).primary()) }))
                }
            }
            HearingStatus::Adjourned | HearingStatus::Done => html! {},
        }
    }

    /// The record: typed by the clerk, read and signed by those who came.
    fn record(&self, to: &Showing, it: &HearingFacts, base: &str) -> Markup {
        let lang = to.lang();
        if it.status == HearingStatus::Scheduled || it.status == HearingStatus::Adjourned {
            return html! {};
        }
        let (transcript, signature, noted) =
            (format!("{base}/transcript"), format!("{base}/signature"), format!("{base}/noted-signature"));
        let unsigned = !it.signatures.iter().any(|one| one.refused_because.is_none());
        let typing = self.may_run && unsigned;
        html! {
            h2 { (t(lang, Key::Transcript)) }
            @if typing {
                (form(FormTo { action: &transcript, ..FormTo::default() }, html! {
                    (to.command_field())
                    (Field::new("text", t(lang, Key::Transcript)).value(&it.transcript).textarea(16))
                    (Verb::submit(t(lang, Key::Save)))
                }))
            } @else {
                div.paper lang="zh-CN" { @for line in it.transcript.lines() { p { (line) } } }
            }
            ul {
                @for one in &it.signatures {
                    li {
                        span lang="zh-CN" { (one.name) } " "
                        @if one.refused_because.is_none() { (tag(Standing::Done, t(lang, Key::Signed))) } @else { (tag(Standing::Stopped, t(lang, Key::Refused))) }
                        @if let Some(picture) = &one.hand { " " (hand(lang, &one.name, picture)) }
                    }
                }
            }
            @if self.may_sign && !it.i_signed && !it.transcript.trim().is_empty() && it.status == HearingStatus::Done {
                (form(FormTo { action: &signature, ..FormTo::default() }, html! {
                    (to.command_field())
                    input type="hidden" name="transcript_sha256" value=(it.transcript_sha256);
                    p { (t(lang, Key::SignNote)) }
                    (signature_pad(lang, to.person.as_ref().map_or("", |person| &person.name), None))
                    (Verb::submit(t(lang, Key::Sign)).primary())
                }))
            }
            @if self.may_run && it.status == HearingStatus::Done {
                (explain(t(lang, Key::NoteSignature), form(FormTo { action: &noted, ..FormTo::default() }, html! {
                    (to.command_field())
                    @let ids: Vec<(String, &str)> = it.came.iter().map(|(party, name, ..)| (party.to_string(), name.as_str())).collect();
                    @let choices: Vec<Choice<'_>> = ids.iter().map(|(id, name)| Choice::new(id, name)).collect();
                    (Field::new("party", t(lang, Key::Who)).select(lang, &choices))
                    (Field::new("refused", t(lang, Key::RefusedWhy)).text())
                    (Verb::submit(t(lang, Key::Record)))
                })))
            }
        }
    }

    fn schedule_form(&self, to: &Showing, case: CaseId) -> Markup {
        let lang = to.lang();
        let action = route(case, "/hearings");
        let modes: Vec<(String, Key)> = [Mode::InPerson, Mode::Online, Mode::Mixed]
            .iter()
            .map(|mode| (xiezhi_app::rows::code_of(mode), words::mode(*mode)))
            .collect();
        let modes: Vec<Choice<'_>> = modes.iter().map(|(code, key)| Choice::new(code, t(lang, *key))).collect();
        let rooms: Vec<Choice<'_>> = self.rooms.iter().map(|room| Choice::new(room, room)).collect();
        Sheet::new(t(lang, Key::Schedule)).body(form(FormTo { action: &action, ..FormTo::default() }, html! {
            (to.command_field())
            (Field::new("on", t(lang, Key::On)).date())
            (side_by_side(html! {
                (Field::new("from", t(lang, Key::From)).value("09:00").time())
                (Field::new("to", t(lang, Key::To)).value("10:30").time())
            }))
            (Field::new("mode", t(lang, Key::Mode)).select(lang, &modes))
            (Field::new("room", t(lang, Key::Room)).select(lang, &rooms))
            (checkbox("open", html! { (t(lang, Key::Open)) }, true, None))
            (Field::new("closed_because", t(lang, Key::ClosedBecause)).optional(lang).text())
            (Verb::submit(t(lang, Key::Schedule)).primary())
        }))
    }
}

#[derive(Debug, Deserialize)]
struct Wish {
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

async fn schedule(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Wish>) -> Result<Response, Problem> {
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

type At = (CaseId, HearingId);

async fn run<T>(web: &Web, me: &Me, at: At, input: Input<T>, command: impl Into<CaseCommand>) -> Result<Response, Problem> {
    act(web, me, at.0, input.command, command, &route(at.0, &format!("/hearings/{}", at.1))).await
}

#[derive(Debug, Deserialize)]
struct Reason {
    reason: String,
}

async fn adjourn(State(web): State<Web>, me: Me, Path(at): Path<At>, input: Input<Reason>) -> Result<Response, Problem> {
    let command = SchedulingCommand::Adjourn { hearing: at.1, reason: input.value.reason.clone() };
    run(&web, &me, at, input, command).await
}

#[derive(Debug, Deserialize)]
struct Came {
    #[serde(default)]
    present: Vec<PartyId>,
}

async fn open(State(web): State<Web>, me: Me, Path(at): Path<At>, input: Input<Came>) -> Result<Response, Problem> {
    let (case, _) = web.app.view(at.0, &me.actor).await?;
    let appearances = case.parties_in_order().map(|party| {
        let present = input.value.present.contains(&party.id);
        Appearance { party: party.id, present, by: if present { party.name.clone() } else { String::new() } }
    });
    let command = HearingCommand::Open { hearing: at.1, appearances: appearances.collect() };
    run(&web, &me, at, input, command).await
}

#[derive(Debug, Deserialize)]
struct Entered {
    part: HearingPart,
}

async fn enter_part(State(web): State<Web>, me: Me, Path(at): Path<At>, input: Input<Entered>) -> Result<Response, Problem> {
    let command = HearingCommand::EnterPart { hearing: at.1, part: input.value.part };
    run(&web, &me, at, input, command).await
}

#[derive(Debug, Deserialize)]
struct Text {
    text: String,
}

async fn save(State(web): State<Web>, me: Me, Path(at): Path<At>, input: Input<Text>) -> Result<Response, Problem> {
    let text = input.value.text.replace("\r\n", "\n");
    run(&web, &me, at, input, HearingCommand::SaveTranscript { hearing: at.1, text }).await
}

#[derive(Debug, Deserialize)]
struct Nothing {}

async fn close(State(web): State<Web>, me: Me, Path(at): Path<At>, input: Input<Nothing>) -> Result<Response, Problem> {
    run(&web, &me, at, input, HearingCommand::Close { hearing: at.1 }).await
}

#[derive(Debug, Deserialize)]
struct Seen {
    transcript_sha256: String,
    #[serde(default)]
    strokes: String,
}

async fn sign(State(web): State<Web>, me: Me, Path(at): Path<At>, input: Input<Seen>) -> Result<Response, Problem> {
    let transcript_sha256 = input.value.transcript_sha256.clone();
    let hand = hand_of(&web, &me, &input.value.strokes).await?;
    run(&web, &me, at, input, HearingCommand::Sign { hearing: at.1, transcript_sha256, hand }).await
}

#[derive(Debug, Deserialize)]
struct Noted {
    party: PartyId,
    #[serde(default)]
    refused: String,
}

async fn note_signature(State(web): State<Web>, me: Me, Path(at): Path<At>, input: Input<Noted>) -> Result<Response, Problem> {
    let (case, _) = web.app.view(at.0, &me.actor).await?;
    let party = case.parties.get(&input.value.party).ok_or_else(Problem::not_found)?;
    let refused_because = Some(input.value.refused.clone()).filter(|reason| !reason.trim().is_empty());
    let command =
        HearingCommand::NoteSignature { hearing: at.1, name: party.name.clone(), party: Some(party.id), refused_because };
    run(&web, &me, at, input, command).await
}
