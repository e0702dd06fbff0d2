//! What is known of a party, an agent, an address (当事人、代理人、地址).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::{PartyId, PersonId};

/// Role of a party (诉讼地位).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartyRole {
    /// Plaintiff (原告).
    Plaintiff,
    /// Defendant (被告).
    Defendant,
    /// Third party (第三人).
    ThirdParty,
}

/// Natural or legal person (自然人、法人).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PartyKind {
    /// Natural person (自然人).
    Natural,
    /// Legal person or other organisation (法人、非法人组织).
    Legal,
}

/// A party as told to the court (当事人). What the filer does not know stays empty.
///
/// Source: 《民事诉讼法》第一百二十四条;《民诉法解释》第二百零九条.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Party {
    /// Identifier within the case.
    pub id: PartyId,
    /// Role.
    pub role: PartyRole,
    /// Natural or legal person.
    pub kind: PartyKind,
    /// Name.
    pub name: String,
    /// Sex (性别), of a natural person.
    pub sex: Option<String>,
    /// Date of birth.
    pub birth_on: Option<Date>,
    /// Ethnicity (民族).
    pub ethnicity: Option<String>,
    /// ID-card number, or unified social credit code of a legal person.
    pub id_no: Option<String>,
    /// Occupation or work unit.
    pub occupation: Option<String>,
    /// Address or domicile.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Legal representative or person in charge, of a legal person.
    pub representative: Option<String>,
    /// Their post.
    pub representative_post: Option<String>,
    /// What the forms ask further.
    #[serde(default, skip_serializing_if = "Particulars::is_empty")]
    pub particulars: Particulars,
    /// The platform account that acts as this party, once identity is verified and linked.
    pub person: Option<PersonId>,
}

/// What the element-type forms ask of a party beside the essentials (当事人的其他信息). None is compulsory.
///
/// Source: 法〔2025〕82号.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Particulars {
    /// Kind of the ID (证件类型), where it is not the identity card or the credit code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_kind: Option<String>,
    /// Work unit (工作单位), of a natural person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub work_unit: Option<String>,
    /// Habitual residence (经常居住地), of a natural person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub habitual_address: Option<String>,
    /// Place of registration (注册地), of an organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered_in: Option<String>,
    /// Kind of organisation (类型).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organisation_kind: Option<String>,
    /// Ownership (所有制性质), of an organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ownership: Option<String>,
}

impl Particulars {
    /// Whether nothing is told.
    pub fn is_empty(&self) -> bool {
        *self == Particulars::default()
    }
}

/// The kind of ID whose number carries a check digit and a date of birth (居民身份证).
pub const IDENTITY_CARD: &str = "居民身份证";

/// Itemised special authority of an agent (特别授权).
///
/// Source: 《民事诉讼法》第六十二条.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpecialAuthority {
    /// Admit claims (承认).
    Admit,
    /// Waive claims (放弃).
    Waive,
    /// Change claims (变更).
    ChangeClaim,
    /// Settle (和解).
    Settle,
    /// Counterclaim (反诉).
    Counterclaim,
    /// Appeal (上诉).
    Appeal,
}

impl SpecialAuthority {
    /// All six.
    pub const ALL: [SpecialAuthority; 6] = [
        SpecialAuthority::Admit,
        SpecialAuthority::Waive,
        SpecialAuthority::ChangeClaim,
        SpecialAuthority::Settle,
        SpecialAuthority::Counterclaim,
        SpecialAuthority::Appeal,
    ];
}

/// A litigation agent (委托诉讼代理人).
///
/// Source: 《民事诉讼法》第六十一条、第六十二条.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Agent {
    /// Whom the agent acts for.
    pub party: PartyId,
    /// Name.
    pub name: String,
    /// Law firm or unit.
    pub firm: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Post at the unit (职务).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub post: Option<String>,
    /// Special authority, item by item; empty means general authority (一般授权).
    pub special: Vec<SpecialAuthority>,
    /// Whether the agent takes papers for the party (代收诉讼文书).
    ///
    /// Source: 《民诉法解释》第一百三十二条.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub receives_papers: bool,
    /// The platform account of the agent.
    pub person: Option<PersonId>,
}

/// Confirmation of the address for service (送达地址确认书). A change is a new one; the one in force
/// when a paper leaves decides.
///
/// Source: 《民诉法解释》第一百三十七条;《人民法院在线诉讼规则》第二十九条.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct AddressConfirmation {
    /// Whose address.
    pub party: PartyId,
    /// Postal address.
    pub postal: String,
    /// Telephone.
    pub phone: String,
    /// Consent to electronic service (同意电子送达), judgments included.
    pub electronic: bool,
    /// Electronic address: the platform account, or a mailbox.
    pub electronic_address: Option<String>,
    /// Recipient named by the party (指定代收人).
    pub recipient: Option<String>,
    /// The signature by hand under the confirmation, if it was given one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hand: Option<crate::material::FileRef>,
}

/// A claim (诉讼请求).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Claim {
    /// Text, as it stands in the complaint.
    pub text: String,
    /// Amount of money, if it has one.
    pub amount: Option<crate::law::money::Fen>,
}
