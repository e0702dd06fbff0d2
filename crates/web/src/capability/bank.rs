//! The demonstration bank that payments lead to (演示银行). No money moves; at a real bank there is no such
//! page.

pub(crate) mod samples;

use jiff::civil::Date;
use xiezhi_app::fees;

use super::prelude_of_cases::route;
use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{amount, bank::Key, day, t},
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/bank/{key}", Op::ShowBankPayment, show_payment)
        .post("/bank/{key}", Op::PlayPayer, pay)
}

/// A payment that waits for its payer, or was made.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BankView {
    /// Its key.
    pub key: String,
    /// What is to be paid, fen.
    pub amount_fen: i64,
    /// For what.
    pub purpose: String,
    /// What the payer quotes.
    pub reference: String,
    /// When it was paid.
    pub paid_on: Option<Date>,
    /// Where the case's fees stand.
    pub back: String,
}

/// Shows the payment.
async fn show_payment(State(app): State<App>, visitor: Visitor, Path(key): Path<String>) -> Result<Shown<BankView>, Problem> {
    let account = app.demonstration_account(&key).ok_or_else(Problem::not_found)?;
    let case = fees::case_of(&key).ok_or_else(Problem::not_found)?;
    let view = BankView {
        key,
        amount_fen: i64::try_from(account.notice.amount_fen).unwrap_or(i64::MAX),
        purpose: account.notice.purpose,
        reference: account.reference,
        paid_on: account.paid_on,
        back: route(case, "/fees"),
    };
    Ok(show(&visitor.showing, &view))
}

/// Whether the payment was entered just now.
#[derive(Debug, Serialize, ToSchema)]
struct Entered {
    entered: bool,
}

/// Plays the payer, and tells the court that the money came.
async fn pay(State(app): State<App>, visitor: Visitor, Path(key): Path<String>, form: Input<Nothing>) -> Result<Done<Entered>, Problem> {
    let case = fees::case_of(&key).ok_or_else(Problem::not_found)?;
    app.play_payer(&key, visitor.showing.today)?;
    let settled = app.settle_payment(&key, form.command).await?;
    let told = Entered { entered: settled.is_some() };
    Ok(done(&visitor.showing, &route(case, "/fees"), &told))
}

impl View for BankView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        let action = format!("/bank/{}", self.key);
        let command = to.command.to_string();
        let facts = [
            (t(lang, Key::Payee), html! { span lang="zh-CN" { (to.settings.court_name) } }),
            (t(lang, Key::Purpose), html! { span lang="zh-CN" { (self.purpose) } }),
            (t(lang, Key::Amount), html! { b { (amount(lang, self.amount_fen)) } }),
            (t(lang, Key::Reference), html! { span.number { (self.reference) } }),
        ];
        to.page(title, stack(html! {
            h1 { (title) }
            (note(Icon::Notice, html! { (t(lang, Key::Words)) }))
            (bare_sheet(html! {
                (pairs(&facts))
                @match self.paid_on {
                    Some(on) => { p { (tag(Standing::Done, t(lang, Key::Paid))) " " span.number { (day(on)) } } (Verb::go(t(lang, Key::Back), &self.back).primary()) },
                    None => { (acts(&[Verb::act(t(lang, Key::Pay), &action).with("command", &command).primary(), Verb::go(t(lang, Key::NotNow), &self.back)])) },
                }
            }))
        }))
    }
}
