//! What the daily check of everything found (全库自检), for those who look after the record. Rows are named, never
//! shown: nobody reads a case here.

use jiff::Timestamp;
use xiezhi_app::{
    App, AppError,
    audit::{Audited, Checked, Difference},
};

use super::log_name;
use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{Lang, audit::Key, moment, t},
};

/// Differences that are listed.
const LISTED: usize = 50;

/// The check of everything: the last one, and how far the next one is.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub struct AuditView {
    /// The one that was ended last.
    pub last: Option<Audited>,
    /// Of the one under way: what is checked, how much is done, of how much.
    pub under_way: Option<(String, u64, u64)>,
}

impl AuditView {
    /// As it stands now.
    pub async fn now(app: &App) -> Result<Self, AppError> {
        let under_way = app.auditing().await?.map(|run| {
            let (what, done, all) = run.progress();
            (what.to_owned(), done, all)
        });
        Ok(Self { last: app.audited().await?, under_way })
    }

    /// As a sheet.
    pub fn sheet(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        Sheet::new(t(lang, Key::Title)).note(t(lang, Key::Words)).body(html! {
            @match &self.last {
                Some(last) => (found(lang, last)),
                None => p.muted { (t(lang, Key::NotYet)) },
            }
            @if let Some((_, done, all)) = &self.under_way {
                p.help { (t(lang, Key::UnderWay)) " " (done) " / " (all) }
            }
        })
    }
}

fn found(lang: Lang, Audited { ended_us, checked, .. }: &Audited) -> Markup {
    let at = Timestamp::from_microsecond(*ended_us).unwrap_or_default();
    let count = checked.differences.len() as u64 + checked.more;
    let state = if checked.agrees() { Standing::Done } else { Standing::Overdue };
    html! {
        p {
            (t(lang, Key::CheckedOn)) " " (moment(at)) " · " (checked.events) " " (t(lang, Key::Events)) " · "
            (tag(state, &format!("{count} {}", t(lang, Key::Differences))))
        }
        (pairs(&[
            (t(lang, Key::Complete), html! { (share(checked)) " % · " (checked.missing()) " " (t(lang, Key::Gaps)) }),
            (t(lang, Key::Proven), html! { (checked.proven) }),
            (t(lang, Key::Cases), html! { (checked.cases) }),
            (t(lang, Key::Files), html! { (checked.files) }),
            (t(lang, Key::Witnessed), html! {
                (checked.witnessed)
                @if !checked.silent.is_empty() { " " span.muted { (t(lang, Key::Silent)) " " (checked.silent.join(", ")) } }
            }),
        ]))
        (differences(lang, checked))
    }
}

/// How many of a hundred entries are there, to two places: never a hundred while one is missing.
fn share(checked: &Checked) -> String {
    let there = checked.events.saturating_sub(checked.missing());
    let hundredths = (u128::from(there) * 10_000).checked_div(u128::from(checked.events)).unwrap_or(10_000);
    match (hundredths / 100, hundredths % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) => format!("{whole}.{part:02}"),
    }
}

fn differences(lang: Lang, checked: &Checked) -> Markup {
    let shown: Vec<Line<'_>> = checked
        .differences
        .iter()
        .take(LISTED)
        .map(|difference| {
            let (what, which) = told(lang, difference);
            Line { kind: Some(kind(what)), ..Line::new(html! { code.hash { (which) } }) }
        })
        .collect();
    html! {
        @if !shown.is_empty() {
            p { (t(lang, Key::WhatToDo)) " " code { "xiezhi audit" } }
            (lines(&shown))
        }
    }
}

/// What kind of difference it is, and which.
fn told(lang: Lang, difference: &Difference) -> (&'static str, String) {
    let (key, which) = match difference {
        Difference::Event { log, position } => (Key::Event, format!("{} {position}", log_name(lang, log))),
        Difference::Gap { log, from, to } => (Key::Gap, format!("{} {from}–{to}", log_name(lang, log))),
        Difference::Unproven { position } => (Key::Unproven, position.to_string()),
        Difference::File { sha256 } => (Key::File, sha256.clone()),
        Difference::Row { table, key, .. } => (Key::Row, format!("{table} {key}")),
        Difference::Case { case } => (Key::Case, case.clone()),
        Difference::Checkpoint { log, size } => (Key::Checkpoint, format!("{} {size}", log_name(lang, log))),
        Difference::Witness { log, witness, size } => {
            (Key::Witness, format!("{witness} {} {size}", log_name(lang, log)))
        }
        Difference::Tile { path } => (Key::Tile, path.clone()),
    };
    (t(lang, key), which)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hundred_per_cent_is_said_only_if_nothing_is_missing() {
        let with = |events, gap: std::ops::Range<u64>| {
            let differences = vec![Difference::Gap { log: "record".to_owned(), from: gap.start, to: gap.end }];
            share(&Checked { events, differences, ..Checked::default() })
        };
        assert_eq!((share(&Checked::default()), with(10, 5..5)), ("100".to_owned(), "100".to_owned()));
        assert_eq!(with(1_000_000, 3..4), "99.99");
        assert_eq!((with(3, 0..1), with(2, 0..2)), ("66.66".to_owned(), "0".to_owned()));
    }
}
