//! The document around every page: head, language, band, skip link. No inline script, no inline style.

use maud::{DOCTYPE, Markup, html};

use super::look::{LOOK_PATH, Look};
use crate::{
    assets::asset,
    messages::{Lang, frame, t},
};

/// What kind of court this installation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Setting {
    /// A court at work.
    #[default]
    Real,
    /// A demonstration: everything invented, a striped band on every page and in print.
    Demonstration,
    /// A court for training.
    Training,
}

/// A script that only some pages need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Island {
    /// `<xz-upload>`.
    Upload,
    /// `<xz-signature>`.
    Signature,
    /// `<xz-transcript>`.
    Transcript,
    /// `<xz-check>`.
    Check,
    /// `<xz-reader>`.
    Reader,
    /// `<xz-outcome>`.
    Outcome,
    /// `<xz-blots>`.
    Blots,
    /// Pages that are dragged, in staging and at the sorting desk.
    Drag,
    /// `<xz-player>`.
    Player,
}

impl Island {
    const fn file(self) -> &'static str {
        match self {
            Island::Upload => "upload.js",
            Island::Signature => "signature-pad.js",
            Island::Transcript => "transcript.js",
            Island::Check => "check.js",
            Island::Reader => "reader.js",
            Island::Outcome => "outcome.js",
            Island::Blots => "blots.js",
            Island::Drag => "drag.js",
            Island::Player => "player.js",
        }
    }
}

/// What every page knows of its surroundings.
#[derive(Clone, Debug, Default)]
pub struct Shell<'a> {
    /// How the reader wants it.
    pub look: Look,
    /// The title of the page.
    pub title: &'a str,
    /// The court's name.
    pub court: &'a str,
    /// Demonstration, training, or neither.
    pub setting: Setting,
    /// Path and query of this page, so that the switches lead back to it.
    pub here: &'a str,
    /// The telephone for whoever needs a person: what the button says and the number. On every page of a party.
    pub call: Option<(&'a str, &'a str)>,
    /// The islands this page needs.
    pub islands: Vec<Island>,
    /// Who reads it: what was typed in a tab is given back to nobody else.
    pub reader: Option<String>,
}

impl Shell<'_> {
    /// The language of the page.
    pub fn lang(&self) -> Lang {
        self.look.lang
    }

    fn classes(&self, kind: &str, bar: bool) -> String {
        let mut classes = vec![kind];
        if self.look.large {
            classes.push("large");
        }
        if self.setting != Setting::Real {
            classes.push("banded");
        }
        if bar {
            classes.push("has-bar");
        }
        classes.join(" ")
    }

    /// One switch of the look: a button in a form of its own.
    pub(super) fn switch(&self, name: &str, value: &str, class: &str, pressed: Option<bool>, face: Markup) -> Markup {
        html! {
            form.inline method="post" action=(LOOK_PATH) data-again {
                input type="hidden" name="back" value=(self.here);
                button class=(class) type="submit" name=(name) value=(value) aria-pressed=[pressed.map(|p| if p { "true" } else { "false" })] { (face) }
            }
        }
    }

    /// The language switch, in the language it leads to.
    pub(super) fn language_switch(&self, class: &str) -> Markup {
        let other = self.lang().other();
        let words = other.pick("中文", "English");
        self.switch(
            "lang",
            other.code(),
            class,
            None,
            html! { (super::icon::Icon::Language) span lang=(other.tag()) { (words) } },
        )
    }
}

/// The whole document. Pages use the staff, party or plain page instead.
pub(super) fn document(shell: &Shell<'_>, kind: &str, bar: bool, body: Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(shell.lang().tag()) class=(shell.classes(kind, bar)) data-theme=(shell.look.theme.code()) data-reader=[&shell.reader] {
            (head(shell))
            body { a.skip href="#main" { (t(shell.lang(), frame::Key::SkipToContent)) } (band(shell)) (body) }
        }
    }
}

/// A page that stands within another one of this site: its content alone.
pub fn page_within(shell: &Shell<'_>, content: Markup) -> Markup {
    document(shell, "staff within", false, html! { main #main tabindex="-1" { (content) } })
}

fn head(shell: &Shell<'_>) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover";
            title { (shell.title) " · " (shell.court) }
            meta name="color-scheme" content="light dark";
            // The indicator style would be inline, which the policy forbids.
            meta name="htmx-config" content=r#"{"includeIndicatorCSS":false}"#;
            meta name="kept" content=(t(shell.lang(), frame::Key::TypedBack));
            meta name="kept-files" content=(t(shell.lang(), frame::Key::FilesAnew));
            meta name="kept-anew" content=(t(shell.lang(), frame::Key::TypedAnew));
            meta name="live-worker" content=(asset("live-worker.js"));
            link rel="icon" type="image/svg+xml" href=(asset("mark.svg"));
            link rel="stylesheet" href=(asset("app.css"));
            script type="module" src=(asset("app.js")) {}
            @for island in &shell.islands { script type="module" src=(asset(island.file())) {} }
        }
    }
}

fn band(shell: &Shell<'_>) -> Markup {
    match shell.setting {
        Setting::Real => html! {},
        Setting::Demonstration => {
            html! { aside.band aria-label=(t(shell.lang(), frame::Key::AboutCourt)) { (t(shell.lang(), frame::Key::Demonstration)) } }
        }
        Setting::Training => {
            html! { aside.band.training aria-label=(t(shell.lang(), frame::Key::AboutCourt)) { (t(shell.lang(), frame::Key::Training)) } }
        }
    }
}
