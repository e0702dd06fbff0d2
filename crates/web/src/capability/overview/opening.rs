//! A restricted case is opened by whoever oversees it and says why (受限案件): the page that asks is the problem that
//! any page of the case answers with, and it leads back to that page.

use xiezhi_domain::ids::CaseId;

use crate::{
    capability::prelude_of_cases::route,
    frame::{prelude::*, look::is_inside},
    http::{
        prelude::*,
        problem::{FieldError, Problem},
    },
    messages::{
        t,
        traces::Key,
    },
};

/// Why it is opened, and which page was asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = CaseOpening)]
pub(super) struct Opening {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    back: String,
}

/// That it is open.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CaseOpened)]
pub(super) struct Opened {
    case: CaseId,
}

/// Keeps the reason, durably, before anything is shown.
pub(super) async fn open(
    State(app): State<App>,
    me: Me,
    Path(case): Path<CaseId>,
    form: Input<Opening>,
) -> Result<Done<Opened>, Problem> {
    me.in_person()?;
    let Opening { reason, back } = form.value;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Problem::invalid(vec![FieldError::new("reason", "input.required")]));
    }
    app.open_case(&me.actor, case, reason).await?;
    let own = route(case, "");
    let back = if back.starts_with(&own) && is_inside(&back) { back } else { own };
    Ok(done(&me.showing, &back, &Opened { case }))
}

/// The form that asks why.
pub fn asking(to: &Showing, case: CaseId) -> Markup {
    let lang = to.lang();
    form(FormTo { action: &route(case, "/opening"), ..FormTo::default() }, html! {
        (to.command_field())
        input type="hidden" name="back" value=(to.here);
        (Field::new("reason", t(lang, Key::Reason)).help(t(lang, Key::ReasonHelp)).required().textarea(2))
        (Verb::submit(t(lang, Key::Open)).icon(Icon::Lock).primary())
    })
}
