//! Linking a case (关联案件): a party's own page, with the code that came with the notice; and what a clerk does
//! who has the person's papers in hand, or hands a new code over.

use std::sync::Arc;

use jiff::civil::Date;
use xiezhi_domain::{
    access::{self, Act, Reader},
    case::CaseState,
    command::CaseCommand,
    ids::{CaseId, PartyId, PersonId},
    law::case_number::CaseNumber,
    parties::{self, CODE_TRIES, IdentityCheck, PartiesCommand},
    people::{Person, Post},
};

use super::PartySheet;
use crate::{
    capability::{
        on_paper::comparers,
        prelude_of_cases::{Acted, act, role, route},
    },
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        Lang, day, day_spoken,
        parties::{self as words, Key},
        t,
    },
};

/// The routes of linking.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/link", Op::ShowLink, show_link)
        .post("/link", Op::LinkCase, link)
        .post("/cases/{case}/parties/{party}/link", Op::LinkCheckedParty, link_checked)
        .post("/cases/{case}/parties/{party}/code", Op::IssueLinkingCode, issue_code)
        .get("/cases/{case}/parties/{party}/slip", Op::ShowLinkingSlip, show_slip)
}

/// Kind of working data that counts them.
const TRIES: &str = "link-tries";
/// Wrong tries of one account, in all cases together, before it has to wait a day.
const TRIES_A_DAY: u32 = 10;
/// So many letters of what was typed as a number stand in the address that gives it back.
const NUMBER_SHOWN: usize = 100;

/// The page on which a party links a case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct LinkView {
    /// The number as it was typed.
    pub number: String,
    /// The code, as the link of a mail carries it.
    pub code: String,
    /// Whether nothing fitted.
    pub failed: bool,
}

#[derive(Debug, Deserialize, ToSchema)]
struct Asked {
    #[serde(default)]
    number: String,
    #[serde(default)]
    code: String,
    failed: Option<String>,
}

async fn show_link(me: Me, Query(asked): Query<Asked>) -> Result<Shown<LinkView>, Problem> {
    if !me.person.post.is_outside() {
        return Err(Problem::not_found());
    }
    Ok(show(&me.showing, &LinkView { number: asked.number, code: asked.code, failed: asked.failed.is_some() }))
}

#[derive(Debug, Deserialize, ToSchema)]
struct Wanted {
    number: String,
    #[serde(default)]
    code: String,
}

/// Whether a case was linked.
#[derive(Debug, Serialize, ToSchema)]
struct Linked {
    linked: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<CaseId>,
}

/// Links the case with this number to the reader, if a party in it is the reader: by the number of the
/// identity card, or by the code. Whether the case exists at all is not told.
async fn link(State(web): State<Web>, me: Me, form: Input<Wanted>) -> Result<Done<Linked>, Problem> {
    // Counted before it is made: whoever tries at many places at once is counted at each.
    if !web.app.count_try(TRIES, me.person.id, TRIES_A_DAY, 1).await? {
        return Err(Problem::too_many(24 * 3600));
    }
    let linked = match form.value.number.trim().parse::<CaseNumber>() {
        Ok(number) => linked(&web, &me, &form, number).await?,
        Err(_) => None,
    };
    if let Some(id) = linked {
        web.app.uncount_try(TRIES, me.person.id, 1).await?;
        return Ok(done(&me.showing, &route(id, "/parties"), &Linked { linked: true, case: Some(id) }));
    }
    // What is longer is no number, and an address has its length.
    let number: String = form.value.number.trim().chars().take(NUMBER_SHOWN).collect();
    let query = serde_html_form::to_string([("failed", "1"), ("number", number.as_str())]).unwrap_or_default();
    Ok(done(&me.showing, &format!("/link?{query}"), &Linked { linked: false, case: None }))
}

/// The case, if it was linked. Whatever does not fit is no link, without a word why.
async fn linked(web: &Web, me: &Me, form: &Input<Wanted>, number: CaseNumber) -> Result<Option<CaseId>, Problem> {
    let Some(id) = web.app.case_by_number(&number.to_string()).await? else { return Ok(None) };
    let state = web.app.load(id).await?;
    let Some(command) = command_of(web, &me.person, &state, &form.value.code) else { return Ok(None) };
    match web.app.decide(id, &me.actor, form.command, command).await {
        Ok(decided) => {
            let own = decided.case.parties.values().any(|party| party.person == Some(me.person.id));
            Ok(own.then_some(id))
        }
        Err(AppError::NotFound | AppError::Refused(_) | AppError::Denied(_)) => Ok(None),
        Err(fault) => Err(fault.into()),
    }
}

fn command_of(web: &Web, account: &Person, state: &CaseState, code: &str) -> Option<CaseCommand> {
    let verified_by = web.app.ports().identity.provider().to_owned();
    let person = account.id;
    let certain = state.parties_in_order().find(|party| party.person.is_none() && parties::is_same(party, account));
    let code: String = code.chars().filter(char::is_ascii_digit).collect();
    match certain {
        Some(party) => Some(PartiesCommand::Link { party: party.id, person, verified_by }.into()),
        None if code.len() == 6 => Some(PartiesCommand::LinkByCode { person, code, verified_by }.into()),
        None => None,
    }
}

/// The form that links a case, as it stands on the party's own page too.
pub fn link_form(to: &Showing, number: &str, code: &str, failed: bool) -> Markup {
    let lang = to.lang();
    let fault = failed.then(|| t(lang, Key::LinkFailed));
    form(FormTo { action: "/link", ..FormTo::default() }, html! {
        (to.command_field())
        (Field::new("number", t(lang, Key::LinkNumber)).help(t(lang, Key::LinkNumberHelp)).value(number).error(fault).text())
        (Field::new("code", t(lang, Key::LinkCode)).help(t(lang, Key::LinkCodeHelp)).value(code).keyboard("numeric").autocomplete("one-time-code").max_length(6).optional(lang).text())
        (Verb::submit(t(lang, Key::LinkDo)))
    })
}

impl View for LinkView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::LinkTitle);
        let parts = PageParts { back: Some((t(lang, crate::messages::case::Key::Back), "/home")), place: title, ..PageParts::default() };
        to.page_with(title, parts, stack(html! {
            h1 { (title) }
            (bare_sheet(link_form(to, &self.number, &self.code, self.failed)))
            (note(Icon::Help, html! { p { (t(lang, Key::LinkNote)) } p { (t(lang, Key::LinkPaper)) } }))
        }))
    }
}

/// What a clerk sees of a party without an account.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Unlinked {
    /// The code, where one was issued.
    pub code: Option<String>,
    /// Last day it can be used.
    pub expires_on: Option<Date>,
    /// Wrong tries so far.
    pub tries: usize,
    /// Whether it can still be used.
    pub live: bool,
    /// Last day of the days for linking, while they run.
    pub link_until: Option<Date>,
    /// Who may have compared.
    #[serde(skip)]
    pub comparers: Vec<(PersonId, String)>,
}

impl Unlinked {
    /// What `reader` sees of `party`, which has no account; only those who serve see a code.
    pub(super) fn of(case: &CaseState, reader: &Reader, to: &Showing, party: PartyId) -> Option<Self> {
        access::may(reader, Act::CheckIdentity, case.stage).ok()?;
        let known = case.link_codes.get(&party);
        let period = case.running(xiezhi_domain::periods::PeriodKind::Link, Some(party));
        Some(Self {
            code: known.map(|known| known.code.clone()),
            expires_on: known.map(|known| known.expires_on),
            tries: known.map_or(0, |known| known.tried.len()),
            live: known.is_some_and(|known| known.is_live(to.today)),
            link_until: period.map(|period| period.last_on),
            comparers: comparers(case, to),
        })
    }
}

/// Linking, as a clerk sees it at an unlinked party.
pub(super) fn part(to: &Showing, case: CaseId, party: &PartySheet, it: &Unlinked) -> Markup {
    let lang = to.lang();
    let slip = route(case, &format!("/parties/{}/slip", party.id));
    let code = route(case, &format!("/parties/{}/code", party.id));
    let command = to.command.to_string();
    html! {
        h3 { (t(lang, Key::Linking)) }
        @if let Some(until) = it.link_until { p { (t(lang, Key::LinkUntil)) " " b { (day_spoken(lang, until)) } " " (Due::new(until, to.today).tag(lang)) } }
        @match (&it.code, it.expires_on) {
            (Some(known), Some(expires_on)) => div.line.wrap {
                span { (t(lang, Key::LinkCode)) " " b.number { (known) } }
                span.muted { (words::until(lang, &day(expires_on))) }
                @if it.tries > 0 { (tag(Standing::Soon, &words::tries(lang, it.tries, CODE_TRIES))) }
                @if !it.live { (tag(Standing::Stopped, t(lang, Key::CodeVoid))) }
            },
            _ => p.muted { (t(lang, Key::NoCode)) },
        }
        div.acts {
            @if it.live { (Verb::go(t(lang, Key::Slip), &slip).icon(Icon::Print).about(&party.name)) }
            (Verb::act(t(lang, Key::NewCode), &code).with("command", &command).about(&party.name))
        }
        (unfold(t(lang, Key::CheckAndLink), check_form(to, case, party, it)))
    }
}

const DOCUMENTS: [&str; 4] = ["居民身份证", "护照", "户口簿", "港澳台居民居住证"];

fn check_form(to: &Showing, case: CaseId, party: &PartySheet, it: &Unlinked) -> Markup {
    let lang = to.lang();
    let action = route(case, &format!("/parties/{}/link", party.id));
    let id = |name: &str| format!("{name}-{}", party.id);
    let today = to.today.to_string();
    form(FormTo { action: &action, ..FormTo::default() }, html! {
        (to.command_field())
        p { (t(lang, Key::CheckNote)) }
        div.field {
            label for=(id("document")) { (t(lang, Key::Document)) }
            select.input id=(id("document")) name="document" { @for document in DOCUMENTS { option value=(document) lang="zh-CN" { (document) } } }
        }
        div.field {
            label for=(id("id_no")) { (t(lang, Key::DocumentNumber)) }
            input.input type="text" id=(id("id_no")) name="id_no" autocomplete="off" aria-describedby=(id("id_no-help"));
            p.help id=(id("id_no-help")) { (t(lang, Key::DocumentNumberHelp)) }
        }
        div.pair {
            div.field {
                label for=(id("compared_by")) { (t(lang, Key::ComparedBy)) }
                select.input id=(id("compared_by")) name="compared_by" { @for (person, name) in &it.comparers { option value=(person) { (name) } } }
            }
            div.field {
                label for=(id("on")) { (t(lang, Key::ComparedOn)) }
                input.input.date type="date" id=(id("on")) name="on" value=(today) max=(today);
            }
        }
        (Verb::submit(t(lang, Key::CheckDo)).about(&party.name))
    })
}

#[derive(Debug, Deserialize, ToSchema)]
struct CheckForm {
    #[serde(default)]
    document: String,
    #[serde(default)]
    id_no: String,
    compared_by: PersonId,
    on: Date,
}

/// A clerk links whom they have compared with their papers. The account is found by the number on the paper.
async fn link_checked(
    State(web): State<Web>,
    me: Me,
    Path((case, party)): Path<(CaseId, PartyId)>,
    form: Input<CheckForm>,
) -> Acted {
    let (state, reader) = web.app.view(case, &me.actor).await?;
    access::may(&reader, Act::CheckIdentity, state.stage).map_err(|_| Problem::not_found())?;
    let CheckForm { document, id_no, compared_by, on } = form.value;
    let id_no = id_no.trim().to_uppercase();
    let people = web.app.directory().await?;
    let account = people.on(Post::Party).find(|person| person.id_no.as_deref() == Some(id_no.as_str()));
    let person = account.map(|account| account.id);
    let person = person.ok_or_else(|| Problem::invalid(vec![FieldError::new("id_no", "link.no_account")]))?;
    let check = IdentityCheck { document, id_no, compared_by, on };
    let command = PartiesCommand::LinkChecked { party, person, check };
    act(&web, &me, case, form.command, command, &route(case, "/parties")).await
}

/// Issues a new code.
async fn issue_code(
    State(web): State<Web>,
    me: Me,
    Path((case, party)): Path<(CaseId, PartyId)>,
    form: Input<Nothing>,
) -> Acted {
    let command = PartiesCommand::IssueCode { party };
    act(&web, &me, case, form.command, command, &route(case, "/parties")).await
}

/// The slip a clerk hands over or puts into the envelope.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SlipView {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// To whom.
    pub name: String,
    /// Six digits.
    pub code: String,
    /// Last day it can be used.
    pub expires_on: Date,
}

async fn show_slip(
    State(app): State<App>,
    me: Me,
    Path((id, party)): Path<(CaseId, PartyId)>,
) -> Result<Shown<SlipView>, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    let view = SlipView::of(&case, &reader, me.showing.today, party).ok_or_else(Problem::not_found)?;
    Ok(show(&me.showing, &view))
}

impl SlipView {
    fn of(case: &Arc<CaseState>, reader: &Reader, today: Date, party: PartyId) -> Option<Self> {
        access::may(reader, Act::CheckIdentity, case.stage).ok()?;
        let known = case.link_codes.get(&party).filter(|known| known.is_live(today))?;
        let party = case.parties.get(&party)?;
        Some(Self {
            case: case.id,
            number: case.number.as_ref().map(ToString::to_string).unwrap_or_default(),
            name: format!("{} {}", role(party.role), party.name),
            code: known.code.clone(),
            expires_on: known.expires_on,
        })
    }
}

impl View for SlipView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let back = route(self.case, "/parties");
        let title = t(lang, Key::SlipTitle);
        // The slip itself is for the party: Chinese, whatever the clerk reads in.
        to.page(title, stack(html! {
            (page_head(title, "", html! { (Verb::go(t(lang, Key::BackToParties), &back)) }))
            section.sheet lang="zh-CN" { div.in {
                p { b { (known_as(lang, &self.name)) } (lang.pick("：", ": ")) }
                p { (t(Lang::Zh, Key::SlipWords)) }
                (pairs(&[
                    (t(Lang::Zh, Key::LinkNumber), html! { b.number { (self.number) } }),
                    (t(Lang::Zh, Key::LinkCode), html! { b.number { (self.code) } }),
                    (t(Lang::Zh, Key::Expires), html! { span.number { (day(self.expires_on)) } }),
                ]))
                p { (t(Lang::Zh, Key::SlipSecret)) }
                p { (to.settings.court_name) " " (to.settings.hotline) }
            } }
            p.muted { (t(lang, Key::SlipPrint)) }
        }))
    }
}
