//! The calendar (排期): hearings ahead in the cases the reader may know of.

pub(crate) mod samples;

use xiezhi_app::tables::HearingRow;

use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{hearing, scheduling::Key, t},
};
use xiezhi_domain::{hearing::HearingStatus, people::Post};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/hearings", Op::ShowCalendar, calendar)
}

/// Hearings ahead.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CalendarView {
    /// Hearings, the soonest first.
    pub hearings: Vec<HearingRow>,
}

async fn calendar(State(web): State<Web>, me: Me) -> Result<Shown<CalendarView>, Problem> {
    if me.person.post.is_administrator() {
        return Err(Problem::not_found());
    }
    let hearings = web.app.hearings_ahead(&me.actor, me.showing.today).await?;
    Ok(show(&me.showing, &CalendarView { hearings }))
}

/// A hearing whose day is over and that nobody held or put off.
fn is_overdue(row: &HearingRow, to: &Showing) -> bool {
    row.status == "scheduled" && row.on_day.parse().is_ok_and(|on: jiff::civil::Date| on < to.today)
}

impl View for CalendarView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        if self.hearings.is_empty() {
            let blank = Blank::empty(Icon::Calendar, t(lang, Key::Nothing), t(lang, Key::NothingNote)).sheet();
            return to.page(title, html! { h1 { (title) } (blank) });
        }
        let status = |row: &HearingRow| {
            if is_overdue(row, to) {
                return tag(Standing::Overdue, t(lang, hearing::Key::Overdue));
            }
            let known = serde_json::from_value(serde_json::Value::String(row.status.clone())).unwrap_or(HearingStatus::Scheduled);
            tag(Standing::Waiting, t(lang, hearing::status(known)))
        };
        // Whoever takes cases in and whoever keeps the money know of a hearing, and its page is not for them.
        let opens = to.person.as_ref().is_some_and(|person| !matches!(person.post, Post::FilingClerk | Post::Finance));
        let way = |row: &HearingRow| {
            let case = format!("/cases/{}", row.case_id);
            if opens { format!("{case}/hearings/{}", row.hearing_id) } else { case }
        };
        let rows = self.hearings.iter().map(|row| {
            TableRow::new(vec![
                html! { a href=(way(row)) { (row.title) } },
                html! { (row.on_day) },
                html! { (row.starts) "–" (row.ends) },
                html! { (row.room.as_deref().unwrap_or("—")) },
                status(row),
            ])
        });
        let table = Table {
            caption: title,
            columns: vec![
                Column::new(t(lang, Key::Case), OnPhone::Title),
                Column::new(t(lang, Key::Day), OnPhone::Second),
                Column::new(t(lang, Key::Time), OnPhone::Second),
                Column::new(t(lang, Key::Room), OnPhone::Second),
                Column::new(t(lang, Key::State), OnPhone::State),
            ],
            rows: rows.collect(),
            base: "/hearings",
            order: "",
            ticks: None,
            dense: false,
            keep: false,
        };
        to.page(title, html! { h1 { (title) } (bare_sheet(table.show(lang))) })
    }
}
