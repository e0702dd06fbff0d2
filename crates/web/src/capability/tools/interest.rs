//! Interest with its working (利息计算): agreed, overdue, and the doubled part of delay interest.

use jiff::civil::Date;
use xiezhi_domain::law::{
    interest::{InterestWorking, Segment, YearOf},
    interest_sum::{InterestAsked, InterestSum},
    money::{Fen, MoneyProblem},
    rate::Rate,
};

use crate::{
    frame::{prelude::*, working::WorkingLine},
    http::prelude::*,
    messages::{Lang, day, faults, t, tools::Key},
};

/// What is typed on the page, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = InterestTyped)]
pub struct Typed {
    /// `agreed`, `overdue` or `doubled`.
    #[serde(default)]
    pub manner: String,
    /// What bears interest, in yuan.
    #[serde(default)]
    pub principal_yuan: String,
    /// The agreed rate a year, in per cent.
    #[serde(default)]
    pub rate_percent: String,
    /// The day of the contract.
    #[serde(default)]
    pub contract_on: String,
    /// The day of the suit.
    #[serde(default)]
    pub filed_on: String,
    /// First day.
    #[serde(default)]
    pub interest_from: String,
    /// Last day.
    #[serde(default)]
    pub interest_until: String,
    /// Whether the rules of before 2020-08-20 are asked for.
    #[serde(default)]
    pub old_rules: String,
    /// Days of a year: `365` or `360`.
    #[serde(default)]
    pub year_of: String,
}

/// What was typed wrong, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = InterestFault)]
pub struct Fault {
    /// The field.
    pub field: &'static str,
    /// Code of what is wrong.
    pub code: &'static str,
}

impl Typed {
    /// Whether anything was asked.
    pub fn is_empty(&self) -> bool {
        self.principal_yuan.trim().is_empty() && self.interest_from.trim().is_empty()
    }

    /// The sum that was asked for, worked out.
    ///
    /// # Errors
    /// The first [`Fault`].
    pub fn sum(&self) -> Result<InterestSum, Fault> {
        InterestSum::of(self.asked()?).map_err(|refusal| {
            let field = match refusal.code() {
                "interest.bad_rate" => "rate_percent",
                "interest.negative_base" => "principal_yuan",
                "interest.end_before_start" => "interest_until",
                _ => "interest_from",
            };
            Fault { field, code: refusal.code() }
        })
    }

    fn asked(&self) -> Result<InterestAsked, Fault> {
        let principal = filled("principal_yuan", &self.principal_yuan)?.parse::<Fen>().map_err(|problem: MoneyProblem| fault("principal_yuan", problem.code()))?;
        let from = on("interest_from", &self.interest_from)?;
        let until = on("interest_until", &self.interest_until)?;
        let year = if self.year_of == "360" { YearOf::Days360 } else { YearOf::Days365 };
        Ok(match self.manner.as_str() {
            "overdue" => InterestAsked::Overdue { principal, from, until, year },
            "doubled" => InterestAsked::Doubled { unpaid: principal, from, until },
            _ => InterestAsked::Agreed {
                principal,
                rate: percent(&self.rate_percent)?,
                contract_on: on("contract_on", &self.contract_on)?,
                filed_on: on("filed_on", &self.filed_on)?,
                from,
                until,
                asks_old_rules: matches!(self.old_rules.as_str(), "yes" | "true"),
                year,
            },
        })
    }
}

fn fault(field: &'static str, code: &'static str) -> Fault {
    Fault { field, code }
}

/// What was typed; nothing is missing, not wrong.
fn filled<'a>(field: &'static str, typed: &'a str) -> Result<&'a str, Fault> {
    Some(typed.trim()).filter(|typed| !typed.is_empty()).ok_or(fault(field, "input.required"))
}

fn on(field: &'static str, typed: &str) -> Result<Date, Fault> {
    filled(field, typed)?.parse().map_err(|_| fault(field, "input.not_a_date"))
}

/// A rate in per cent, with or without the sign.
fn percent(typed: &str) -> Result<Rate, Fault> {
    let typed = filled("rate_percent", typed)?.trim_end_matches(['%', '％']).trim();
    let rate: Rate = typed.parse().map_err(|_| fault("rate_percent", "input.not_a_number"))?;
    let denominator = rate.denominator.checked_mul(100).ok_or(fault("rate_percent", "interest.bad_rate"))?;
    Ok(Rate::new(rate.numerator, denominator))
}

/// The fields, with what was typed and what is wrong with it.
pub fn fields(to: &Showing, typed: &Typed, wrong: Option<Fault>) -> Markup {
    let lang = to.lang();
    let today = to.today.to_string();
    let words = |field: &str| wrong.filter(|it| it.field == field).map(|it| faults::words(lang, it.code));
    let manners = [
        Choice::new("agreed", t(lang, Key::MannerAgreed)),
        Choice::new("overdue", t(lang, Key::MannerOverdue)),
        Choice::new("doubled", t(lang, Key::MannerDoubled)),
    ];
    let years = [Choice::new("365", "365"), Choice::new("360", "360")];
    let or = |typed: &str, usual: &str| if typed.is_empty() { usual.to_owned() } else { typed.to_owned() };
    let (manner, year, filed) = (or(&typed.manner, "agreed"), or(&typed.year_of, "365"), or(&typed.filed_on, &today));
    let day_field = |name: &'static str, label, value: &str| {
        let error = words(name);
        Field::new(name, t(lang, label)).value(value).error(error.as_deref()).date()
    };
    html! {
        (Field::new("manner", t(lang, Key::Manner)).value(&manner).select(lang, &manners))
        @let (amount, rate) = (words("principal_yuan"), words("rate_percent"));
        (Field::new("principal_yuan", t(lang, Key::Principal)).value(&typed.principal_yuan).error(amount.as_deref()).keyboard("decimal").text())
        (side_by_side(html! {
            (day_field("interest_from", Key::InterestFrom, &typed.interest_from))
            (day_field("interest_until", Key::InterestUntil, &typed.interest_until))
        }))
        (Field::new("rate_percent", t(lang, Key::RatePercent)).help(t(lang, Key::RatePercentHelp)).value(&typed.rate_percent).error(rate.as_deref()).keyboard("decimal").text())
        (side_by_side(html! {
            (day_field("contract_on", Key::ContractOn, &typed.contract_on))
            (day_field("filed_on", Key::FiledOn, &filed))
        }))
        (Field::new("year_of", t(lang, Key::YearOf)).value(&year).select(lang, &years))
        (checkbox("old_rules", html! { (t(lang, Key::OldRules)) }, matches!(typed.old_rules.as_str(), "yes" | "true"), None))
    }
}

/// The working, a line for each stretch, and the sum.
pub fn steps(lang: Lang, working: &InterestWorking) -> Markup {
    let lines: Vec<(String, String, String)> = working.segments.iter().map(|it| step(lang, it, working.year)).collect();
    let total = crate::messages::amount(lang, working.total.0);
    let mut shown: Vec<WorkingLine<'_>> =
        lines.iter().map(|(words, result, source)| WorkingLine::new(words, result).source(source)).collect();
    shown.push(WorkingLine::new(t(lang, Key::InterestTotal), &total));
    crate::frame::working::working(&shown)
}

fn step(lang: Lang, it: &Segment, year: YearOf) -> (String, String, String) {
    let last = it.to.yesterday().unwrap_or(it.to);
    let (base, rate) = (it.base.grouped(), it.rate.percent());
    let days = crate::messages::tools::days(lang, it.days);
    let span = format!("{} – {}{}", day(it.from), day(last), lang.pick("：", ": "));
    let mut words = match (it.daily, year) {
        (true, _) => format!("{span}{base} × {rate}% × {days}"),
        (false, YearOf::Days365) => format!("{span}{base} × {rate}% × {days} ÷ 365"),
        (false, YearOf::Days360) => format!("{span}{base} × {rate}% × {days} ÷ 360"),
    };
    if let Some(cap) = it.cap {
        words += &crate::messages::tools::capped_at(lang, &cap.percent());
    }
    if let Some(lpr) = it.lpr {
        words += &crate::messages::tools::by_lpr(lang, &day(lpr.published_on), &lpr.rate.percent());
        if lpr.to_confirm {
            words += t(lang, Key::LprToConfirm);
        }
    }
    let source = match it.daily {
        true => "《民事诉讼法》第二百六十四条；法释〔2014〕8号第一条".to_owned(),
        false => format!("《民间借贷规定》第{}条", xiezhi_documents::wording::count_in_chinese(it.article.parse().unwrap_or(0))),
    };
    (words, it.amount.grouped(), source)
}

/// Interest with its working.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct InterestView {
    asked: Typed,
    fault: Option<Fault>,
    sum: Option<InterestSum>,
    words: Option<String>,
}

pub(super) async fn page(visitor: Visitor, Query(asked): Query<Typed>) -> Shown<InterestView> {
    show(&visitor.showing, &InterestView::of(asked))
}

impl InterestView {
    /// The answer to what was asked; nothing yet where nothing was.
    pub(super) fn of(asked: Typed) -> Self {
        let (sum, fault) = match (!asked.is_empty()).then(|| asked.sum()) {
            Some(Ok(sum)) => (Some(sum), None),
            Some(Err(fault)) => (None, Some(fault)),
            None => (None, None),
        };
        Self { words: sum.as_ref().map(InterestSum::words), asked, fault, sum }
    }
}

impl View for InterestView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let body = html! { (fields(to, &self.asked, self.fault)) (Verb::submit(t(lang, Key::Compute)).primary()) };
        to.page(t(lang, Key::Interest), html! {
            h1 { (t(lang, Key::Interest)) }
            p { (t(lang, Key::Intro)) }
            (bare_sheet(form_get("/tools/interest", body)))
            @if let (Some(sum), Some(words)) = (&self.sum, &self.words) {
                (Sheet::new(t(lang, Key::Result)).note(&crate::messages::amount(lang, sum.working.total.0)).body(html! {
                    (steps(lang, &sum.working))
                    p lang="zh-CN" { (words) "。" }
                }))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed() -> Typed {
        Typed {
            manner: "agreed".to_owned(),
            principal_yuan: "150000".to_owned(),
            rate_percent: "12%".to_owned(),
            contract_on: "2024-06-01".to_owned(),
            filed_on: "2026-02-27".to_owned(),
            interest_from: "2025-06-01".to_owned(),
            interest_until: "2026-05-31".to_owned(),
            ..Typed::default()
        }
    }

    #[test]
    fn what_is_typed_comes_out_as_a_sum_or_names_the_field_that_is_wrong() {
        assert_eq!(typed().sum().expect("it comes out").working.total, Fen(1_800_000));
        let wrong = |change: fn(&mut Typed)| {
            let mut typed = typed();
            change(&mut typed);
            typed.sum().expect_err("it can't be worked out")
        };
        assert_eq!(wrong(|it| it.rate_percent = "一分二".to_owned()), fault("rate_percent", "input.not_a_number"));
        assert_eq!(wrong(|it| it.contract_on = "去年".to_owned()), fault("contract_on", "input.not_a_date"));
        assert_eq!(wrong(|it| it.contract_on = " ".to_owned()), fault("contract_on", "input.required"));
        assert_eq!(wrong(|it| it.interest_until.clear()), fault("interest_until", "input.required"));
        assert_eq!(wrong(|it| it.principal_yuan.clear()), fault("principal_yuan", "input.required"));
        assert_eq!(wrong(|it| it.rate_percent.clear()), fault("rate_percent", "input.required"));
        assert_eq!(wrong(|it| it.interest_until = "2025-05-01".to_owned()), fault("interest_until", "interest.end_before_start"));
        assert_eq!(wrong(|it| it.principal_yuan = "1.234".to_owned()).field, "principal_yuan");
        assert_eq!(wrong(|it| it.contract_on = "2026-09-01".to_owned()).field, "interest_from", "the rate of that month is not loaded");
    }
}
