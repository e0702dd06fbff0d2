//! The finance officer's page: what is to be refunded, and what was charged.

use xiezhi_app::{
    App,
    lists::Page,
    tables::{CaseRow, TaskRow},
};
use xiezhi_domain::{fees::FeeStatus, people::Post};

use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{
        amount,
        fees::{self as words, Key},
        t,
    },
};

/// Refunds that wait, and cases with a fee.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MoneyView {
    /// Refunds that wait.
    pub to_refund: Vec<TaskRow>,
    /// Cases with a fee, newest first.
    pub charged: Page<CaseRow>,
}

#[derive(Debug, Deserialize, ToSchema)]
pub(super) struct MoneyQuery {
    #[serde(default)]
    page: u64,
}

/// Shows the page to finance; to others there is none.
pub(super) async fn show_money(
    State(app): State<App>,
    me: Me,
    Query(query): Query<MoneyQuery>,
) -> Result<Shown<MoneyView>, Problem> {
    if me.person.post != Post::Finance {
        return Err(Problem::not_found());
    }
    let view = MoneyView { to_refund: app.refunds().await?, charged: app.fee_cases(query.page).await? };
    Ok(show(&me.showing, &view))
}

impl View for MoneyView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::MoneyTitle);
        to.page(title, html! { (page_head(title, "", html! {})) (stack(html! { (self.refunds(to)) (self.fees(to)) })) })
    }
}

impl MoneyView {
    fn refunds(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let counted = self.to_refund.len().to_string();
        let sheet = Sheet::new(t(lang, Key::ToRefund)).note(&counted);
        if self.to_refund.is_empty() {
            return sheet.body(html! { p.muted { (t(lang, Key::ToRefundNone)) } });
        }
        let hrefs: Vec<String> = self.to_refund.iter().map(|row| format!("/cases/{}/fees", row.case_id)).collect();
        let list: Vec<Row<'_>> = self
            .to_refund
            .iter()
            .zip(&hrefs)
            .map(|(row, href)| Row {
                what: &row.title,
                href,
                facts: row.number.iter().map(String::as_str).chain([row.cause.as_str()]).collect(),
                state: row.due_on.as_deref().and_then(|on| on.parse().ok()).map(|on| Due::new(on, to.today).tag(lang)),
                by: row.due_on.as_deref().unwrap_or_default(),
                verb: Some(Verb::go(t(lang, Key::Refund), href)),
                ..Row::default()
            })
            .collect();
        sheet.flush(rows(lang, &list))
    }

    fn fees(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let table = Table {
            caption: t(lang, Key::PaidList),
            columns: vec![
                Column::new(t(lang, Key::Case), OnPhone::Title),
                Column::new(t(lang, Key::State), OnPhone::State),
                Column::new(t(lang, Key::Amount), OnPhone::Second).right(),
            ],
            rows: self.charged.rows.iter().map(|row| fee_row(to, row)).collect(),
            base: "/money",
            ..Table::default()
        };
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let pages = self.charged.total.div_ceil(self.charged.size.max(1)).max(1);
        let at = Paging { page: count(self.charged.page), pages: count(pages), total: count(self.charged.total), base: "/money" };
        Sheet::new(t(lang, Key::PaidList)).flush(html! { (table.show(lang)) (paging(lang, at)) })
    }
}

fn fee_row<'a>(to: &Showing, row: &CaseRow) -> TableRow<'a> {
    let lang = to.lang();
    let all = [
        FeeStatus::None,
        FeeStatus::Noticed,
        FeeStatus::Paid,
        FeeStatus::Deferred,
        FeeStatus::Waived,
        FeeStatus::Overdue,
    ];
    let status = all.into_iter().find(|status| xiezhi_app::rows::code_of(status) == row.fee_status).unwrap_or_default();
    let state = match status {
        FeeStatus::Overdue => Standing::Overdue,
        FeeStatus::Noticed | FeeStatus::None => Standing::Waiting,
        FeeStatus::Paid | FeeStatus::Deferred | FeeStatus::Waived => Standing::Done,
    };
    let href = format!("/cases/{}/fees", row.case_id);
    TableRow::new(vec![
        html! { a href=(href) { span.number { (row.number.as_deref().unwrap_or("—")) } } " " span lang="zh-CN" { (row.title) } },
        tag(state, t(lang, words::status(status))),
        html! { (amount(lang, row.fee_fen)) },
    ])
}
