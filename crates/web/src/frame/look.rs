//! How a reader wants pages to look: language, large type, dark, folded rail. Kept in cookies, for people without an account too.

use axum::{
    http::{HeaderMap, header},
    response::{AppendHeaders, Redirect},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::reading::{Pages, PaperColour, ReadingLook, Zoom};
use crate::{
    http::{input::Input, routes::Routes},
    messages::{Lang, routes::Key as Op},
};

/// Where the switches post to.
pub const LOOK_PATH: &str = "/look";

/// Light, dark, or as the device has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device has it.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The code in cookies and in `data-theme`.
    pub const fn code(self) -> &'static str {
        match self {
            Theme::Auto => "auto",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    fn from_code(code: &str) -> Option<Theme> {
        [Theme::Auto, Theme::Light, Theme::Dark].into_iter().find(|theme| theme.code() == code)
    }
}

/// How this reader wants pages to look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The language.
    pub lang: Lang,
    /// Large type (大字).
    pub large: bool,
    /// Light or dark.
    pub theme: Theme,
    /// The staff rail shows icons alone.
    pub folded: bool,
    /// How pages of papers stand.
    pub reading: ReadingLook,
}

impl Look {
    /// Reads the look from the cookies of a request; without a choice the language follows `Accept-Language`.
    pub fn of(headers: &HeaderMap) -> Look {
        let cookie = |name: &str| cookie(headers, name);
        let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
        Look {
            lang: cookie("lang").and_then(Lang::from_code).unwrap_or_else(|| Lang::from_accept(accept)),
            large: cookie("large") == Some("1"),
            theme: cookie("theme").and_then(Theme::from_code).unwrap_or_default(),
            folded: cookie("folded") == Some("1"),
            reading: ReadingLook {
                colour: cookie("paper").and_then(PaperColour::of_code).unwrap_or_default(),
                pages: cookie("pages").and_then(Pages::of_code).unwrap_or_default(),
                zoom: cookie("zoom").and_then(Zoom::of_code).unwrap_or_default(),
            },
        }
    }
}

/// The value of cookie `name`, if the request carries it.
fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// A change of look, as the switches post it.
#[derive(Debug, Default, Deserialize, ToSchema)]
pub struct Change {
    lang: Option<String>,
    large: Option<String>,
    theme: Option<String>,
    folded: Option<String>,
    paper: Option<String>,
    pages: Option<String>,
    zoom: Option<String>,
    #[serde(default)]
    back: String,
}

impl Change {
    /// The cookies to set; unknown values set nothing.
    fn cookies(&self) -> Vec<(header::HeaderName, String)> {
        let switch = |value: &Option<String>| value.as_deref().filter(|v| matches!(*v, "0" | "1")).map(str::to_owned);
        let chosen = [
            ("lang", self.lang.as_deref().and_then(Lang::from_code).map(|lang| lang.code().to_owned())),
            ("large", switch(&self.large)),
            ("theme", self.theme.as_deref().and_then(Theme::from_code).map(|theme| theme.code().to_owned())),
            ("folded", switch(&self.folded)),
            ("paper", self.paper.as_deref().and_then(PaperColour::of_code).map(|colour| colour.code().to_owned())),
            ("pages", self.pages.as_deref().and_then(Pages::of_code).map(|pages| pages.code().to_owned())),
            ("zoom", self.zoom.as_deref().and_then(Zoom::of_code).map(|zoom| zoom.code().to_owned())),
        ];
        let year_seconds = 365 * 24 * 3600;
        chosen
            .into_iter()
            .filter_map(|(name, value)| {
                Some((
                    header::SET_COOKIE,
                    format!("{name}={}; Path=/; Max-Age={year_seconds}; SameSite=Lax; HttpOnly", value?),
                ))
            })
            .collect()
    }

    /// Back to the page it came from: a path of this site and nothing else.
    fn back(&self) -> String {
        if is_inside(&self.back) { self.back.clone() } else { "/".to_owned() }
    }
}

/// Whether this is a path of this site and nothing else, safe to lead to.
pub(crate) fn is_inside(path: &str) -> bool {
    path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']) && path.is_ascii()
}

/// Changes the look, and leads back.
pub async fn change_look(input: Input<Change>) -> (AppendHeaders<Vec<(header::HeaderName, String)>>, Redirect) {
    let change = input.value;
    (AppendHeaders(change.cookies()), Redirect::to(&change.back()))
}

/// The route of the switches.
pub fn routes() -> Routes {
    Routes::new().post(LOOK_PATH, Op::ChangeLook, change_look)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(cookie: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, cookie.parse().expect("a plain header"));
        headers.insert(header::ACCEPT_LANGUAGE, "en".parse().expect("a plain header"));
        headers
    }

    #[test]
    fn a_choice_outweighs_the_browsers_language() {
        assert_eq!(Look::of(&headers("lang=zh; large=1")), Look { lang: Lang::Zh, large: true, ..Look::default() });
        assert_eq!(Look::of(&headers("other=1")).lang, Lang::En);
    }

    #[test]
    fn a_switch_never_leads_away_from_the_court() {
        for back in ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere", ""] {
            assert_eq!(Change { back: back.to_owned(), ..Change::default() }.back(), "/");
        }
        assert_eq!(Change { back: "/cases?page=2".to_owned(), ..Change::default() }.back(), "/cases?page=2");
    }

    #[test]
    fn unknown_values_set_no_cookie() {
        let change = Change {
            paper: Some("pink".to_owned()),
            lang: Some("fr".to_owned()),
            large: Some("yes".to_owned()),
            ..Change::default()
        };
        assert!(change.cookies().is_empty());
    }
}
