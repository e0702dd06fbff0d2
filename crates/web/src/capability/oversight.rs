//! Deadlines and figures of the court (监督): cases, never a ranking of people.

pub(crate) mod samples;

use xiezhi_app::{oversight::Figures, tables::DeadlineRow};
use xiezhi_domain::{ids::PersonId, periods::PeriodKind, stage::Stage};

use crate::{
    frame::prelude::*,
    http::{me::Me, prelude::*},
    messages::{case, oversight::Key, t, workbench},
};

/// The routes of this capability.
pub fn router() -> Router<Web> {
    Router::new().route("/oversight", get(page))
}

/// Most deadlines shown at once.
const LIMIT: u64 = 200;
/// Days ahead that count as soon.
const SOON_DAYS: i64 = 7;

/// The court at a glance.
#[derive(Clone, Debug, Serialize)]
pub struct OversightView {
    figures: Figures,
    overdue: Vec<DeadlineRow>,
    soon: Vec<DeadlineRow>,
    stages: Vec<(Stage, u64)>,
}

async fn page(State(app): State<App>, me: Me) -> Result<Response, Problem> {
    if !App::oversees(&me.actor) {
        return Err(Problem::not_found());
    }
    let today = me.showing.today;
    let until = today.saturating_add(jiff::Span::new().days(SOON_DAYS));
    let due = app.deadlines(&me.actor, until, LIMIT).await?;
    let (overdue, soon) = due.into_iter().partition(|row| row.last_on < today.to_string());
    let view = OversightView {
        figures: app.figures(&me.actor, today).await?,
        overdue,
        soon,
        stages: app.by_stage(&me.actor).await?,
    };
    Ok(show(&me.showing, &view))
}

impl View for OversightView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let words = |key| t(lang, key);
        to.page(words(Key::Title), html! {
            (page_head(words(Key::Title), words(Key::Note), html! {}))
            (stack(html! {
                (self.counts(to))
                (listed(to, Key::Overdue, (Key::OverdueNone, Key::OverdueNoneNote), &self.overdue))
                (listed(to, Key::Soon, (Key::SoonNone, Key::SoonNoneNote), &self.soon))
                (Sheet::new(words(Key::ByStage)).flush(self.by_stage(to)))
            }))
        })
    }
}

impl OversightView {
    fn counts(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let all = [
            (self.figures.carried_over, Key::CarriedOver, Key::CarriedOverNote, "/cases"),
            (self.figures.filed, Key::Filed, Key::FiledNote, "/cases"),
            (self.figures.closed, Key::Closed, Key::ClosedNote, "/cases?scope=closed"),
            (self.figures.open, Key::Open, Key::OpenNote, "/cases?scope=trial"),
        ];
        let numbers: Vec<String> = all.iter().map(|(count, ..)| count.to_string()).collect();
        let shown: Vec<Figure<'_>> = all
            .iter()
            .zip(&numbers)
            .map(|((_, name, note, href), figure)| Figure { figure, name: t(lang, *name), note: t(lang, *note), href })
            .collect();
        figures(&shown)
    }

    fn by_stage(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let row = |(stage, count): &(Stage, u64)| {
            TableRow::new(vec![html! { (t(lang, case::stage(*stage))) }, html! { (count) }])
        };
        table(lang, t(lang, Key::ByStage), vec![
            Column::new(t(lang, Key::Stage), OnPhone::Title),
            Column::new(t(lang, Key::Count), OnPhone::Second).right(),
        ], self.stages.iter().map(row).collect())
    }
}

fn table(lang: crate::messages::Lang, caption: &str, columns: Vec<Column<'_>>, rows: Vec<TableRow<'_>>) -> Markup {
    Table { caption, columns, rows, base: "/oversight", order: "", ticks: None, dense: false, keep: false }.show(lang)
}

/// Deadlines under a title, or a word that there are none.
fn listed(to: &Showing, title: Key, none: (Key, Key), rows: &[DeadlineRow]) -> Markup {
    let lang = to.lang();
    if rows.is_empty() {
        return Sheet::new(t(lang, title)).body(Blank::empty(Icon::Check, t(lang, none.0), t(lang, none.1)).show());
    }
    let columns = vec![
        Column::new(t(lang, Key::Case), OnPhone::Title),
        Column::new(t(lang, Key::Period), OnPhone::Second),
        Column::new(t(lang, Key::Judge), OnPhone::Second),
        Column::new(t(lang, Key::LastDay), OnPhone::State),
        Column::new(t(lang, Key::Source), OnPhone::Hidden),
    ];
    Sheet::new(t(lang, title)).flush(table(lang, t(lang, title), columns, rows.iter().map(|row| deadline(to, row)).collect()))
}

fn deadline<'a>(to: &Showing, row: &DeadlineRow) -> TableRow<'a> {
    let lang = to.lang();
    let kind = PeriodKind::ALL.into_iter().find(|kind| kind.code() == row.kind);
    let name = kind.map_or(row.kind.as_str(), |kind| t(lang, workbench::period(kind)));
    let judge = row.judge.as_deref().and_then(|id| id.parse::<PersonId>().ok());
    let due = row.last_on.parse().ok().map(|on| Due::new(on, to.today).tag(lang));
    TableRow::new(vec![
        html! { a href={ "/cases/" (row.case_id) } lang="zh-CN" { (row.number.as_deref().unwrap_or_default()) " " (row.title) } },
        html! { (name) },
        html! { (judge.map(|judge| to.name(judge)).unwrap_or_default()) },
        html! { (row.last_on) " " @if let Some(due) = due { (due) } },
        html! { span lang="zh-CN" { (row.source.split('〔').next().unwrap_or_default().trim()) } },
    ])
}
