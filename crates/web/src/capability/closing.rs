//! Withdrawal of the suit (撤诉): asked by a plaintiff, ruled on by the court.

pub(crate) mod samples;

use std::sync::Arc;

use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    closing::ClosingCommand,
    ids::{CaseId, PartyId},
    party::PartyRole,
    stage,
};

use super::{
    case_frame::{CaseTab, case_page, part_title},
    evidence::speaks_for,
    on_paper::{act_of_party, came_fields, comparers},
    prelude_of_cases::route,
};
use crate::{
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{closing::Key, t},
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/withdrawal", Op::ShowWithdrawal, show_withdrawal)
        .post("/cases/{case}/withdrawal", Op::AskForWithdrawal, ask)
}

/// Whether the suit may be withdrawn, and whether that was asked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct WithdrawalView {
    #[serde(skip)]
    case: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
    /// Who asked.
    pub asked_by: Option<String>,
    /// Plaintiffs the reader may ask for.
    pub plaintiffs: Vec<(PartyId, String)>,
    /// Whether the reader rules on it.
    pub may_rule: bool,
}

/// Shows the page.
async fn show_withdrawal(State(app): State<App>, me: Me, Path(id): Path<CaseId>) -> Result<Shown<WithdrawalView>, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    Ok(show(&me.showing, &WithdrawalView::of(&case, &reader)))
}

impl WithdrawalView {
    /// Withdrawal of `case` for `reader`.
    pub fn of(case: &Arc<CaseState>, reader: &Reader) -> Self {
        let may = access::may(reader, Act::SpeakForParty, case.stage).is_ok() && stage::in_trial(case).is_ok();
        let plaintiffs = case.parties_as(PartyRole::Plaintiff);
        let plaintiffs = plaintiffs.filter(|party| may && reader.party.is_none_or(|own| own == party.id));
        let asked = case.withdrawal_asked_by.and_then(|id| case.parties.get(&id));
        Self {
            case: Arc::clone(case),
            reader: reader.clone(),
            asked_by: asked.map(|party| party.name.clone()),
            plaintiffs: plaintiffs.map(|party| (party.id, party.name.clone())).collect(),
            may_rule: asked.is_some() && access::may(reader, Act::Draft, case.stage).is_ok(),
        }
    }
}

#[derive(Debug, Deserialize, ToSchema)]
struct AskForm {
    party: Option<PartyId>,
    #[serde(default)]
    reason: String,
}

/// Asks to withdraw.
async fn ask(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, form: Input<AskForm>) -> Acted {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    let party = speaks_for(&reader, &case, form.value.party)?;
    let command = ClosingCommand::AskWithdrawal { party, reason: form.value.reason.clone() };
    act_of_party(&web, &me, id, &form, command, &route(id, "/withdrawal")).await
}

impl View for WithdrawalView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        let body = stack(html! {
            (part_title(to, title))
            @match &self.asked_by {
                Some(name) => (self.asked(to, name)),
                None if self.plaintiffs.is_empty() => (Blank::refused(t(lang, Key::NotNow), t(lang, Key::NotNowWords)).sheet()),
                None => (self.form(to)),
            }
        });
        case_page(to, &self.case, &self.reader, CaseTab::Requests, PageParts { place: title, ..PageParts::default() }, body)
    }
}

impl WithdrawalView {
    fn asked(&self, to: &Showing, name: &str) -> Markup {
        let lang = to.lang();
        let documents = route(self.case.id, "/documents");
        say(Standing::Waiting, "", t(lang, Key::AskedTitle), html! {
            p lang="zh-CN" { (name) }
            p { (t(lang, Key::AskedWords)) }
            @if self.may_rule { (Verb::go(t(lang, Key::Rule), &documents).primary()) }
        })
    }

    fn form(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = route(self.case.id, "/withdrawal");
        let ids: Vec<String> = self.plaintiffs.iter().map(|(id, _)| id.to_string()).collect();
        let choices: Vec<Choice<'_>> = ids.iter().zip(&self.plaintiffs).map(|(id, (_, name))| Choice::new(id, name)).collect();
        bare_sheet(html! {
            p { (t(lang, Key::Lead)) }
            p.muted { (t(lang, Key::Fee)) }
            (form(FormTo { action: &action, ..FormTo::default() }, html! {
                (to.command_field())
                @if let [(party, _)] = self.plaintiffs.as_slice() { input type="hidden" name="party" value=(party); }
                @else { (Field::new("party", t(lang, Key::For)).select(lang, &choices)) }
                (Field::new("reason", t(lang, Key::Reason)).help(t(lang, Key::ReasonHelp)).required().textarea(4))
                (came_fields(to, &comparers(&self.case, to), "withdrawal"))
                (Verb::submit(t(lang, Key::Ask)))
            }))
        })
    }
}
