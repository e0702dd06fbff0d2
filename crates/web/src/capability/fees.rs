//! Fees: notice, payment, aid, refund (诉讼费用).

mod money;
pub(super) mod working;
pub(crate) mod samples;

use std::sync::Arc;

use jiff::civil::Date;
use xiezhi_app::fees as bank;
use xiezhi_domain::{
    access::{self, Act, Reader},
    approval::{ApprovalCommand, Matter},
    case::CaseState,
    fees::{FeeAid, FeeCommand, FeeStatus},
    ids::CaseId,
    law::money::Fen,
    periods::PeriodKind,
};

use super::{
    case_frame::{CaseTab, case_page, tab_title},
    overview::periods::PeriodView,
    prelude_of_cases::{Acted, CaseStanding, act, route, typed_amount},
};
use crate::{
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        Lang, amount, day_spoken,
        fees::{self as words, Key},
        t,
    },
};

pub use money::MoneyView;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/cases/{case}/fees", Op::ShowFees, show_fees)
        .post("/cases/{case}/fees/payment", Op::PayFee, pay)
        .post("/cases/{case}/fees/arrival", Op::CheckPayment, check)
        .post("/cases/{case}/fees/aid", Op::AskForFeeAid, ask_aid)
        .post("/cases/{case}/fees/refund", Op::RefundFee, refund)
        .get("/money", Op::ShowMoney, money::show_money)
}

/// The fee account of a case.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FeesView {
    #[serde(skip)]
    case: Arc<CaseState>,
    #[serde(skip)]
    reader: Reader,
    /// Where it stands.
    pub status: FeeStatus,
    /// Still to be paid, fen.
    pub due_fen: i64,
    /// Last day for paying.
    pub due_on: Option<Date>,
    /// Paid so far, fen.
    pub paid_fen: i64,
    /// Receipt numbers.
    pub receipts: Vec<String>,
    /// The working, line by line: words, result, source.
    pub working: Vec<(String, String, String)>,
    /// Charged in all, fen.
    pub charged_fen: i64,
    /// Ordered to be refunded and not yet paid out, fen.
    pub refund_fen: i64,
    /// Paid out, fen.
    pub refunded_fen: i64,
    /// Last day for refunding.
    pub refund_by: Option<Date>,
    /// The period for paying with its working.
    pub period: Option<PeriodView>,
    /// Whether the reader may pay.
    pub may_pay: bool,
    /// Whether the reader may write for aid.
    pub may_request_aid: bool,
    /// Whether the reader may ask approval for aid.
    pub may_ask_aid: bool,
    /// Whether the reader pays refunds out.
    pub may_refund: bool,
}

/// Shows the fee account.
async fn show_fees(State(app): State<App>, me: Me, Path(id): Path<CaseId>) -> Result<Shown<FeesView>, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    Ok(show(&me.showing, &FeesView::of(&case, &reader, me.showing.lang())))
}

impl FeesView {
    /// The fee account of `case` for `reader`.
    pub fn of(case: &Arc<CaseState>, reader: &Reader, lang: Lang) -> Self {
        let may = |act| access::may(reader, act, case.stage).is_ok();
        let fees = &case.fees;
        let period = case.period(PeriodKind::FeePayment, None).map(|period| PeriodView::of(lang, case, period));
        let due = bank::due(case);
        let plaintiff = reader.party.and_then(|id| case.parties.get(&id)).is_some_and(is_plaintiff);
        let waits = fees.status == FeeStatus::Noticed && due.0 > 0;
        Self {
            case: Arc::clone(case),
            reader: reader.clone(),
            status: fees.status,
            due_fen: due.0,
            due_on: fees.due_on,
            paid_fen: fees.paid.0,
            receipts: fees.receipts.clone(),
            working: fees.working.as_ref().map(|it| working::lines(lang, it)).unwrap_or_default(),
            charged_fen: fees.due.0,
            refund_fen: fees.refund_due.0 - fees.refunded.0,
            refunded_fen: fees.refunded.0,
            refund_by: case.running(PeriodKind::Refund, None).map(|period| period.last_on),
            period: period.filter(|_| due.0 > 0),
            may_pay: due.0 > 0 && plaintiff && may(Act::Pay),
            may_request_aid: waits && plaintiff && may(Act::SubmitPaper),
            may_ask_aid: waits && may(Act::AskApproval),
            may_refund: fees.refund_due > fees.refunded && may(Act::Refund),
        }
    }
}

fn is_plaintiff(party: &xiezhi_domain::party::Party) -> bool {
    party.role == xiezhi_domain::party::PartyRole::Plaintiff
}

/// The payment that was opened; none if there is nothing to pay.
#[derive(Debug, Serialize, ToSchema)]
struct PaymentOpened {
    payment: Option<String>,
}

/// Opens the payment at the bank and leads there.
async fn pay(State(app): State<App>, me: Me, Path(id): Path<CaseId>, _: Input<Nothing>) -> Result<Done<PaymentOpened>, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    access::may(&reader, Act::Pay, case.stage).map_err(xiezhi_app::AppError::Denied)?;
    let key = app.open_payment(&case).await?;
    let place = key.as_ref().map_or_else(|| route(id, "/fees"), |key| format!("/bank/{key}"));
    Ok(done(&me.showing, &place, &PaymentOpened { payment: key }))
}

/// Asks the bank whether the payment came, and enters it if it did.
async fn check(State(app): State<App>, me: Me, Path(id): Path<CaseId>, form: Input<Nothing>) -> Result<Done<Option<CaseStanding>>, Problem> {
    let (case, reader) = app.view(id, &me.actor).await?;
    access::may(&reader, Act::Pay, case.stage).map_err(xiezhi_app::AppError::Denied)?;
    let settled = app.settle_payment(&bank::payment_key(&case), form.command).await?;
    let standing = settled.map(|decided| CaseStanding::of(&me, &decided.case, decided.pos));
    Ok(done(&me.showing, &route(id, "/fees"), &standing))
}

#[derive(Debug, Deserialize, ToSchema)]
struct AidForm {
    aid: FeeAid,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    remaining: String,
}

/// A party writes for aid; a judge or clerk puts it to those who decide.
async fn ask_aid(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, form: Input<AidForm>) -> Acted {
    let back = route(id, "/fees");
    let AidForm { aid, reason, remaining } = form.value;
    if reason.trim().is_empty() {
        return Err(Problem::invalid(vec![FieldError::new("reason", "input.required")]));
    }
    if me.actor.is_outside() {
        let (_, reader) = web.app.view(id, &me.actor).await?;
        let party = reader.party.ok_or_else(Problem::not_found)?;
        let asked = format!("{}。{reason}", t(Lang::Zh, words::aid(aid)));
        let title = t(Lang::Zh, Key::AidPaper);
        let decided = web.app.hand_in_request(id, &me.actor, form.command, party, title, asked).await?;
        return Ok(done(&me.showing, &route(id, "/file"), &CaseStanding::of(&me, &decided.case, decided.pos)));
    }
    let remaining = if aid == FeeAid::Reduce { typed_amount("remaining", &remaining)? } else { Fen(0) };
    let (case, _) = web.app.view(id, &me.actor).await?;
    let remaining = if aid == FeeAid::Defer { case.fees.due } else { remaining };
    let command = ApprovalCommand::Ask { request: Matter::FeeAid { aid, remaining }, reason };
    act(&web, &me, id, form.command, command, &back).await
}

#[derive(Debug, Deserialize, ToSchema)]
struct RefundForm {
    #[serde(default)]
    receipt_no: String,
}

/// Finance enters that a refund was paid out.
async fn refund(State(web): State<Web>, me: Me, Path(id): Path<CaseId>, form: Input<RefundForm>) -> Acted {
    let receipt_no = form.value.receipt_no.trim().to_owned();
    if receipt_no.is_empty() {
        return Err(Problem::invalid(vec![FieldError::new("receipt_no", "input.required")]));
    }
    act(&web, &me, id, form.command, FeeCommand::Refund { receipt_no }, &route(id, "/fees")).await
}

impl View for FeesView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let payment = route(self.case.id, "/fees/payment");
        let command = to.command.to_string();
        let pay = Verb::act(t(lang, Key::Pay), &payment).with("command", &command).icon(Icon::Money);
        let verb = self.may_pay.then_some(pay);
        let body = stack(html! {
            (tab_title(to, t(lang, Key::Title)))
            (live("fees", &case_topic(self.case.id), None, html! { (self.stands(to)) }))
            (self.computed(to))
            @if self.may_request_aid { (self.request_aid(to)) }
            @if self.may_ask_aid { (self.ask_aid(to)) }
            (self.refunds(to))
        });
        case_page(to, &self.case, &self.reader, CaseTab::Money, PageParts { verb, ..PageParts::default() }, body)
    }
}

impl FeesView {
    fn stands(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let due = amount(lang, self.due_fen);
        let (state, big) = match self.status {
            FeeStatus::None => (Standing::Waiting, t(lang, Key::BigNone)),
            FeeStatus::Paid if self.due_fen == 0 => (Standing::Done, t(lang, Key::BigPaid)),
            FeeStatus::Waived => (Standing::Done, t(lang, Key::BigWaived)),
            FeeStatus::Deferred => (Standing::Done, t(lang, Key::BigDeferred)),
            FeeStatus::Overdue => (Standing::Overdue, t(lang, Key::BigOverdue)),
            FeeStatus::Noticed | FeeStatus::Paid => (Standing::Soon, due.as_str()),
        };
        say(state, t(lang, words::status(self.status)), big, html! {
            @if self.due_fen > 0 && self.status != FeeStatus::Deferred { (self.waits(to)) }
            @if self.paid_fen > 0 { p { (t(lang, Key::Paid)) " " b { (amount(lang, self.paid_fen)) } @for receipt in &self.receipts { " · " (t(lang, Key::Receipt)) " " span.number { (receipt) } } } }
            @if self.may_pay && !to.is_outside() { p.muted { (t(lang, Key::PayNote)) } }
        })
    }

    fn waits(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let check = route(self.case.id, "/fees/arrival");
        let command = to.command.to_string();
        html! {
            @if let Some(on) = self.due_on { p { (words::by_day(lang, &day_spoken(lang, on))) " " (Due::new(on, to.today).tag(lang)) } }
            @if let Some(period) = &self.period { (explain(t(lang, Key::WhyDay), period.lines())) }
            @if to.is_outside() { p { (t(lang, Key::YouPrepay)) } p { (t(lang, Key::IfUnpaid)) } p.muted { (t(lang, Key::PayNote)) } }
            @if self.may_pay { div.line.wrap.muted { (t(lang, Key::CheckNote)) " " (Verb::act(t(lang, Key::CheckPayment), &check).with("command", &command).quiet()) } }
        }
    }

    fn computed(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.working.is_empty() {
            return html! {};
        }
        let lines: Vec<WorkingLine<'_>> = self
            .working
            .iter()
            .map(|(words, result, source)| WorkingLine::new(words, result).source(source))
            .collect();
        let basis = self.case.application.amount.map(|sum| words::computed_on(lang, &amount(lang, sum.0))).unwrap_or_default();
        Sheet::new(t(lang, Key::Working)).note(&basis).body(working(&lines))
    }

    fn aid_fields(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let legal = self.case.application.plaintiffs().any(|party| party.kind == xiezhi_domain::party::PartyKind::Legal);
        let kinds = [("defer", FeeAid::Defer), ("reduce", FeeAid::Reduce), ("waive", FeeAid::Waive)];
        let choices: Vec<Choice<'_>> = kinds
            .iter()
            .filter(|(_, aid)| !(legal && *aid == FeeAid::Waive))
            .map(|(code, aid)| Choice::new(code, t(lang, words::aid(*aid))))
            .collect();
        html! {
            (to.command_field())
            (Field::new("aid", t(lang, Key::AidKind)).value("defer").choice(&choices))
        }
    }

    fn request_aid(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = route(self.case.id, "/fees/aid");
        Sheet::new(t(lang, Key::AidTitle)).body(html! {
            p { (t(lang, Key::AidWords)) }
            (form(FormTo { action: &action, ..FormTo::default() }, html! {
                (self.aid_fields(to))
                (Field::new("reason", t(lang, Key::AidReason)).help(t(lang, Key::AidReasonHelp)).required().textarea(4))
                (Verb::submit(t(lang, Key::AidSend)))
            }))
        })
    }

    fn ask_aid(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let action = route(self.case.id, "/fees/aid");
        Sheet::new(t(lang, Key::AidAskTitle)).body(form(FormTo { action: &action, ..FormTo::default() }, html! {
            (self.aid_fields(to))
            (Field::new("remaining", t(lang, Key::AidRemaining)).help(t(lang, Key::AidRemainingHelp)).optional(lang).money(lang, ""))
            (Field::new("reason", t(lang, Key::AidReason)).required().textarea(3))
            (Verb::submit(t(lang, Key::AidAsk)))
        }))
    }

    fn refunds(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        if self.refund_fen <= 0 && self.refunded_fen <= 0 {
            return html! {};
        }
        let action = route(self.case.id, "/fees/refund");
        Sheet::new(t(lang, Key::Refund)).body(html! {
            @if self.refund_fen > 0 {
                p { (t(lang, Key::RefundDue)) " " b { (amount(lang, self.refund_fen)) }
                    @if let Some(on) = self.refund_by { " · " (words::refund_by(lang, &day_spoken(lang, on))) " " (Due::new(on, to.today).tag(lang)) } }
            }
            @if self.refunded_fen > 0 { p { (tag(Standing::Done, t(lang, Key::Refunded))) " " b { (amount(lang, self.refunded_fen)) } } }
            @if self.may_refund {
                (form(FormTo { action: &action, ..FormTo::default() }, html! {
                    (to.command_field())
                    (Field::new("receipt_no", t(lang, Key::RefundReceipt)).help(t(lang, Key::RefundReceiptHelp)).required().autocomplete("off").text())
                    (Verb::submit(t(lang, Key::RefundPay)))
                }))
            }
        })
    }
}
