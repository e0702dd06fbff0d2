//! The court's logs for anyone (公开存证): keys, witnesses, what was signed and seen last, and the policy to keep.

use axum::http::{HeaderValue, header};
use xiezhi_app::{
    logs::LogStanding,
    log_keys::KeyChange,
    origin::Break,
    recorder::Stopped,
    witnessing::WitnessStanding,
};

use super::{log_name, shadow_words, signing_stopped, stamped_words, witnessed_words};
use crate::{
    frame::prelude::*,
    http::{me::Visitor, prelude::*},
    messages::{Lang, moment, record::Key, t},
};

/// What anyone may know of the court's logs.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PublicLogView {
    /// The logs.
    pub logs: Vec<LogStanding>,
    /// Where signing has stopped, and why.
    pub stopped: Vec<Stopped>,
    /// Whether the witnesses are the court's own, for a demonstration.
    pub demonstration: bool,
    /// The policy as a file to keep.
    pub policy: String,
    /// Breaks: the logs went on under another name.
    pub breaks: Vec<Break>,
    /// Changes of the key that signs.
    pub keys: Vec<KeyChange>,
}

pub(super) async fn log(State(app): State<App>, visitor: Visitor) -> Result<Shown<PublicLogView>, Problem> {
    let view = PublicLogView {
        logs: app.logs().await?,
        stopped: app.stopped().await,
        demonstration: app.witnesses_are_demonstration(),
        policy: app.policy_file().await?,
        breaks: app.breaks().await?,
        keys: app.key_changes().await?,
    };
    Ok(show(&visitor.showing, &view))
}

pub(super) async fn policy(State(app): State<App>) -> Result<Sent<AnyFile>, Problem> {
    let mut response = app.policy_file().await?.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=60"));
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    Ok(response.into())
}

impl View for PublicLogView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::PublicTitle);
        to.page(title, html! {
            (page_head(title, t(lang, Key::PublicWords), html! {}))
            (stack(html! {
                (signing_stopped(to, &self.stopped))
                @if self.demonstration { (note(Icon::Shield, html! { p { (t(lang, Key::InPlay)) } })) }
                @for log in &self.logs { (sheet_of(lang, log)) }
                (Sheet::new(t(lang, Key::Policy)).body(html! {
                    p { (t(lang, Key::PolicyWords)) }
                    (acts(&[Verb::go(t(lang, Key::KeepPolicy), "/log/policy").icon(Icon::Download)]))
                    (explain(t(lang, Key::ShowPolicy), html! { pre.code { (self.policy) } }))
                    p.help { (t(lang, Key::HowToCheck)) " " code { "xiezhi verify --policy policy FILE" } }
                }))
                @for broken in &self.breaks { (sheet_of_break(lang, broken)) }
                @for change in &self.keys { (sheet_of_key(lang, change)) }
            }))
        })
    }
}

fn sheet_of(lang: Lang, log: &LogStanding) -> Markup {
    let files = [("checkpoint", log.reach.signed > 0), ("witnessed", log.reach.witnessed > 0)];
    let there = files.iter().filter(|(_, there)| *there);
    let mut places: Vec<String> = there.map(|(file, _)| format!("/log/{}/{file}", log.log)).collect();
    if let Some(last) = log.stamps.as_ref().and_then(|stamps| stamps.last.as_ref()) {
        places.extend(["", &format!("/{}", last.size), &format!("/{}.tsr", last.size)].map(|file| format!("/log/{}/stamps{file}", log.log)));
    }
    let mut facts = vec![
        (t(lang, Key::Size), html! { b { (log.size) } }),
        (t(lang, Key::SignedUpto), html! { (log.reach.signed) }),
        (t(lang, Key::WitnessedUpto), witnessed_words(lang, &log.reach)),
        (t(lang, Key::CheckKey), html! { code.hash { (log.verifier) } }),
    ];
    if log.log == "record" {
        facts.push((t(lang, Key::Stamps), stamped_words(lang, log.stamps.as_ref())));
    }
    if !places.is_empty() {
        facts.push((t(lang, Key::Published), html! { @for place in &places { a href=(place) { (place) } " " } }));
    }
    if let Some(shadow) = &log.shadow {
        facts.push((t(lang, Key::Shadow), shadow_words(lang, shadow)));
    }
    Sheet::new(log_name(lang, log.log)).body(html! {
        (pairs(&facts))
        h3 { (t(lang, Key::Witnesses)) }
        @if log.witnesses.is_empty() { p.muted { (t(lang, Key::NoWitnesses)) } }
        @else { (lines(&log.witnesses.iter().map(|witness| line_of(lang, witness)).collect::<Vec<_>>())) }
    })
}

fn line_of(lang: Lang, witness: &WitnessStanding) -> Line<'static> {
    Line::new(html! {
        code { (witness.name) } " "
        span.muted {
            @match (witness.size, witness.at) {
                (Some(size), Some(at)) => { (t(lang, Key::SawUpto)) " " (size) " · " (moment(at)) },
                _ => { (t(lang, Key::SawNothing)) },
            }
        }
        @if let Some(fault) = witness.fault { " " (tag(Standing::Soon, t(lang, fault_words(fault)))) }
    })
}

fn fault_words(code: &str) -> Key {
    match code {
        "witness.unreachable" => Key::WitnessUnreachable,
        "witness.another_history" | "witness.claims" => Key::WitnessSawMore,
        _ => Key::WitnessRefuses,
    }
}

fn sheet_of_break(lang: Lang, broken: &Break) -> Markup {
    Sheet::new(t(lang, Key::Break)).body(html! {
        p { (t(lang, Key::BreakWords)) }
        (pairs(&[
            (t(lang, Key::NameBefore), html! { code.hash { (broken.from) } }),
            (t(lang, Key::NameSince), html! { code.hash { (broken.to) } }),
            (t(lang, Key::Size), html! { (broken.size) }),
            (t(lang, Key::Reason), html! { (broken.reason) }),
        ]))
    })
}

fn sheet_of_key(lang: Lang, change: &KeyChange) -> Markup {
    let (title, words) = match change.retired {
        false => (Key::KeyBegun, Key::KeyBegunWords),
        true => (Key::KeyRetired, Key::KeyRetiredWords),
    };
    Sheet::new(t(lang, title)).body(html! {
        p { (t(lang, words)) }
        (pairs(&[(t(lang, Key::Reason), html! { (change.reason) })]))
        (explain(t(lang, Key::ShowKeys), html! { pre.code { (change.words) } }))
    })
}
