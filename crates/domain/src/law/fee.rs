//! Court fees (诉讼费用): the working as data, line by line.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::fee_lines::{lines_of, total};
use super::money::{Fen, MoneyProblem};
use super::rate::{Rate, Rounding};
pub use super::tariff::LocalFigures;

/// What a fee is asked for (收费种类). Source: 《诉讼费用交纳办法》第十三条、第十四条.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeeKind {
    /// 财产案件: the amount in dispute.
    Property,
    /// 离婚案件: the amount is the whole property to be divided.
    Divorce,
    /// 人格权案件: the amount is the damages claimed.
    Personality,
    /// 其他非财产案件.
    OtherNonProperty,
    /// 知识产权民事案件: with an amount as property, without one a local figure.
    Ip,
    /// 劳动争议案件.
    Labour,
    /// 行政案件.
    Administrative,
    /// 商标、专利、海事行政案件.
    AdministrativeIpMaritime,
    /// 管辖权异议不成立.
    JurisdictionObjection,
    /// 执行申请费.
    Enforcement,
    /// 保全申请费: on the value actually preserved.
    Preservation,
    /// 支付令申请费.
    PaymentOrder,
    /// 公示催告申请费.
    PublicSummons,
    /// 撤销仲裁裁决或者认定仲裁协议效力申请费.
    ArbitrationReview,
    /// 破产申请费: on the bankrupt's property.
    Bankruptcy,
}

const KINDS: [(FeeKind, &str); 15] = [
    (FeeKind::Property, "property"),
    (FeeKind::Divorce, "divorce"),
    (FeeKind::Personality, "personality"),
    (FeeKind::OtherNonProperty, "other_non_property"),
    (FeeKind::Ip, "ip"),
    (FeeKind::Labour, "labour"),
    (FeeKind::Administrative, "administrative"),
    (FeeKind::AdministrativeIpMaritime, "administrative_ip_maritime"),
    (FeeKind::JurisdictionObjection, "jurisdiction_objection"),
    (FeeKind::Enforcement, "enforcement"),
    (FeeKind::Preservation, "preservation"),
    (FeeKind::PaymentOrder, "payment_order"),
    (FeeKind::PublicSummons, "public_summons"),
    (FeeKind::ArbitrationReview, "arbitration_review"),
    (FeeKind::Bankruptcy, "bankruptcy"),
];

/// Why a fee is halved (减半交纳). Several grounds halve once. Source: 《民诉法解释》第二百零六条.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HalvingGround {
    /// 调解结案. Source: 《诉讼费用交纳办法》第十五条.
    Mediated,
    /// 申请撤诉. Source: 《诉讼费用交纳办法》第十五条.
    Withdrawn,
    /// 适用简易程序, small claims included. Source: 《诉讼费用交纳办法》第十六条.
    SummaryProcedure,
    /// 反诉或者有独立请求权的第三人的请求, joined. Source: 《诉讼费用交纳办法》第十八条.
    JoinedClaim,
    /// The asker says so and names no ground.
    Stated,
}

/// What a fee is computed from (计费依据).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeeQuestion {
    /// What is charged for.
    pub kind: FeeKind,
    /// The amount, where there is one.
    pub amount: Option<Fen>,
    /// Grounds for halving; empty means the whole fee.
    pub halved_by: Vec<HalvingGround>,
    /// Local figures of the court.
    pub figures: LocalFigures,
    /// How the court ends a fee.
    pub rounding: Rounding,
}

/// One line of a working (计算步骤): what was added, by which rate, under which article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "line", rename_all = "snake_case")]
pub enum WorkingLine {
    /// A fee by the piece.
    Flat {
        /// The amount.
        amount: Fen,
        /// Article of the Measures.
        article: String,
    },
    /// A figure the province fixes between `min` and `max`.
    Base {
        /// The amount.
        amount: Fen,
        /// Lowest lawful figure.
        min: Fen,
        /// Highest lawful figure.
        max: Fen,
        /// Article of the Measures.
        article: String,
    },
    /// The whole amount times the rate of its bracket, plus the quick add.
    Bracket {
        /// The amount.
        amount: Fen,
        /// It starts above this.
        over: Fen,
        /// It ends here; none where it has no end.
        up_to: Option<Fen>,
        /// The rate.
        rate: Rate,
        /// The quick add (速算增减数).
        quick_add: Fen,
        /// Article of the Measures.
        article: String,
    },
    /// The part of the amount inside one slice, times its rate.
    Slice {
        /// The part of the amount inside.
        part: Fen,
        /// It starts above this.
        over: Fen,
        /// It ends here; none where it has no end.
        up_to: Option<Fen>,
        /// The rate.
        rate: Rate,
        /// Article of the Measures.
        article: String,
    },
    /// A fraction of the sum so far.
    Fraction {
        /// The fraction.
        of: Rate,
        /// Article of the Measures.
        article: String,
    },
    /// The sum so far is over the cap.
    Capped {
        /// The most that is charged.
        cap: Fen,
        /// Article of the Measures.
        article: String,
    },
    /// The sum so far is halved, once.
    Halved {
        /// Why; several grounds halve once.
        grounds: Vec<HalvingGround>,
    },
}

/// A fee with its working (计费过程).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct FeeWorking {
    /// What was charged for.
    pub kind: FeeKind,
    /// The amount it was computed from.
    pub amount: Option<Fen>,
    /// The steps, in order.
    pub lines: Vec<WorkingLine>,
    /// How the total was rounded.
    pub rounding: Rounding,
    /// The fee.
    pub total: Fen,
    /// Version of the law data.
    pub law_version: String,
}

/// Why no fee comes out (无法计费).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum FeeRefusal {
    /// There is no such kind of fee.
    UnknownKind,
    /// This kind is charged on an amount, and none was given.
    AmountNeeded,
    /// The amount does not read.
    BadAmount {
        /// Why.
        problem: MoneyProblem,
    },
    /// The amount is below zero.
    NegativeAmount,
    /// A local figure lies outside the statutory range.
    FigureOutsideRange {
        /// Lowest lawful figure.
        min: Fen,
        /// Highest lawful figure.
        max: Fen,
    },
    /// `halved` is neither true nor false.
    BadHalved,
}

impl FeeRefusal {
    /// The stable code of this refusal.
    pub fn code(&self) -> &'static str {
        match self {
            FeeRefusal::UnknownKind => "fee.unknown_kind",
            FeeRefusal::AmountNeeded => "fee.amount_needed",
            FeeRefusal::BadAmount { problem } => problem.code(),
            FeeRefusal::NegativeAmount => "fee.negative_amount",
            FeeRefusal::FigureOutsideRange { .. } => "fee.figure_outside_range",
            FeeRefusal::BadHalved => "fee.bad_halved",
        }
    }
}

impl FeeKind {
    /// Every kind, in the order of the Measures.
    pub fn all() -> impl Iterator<Item = FeeKind> {
        KINDS.into_iter().map(|(kind, _)| kind)
    }

    /// The stable name of this kind.
    pub fn name(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).expect("the table lists every kind; a test proves it").1
    }

    /// Whether it is an acceptance fee (案件受理费): only those are halved, application fees (申请费) are not.
    ///
    /// Source: 《诉讼费用交纳办法》第十五条、第十六条、第十八条.
    pub fn is_acceptance_fee(self) -> bool {
        use FeeKind::*;
        !matches!(self, Enforcement | Preservation | PaymentOrder | PublicSummons | ArbitrationReview | Bankruptcy)
    }
}

impl FromStr for FeeKind {
    type Err = FeeRefusal;
    fn from_str(text: &str) -> Result<Self, FeeRefusal> {
        let text = text.trim();
        KINDS.iter().find(|(_, name)| *name == text).map(|(kind, _)| *kind).ok_or(FeeRefusal::UnknownKind)
    }
}

impl FeeQuestion {
    /// The plain question: whole fee, default figures, rounded to the fen.
    pub fn new(kind: FeeKind, amount: Option<Fen>) -> Self {
        let (figures, rounding) = (LocalFigures::default(), Rounding::default());
        FeeQuestion { kind, amount, halved_by: vec![], figures, rounding }
    }

    /// The same question with one more ground for halving.
    pub fn halved(mut self, ground: HalvingGround) -> Self {
        self.halved_by.push(ground);
        self
    }
}

/// Computes a fee (计算诉讼费用).
///
/// Brackets and slices are exact; the whole fee is rounded half up, and so is its half or third: what is
/// halved is the fee as it would be printed. Grounds for halving reach acceptance fees only:
/// the preservation fee of a case tried in summary procedure stays whole.
///
/// # Errors
/// A [`FeeRefusal`] when the amount is missing or negative, or a local figure lies outside its range.
///
/// Source: 《诉讼费用交纳办法》第十三条至第十八条; 《民诉法解释》第二百零六条.
pub fn fee(question: &FeeQuestion) -> Result<FeeWorking, FeeRefusal> {
    if question.amount.is_some_and(|amount| amount < Fen::ZERO) {
        return Err(FeeRefusal::NegativeAmount);
    }
    let mut lines = lines_of(question)?;
    if !question.halved_by.is_empty() && question.kind.is_acceptance_fee() {
        lines.push(WorkingLine::Halved { grounds: question.halved_by.clone() });
    }
    Ok(FeeWorking {
        kind: question.kind,
        amount: question.amount,
        total: total(&lines, question.rounding).rounded(question.rounding),
        lines,
        rounding: question.rounding,
        law_version: super::VERSION.to_owned(),
    })
}

/// Answers one row of a batch: `kind,amount_yuan,halved`.
///
/// An empty amount is none; `halved` is `true` or `false`, empty means `false`.
///
/// # Errors
/// A [`FeeRefusal`] for this row; other rows are not touched.
pub fn batch_row(kind: &str, amount_yuan: &str, halved: &str) -> Result<FeeWorking, FeeRefusal> {
    let amount = match amount_yuan.trim() {
        "" => None,
        text => Some(text.parse().map_err(|problem| FeeRefusal::BadAmount { problem })?),
    };
    let question = FeeQuestion::new(kind.parse()?, amount);
    match halved.trim().to_ascii_lowercase().as_str() {
        "true" => fee(&question.halved(HalvingGround::Stated)),
        "false" | "" => fee(&question),
        _ => Err(FeeRefusal::BadHalved),
    }
}

/// What a changed claim does to a fee already paid (补交或退还).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "adjustment", rename_all = "snake_case")]
pub enum Adjustment {
    /// Nothing changes.
    None,
    /// The rest is to be paid. Source: 《诉讼费用交纳办法》第二十一条第一项.
    PayMore {
        /// How much.
        amount: Fen,
    },
    /// The difference goes back, if the claim was reduced before the court investigation ended.
    /// Source: 《诉讼费用交纳办法》第二十一条第二项.
    Refund {
        /// How much.
        amount: Fen,
    },
}

/// Compares what was paid with what the changed claim costs.
pub fn adjustment(paid: Fen, due: Fen) -> Adjustment {
    match due.cmp(&paid) {
        std::cmp::Ordering::Greater => Adjustment::PayMore { amount: due - paid },
        std::cmp::Ordering::Less => Adjustment::Refund { amount: paid - due },
        std::cmp::Ordering::Equal => Adjustment::None,
    }
}

#[cfg(test)]
#[path = "fee_tests.rs"]
mod tests;
