//! Public calculators (计算工具): fee, period, case number, with the working and the law.

pub(crate) mod interest;
pub(crate) mod samples;

use xiezhi_domain::law::{
    case_number::CaseNumber,
    fee::{self, FeeWorking, WorkingLine as Step},
    period::{self, PeriodWorking, Unit},
};

use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{Lang, faults, t, tools::Key, tools::KINDS, tools::unit as unit_words},
};

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/tools", Op::ListTools, index)
        .get("/tools/fee", Op::CalculateFee, fee_page)
        .get("/tools/interest", Op::CalculateInterest, interest::page)
        .get("/tools/period", Op::CalculatePeriod, period_page)
        .get("/tools/case-number", Op::ExplainCaseNumber, number_page)
}

/// The list of calculators.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ToolsView {
    /// Addresses.
    pub tools: [&'static str; 4],
}

async fn index(State(_): State<Web>, visitor: Visitor) -> Shown<ToolsView> {
    show(&visitor.showing, &ToolsView::new())
}

impl ToolsView {
    fn new() -> Self {
        Self { tools: ["/tools/fee", "/tools/interest", "/tools/period", "/tools/case-number"] }
    }
}

impl View for ToolsView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let item = |title, note, href, icon| Item {
            href: Some(href),
            icon: Some(icon),
            title: t(lang, title),
            notes: vec![t(lang, note)],
            ..Item::default()
        };
        let all = [
            item(Key::Fee, Key::FeeNote, self.tools[0], Icon::Coin),
            item(Key::Interest, Key::InterestNote, self.tools[1], Icon::Percent),
            item(Key::Period, Key::PeriodNote, self.tools[2], Icon::Calendar),
            item(Key::CaseNumber, Key::CaseNumberNote, self.tools[3], Icon::Id),
        ];
        to.page(t(lang, Key::Title), html! {
            h1 { (t(lang, Key::Title)) }
            p { (t(lang, Key::Intro)) }
            (bare_sheet(items(&all)))
        })
    }
}

/// A ticked box of the page says `yes`, a program says `true` or `false`; an absent one says no.
fn told(value: &str) -> &str {
    match value {
        "" => "false",
        "yes" => "true",
        other => other,
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
struct FeeAsked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    amount_yuan: String,
    #[serde(default)]
    halved: String,
}

/// A fee with its working.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FeeView {
    asked: FeeAsked,
    fault: Option<&'static str>,
    working: Option<FeeWorking>,
    fee_yuan: Option<String>,
}

async fn fee_page(visitor: Visitor, Query(asked): Query<FeeAsked>) -> Shown<FeeView> {
    show(&visitor.showing, &FeeView::of(asked))
}

impl FeeView {
    /// The answer to what was asked; nothing yet where no kind was chosen.
    fn of(asked: FeeAsked) -> Self {
        let halved = told(&asked.halved);
        let answer = (!asked.kind.is_empty()).then(|| fee::batch_row(&asked.kind, &asked.amount_yuan, halved));
        let (working, fault) = match answer {
            Some(Ok(working)) => (Some(working), None),
            Some(Err(refusal)) => (None, Some(refusal.code())),
            None => (None, None),
        };
        let fee_yuan = working.as_ref().map(|working| working.total.plain());
        Self { asked, fault, working, fee_yuan }
    }
}

impl View for FeeView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let choices: Vec<Choice<'_>> = KINDS.iter().map(|(kind, words)| Choice::new(kind.name(), t(lang, *words))).collect();
        let kind = if self.asked.kind.is_empty() { "property" } else { &self.asked.kind };
        let fault = self.fault.map(|code| faults::words(lang, code));
        let body = html! {
            (Field::new("kind", t(lang, Key::Kind)).value(kind).select(lang, &choices))
            (Field::new("amount_yuan", t(lang, Key::Amount)).help(t(lang, Key::AmountHelp)).value(&self.asked.amount_yuan).error(fault.as_deref()).keyboard("decimal").text())
            (checkbox("halved", html! { (t(lang, Key::Halved)) }, told(&self.asked.halved) == "true", None))
            (Verb::submit(t(lang, Key::Compute)).primary())
        };
        to.page(t(lang, Key::Fee), html! {
            h1 { (t(lang, Key::Fee)) }
            p { (t(lang, Key::Intro)) }
            (bare_sheet(form_get("/tools/fee", body)))
            @if let Some(working) = &self.working { (fee_result(lang, working)) }
        })
    }
}

fn fee_result(lang: Lang, working: &FeeWorking) -> Markup {
    let steps: Vec<(String, String, String)> = working.lines.iter().map(|line| step(lang, line)).collect();
    let total = crate::messages::amount(lang, working.total.0);
    let mut shown: Vec<WorkingLine<'_>> =
        steps.iter().map(|(words, result, source)| WorkingLine::new(words, result).source(source)).collect();
    shown.push(WorkingLine::new(t(lang, Key::Total), &total));
    html! {
        (Sheet::new(t(lang, Key::Result)).note(&total).body(html! { (crate::frame::working::working(&shown)) }))
    }
}

/// One step in words: what, how much, under which article.
fn step(lang: Lang, line: &Step) -> (String, String, String) {
    let cited = |article: &str| format!("《诉讼费用交纳办法》第{article}");
    let say = |key, result: String, article: &str| (t(lang, key).to_owned(), result, cited(article));
    match line {
        Step::Flat { amount, article } => say(Key::Flat, amount.grouped(), article),
        Step::Base { amount, article, .. } => say(Key::Base, amount.grouped(), article),
        Step::Bracket { amount, rate, quick_add, article, .. } => {
            let sign = if quick_add.0 < 0 { "−" } else { "＋" };
            let add = xiezhi_domain::law::money::Fen(quick_add.0.abs()).grouped();
            (format!("{} × {}% {sign} {add}", amount.grouped(), rate.percent()), String::new(), cited(article))
        }
        Step::Slice { part, rate, article, .. } => {
            (format!("{} {} × {}%", t(lang, Key::Slice), part.grouped(), rate.percent()), String::new(), cited(article))
        }
        Step::Fraction { of, article } => say(Key::Fraction, format!("{}%", of.percent()), article),
        Step::Capped { cap, article } => say(Key::Capped, cap.grouped(), article),
        Step::Halved { .. } => say(Key::HalvedLine, "÷ 2".to_owned(), "15、16、18条"),
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
struct PeriodAsked {
    #[serde(default)]
    starts_on: String,
    #[serde(default)]
    length: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    rolls: String,
}

/// A period with its working.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PeriodView {
    asked: PeriodAsked,
    fault: Option<&'static str>,
    working: Option<PeriodWorking>,
}

async fn period_page(visitor: Visitor, Query(asked): Query<PeriodAsked>) -> Shown<PeriodView> {
    show(&visitor.showing, &PeriodView::of(asked))
}

impl PeriodView {
    /// The answer to what was asked; nothing yet where no day was given.
    fn of(asked: PeriodAsked) -> Self {
        let rolls = told(&asked.rolls);
        let answer = (!asked.starts_on.is_empty())
            .then(|| period::batch_row(&asked.starts_on, &asked.length, &asked.unit, rolls));
        let (working, fault) = match answer {
            Some(Ok(working)) => (Some(working), None),
            Some(Err(refusal)) => (None, Some(refusal.code())),
            None => (None, None),
        };
        Self { asked, fault, working }
    }
}

impl View for PeriodView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let units = [("day", Unit::Day), ("workday", Unit::Workday), ("month", Unit::Month), ("year", Unit::Year)];
        let choices: Vec<Choice<'_>> = units.iter().map(|(value, unit)| Choice::new(value, t(lang, unit_words(*unit)))).collect();
        let asked_before = !self.asked.starts_on.is_empty();
        let today = to.today.to_string();
        let or = |value: &'_ str, default: &str| if value.is_empty() { default.to_owned() } else { value.to_owned() };
        let (starts_on, length, unit) =
            (or(&self.asked.starts_on, &today), or(&self.asked.length, "15"), or(&self.asked.unit, "day"));
        let fault = self.fault.map(|code| faults::words(lang, code));
        let body = html! {
            (Field::new("starts_on", t(lang, Key::StartsOn)).value(&starts_on).error(fault.as_deref()).date())
            (Field::new("length", t(lang, Key::Length)).value(&length).keyboard("numeric").text())
            (Field::new("unit", t(lang, Key::UnitOf)).value(&unit).select(lang, &choices))
            (checkbox("rolls", html! { (t(lang, Key::Rolls)) }, !asked_before || told(&self.asked.rolls) == "true", None))
            (Verb::submit(t(lang, Key::Compute)).primary())
        };
        to.page(t(lang, Key::Period), html! {
            h1 { (t(lang, Key::Period)) }
            p { (t(lang, Key::Intro)) }
            (bare_sheet(form_get("/tools/period", body)))
            @if let Some(working) = &self.working { (period_result(lang, working)) }
        })
    }
}

fn period_result(lang: Lang, working: &PeriodWorking) -> Markup {
    let day = |day| crate::messages::day_in_full(lang, day);
    let (start, from, raw, last) =
        (day(working.starts_on), day(working.counts_from), day(working.raw_end_on), day(working.last_on));
    let mut shown = vec![
        WorkingLine::new(t(lang, Key::StartLine), &start),
        WorkingLine::new(t(lang, Key::CountsFrom), &from).source("《民事诉讼法》第八十五条"),
        WorkingLine::new(t(lang, Key::RawEnd), &raw),
    ];
    if working.rolled_over.is_some() {
        shown.push(WorkingLine::new(t(lang, Key::RolledLine), &last));
    }
    shown.push(WorkingLine::new(t(lang, Key::LastDay), &last));
    html! {
        (Sheet::new(t(lang, Key::Result)).note(&last).body(html! {
            (crate::frame::working::working(&shown))
            p { (t(lang, Key::UntilMidnight)) @if working.provisional { " " (t(lang, Key::Provisional)) } }
        }))
    }
}

#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
struct NumberAsked {
    #[serde(default)]
    number: String,
}

/// A case number, explained.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NumberView {
    asked: NumberAsked,
    fault: Option<&'static str>,
    canonical: Option<String>,
    year: Option<u16>,
    court: Option<String>,
    case_type: Option<String>,
    serial: Option<u32>,
}

async fn number_page(visitor: Visitor, Query(asked): Query<NumberAsked>) -> Shown<NumberView> {
    show(&visitor.showing, &NumberView::of(asked))
}

impl NumberView {
    /// The parts of the number that was asked about.
    fn of(asked: NumberAsked) -> Self {
        let parsed = (!asked.number.trim().is_empty()).then(|| asked.number.trim().parse::<CaseNumber>());
        let mut view = Self { asked, fault: None, canonical: None, year: None, court: None, case_type: None, serial: None };
        match parsed {
            Some(Ok(number)) => {
                let parts = number.explain();
                view.canonical = Some(parts.canonical);
                view.year = Some(parts.filing_year);
                view.court = parts.court.map(|court| court.name_zh.clone());
                view.case_type = parts.case_type.map(|known| known.name_zh.clone());
                view.serial = Some(parts.serial);
            }
            Some(Err(problem)) => view.fault = Some(problem.code()),
            None => {}
        }
        view
    }
}

impl View for NumberView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let fault = self.fault.map(|code| faults::words(lang, code));
        let body = html! {
            (Field::new("number", t(lang, Key::Number)).help(t(lang, Key::NumberHelp)).value(&self.asked.number).error(fault.as_deref()).text())
            (Verb::submit(t(lang, Key::Compute)).primary())
        };
        let known = |value: &Option<String>| {
            let words = value.as_deref().unwrap_or_else(|| t(lang, Key::NotInTable)).to_owned();
            html! { span lang="zh-CN" { (words) } }
        };
        to.page(t(lang, Key::CaseNumber), html! {
            h1 { (t(lang, Key::CaseNumber)) }
            (bare_sheet(form_get("/tools/case-number", body)))
            @if let (Some(canonical), Some(year), Some(serial)) = (&self.canonical, self.year, self.serial) {
                (Sheet::new(canonical).body(pairs(&[
                    (t(lang, Key::Year), html! { (year) }),
                    (t(lang, Key::Court), known(&self.court)),
                    (t(lang, Key::CaseType), known(&self.case_type)),
                    (t(lang, Key::Serial), html! { (serial) }),
                ])))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticked_box_halves_the_fee_and_moves_the_last_day() {
        let box_of_the_page = checkbox("halved", html! {}, false, None).into_string();
        assert!(box_of_the_page.contains("value=\"yes\""), "{box_of_the_page}");
        assert_eq!(["", "yes", "true", "false"].map(told), ["false", "true", "true", "false"]);
    }
}
