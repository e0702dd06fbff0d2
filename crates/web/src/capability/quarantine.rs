//! Infected files, and those that wait to be looked through, for whoever runs the court (隔离文件). Nothing here tells
//! of any case.

pub(crate) mod samples;

use xiezhi_app::screening::{Suspect, Unscreened, may_see_quarantine};

use crate::{
    frame::prelude::*,
    http::{me::Me, prelude::*, showing::PageParts},
    messages::{moment, quarantine::Key, t},
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/quarantine", Op::ShowQuarantine, page)
        .post("/quarantine/{file}/erasure", Op::EraseInfected, erase)
}

/// What lies in quarantine.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QuarantineView {
    /// Whether the court has a scanner.
    pub scans: bool,
    /// Infected files, the newest first.
    pub infected: Vec<Suspect>,
    /// Files that were let in without being looked through.
    pub unscreened: Vec<Suspect>,
}

async fn of(app: &App, me: &Me) -> Result<QuarantineView, Problem> {
    if !may_see_quarantine(&me.actor) {
        return Err(Problem::not_found());
    }
    let (infected, unscreened) = app.quarantine().await?;
    // What a case calls its papers is none of an administrator's business.
    let nameless = |mut suspect: Suspect| {
        if suspect.in_a_case {
            suspect.name = String::new();
        }
        suspect
    };
    Ok(QuarantineView {
        scans: app.ports().screening.scanner.is_some(),
        infected: infected.into_iter().map(nameless).collect(),
        unscreened: unscreened.into_iter().map(nameless).collect(),
    })
}

async fn page(State(app): State<App>, me: Me) -> Result<Shown<QuarantineView>, Problem> {
    Ok(show(&me.showing, &of(&app, &me).await?))
}

async fn erase(
    State(web): State<Web>,
    me: Me,
    Path(file): Path<String>,
    _: Input<Nothing>,
) -> Result<Done<QuarantineView>, Problem> {
    if !may_see_quarantine(&me.actor) {
        return Err(Problem::not_found());
    }
    web.app.erase_infected(&file).await?;
    Ok(done(&me.showing, "/quarantine", &of(&web.app, &me).await?))
}

impl View for QuarantineView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let words = |key| t(lang, key);
        to.page_with(words(Key::Title), PageParts::default(), html! {
            (page_head(words(Key::Title), words(if self.scans { Key::Lead } else { Key::NoScanner }), html! {}))
            (stack(html! {
                @if self.infected.is_empty() { (Blank::empty(Icon::Shield, words(Key::None), words(Key::NoneWords)).sheet()) }
                @else { (Sheet::new(words(Key::Infected)).flush(list(to, words(Key::Infected), &self.infected))) }
                @if !self.unscreened.is_empty() {
                    (Sheet::new(words(Key::Unscreened)).note(words(Key::UnscreenedNote)).flush(list(to, words(Key::Unscreened), &self.unscreened)))
                }
            }))
        })
    }
}

/// Why a file still waits.
fn why(it: &Suspect) -> Key {
    match it.why {
        Some(Unscreened::TooLarge) => Key::TooLarge,
        Some(Unscreened::Before) => Key::Before,
        Some(Unscreened::Down) | None => Key::Waits,
    }
}

fn list(to: &Showing, caption: &str, files: &[Suspect]) -> Markup {
    let lang = to.lang();
    let sender = |it: &Suspect| it.from.and_then(|id| to.people.person(id)).map(|person| person.name.clone()).unwrap_or_default();
    let command = to.command.to_string();
    let row = |it: &Suspect| {
        let action = format!("/quarantine/{}/erasure", it.sha256);
        let name = match (it.in_a_case, it.virus.is_some()) {
            (true, true) => t(lang, Key::InACase),
            // Nobody knows anything against it yet.
            (true, false) => t(lang, Key::OfACase),
            (false, _) => it.name.as_str(),
        };
        TableRow::new(vec![
            html! { span lang="zh-CN" { (name) } },
            html! { (it.virus.as_deref().unwrap_or(t(lang, why(it)))) },
            html! { span lang="zh-CN" { (sender(it)) } },
            html! { (moment(it.at)) },
            html! { @if it.virus.is_some() && !it.in_a_case { (Verb::act(t(lang, Key::Erase), &action).with("command", &command).row().about(name)) } },
        ])
    };
    Table {
        caption,
        columns: vec![
            Column::new(t(lang, Key::File), OnPhone::Title),
            Column::new(t(lang, Key::Virus), OnPhone::State),
            Column::new(t(lang, Key::From), OnPhone::Second),
            Column::new(t(lang, Key::At), OnPhone::Second),
            Column::new(t(lang, Key::Act), OnPhone::Act),
        ],
        rows: files.iter().map(row).collect(),
        base: "/quarantine",
        order: "",
        ticks: None,
        dense: false,
        keep: false,
    }
    .show(lang)
}
