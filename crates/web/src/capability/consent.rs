//! Consent to on-line steps (在线诉讼意愿): per party and per step, recorded and taken back.

use xiezhi_domain::{
    case::CaseState,
    consent::{Consent, ConsentCommand, Step},
    ids::{CaseId, PartyId},
};

use super::prelude_of_cases::{Acted, act, route};
use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{Lang, consent::Key, overview::acts as names, t},
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .post("/cases/{case}/parties/{party}/consents", Op::RecordConsent, record)
        .post("/cases/{case}/parties/{party}/consents/withdrawal", Op::WithdrawConsent, withdraw)
}

/// What a party said of one step.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct ConsentLine {
    /// The step.
    pub step: Step,
    /// What was said; nothing if nothing was.
    pub consent: Option<Consent>,
}

/// What `party` said of every step.
pub fn lines_of(case: &CaseState, party: PartyId) -> Vec<ConsentLine> {
    Step::ALL.map(|step| ConsentLine { step, consent: case.consents.get(&(party, step)).copied() }).to_vec()
}

/// How a party's word reached the court, as it is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum How {
    Platform,
    Phone,
    Paper,
    Counter,
}

impl How {
    const TOLD_TO_CLERK: [(&'static str, How); 3] = [("phone", How::Phone), ("paper", How::Paper), ("counter", How::Counter)];

    fn words(self) -> Key {
        match self {
            How::Platform => Key::HowPlatform,
            How::Phone => Key::HowPhone,
            How::Paper => Key::HowPaper,
            How::Counter => Key::HowCounter,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Said {
    Agreed,
    Refused,
}

#[derive(Debug, Deserialize, ToSchema)]
struct RecordForm {
    #[serde(default)]
    step: Vec<Step>,
    said: Said,
    how: Option<How>,
}

/// Records a party's word: its own on the platform, or what reached the clerk another way.
async fn record(
    State(web): State<Web>,
    me: Me,
    Path((case, party)): Path<(CaseId, PartyId)>,
    form: Input<RecordForm>,
) -> Acted {
    let it = form.value;
    let how = if me.actor.is_outside() { How::Platform } else { it.how.unwrap_or(How::Phone) };
    let consent = match (it.said, how) {
        (Said::Agreed, How::Platform) => Consent::Chosen,
        (Said::Agreed, _) => Consent::Agreed,
        (Said::Refused, _) => Consent::Refused,
    };
    let how = t(Lang::Zh, how.words()).to_owned();
    let command = ConsentCommand::Record { party, steps: it.step, consent, how };
    act(&web, &me, case, form.command, command, &route(case, "/parties")).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct WithdrawForm {
    step: Step,
    #[serde(default)]
    reason: String,
}

/// Takes consent back for one step.
async fn withdraw(
    State(web): State<Web>,
    me: Me,
    Path((case, party)): Path<(CaseId, PartyId)>,
    form: Input<WithdrawForm>,
) -> Acted {
    let WithdrawForm { step, reason } = form.value;
    let command = ConsentCommand::Withdraw { party, step, reason };
    act(&web, &me, case, form.command, command, &route(case, "/parties")).await
}

/// What a party said, step by step, with the forms for whoever may act for it.
pub fn part(to: &Showing, case: CaseId, party: PartyId, name: &str, lines: &[ConsentLine], may_act: bool) -> Markup {
    let lang = to.lang();
    html! {
        h3 { (t(lang, Key::Title)) }
        p.muted { (t(lang, Key::Lead)) }
        div.line.wrap { @for line in lines { (said(lang, line)) } }
        @if may_act {
            (record_form(to, case, party, name, lines))
            @if lines.iter().any(is_online) { (withdraw_form(to, case, party, name, lines)) }
        }
    }
}

fn is_online(line: &ConsentLine) -> bool {
    line.consent.is_some_and(|consent| consent.is_online())
}

fn said(lang: Lang, line: &ConsentLine) -> Markup {
    let step = t(lang, names::step(line.step));
    let word = line.consent.map_or(t(lang, Key::NotAsked), |consent| t(lang, names::consent(consent)));
    let words = format!("{step}{}{word}", lang.pick("：", ": "));
    match line.consent {
        Some(consent) if consent.is_online() => tag(Standing::Done, &words),
        Some(Consent::Asked) => tag(Standing::Waiting, &words),
        Some(_) => tag(Standing::Stopped, &words),
        None => kind(&words),
    }
}

fn record_form(to: &Showing, case: CaseId, party: PartyId, name: &str, lines: &[ConsentLine]) -> Markup {
    let lang = to.lang();
    let action = route(case, &format!("/parties/{party}/consents"));
    let how = format!("how-{party}");
    explain(t(lang, Key::Record), form(FormTo { action: &action, ..FormTo::default() }, html! {
        (to.command_field())
        fieldset.field {
            legend { (t(lang, Key::Steps)) }
            div.picks { @for line in lines {
                label.pick { input type="checkbox" name="step" value=(xiezhi_app::rows::code_of(&line.step)) checked[line.consent.is_none()]; span { (t(lang, names::step(line.step))) } }
            } }
        }
        fieldset.field {
            legend { (t(lang, Key::What)) }
            div.picks.across {
                label.pick { input type="radio" name="said" value="agreed" required; span { (t(lang, Key::Agreed)) } }
                label.pick { input type="radio" name="said" value="refused"; span { (t(lang, Key::Refused)) } }
            }
        }
        @if !to.is_outside() {
            div.field {
                label for=(how) { (t(lang, Key::How)) }
                select.input id=(how) name="how" { @for (code, way) in How::TOLD_TO_CLERK { option value=(code) { (t(lang, way.words())) } } }
            }
        }
        (Verb::submit(t(lang, Key::Save)).about(name))
    }))
}

fn withdraw_form(to: &Showing, case: CaseId, party: PartyId, name: &str, lines: &[ConsentLine]) -> Markup {
    let lang = to.lang();
    let action = route(case, &format!("/parties/{party}/consents/withdrawal"));
    let (step, reason) = (format!("withdraw-step-{party}"), format!("withdraw-reason-{party}"));
    explain(t(lang, Key::WithdrawTitle), form(FormTo { action: &action, ..FormTo::default() }, html! {
        (to.command_field())
        p { (t(lang, Key::WithdrawWords)) }
        div.field {
            label for=(step) { (t(lang, Key::Step)) }
            select.input id=(step) name="step" { @for line in lines.iter().filter(|line| is_online(line)) {
                option value=(xiezhi_app::rows::code_of(&line.step)) { (t(lang, names::step(line.step))) }
            } }
        }
        div.field { label for=(reason) { (t(lang, Key::WithdrawReason)) } input.input type="text" id=(reason) name="reason" autocomplete="off"; }
        (Verb::submit(t(lang, Key::Withdraw)).about(name))
    }))
}
