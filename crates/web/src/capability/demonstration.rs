//! The calendar of the demonstration (演示日历), moved on by whoever wants to see what days bring. At a real
//! court there is no such page.

use axum::extract::State;
use jiff::{Span, civil::Date};

use super::prelude_of_cases::typed_day;
use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{
        day,
        demonstration::{self as words, Key},
        t,
    },
};

/// The routes of this capability.
pub fn router() -> Router<Web> {
    Router::new().route("/demonstration/calendar", get(show_calendar).post(move_on))
}

/// Most days moved in one go.
const FURTHEST_DAYS: i64 = 366;

/// The calendar.
#[derive(Clone, Debug, Serialize)]
pub struct DemonstrationView {
    /// Today at this court.
    pub today: Date,
    /// How many days it is ahead of the real date.
    pub days_ahead: i64,
}

async fn show_calendar(State(app): State<App>, visitor: Visitor) -> Result<Response, Problem> {
    let days_ahead = app.days_ahead().ok_or_else(Problem::not_found)?;
    Ok(show(&visitor.showing, &DemonstrationView { today: visitor.showing.today, days_ahead }))
}

#[derive(Debug, Deserialize)]
struct Wanted {
    #[serde(default)]
    on: String,
}

async fn move_on(State(app): State<App>, visitor: Visitor, form: Input<Wanted>) -> Result<Response, Problem> {
    app.days_ahead().ok_or_else(Problem::not_found)?;
    let fault = |code| Problem::invalid(vec![FieldError::new("on", code)]);
    let on = typed_day("on", &form.value.on)?.ok_or_else(|| fault("input.required"))?;
    let today = visitor.showing.today;
    if on < today || on > today.saturating_add(Span::new().days(FURTHEST_DAYS)) {
        return Err(fault("input.not_within_a_year"));
    }
    app.move_on_to(on).await?;
    let days_ahead = app.days_ahead().unwrap_or_default();
    Ok(done(&visitor.showing, "/demonstration/calendar", &DemonstrationView { today: on, days_ahead }))
}

impl View for DemonstrationView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        let form_to = FormTo { action: "/demonstration/calendar", ..FormTo::default() };
        to.page(title, stack(html! {
            h1 { (title) }
            (note(Icon::Notice, html! { (t(lang, Key::Words)) }))
            (bare_sheet(html! {
                p { (t(lang, Key::Today)) " " b { time datetime=(self.today) { (day(self.today)) } } @if self.days_ahead > 0 { " · " (words::ahead(lang, self.days_ahead)) } }
                (form(form_to, html! {
                    (to.command_field())
                    (Field::new("on", t(lang, Key::MoveTo)).help(t(lang, Key::MoveToHelp)).date())
                    (Verb::submit(t(lang, Key::Move)).primary()) " "
                    (Verb::go(t(lang, Key::Enter), "/sign-in"))
                }))
            }))
        }))
    }
}
