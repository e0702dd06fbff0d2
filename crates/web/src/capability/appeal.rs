//! Appeal (上诉): a party's own last day with its working, the petition; the clerk's transfer and the result.

pub(crate) mod samples;

use std::sync::Arc;

use xiezhi_domain::{
    access::{self, Act, Reader},
    appeal::{self, AppealCommand},
    case::CaseState,
    ids::{CaseId, PartyId},
    periods::PeriodKind,
    stage::Stage,
};

use super::{
    case_frame::{CaseTab, case_page, part_title},
    evidence::speaks_for,
    on_paper::{act_of_party, came_fields, comparers},
    overview::periods::PeriodView,
    prelude_of_cases::{Acted, act, route, typed_day},
};
use crate::{
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        Lang,
        appeal::Key,
        day, day_spoken, t,
    },
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/appeal", Op::ShowAppeal, show_appeal)
        .post("/cases/{case}/appeal", Op::FileAppeal, file)
        .post("/cases/{case}/appeal/transfer", Op::TransferFileOnAppeal, transfer)
        .post("/cases/{case}/appeal/return", Op::EnterReturnFromAppeal, enter_return)
}

/// Appeal in a case, for one reader.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AppealView {
    #[serde(skip)]
    case: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
    /// Whether the decision may be appealed at all.
    pub appealable: bool,
    /// Appeals: who, when, with which result.
    pub appeals: Vec<(String, jiff::civil::Date, Option<String>)>,
    /// Each party's time, as far as it began: the reader's own alone for a party.
    pub periods: Vec<PeriodView>,
    /// Parties the reader may still appeal for.
    pub may_appeal_for: Vec<(PartyId, String)>,
    /// Whether the reader's own time is over.
    pub over: bool,
    /// What keeps the file here: decisions and copies not served.
    pub missing: Vec<(bool, String)>,
    /// Whether the reader sends the file up.
    pub may_transfer: bool,
    /// Whether the reader enters the result.
    pub may_enter_return: bool,
}

/// Shows the page.
async fn show_appeal(State(app): State<App>, me: Me, Path(id): Path<CaseId>) -> Result<Shown<AppealView>, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    let today = me.showing.today;
    Ok(show(&me.showing, &AppealView::of(&case, &reader, me.showing.lang(), today)))
}

impl AppealView {
    /// Appeal in `case` for `reader` today.
    pub fn of(case: &Arc<CaseState>, reader: &Reader, lang: Lang, today: jiff::civil::Date) -> Self {
        let may = |act| access::may(reader, act, case.stage).is_ok();
        let own = |party: PartyId| reader.party.is_none_or(|mine| mine == party);
        let period = |party: PartyId| case.period(PeriodKind::Appeal, Some(party));
        let appealed = |party: PartyId| case.appeals.iter().any(|appeal| appeal.party == party);
        let in_time = |party: PartyId| period(party).is_some_and(|period| reader.party.is_none() || period.last_on >= today);
        let open = matches!(case.stage, Stage::ServingFinal | Stage::AppealPeriod | Stage::Appealed);
        let name = |id: PartyId| case.parties.get(&id).map(|party| party.name.clone()).unwrap_or_default();
        let speaks = open && case.is_appealable() && may(Act::SpeakForParty);
        let for_whom = case.party_order.iter().copied().filter(|party| speaks && own(*party) && !appealed(*party) && in_time(*party));
        let periods = case.party_order.iter().copied().filter(|party| own(*party)).filter_map(period);
        Self {
            case: Arc::clone(case),
            reader: reader.clone(),
            appealable: case.is_appealable(),
            appeals: case.appeals.iter().map(|appeal| (name(appeal.party), appeal.on, appeal.result.clone())).collect(),
            periods: periods.map(|period| PeriodView::of(lang, case, period)).collect(),
            may_appeal_for: for_whom.map(|party| (party, name(party))).collect(),
            over: reader.party.and_then(period).is_some_and(|period| period.last_on < today),
            missing: missing(case),
            may_transfer: case.stage == Stage::Appealed && may(Act::TransferFile),
            may_enter_return: case.stage == Stage::FileTransferred && may(Act::TransferFile),
        }
    }

    fn has_own_appeal(&self) -> bool {
        self.reader.party.is_some_and(|own| self.case.appeals.iter().any(|appeal| appeal.party == own))
    }
}

/// What was not served yet: the decision (true) or a copy of the petition, and on whom.
fn missing(case: &CaseState) -> Vec<(bool, String)> {
    let name = |id: &PartyId| case.parties.get(id).map(|party| party.name.clone()).unwrap_or_default();
    let decision = case.final_paper().map(|paper| paper.id);
    let unserved = |party: &&PartyId| decision.is_none_or(|paper| case.served_on(paper, **party).is_none());
    let decisions = case.party_order.iter().filter(unserved).map(|party| (true, name(party)));
    let copies = appeal::unserved_copies(case);
    let copies = copies.iter().map(|party| (false, name(party)));
    decisions.chain(copies).collect()
}

#[derive(Debug, Deserialize, ToSchema)]
struct PetitionForm {
    party: Option<PartyId>,
    #[serde(default)]
    petition: String,
}

/// Files an appeal; one that came on paper counts from the day it came.
async fn file(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, form: Input<PetitionForm>) -> Acted {
    let (case, reader) = web.app.view(id, &me.actor).await?;
    let PetitionForm { party, petition } = &form.value;
    let party = speaks_for(&reader, &case, *party)?;
    let command = AppealCommand::File { party, petition: petition.clone(), came_on: None };
    act_of_party(&web, &me, id, &form, command, &route(id, "/appeal")).await
}

/// Sends the file up.
async fn transfer(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, form: Input<Nothing>) -> Acted {
    act(&web, &me, id, form.command, AppealCommand::Transfer, &route(id, "/appeal")).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct ReturnForm {
    #[serde(default)]
    result: String,
    #[serde(default)]
    effective_on: String,
}

/// Enters the result of the court above.
async fn enter_return(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, form: Input<ReturnForm>) -> Acted {
    let effective_on = typed_day("effective_on", &form.value.effective_on)?;
    let effective_on = effective_on.ok_or_else(|| Problem::invalid(vec![FieldError::new("effective_on", "input.required")]))?;
    let command = AppealCommand::EnterReturn { result: form.value.result, effective_on };
    act(&web, &me, id, form.command, command, &route(id, "/appeal")).await
}

impl View for AppealView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        let body = stack(html! {
            (part_title(to, title))
            (self.time(to))
            (self.list(to))
            @if !self.may_appeal_for.is_empty() { (self.petition(to)) }
            @if self.may_transfer { (self.transfer(to)) }
            @if self.may_enter_return { (self.result(to)) }
        });
        case_page(to, &self.case, &self.reader, CaseTab::Documents, PageParts { place: title, ..PageParts::default() }, body)
    }
}

impl AppealView {
    fn time(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.case.closing.is_some() && !self.appealable {
            return Blank::refused(t(lang, Key::Final), t(lang, Key::FinalWords)).sheet();
        }
        if self.periods.is_empty() {
            return Blank::empty(Icon::Waiting, t(lang, Key::NotServed), "").sheet();
        }
        if self.over && !self.has_own_appeal() {
            return html! { (Blank::refused(t(lang, Key::Over), t(lang, Key::OverWords)).sheet()) (self.each(to)) };
        }
        self.each(to)
    }

    fn each(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, if self.reader.party.is_some() { Key::YourLastDay } else { Key::EachPeriod });
        Sheet::new(title).body(html! { @for period in &self.periods {
            div {
                p { (t(lang, Key::LastDay)) " " b { (day_spoken(lang, period.last_on)) } " " (Due::new(period.last_on, to.today).tag(lang)) " " span.muted lang="zh-CN" { (period.party_name) } }
                (explain(t(lang, Key::HowCounted), period.lines()))
            }
        } })
    }

    fn list(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let sheet = Sheet::new(t(lang, Key::Appeals));
        if self.appeals.is_empty() {
            return sheet.body(html! { p.muted { (t(lang, Key::None)) } });
        }
        sheet.flush(html! { ul.rows { @for (name, on, result) in &self.appeals { li {
            (tag(Standing::Done, t(lang, Key::Filed))) " " b lang="zh-CN" { (name) } " " span.number.muted { (day(*on)) }
            @if let Some(result) = result { " " (t(lang, Key::Result)) (lang.pick("：", ": ")) span lang="zh-CN" { (result) } }
        } } } })
    }

    fn petition(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = route(self.case.id, "/appeal");
        let ids: Vec<String> = self.may_appeal_for.iter().map(|(id, _)| id.to_string()).collect();
        let choices: Vec<Choice<'_>> = ids.iter().zip(&self.may_appeal_for).map(|(id, (_, name))| Choice::new(id, name)).collect();
        let title = t(lang, if to.is_outside() { Key::File } else { Key::EnterPaper });
        Sheet::new(title).body(html! {
            p { (t(lang, Key::FileWords)) }
            (form(FormTo { action: &action, ..FormTo::default() }, html! {
                (to.command_field())
                @if self.reader.party.is_none() { (Field::new("party", t(lang, Key::EnterFor)).select(lang, &choices)) }
                (came_fields(to, &comparers(&self.case, to), "appeal"))
                (Field::new("petition", t(lang, Key::Petition)).help(t(lang, Key::PetitionHelp)).required().textarea(8))
                (Verb::submit(t(lang, Key::File)))
            }))
        })
    }

    fn transfer(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = route(self.case.id, "/appeal/transfer");
        let command = to.command.to_string();
        let services = route(self.case.id, "/services");
        let said = |(decision, name): &(bool, String)| {
            let words = t(lang, if *decision { Key::MissingDecision } else { Key::MissingCopy });
            format!("{words}{}{name}", lang.pick("：", " "))
        };
        let open: Vec<String> = self.missing.iter().map(said).collect();
        let go = t(lang, crate::messages::overview::Key::Go);
        let list: Vec<Condition<'_>> = open
            .iter()
            .map(|words| Condition { words, met: false, note: "", way: Some((go, services.as_str())) })
            .collect();
        Sheet::new(t(lang, Key::Transfer)).body(html! {
            p { (t(lang, Key::TransferWords)) }
            @if !list.is_empty() { p { b { (t(lang, Key::Missing)) } } (conditions(&list)) }
            (Verb::act(t(lang, Key::Transfer), &action).with("command", &command).off(!list.is_empty()))
        })
    }

    fn result(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = route(self.case.id, "/appeal/return");
        Sheet::new(t(lang, Key::Return)).body(form(FormTo { action: &action, ..FormTo::default() }, html! {
            (to.command_field())
            (Field::new("result", t(lang, Key::ReturnResult)).help(t(lang, Key::ReturnHelp)).required().text())
            (Field::new("effective_on", t(lang, Key::ReturnOn)).required().date())
            (Verb::submit(t(lang, Key::ReturnDo)))
        }))
    }
}
