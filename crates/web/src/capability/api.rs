//! The routes for programs (接口): the document they read, and a page of it for people.

pub(crate) mod samples;

use axum::http::header;

use crate::{
    frame::prelude::*,
    http::{openapi, prelude::*, wants::JsonFile},
    messages::{
        Message as _,
        api::{self, Key},
        t,
    },
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new().get("/openapi.json", Op::DescribeApi, document).get("/help/api", Op::ExplainApi, explain)
}

/// The document says nothing of any case, so anyone may keep it for a while.
async fn document() -> Sent<JsonFile> {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=300")];
    (headers, openapi::text()).into_response().into()
}

/// One route.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RouteLine {
    /// Method.
    pub method: &'static str,
    /// Path.
    pub path: &'static str,
    /// What it does, in Chinese.
    pub zh: &'static str,
    /// What it does, in English.
    pub en: &'static str,
    /// Whether one must be signed in.
    pub signed_in: bool,
}

/// Routes by the capability they belong to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ApiView {
    /// Capability, and its routes.
    pub capabilities: Vec<(&'static str, Vec<RouteLine>)>,
}

impl ApiView {
    /// All routes of the court.
    pub fn new() -> Self {
        let mut capabilities: Vec<(&'static str, Vec<RouteLine>)> = vec![];
        for route in crate::routes().iter() {
            let line = RouteLine {
                method: route.method_name(),
                path: route.path,
                zh: route.op.zh(),
                en: route.op.en(),
                signed_in: route.sketch().signed_in,
            };
            match capabilities.last_mut() {
                Some((last, lines)) if *last == route.capability => lines.push(line),
                _ => capabilities.push((route.capability, vec![line])),
            }
        }
        Self { capabilities }
    }
}

impl Default for ApiView {
    fn default() -> Self {
        Self::new()
    }
}

async fn explain(visitor: Visitor) -> Shown<ApiView> {
    show(&visitor.showing, &ApiView::new())
}

impl View for ApiView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let words = |key| t(lang, key);
        to.page(words(Key::Title), stack(html! {
            h1 { (words(Key::Title)) }
            (bare_sheet(html! {
                ul.points { @for key in [Key::Accept, Key::Send, Key::Problems, Key::Token] { li { (words(key)) } } }
                p { a href="/openapi.json" { (words(Key::Document)) } " · " a href="/tokens" { (words(Key::Tokens)) } }
            }))
            @for (capability, lines) in &self.capabilities { (part(to, capability, lines)) }
        }))
    }
}

fn part(to: &Showing, capability: &str, lines: &[RouteLine]) -> Markup {
    let lang = to.lang();
    let [zh, en] = api::capability(capability);
    let title = lang.pick(zh, en);
    let row = |line: &RouteLine| {
        TableRow::new(vec![
            html! { code { (line.method) " " (line.path) } },
            html! { (lang.pick(line.zh, line.en)) },
            html! { @if line.signed_in { (t(lang, Key::SignedIn)) } @else { (t(lang, Key::Anyone)) } },
        ])
    };
    let table = Table {
        caption: title,
        columns: vec![
            Column::new(t(lang, Key::Route), OnPhone::Title),
            Column::new(t(lang, Key::Does), OnPhone::Second),
            Column::new(t(lang, Key::Who), OnPhone::Second),
        ],
        rows: lines.iter().map(row).collect(),
        base: "/help/api",
        order: "",
        ticks: None,
        dense: true,
        keep: false,
    };
    // Folded: on a phone the routes of all capabilities are a very long page.
    html! {
        section.sheet {
            details.chapter {
                summary { h2 { (title) } span.faint.small { (lines.len()) } (unfolds()) }
                (table.show(lang))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_route_has_a_name_of_its_own_and_every_name_a_route() {
        let mut named: Vec<Op> = crate::routes().iter().map(|route| route.op).collect();
        let all: BTreeSet<String> = Op::ALL.iter().map(|op| format!("{op:?}")).collect();
        assert_eq!(named.len(), all.len(), "a name is used twice, or not at all");
        named.dedup();
        assert_eq!(named.iter().map(|op| format!("{op:?}")).collect::<BTreeSet<_>>(), all);
    }

    #[test]
    fn every_capability_has_a_name_in_both_languages() {
        for (capability, _) in ApiView::new().capabilities {
            assert!(!api::capability(capability)[0].is_empty(), "{capability} has no name in messages/api.rs");
        }
    }
}
