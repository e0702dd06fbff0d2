//! Consent to on-line steps (在线诉讼意愿): per party and per step, recorded and taken back.

pub(crate) mod samples;

use xiezhi_domain::{
    case::CaseState,
    consent::{Consent, ConsentCommand, Step},
    ids::{CaseId, PartyId, PersonId},
    on_paper::Way,
};

use super::{
    on_paper::{act_of_party, came_fields},
    parties::PartySheet,
    prelude_of_cases::{Acted, act, route},
};
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
        .post("/cases/{case}/parties/{party}/consents/switch", Op::SwitchStep, switch)
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[schema(as = ConsentSaid)]
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
}

/// Records a party's word: its own on the platform, or what reached the clerk another way.
async fn record(
    State(web): State<Web>,
    me: Me,
    Path((case, party)): Path<(CaseId, PartyId)>,
    form: Input<RecordForm>,
) -> Acted {
    let RecordForm { step, said } = &form.value;
    let consent = match said {
        Said::Agreed if me.actor.is_outside() => Consent::Chosen,
        Said::Agreed => Consent::Agreed,
        Said::Refused => Consent::Refused,
    };
    let how = form.came.way().map_or(Key::HowPlatform, how_words);
    let how = t(Lang::Zh, how).to_owned();
    let command = ConsentCommand::Record { party, steps: step.clone(), consent, how };
    act_of_party(&web, &me, case, &form, command, &route(case, "/parties")).await
}

/// How a party's word reached the court, as it is recorded.
fn how_words(way: Way) -> Key {
    match way {
        Way::Counter => Key::HowCounter,
        Way::Post => Key::HowPaper,
        Way::Phone => Key::HowPhone,
    }
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
    let WithdrawForm { step, reason } = &form.value;
    let command = ConsentCommand::Withdraw { party, step: *step, reason: reason.clone() };
    act_of_party(&web, &me, case, &form, command, &route(case, "/parties")).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct SwitchForm {
    step: Step,
    #[serde(default)]
    reason: String,
}

/// The court takes a step off line with this party: means or step are unfit.
///
/// Source: 《人民法院在线诉讼规则》第五条第一款、第三款.
async fn switch(
    State(web): State<Web>,
    me: Me,
    Path((case, party)): Path<(CaseId, PartyId)>,
    form: Input<SwitchForm>,
) -> Acted {
    let SwitchForm { step, reason } = form.value;
    let command = ConsentCommand::Record { party, steps: vec![step], consent: Consent::Switched, how: reason };
    act(&web, &me, case, form.command, command, &route(case, "/parties")).await
}

/// What a party said, step by step, with the forms for whoever may act for it.
pub fn part(to: &Showing, case: CaseId, party: &PartySheet, comparers: &[(PersonId, String)]) -> Markup {
    let lang = to.lang();
    let lines = &party.consents;
    html! {
        h3 { (t(lang, Key::Title)) }
        p.muted { (t(lang, Key::Lead)) }
        div.line.wrap { @for line in lines { (said(lang, line)) } }
        @if party.may_act {
            (record_form(to, case, party, comparers))
            @if lines.iter().any(is_online) { (withdraw_form(to, case, party, comparers)) }
        }
        @if party.may_switch && lines.iter().any(is_online) { (switch_form(to, case, party)) }
        @if !lines.iter().any(is_online) { p.muted { (t(lang, Key::AllOffLine)) } }
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

fn record_form(to: &Showing, case: CaseId, party: &PartySheet, comparers: &[(PersonId, String)]) -> Markup {
    let lang = to.lang();
    let PartySheet { id, name, consents: lines, .. } = party;
    let action = route(case, &format!("/parties/{id}/consents"));
    unfold(t(lang, Key::Record), form(FormTo { action: &action, ..FormTo::default() }, html! {
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
        (came_fields(to, comparers, &format!("consent-{id}")))
        (Verb::submit(t(lang, Key::Save)).about(name))
    }))
}

fn withdraw_form(to: &Showing, case: CaseId, party: &PartySheet, comparers: &[(PersonId, String)]) -> Markup {
    let lang = to.lang();
    let PartySheet { id, name, consents: lines, .. } = party;
    let action = route(case, &format!("/parties/{id}/consents/withdrawal"));
    let (step, reason) = (format!("withdraw-step-{id}"), format!("withdraw-reason-{id}"));
    unfold(t(lang, Key::WithdrawTitle), form(FormTo { action: &action, ..FormTo::default() }, html! {
        (to.command_field())
        p { (t(lang, Key::WithdrawWords)) }
        div.field {
            label for=(step) { (t(lang, Key::Step)) }
            select.input id=(step) name="step" { @for line in lines.iter().filter(|line| is_online(line)) {
                option value=(xiezhi_app::rows::code_of(&line.step)) { (t(lang, names::step(line.step))) }
            } }
        }
        div.field { label for=(reason) { (t(lang, Key::WithdrawReason)) } input.input type="text" id=(reason) name="reason" autocomplete="off"; }
        (came_fields(to, comparers, &format!("withdraw-{id}")))
        (Verb::submit(t(lang, Key::Withdraw)).about(name))
    }))
}

fn switch_form(to: &Showing, case: CaseId, party: &PartySheet) -> Markup {
    let lang = to.lang();
    let PartySheet { id, name, consents: lines, .. } = party;
    let action = route(case, &format!("/parties/{id}/consents/switch"));
    let (step, reason) = (format!("switch-step-{id}"), format!("switch-reason-{id}"));
    unfold(t(lang, Key::Switch), form(FormTo { action: &action, ..FormTo::default() }, html! {
        (to.command_field())
        p { (t(lang, Key::SwitchWords)) }
        div.field {
            label for=(step) { (t(lang, Key::Step)) }
            select.input id=(step) name="step" { @for line in lines.iter().filter(|line| is_online(line)) {
                option value=(xiezhi_app::rows::code_of(&line.step)) { (t(lang, names::step(line.step))) }
            } }
        }
        div.field { label for=(reason) { (t(lang, Key::SwitchReason)) } input.input type="text" id=(reason) name="reason" autocomplete="off"; }
        (Verb::submit(t(lang, Key::SwitchDo)).about(name))
    }))
}
