//! Parties, those who act for them, and those who try the case.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A party's place in the suit (诉讼地位).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 原告.
    #[default]
    Plaintiff,
    /// 被告.
    Defendant,
    /// 第三人.
    ThirdParty,
}

impl Role {
    /// Every role, in the order of the papers.
    pub const ALL: [Self; 3] = [Self::Plaintiff, Self::Defendant, Self::ThirdParty];

    /// The role as the papers write it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Plaintiff => "原告",
            Self::Defendant => "被告",
            Self::ThirdParty => "第三人",
        }
    }
}

/// What a party is in law (当事人类型).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// 自然人.
    #[default]
    Natural,
    /// 法人.
    Legal,
    /// 非法人组织; it has a person in charge (负责人).
    Organisation,
    /// 个体工商户 with a trade name; it has an operator (经营者).
    ///
    /// Source: 《民诉法解释》第五十九条.
    Business,
}

/// A party (当事人). A field is a value, told as unknown, or missing; only the last is a gap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Party {
    /// 原告, 被告 or 第三人.
    pub role: Role,
    /// What it is in law.
    pub kind: PartyKind,
    /// Name (姓名 or 名称).
    pub name: Option<String>,
    /// Sex (性别).
    pub sex: Option<String>,
    /// Birth date (出生日期).
    pub born_on: Option<Date>,
    /// Ethnicity (民族).
    pub ethnicity: Option<String>,
    /// Occupation (职业).
    pub occupation: Option<String>,
    /// Work unit (工作单位).
    pub work_unit: Option<String>,
    /// Residence or domicile (住所).
    pub address: Option<String>,
    /// ID number (公民身份号码).
    pub id_number: Option<String>,
    /// Unified social credit code (统一社会信用代码).
    pub credit_code: Option<String>,
    /// Legal representative, person in charge or operator.
    pub representative: Option<String>,
    /// That person's post.
    pub representative_post: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Consent to electronic service (同意电子送达); `None` while not asked.
    pub e_service_consent: Option<bool>,
    /// What the filer told he does not know ("不知道").
    pub unknown: BTreeSet<PartyField>,
}

/// A field of a party that a filer may answer with "不知道".
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartyField {
    /// 性别.
    Sex,
    /// 出生日期.
    BornOn,
    /// 民族.
    Ethnicity,
    /// 职业.
    Occupation,
    /// 住所; lawful only where the defendant is definite by other facts.
    Address,
    /// 法定代表人.
    Representative,
    /// 职务.
    RepresentativePost,
    /// 公民身份号码 or 统一社会信用代码.
    Identity,
    /// 电话.
    Phone,
}

/// What lets somebody act for a party (代理人类型).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgentKind {
    /// 律师.
    #[default]
    Lawyer,
    /// 法律援助律师.
    LegalAidLawyer,
    /// 基层法律服务工作者.
    LegalServiceWorker,
    /// 近亲属.
    NearRelative,
    /// 当事人的工作人员.
    Staff,
    /// 社区、单位或者社会团体推荐的公民.
    Recommended,
    /// 法定代理人.
    Statutory,
}

/// Somebody who acts for one or several parties (诉讼代理人).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Agent {
    /// Name.
    pub name: String,
    /// What lets him act.
    pub kind: AgentKind,
    /// The firm, unit or relation, as told.
    pub firm: Option<String>,
    /// The parties he acts for.
    pub clients: Vec<String>,
    /// His authority (代理权限), as written.
    pub authority: Option<String>,
    /// Whether it is special authority (特别授权).
    pub special_authority: bool,
    /// Telephone.
    pub phone: Option<String>,
}

/// Whether one judge or a panel tries the case (审判组织形式).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TribunalForm {
    /// 独任.
    Sole,
    /// 合议庭.
    Panel,
}

/// A member's part in the tribunal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberRole {
    /// 审判长.
    Presiding,
    /// 审判员.
    Judge,
    /// 人民陪审员.
    Assessor,
}

impl MemberRole {
    /// The role as it stands under a judgment.
    pub fn label(self) -> &'static str {
        match self {
            Self::Presiding => "审判长",
            Self::Judge => "审判员",
            Self::Assessor => "人民陪审员",
        }
    }
}

/// One member of the tribunal (审判人员).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// His part.
    pub role: MemberRole,
    /// His name.
    pub name: String,
}

/// Who tries the case (审判组织).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tribunal {
    /// Sole judge or panel.
    pub form: Option<TribunalForm>,
    /// Its members, presiding judge first.
    pub members: Vec<Member>,
    /// The judge in charge (承办法官).
    pub in_charge: Option<String>,
    /// 法官助理.
    pub judge_assistant: Option<String>,
    /// 书记员.
    pub clerk: Option<String>,
    /// Whether the adjudication committee (审判委员会) discussed and decided the case.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub committee: bool,
}
