//! The tariff of court fees (收费标准) as the file states it.

use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize};

use super::data::{self, DataFault};
use super::money::Fen;
use super::rate::Rate;

const FILE: &str = "fees.toml";
static TARIFF: LazyLock<Tariff> = LazyLock::new(|| {
    Tariff::read(include_str!("../../../../law/fees.toml")).expect("the embedded tariff reads; a test proves it")
});

/// The tariff in force (诉讼费用标准). Source: 《诉讼费用交纳办法》第十三条、第十四条.
#[derive(Clone, Debug, Deserialize)]
pub struct Tariff {
    /// Property cases (财产案件).
    pub property: Brackets,
    /// Divorce (离婚案件).
    pub divorce: Divorce,
    /// Rights of personality (人格权案件).
    pub personality: Personality,
    /// Other cases without property (其他非财产案件).
    pub other_non_property: LocalBase,
    /// Intellectual property without an amount (知识产权无争议金额).
    pub ip_without_amount: LocalBase,
    /// Labour disputes (劳动争议).
    pub labour: Flat,
    /// Administrative cases (行政案件).
    pub administrative: Administrative,
    /// A jurisdiction objection that fails (管辖权异议不成立).
    pub jurisdiction_objection: LocalBase,
    /// Enforcement (执行申请费).
    pub enforcement_application: Enforcement,
    /// Preservation (保全申请费).
    pub preservation: Preservation,
    /// Payment order (支付令).
    pub payment_order: Fraction,
    /// Public summons (公示催告).
    pub public_summons: Flat,
    /// Review of an arbitration (撤销仲裁裁决或认定仲裁协议效力).
    pub arbitration_review: Flat,
    /// Bankruptcy (破产申请费).
    pub bankruptcy: Fraction,
    /// The worked examples of the handbook.
    #[serde(rename = "example")]
    pub examples: Vec<Example>,
}

/// One bracket (分段) of a tariff: the fee is the whole amount times the rate plus the quick add.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Bracket {
    /// The bracket starts above this.
    #[serde(deserialize_with = "yuan")]
    pub over: Fen,
    /// It ends here; none where it has no end.
    #[serde(rename = "upto", deserialize_with = "yuan_or_no_end")]
    pub up_to: Option<Fen>,
    /// The rate.
    #[serde(deserialize_with = "rate")]
    pub rate: Rate,
    /// A flat fee instead of the rate; zero where the rate counts.
    #[serde(default, deserialize_with = "yuan")]
    pub flat: Fen,
    /// The quick add (速算增减数).
    #[serde(default, deserialize_with = "yuan")]
    pub quick_add: Fen,
}

/// A tariff of brackets (分段累计).
#[derive(Clone, Debug, Deserialize)]
pub struct Brackets {
    /// Article of the Measures.
    pub article: String,
    /// The brackets, from below.
    pub brackets: Vec<Bracket>,
}

/// A figure the province fixes inside a statutory range (幅度内的地方标准).
#[derive(Clone, Debug, Deserialize)]
pub struct LocalBase {
    /// Article of the Measures.
    pub article: String,
    /// Lowest lawful figure.
    #[serde(deserialize_with = "yuan")]
    pub base_min: Fen,
    /// Highest lawful figure.
    #[serde(deserialize_with = "yuan")]
    pub base_max: Fen,
    /// The default of this project, unsure: a setting of the court.
    #[serde(deserialize_with = "yuan")]
    pub local_base_default: Fen,
}

/// Divorce (离婚案件): a base, and a rate on property above a threshold.
#[derive(Clone, Debug, Deserialize)]
pub struct Divorce {
    /// The base.
    #[serde(flatten)]
    pub base: LocalBase,
    /// Property up to this costs nothing more.
    #[serde(deserialize_with = "yuan")]
    pub property_free_upto: Fen,
    /// The rate on the part above.
    #[serde(deserialize_with = "rate")]
    pub rate_over: Rate,
}

/// Rights of personality (人格权案件): a base, and rates on slices of the damages.
#[derive(Clone, Debug, Deserialize)]
pub struct Personality {
    /// The base.
    #[serde(flatten)]
    pub base: LocalBase,
    /// Slices of the damages, each at its own rate.
    pub brackets: Vec<Bracket>,
}

/// A flat fee (按件交纳).
#[derive(Clone, Debug, Deserialize)]
pub struct Flat {
    /// Article of the Measures.
    pub article: String,
    /// The fee.
    #[serde(deserialize_with = "yuan")]
    pub flat: Fen,
}

/// Administrative cases (行政案件).
#[derive(Clone, Debug, Deserialize)]
pub struct Administrative {
    /// Article of the Measures.
    pub article: String,
    /// Trademark, patent and maritime cases.
    #[serde(deserialize_with = "yuan")]
    pub trademark_patent_maritime: Fen,
    /// All others.
    #[serde(deserialize_with = "yuan")]
    pub other: Fen,
}

/// Enforcement (执行申请费).
#[derive(Clone, Debug, Deserialize)]
pub struct Enforcement {
    /// The brackets.
    #[serde(flatten)]
    pub tariff: Brackets,
    /// Lowest fee without an amount.
    #[serde(deserialize_with = "yuan")]
    pub no_amount_min: Fen,
    /// Highest fee without an amount.
    #[serde(deserialize_with = "yuan")]
    pub no_amount_max: Fen,
}

/// Preservation (保全申请费).
#[derive(Clone, Debug, Deserialize)]
pub struct Preservation {
    /// The brackets above the base.
    #[serde(flatten)]
    pub tariff: Brackets,
    /// The fee of small or no amounts.
    #[serde(deserialize_with = "yuan")]
    pub base: Fen,
    /// The most that is charged.
    #[serde(deserialize_with = "yuan")]
    pub cap: Fen,
}

/// A fraction of the property fee (按财产案件受理费的几分之几).
#[derive(Clone, Debug, Deserialize)]
pub struct Fraction {
    /// Article of the Measures.
    pub article: String,
    /// The fraction.
    #[serde(deserialize_with = "rate")]
    pub fraction_of_property: Rate,
    /// The most that is charged, where there is a cap.
    #[serde(default, deserialize_with = "some_yuan")]
    pub cap: Option<Fen>,
}

/// A worked example of the handbook (算例).
#[derive(Clone, Debug, Deserialize)]
pub struct Example {
    /// The case in words.
    pub case: String,
    /// The formula in words.
    pub how: String,
    /// The result in yuan.
    pub fee: String,
}

/// Figures a province fixes inside statutory ranges (地方标准): settings of a court.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalFigures {
    /// Base of a divorce.
    pub divorce: Fen,
    /// Base of a personality case.
    pub personality: Fen,
    /// Other cases without property.
    pub other_non_property: Fen,
    /// Intellectual property without an amount.
    pub ip: Fen,
    /// A failed jurisdiction objection.
    pub jurisdiction_objection: Fen,
    /// Enforcement without an amount; not fixed anywhere we know.
    pub enforcement: Option<Fen>,
}

impl Default for LocalFigures {
    /// The project's defaults, marked unsure in `fees.toml`.
    fn default() -> Self {
        let tariff = Tariff::embedded();
        LocalFigures {
            divorce: tariff.divorce.base.local_base_default,
            personality: tariff.personality.base.local_base_default,
            other_non_property: tariff.other_non_property.local_base_default,
            ip: tariff.ip_without_amount.local_base_default,
            jurisdiction_objection: tariff.jurisdiction_objection.local_base_default,
            enforcement: None,
        }
    }
}

impl Tariff {
    /// The tariff this build carries.
    pub fn embedded() -> &'static Tariff {
        &TARIFF
    }

    /// Reads a tariff file.
    ///
    /// # Errors
    /// A [`DataFault`] where the file does not read.
    pub fn read(text: &str) -> Result<Tariff, DataFault> {
        data::document(FILE, text)
    }
}

impl Brackets {
    /// The bracket that the whole amount falls in; amounts below the first belong to none.
    pub fn holding(&self, amount: Fen) -> Option<&Bracket> {
        self.brackets.iter().find(|bracket| bracket.holds(amount))
    }
}

impl Bracket {
    /// Whether the whole amount falls in this bracket; zero falls in one that starts at zero.
    pub fn holds(&self, amount: Fen) -> bool {
        let above = amount > self.over || (amount == Fen::ZERO && self.over == Fen::ZERO);
        above && self.up_to.is_none_or(|end| amount <= end)
    }

    /// The part of the amount that lies in this bracket.
    pub fn slice(&self, amount: Fen) -> Fen {
        let top = self.up_to.map_or(amount, |end| amount.min(end));
        (top - self.over).max(Fen::ZERO)
    }
}

fn yuan<'de, D: Deserializer<'de>>(from: D) -> Result<Fen, D::Error> {
    i64::deserialize(from).map(Fen::from_yuan)
}

fn some_yuan<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Fen>, D::Error> {
    yuan(from).map(Some)
}

fn yuan_or_no_end<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Fen>, D::Error> {
    Ok(Some(i64::deserialize(from)?).filter(|end| *end >= 0).map(Fen::from_yuan))
}

fn rate<'de, D: Deserializer<'de>>(from: D) -> Result<Rate, D::Error> {
    let text = String::deserialize(from)?;
    text.parse().map_err(|_| serde::de::Error::custom(format!("{text} is no rate")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_tariff_reads_whole() {
        let tariff = Tariff::embedded();
        assert_eq!(tariff.property.brackets.len(), 10);
        assert_eq!(tariff.examples.len(), 32);
        assert_eq!(tariff.bankruptcy.cap, Some(Fen::from_yuan(300_000)));
        assert_eq!(tariff.payment_order.cap, None);
    }

    #[test]
    fn brackets_meet_without_a_gap_and_agree_at_the_seam() {
        let tariff = Tariff::embedded();
        for table in [&tariff.property, &tariff.enforcement_application.tariff, &tariff.preservation.tariff] {
            for pair in table.brackets.windows(2) {
                assert_eq!(pair[0].up_to, Some(pair[1].over));
            }
            assert_eq!(table.brackets.last().and_then(|last| last.up_to), None);
        }
    }
}
