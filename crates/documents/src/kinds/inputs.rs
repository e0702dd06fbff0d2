//! What one paper needs beside the facts of the case (填写参数).

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

use crate::facts::Procedure;
use crate::structure::VerifyCode;

/// What one paper needs beside the facts of the case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Inputs {
    /// The date under the paper.
    pub dated_on: Option<Date>,
    /// To whom it goes, or who writes it.
    pub addressee: Option<String>,
    /// The code by which readers find the proof.
    pub verify: Option<VerifyCode>,
    /// What only this kind needs.
    pub extra: Extra,
}

impl Inputs {
    /// These, and from `others` what they leave open.
    pub fn or(self, others: Self) -> Self {
        Self {
            dated_on: self.dated_on.or(others.dated_on),
            addressee: self.addressee.or(others.addressee),
            verify: self.verify.or(others.verify),
            extra: if self.extra == Extra::None { others.extra } else { self.extra },
        }
    }
}

/// What only one kind of paper needs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "for", rename_all = "snake_case")]
pub enum Extra {
    /// Nothing.
    #[default]
    None,
    /// 收到诉状凭证: what was handed in.
    Receipt {
        /// The papers, in the order they came.
        materials: Vec<Material>,
    },
    /// 补正材料通知书.
    Correction(Correction),
    /// 立案审批表, 结案审批表: who said what.
    Approval(Approval),
    /// 分案记录.
    Draw(Draw),
    /// 交纳诉讼费用通知书.
    Payment(Payment),
    /// 退还诉讼费用通知书.
    Refund(Refund),
    /// 举证通知书.
    EvidencePeriod(EvidencePeriod),
    /// 传票, 出庭通知书, 开庭公告.
    Sitting(Sitting),
    /// 送达回证, 电子送达凭证: which of the service rows, from 0.
    ServiceRows {
        /// Places in [`crate::facts::CaseFacts::service`].
        rows: Vec<usize>,
    },
    /// 应诉通知书: the code for linking the case on line, for whoever has no account.
    LinkCode {
        /// Six digits.
        code: String,
        /// Last day it can be used.
        until: Date,
    },
    /// 原件核对记录.
    OriginalChecks(OriginalChecks),
    /// 庭审笔录: which hearing, from 0; 评议笔录: which deliberation.
    Session {
        /// Place in its list.
        index: usize,
    },
    /// 民事判决书: how long a form the law allows.
    Judgment {
        /// The form.
        form: JudgmentForm,
    },
    /// 民事裁定书.
    Ruling(Box<Ruling>),
    /// 宣判笔录.
    Pronouncement(Pronouncement),
    /// 卷宗封面, 卷内目录, 备考表.
    Volume(VolumeFacts),
}

/// One paper that was handed in (材料).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Material {
    /// Its name.
    pub name: String,
    /// Copies.
    pub copies: u16,
    /// Pages.
    pub pages: Option<u32>,
}

/// All that has to be put right, told once (一次性告知).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Correction {
    /// Every defect.
    pub items: Vec<String>,
    /// The last day.
    pub due_on: Option<Date>,
}

/// Opinions on a sheet of approval (审批意见).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Approval {
    /// Each step, in order.
    pub steps: Vec<ApprovalStep>,
    /// Days the case took (审理天数), on a closing sheet.
    pub days_used: Option<u32>,
    /// Days kept out of the period.
    pub excluded_days: Option<u32>,
    /// Days the period was made longer by.
    pub extended_days: Option<u32>,
    /// The amount awarded.
    pub awarded_fen: Option<i64>,
    /// Whether and why the paper is published.
    pub publication: Option<String>,
    /// Whether the e-file is complete; what is missing.
    pub file_check: Option<String>,
}

/// One step of approval.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ApprovalStep {
    /// 立案审查人, 庭长.
    pub role: String,
    /// Who.
    pub name: String,
    /// What he said.
    pub opinion: Option<String>,
    /// When.
    pub on: Option<Date>,
}

/// How the judge was drawn (随机分案), so that anyone can draw again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Draw {
    /// When.
    pub at: Option<DateTime>,
    /// The judges who could take the case, in the order drawn from.
    pub candidates: Vec<String>,
    /// Those left out, each with the reason.
    pub excluded: Vec<(String, String)>,
    /// The rule that chose the candidates.
    pub rule: Option<String>,
    /// Hash of the day's key, published the day before.
    pub key_hash: Option<String>,
    /// The key, once disclosed.
    pub key: Option<String>,
    /// What the draw computed over case and candidates.
    pub digest: Option<String>,
    /// Which candidate that points to, from 1.
    pub position: Option<usize>,
    /// Who was chosen.
    pub chosen: Option<String>,
    /// Why a person named the judge instead (指定分案).
    pub by_hand: Option<String>,
}

/// How a fee is to be paid.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Payment {
    /// The last day.
    pub due_on: Option<Date>,
    /// The account or where to pay.
    pub account: Option<String>,
}

/// A refund of court fees (退费).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Refund {
    /// What the payer has to bear.
    pub borne_fen: Option<i64>,
    /// What goes back.
    pub refund_fen: Option<i64>,
    /// Why.
    pub ground: Option<String>,
    /// The account it goes to.
    pub account: Option<String>,
}

/// The period for evidence (举证期限).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct EvidencePeriod {
    /// Days from receipt of the notice.
    pub days: Option<u16>,
    /// Or the last day itself.
    pub until: Option<Date>,
}

/// When and where one has to come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Sitting {
    /// 开庭, 询问, 宣判.
    pub reason: Option<String>,
    /// When.
    pub at: Option<DateTime>,
    /// The courtroom, or the room on line.
    pub place: Option<String>,
    /// 证人, 鉴定人; on a notice of appearance.
    pub capacity: Option<String>,
}

/// A comparison of originals (原件核对).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OriginalChecks {
    /// When.
    pub at: Option<DateTime>,
    /// Who compared.
    pub by: Option<String>,
    /// Each item.
    pub rows: Vec<OriginalCheck>,
}

/// One item that was compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OriginalCheck {
    /// Number of the evidence.
    pub no: u16,
    /// Whether the original was shown.
    pub shown: bool,
    /// Whether it agrees with what was put in.
    pub agrees: Option<bool>,
    /// What else.
    pub remark: Option<String>,
}

/// How long a form of judgment is (裁判文书繁简).
///
/// Source: 《民诉法解释》第二百七十条.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JudgmentForm {
    /// Facts and reasoning are written.
    #[default]
    Full,
    /// Facts or reasoning may be short or left out: the claims were admitted, the parties agree to it, or
    /// little is disputed. A small-claims judgment may always take this form.
    Shortened,
}

/// A civil ruling (民事裁定).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Ruling {
    /// About what.
    pub matter: Option<RulingMatter>,
    /// Which ruling under the number: 1 prints 之一; none for the one that ends the case.
    pub serial: Option<u8>,
    /// What happened that calls for it, as the judge wrote it.
    pub course: Option<String>,
    /// The reasons, as the judge wrote them.
    pub reasons: Option<String>,
    /// Other articles than the usual ones.
    pub legal_basis: Vec<String>,
    /// The orders as the judge wrote them, where the usual sentence does not fit.
    pub orders: Vec<String>,
    /// Who bears which costs, where the usual sentence does not fit.
    pub cost: Option<String>,
}

/// What a ruling is about (裁定事项).
///
/// Source: 《民事诉讼法》第一百五十七条.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "matter", rename_all = "snake_case")]
pub enum RulingMatter {
    /// 准许撤诉.
    WithdrawalAllowed {
        /// When the plaintiff asked.
        requested_on: Option<Date>,
    },
    /// 按撤诉处理: the fee was not paid.
    WithdrawnForUnpaidFee {
        /// When the notice was served.
        notified_on: Option<Date>,
    },
    /// 按撤诉处理: the plaintiff did not come, or left without leave.
    WithdrawnForAbsence {
        /// The day of the hearing.
        hearing_on: Option<Date>,
        /// Whether he had come and left without leave.
        left: bool,
    },
    /// 不予受理.
    NotAccepted,
    /// 中止诉讼.
    Stayed {
        /// On which ground.
        ground: StayGround,
    },
    /// 转换程序.
    ProcedureConverted {
        /// From.
        from: Procedure,
        /// To.
        to: Procedure,
    },
    /// 独任审理转为合议庭审理.
    SoleToPanel,
    /// 补正笔误.
    SlipsCorrected {
        /// The paper that has them.
        document: String,
        /// Its day.
        issued_on: Option<Date>,
        /// Each slip.
        slips: Vec<Slip>,
    },
}

/// One slip of the pen (笔误).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Slip {
    /// Where: 第三页第二行.
    pub place: String,
    /// What stands there.
    pub wrong: String,
    /// What it should be.
    pub right: String,
}

/// Why a suit is stayed (中止事由), in the order of the law.
///
/// Source: 《民事诉讼法》第一百五十三条第一款.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StayGround {
    /// A party died, heirs have to declare themselves.
    PartyDied,
    /// A party lost capacity and has no statutory agent yet.
    CapacityLost,
    /// A unit ended and its successor is not known yet.
    UnitEnded,
    /// Force majeure.
    ForceMajeure,
    /// It must await the result of another case.
    AwaitsOtherCase,
    /// Other.
    Other,
}

/// A pronouncement (宣判).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pronouncement {
    /// When.
    pub at: Option<DateTime>,
    /// Where.
    pub place: Option<String>,
    /// Who came.
    pub present: Vec<String>,
    /// Whether it was in court at the end of the hearing (当庭宣判).
    pub in_court: Option<bool>,
    /// What is announced, where it is no judgment: 民事裁定书.
    pub document: Option<String>,
    /// Who came and what they were told, as the clerk wrote it.
    pub record: Option<String>,
    /// When and where the paper may be collected, where it was told.
    pub collection: Option<String>,
    /// Who would not sign, and why.
    pub refusals: Vec<(String, String)>,
    /// What each party said to it.
    pub statements: Vec<(String, String)>,
}

/// A volume on its way into the archive (卷册).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VolumeFacts {
    /// Whether it is the secondary volume.
    pub secondary: bool,
    /// Which part, from 1.
    pub part: u16,
    /// Of how many.
    pub parts: u16,
    /// Pages in it.
    pub pages: Option<u32>,
    /// How long it is kept (保管期限).
    pub retention: Option<String>,
    /// Its archive number.
    pub archive_number: Option<String>,
    /// What lies in it, in order.
    pub rows: Vec<ContentsRow>,
    /// What the reference sheet has to tell.
    pub remarks: Vec<String>,
    /// Who compiled it (立卷人).
    pub compiled_by: Option<String>,
    /// Who checked it (检查人).
    pub checked_by: Option<String>,
}

/// A line of the contents (目录).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ContentsRow {
    /// Name of the paper.
    pub name: String,
    /// Its day.
    pub on: Option<Date>,
    /// First page, where it is numbered.
    pub first_page: Option<u32>,
    /// Last page.
    pub last_page: Option<u32>,
}
