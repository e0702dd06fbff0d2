//! The calculators in the gallery.

use super::{interest::{InterestView, Typed}, FeeAsked, FeeView, NumberAsked, NumberView, PeriodAsked, PeriodView, ToolsView};
use crate::{
    gallery::{Piece, Sample, Samples, hang, passer_by},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; ToolsView, FeeView, InterestView, PeriodView, NumberView]
}

impl Samples for ToolsView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        vec![Sample::new("tools", passer_by(lang), Self::new())]
    }
}

impl Samples for FeeView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let asked = |kind: &str, amount: &str, halved: &str| {
            Self::of(FeeAsked { kind: kind.to_owned(), amount_yuan: amount.to_owned(), halved: halved.to_owned() })
        };
        vec![
            Sample::new("fee-empty", passer_by(lang), asked("", "", "")),
            Sample::new("fee-worked", passer_by(lang), asked("property", "98765432109.87", "yes")),
            Sample::new("fee-refused", passer_by(lang), asked("property", "12.345", "")),
        ]
    }
}

impl Samples for InterestView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let asked = |principal: &str, until: &str| {
            let [manner, principal_yuan, rate_percent, contract_on, filed_on, interest_from, interest_until] =
                ["agreed", principal, "24", "2019-06-01", "2023-03-01", "2020-01-01", until].map(str::to_owned);
            let (old_rules, year_of) = ("yes".to_owned(), String::new());
            Self::of(Typed { manner, principal_yuan, rate_percent, contract_on, filed_on, interest_from, interest_until, old_rules, year_of })
        };
        vec![
            Sample::new("interest-empty", passer_by(lang), Self::of(Typed::default())),
            Sample::new("interest-worked", passer_by(lang), asked("98765432.10", "2023-02-28")),
            Sample::new("interest-refused", passer_by(lang), asked("150000", "2019-12-31")),
        ]
    }
}

impl Samples for PeriodView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let asked = |starts_on: &str, length: &str, unit: &str| {
            let [starts_on, length, unit, rolls] = [starts_on, length, unit, "yes"].map(str::to_owned);
            Self::of(PeriodAsked { starts_on, length, unit, rolls })
        };
        vec![
            Sample::new("period-empty", passer_by(lang), asked("", "", "")),
            Sample::new("period-rolls", passer_by(lang), asked("2026-09-16", "15", "day")),
            Sample::new("period-refused", passer_by(lang), asked("2026-02-30", "15", "day")),
        ]
    }
}

impl Samples for NumberView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let asked = |number: &str| Self::of(NumberAsked { number: number.to_owned() });
        vec![
            Sample::new("case-number-empty", passer_by(lang), asked("")),
            Sample::new("case-number-explained", passer_by(lang), asked("(2026)鲁0691民初00202号")),
            Sample::new("case-number-refused", passer_by(lang), asked("2026年第202号")),
        ]
    }
}
