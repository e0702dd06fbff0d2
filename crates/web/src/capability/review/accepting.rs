//! What a judge may do with a suit that was laid before it as not acceptable, beside ruling so: find it
//! acceptable.

use xiezhi_domain::{
    access::{self, Act, Reader},
    case::{CaseState, Procedure},
    ids::CaseId,
    review::ReviewCommand,
    rules::Rules,
    stage::Stage,
};

use super::{conditions, facts::ProcedureChoice, page};
use crate::{
    capability::prelude_of_cases::{Acted, act, route},
    frame::prelude::*,
    http::prelude::*,
    messages::{review::Key, t},
};

/// The choice before the judge: what the clerk held against the suit, and how it would go on.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Acceptance {
    /// Why the filing clerk would not accept it.
    pub held: String,
    /// The procedures the suit may take.
    #[serde(flatten)]
    pub choice: ProcedureChoice,
}

impl Acceptance {
    /// The choice, for the judge before whom `case` lies; nothing for anyone else, and once it is decided.
    pub fn of(case: &CaseState, reader: &Reader, rules: &Rules) -> Option<Self> {
        let lies_here = case.stage == Stage::NotAccepted && access::may(reader, Act::AcceptSuit, case.stage).is_ok();
        let ruled = case.drafts.values().any(|draft| draft.issued.is_some());
        let held = case.review.turned_away_because.clone().unwrap_or_default();
        (lies_here && !ruled).then(|| Self { held, choice: ProcedureChoice::of(case, rules) })
    }

    /// The form of the act.
    pub fn form(&self, to: &Showing, case: CaseId) -> Markup {
        let lang = to.lang();
        let action = route(case, "/acceptance");
        Sheet::new(t(lang, Key::AcceptTitle)).id("acceptance").body(html! {
            (pairs(&[(t(lang, Key::AcceptHeld), html! { span lang="zh-CN" { (self.held) } })]))
            p { (t(lang, Key::AcceptNote)) }
            (form(FormTo { action: &action, ..FormTo::default() }, html! {
                (to.command_field())
                (page::conditions_field(lang, [""; 3]))
                (page::procedure_field(lang, &self.choice))
                (Field::new("reason", t(lang, Key::Reason)).help(t(lang, Key::AcceptReasonHelp)).textarea(3))
                (Verb::submit(t(lang, Key::Accept)).icon(Icon::Check))
            }))
        })
    }
}

/// What the judge found.
#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct Finding {
    procedure: Procedure,
    #[serde(default)]
    condition: Vec<String>,
    #[serde(default)]
    reason: String,
}

/// The judge finds the suit acceptable: it is filed.
pub(super) async fn accept(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, input: Input<Finding>) -> Acted {
    let Finding { procedure, condition, reason } = input.value;
    let command = ReviewCommand::Accept { procedure, conditions: conditions(&condition), reason };
    act(&web, &me, id, input.command, command, &route(id, "")).await
}
