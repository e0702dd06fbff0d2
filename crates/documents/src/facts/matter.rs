//! What the case is about: claims, answers, evidence, fee, orders.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The procedure of first instance (审理程序).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Procedure {
    /// 普通程序.
    Ordinary,
    /// 简易程序.
    Summary,
    /// 小额诉讼程序.
    SmallClaims,
}

impl Procedure {
    /// The name as judgments write it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Ordinary => "普通程序",
            Self::Summary => "简易程序",
            Self::SmallClaims => "小额诉讼程序",
        }
    }
}

/// A change of procedure (程序转换).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversion {
    /// What the case was tried under before.
    pub from: Procedure,
    /// What it is tried under since.
    pub to: Procedure,
    /// The day of the ruling.
    pub on: Date,
}

/// One claim (诉讼请求).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Claim {
    /// Its words, without number.
    pub text: String,
    /// Its amount, where it has one.
    pub amount_fen: Option<i64>,
}

/// One item of a claim of damages (赔偿项目).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimItem {
    /// 医疗费, 误工费.
    pub item: String,
    /// How it was reckoned.
    #[serde(default)]
    pub working: Option<String>,
    /// Its amount.
    pub amount_fen: i64,
}

/// An answer in the element-type form (要素).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElementAnswer {
    /// Id of the field.
    pub field: String,
    /// Its label in Chinese.
    pub label: String,
    /// The answer, in words.
    pub value: String,
    /// Whether the other side disputes it; `None` before it was asked.
    #[serde(default)]
    pub disputed: Option<bool>,
    /// What the other side says to it.
    #[serde(default)]
    pub reply: Option<String>,
}

/// What had to be tried before the suit (前置程序).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PreProcedure {
    /// 劳动争议仲裁.
    pub kind: String,
    /// The day it was asked for.
    pub applied_on: Option<Date>,
    /// Number of its award.
    pub award_number: Option<String>,
    /// Day of the award.
    pub awarded_on: Option<Date>,
    /// The day the award was received.
    pub received_on: Option<Date>,
    /// What it decided.
    pub result: Option<String>,
    /// Within what period one may sue.
    pub sued_within: Option<String>,
}

/// What one side answers (答辩).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answer {
    /// Who answers.
    pub party: String,
    /// The words.
    pub text: String,
    /// The day it came.
    pub on: Option<Date>,
}

/// A counterclaim (反诉) of one or several defendants.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counterclaim {
    /// The defendants who raise it (反诉原告).
    pub by: Vec<String>,
    /// The claims.
    pub claims: Vec<Claim>,
    /// Facts and reasons.
    pub facts_and_reasons: Option<String>,
    /// What the plaintiffs answer to it.
    pub answer: Option<String>,
    /// Whether the record shows that they answered nothing.
    pub unanswered: bool,
    /// The fee, settled by the same working as the suit's.
    pub fee: Option<Fee>,
    /// The day it was raised.
    pub raised_on: Option<Date>,
}

/// One item of evidence (证据).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Evidence {
    /// Its number.
    pub no: u16,
    /// Who put it in, as told: 原告, 被告易欠款, 法院委托.
    pub by: String,
    /// The party who put it in, where it was a party.
    pub party: Option<String>,
    /// Its name.
    pub name: String,
    /// Its kind in law: 书证, 电子数据.
    pub kind: Option<String>,
    /// What it is to prove (证明目的).
    pub purpose: Option<String>,
    /// Where it comes from (来源).
    pub origin: Option<String>,
    /// Whether an original or a copy was put in (原件 / 复印件).
    pub form: Option<String>,
    /// How many pages.
    pub pages: Option<u32>,
    /// What the other side says as a whole.
    pub opponent_opinion: Option<String>,
    /// What each other party says to each attribute.
    pub opinions: Vec<Opinion>,
    /// How the court takes it (认证).
    pub court_view: Option<String>,
    /// Whether it is disputed; undisputed evidence is confirmed without reasons of its own.
    pub disputed: bool,
}

/// A party's opinion on one item of evidence (质证意见).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Opinion {
    /// Who says it.
    pub party: String,
    /// 真实性.
    pub authenticity: Option<String>,
    /// 合法性.
    pub legality: Option<String>,
    /// 关联性.
    pub relevance: Option<String>,
    /// What else, such as the weight of it (证明力).
    pub remark: Option<String>,
}

/// One order (判项), as the judge wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OrderText {
    /// The words, without number.
    pub text: String,
    /// Whether it is a duty to pay money; one such order calls for the clause on late performance.
    pub pays_money: bool,
    /// The amount, where it is one sum.
    pub amount_fen: Option<i64>,
}

/// The court fee with its working (诉讼费).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Fee {
    /// The whole fee.
    pub full_fen: Option<i64>,
    /// What is charged after halving.
    pub charged_fen: Option<i64>,
    /// Why, in words.
    pub basis: Option<String>,
    /// The steps of the sum.
    pub working: Vec<FeeStep>,
    /// The fee of preservation.
    pub preservation_fen: Option<i64>,
    /// What has been paid.
    pub paid_fen: Option<i64>,
}

/// One step of a fee's working.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeStep {
    /// What it is: 案件受理费, 简易程序减半.
    pub what: String,
    /// The sum as written: 175500×2%+300.
    pub working: String,
    /// What comes out.
    pub amount_fen: i64,
    /// The article it rests on.
    #[serde(default)]
    pub source: Option<String>,
}
