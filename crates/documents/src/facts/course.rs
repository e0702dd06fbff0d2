//! What happened in the case: hearings, mediation, deliberation, service, preservation, appeal.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};

/// A hearing that was held (庭审).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hearing {
    /// The day.
    pub on: Option<Date>,
    /// When it began.
    pub starts: Option<Time>,
    /// When it ended.
    pub ends: Option<Time>,
    /// 线下 or 在线庭审.
    pub mode: Option<String>,
    /// The courtroom.
    pub place: Option<String>,
    /// The platform of a hearing on line.
    pub platform: Option<String>,
    /// Whether it was open; `None` while unknown.
    pub open: Option<bool>,
    /// Why it was closed.
    pub closed_reason: Option<String>,
    /// Names of those who came.
    pub appeared: Vec<String>,
    /// Parties who did not come, each with the lawful ground on which the hearing went on.
    pub absences: Vec<Absence>,
    /// How identities were checked.
    pub identity_check: Option<String>,
    /// What the hearing brought out.
    pub facts: Vec<String>,
    /// How the attempt to mediate went.
    pub mediation: Option<String>,
    /// How the transcript was signed.
    pub transcript_signing: Option<String>,
    /// Who signed it.
    pub signed: Vec<Signed>,
    /// Names of those who took part on line, of a hearing where others came to the courtroom.
    pub online: Vec<String>,
    /// Corrections asked for, each with its answer (补正).
    pub corrections: Vec<String>,
    /// The transcript as typed (庭审记录).
    pub utterances: Vec<Utterance>,
}

/// A signature under a record (签名).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Signed {
    /// Under whose name it stands: of a company, its own.
    pub line: String,
    /// Who signed.
    pub name: String,
    /// SHA-256 of the signature by hand, in hex, where one was drawn.
    pub hand: Option<String>,
}

/// A party who did not come (缺席).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// Who.
    pub party: String,
    /// On what ground the hearing went on.
    pub ground: AbsenceGround,
    /// What else is noted of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// On what ground a hearing goes on without a party.
///
/// Source: 《民事诉讼法》第一百四十七条.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbsenceGround {
    /// 经传票传唤，无正当理由拒不到庭.
    SummonedAndAbsent,
    /// 未经法庭许可中途退庭.
    LeftWithoutLeave,
    /// The party asked in writing that the hearing go on without him.
    AskedToGoOn,
}

/// What one person said in a record (发言).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Utterance {
    /// The stage it opens, if it opens one: 法庭调查.
    pub stage: Option<String>,
    /// Role or name.
    pub speaker: String,
    /// The words.
    pub words: String,
}

/// A mediation (调解).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Mediation {
    /// The day.
    pub on: Option<Date>,
    /// Where.
    pub place: Option<String>,
    /// Who led it.
    pub mediator: Option<String>,
    /// What each side offered (调解方案).
    pub proposals: Vec<String>,
    /// The terms agreed (协议内容).
    pub terms: Vec<String>,
    /// Whether the parties agreed that it takes effect on signature, without a statement.
    pub effective_on_signature: bool,
    /// How it ended, where no terms were agreed.
    pub result: Option<String>,
    /// What was said, as typed.
    pub utterances: Vec<Utterance>,
}

/// A deliberation of the panel (合议庭评议).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Deliberation {
    /// Which one, from 1.
    pub session: u16,
    /// The day.
    pub on: Option<Date>,
    /// Where.
    pub place: Option<String>,
    /// In what order the members spoke.
    pub order: Vec<String>,
    /// Opinions, in the order they were given.
    pub opinions: Vec<MemberOpinion>,
    /// What was voted on.
    pub votes: Vec<Vote>,
    /// The conclusion.
    pub conclusion: Option<String>,
}

/// A member's opinion on one question (评议意见). Reasons are required.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MemberOpinion {
    /// Who.
    pub member: String,
    /// On what.
    pub item: String,
    /// Where he stands.
    pub position: String,
    /// Why.
    pub reasons: Option<String>,
}

/// A vote on one item (表决).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Vote {
    /// On what.
    pub item: String,
    /// How many for.
    pub yes: u8,
    /// How many against.
    pub no: u8,
    /// The minority's view, which goes into the record.
    pub dissent: Option<String>,
}

/// A confirmed address for service (送达地址确认).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct AddressConfirmation {
    /// Whose.
    pub party: String,
    /// Postal address.
    pub address: Option<String>,
    /// Post code.
    pub post_code: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Consent to electronic service; `None` while not asked.
    pub e_service_consent: Option<bool>,
    /// Electronic addresses: 手机号码, 电子邮箱, 平台账号.
    pub e_addresses: BTreeMap<String, String>,
    /// Who else may receive, with the relation.
    pub substitute: Option<String>,
    /// Stages it holds for.
    pub scope: Option<String>,
    /// The day it was signed.
    pub signed_on: Option<Date>,
    /// SHA-256 of the signature by hand, in hex, where one was drawn.
    pub hand: Option<String>,
}

/// One attempt to serve one paper on one addressee (送达记录).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServiceRow {
    /// The paper.
    pub document: String,
    /// Its number, where it has one.
    pub number: Option<String>,
    /// How many copies.
    pub copies: Option<u16>,
    /// The digest of the bytes sent.
    pub digest: Option<String>,
    /// To whom.
    pub to: String,
    /// 直接送达, 电子送达.
    pub method: Option<String>,
    /// Where.
    pub address: Option<String>,
    /// When it went out.
    pub sent_at: Option<DateTime>,
    /// When it reached the addressee's system (到达).
    pub arrived_at: Option<DateTime>,
    /// When it was opened.
    pub read_at: Option<DateTime>,
    /// The day it was received by hand or post.
    pub received_on: Option<Date>,
    /// Who received it, and how he stands to the addressee.
    pub recipient: Option<String>,
    /// Why it was refused, and who witnessed.
    pub refusal: Option<String>,
    /// Who served it.
    pub server: Option<String>,
    /// Number of the certificate.
    pub certificate: Option<String>,
    /// What else.
    pub remarks: Option<String>,
}

impl ServiceRow {
    /// The day on which service took effect, as recorded.
    pub fn effected_on(&self) -> Option<Date> {
        self.received_on.or(self.arrived_at.map(|at| at.date()))
    }
}

/// Preservation of property (财产保全).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preservation {
    /// Who asked.
    pub applicant: String,
    /// 诉讼财产保全 or 诉前财产保全.
    pub kind: Option<String>,
    /// The day of the request.
    pub applied_on: Option<Date>,
    /// Number of the ruling.
    pub ruling_number: Option<String>,
    /// Day of the ruling.
    pub ruled_on: Option<Date>,
    /// What is to be preserved.
    pub object: Option<String>,
    /// The security.
    pub security: Option<String>,
    /// The day it was carried out.
    pub executed_on: Option<Date>,
    /// How much was frozen.
    pub frozen_fen: Option<i64>,
}

/// An appraisal (鉴定).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Appraisal {
    /// Who asked.
    pub applicant: String,
    /// The day of the request.
    pub applied_on: Option<Date>,
    /// The institution.
    pub institution: Option<String>,
    /// How it was chosen.
    pub chosen: Option<String>,
    /// The day its materials were cross-examined.
    pub materials_examined_on: Option<Date>,
    /// The day of entrusting.
    pub entrusted_on: Option<Date>,
    /// The day the report came.
    pub reported_on: Option<Date>,
    /// Days kept out of the trial period.
    pub excluded_days: Option<u32>,
    /// Its fee.
    pub fee_fen: Option<i64>,
    /// Who paid it in advance.
    pub prepaid_by: Option<String>,
}

/// An appeal (上诉).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Appeal {
    /// Who appeals.
    pub appellant: String,
    /// The day the petition came.
    pub received_on: Option<Date>,
    /// What is asked.
    pub claims: Vec<String>,
    /// The day its copy was served.
    pub copy_served_on: Option<Date>,
    /// The day the other side's answer came.
    pub answered_on: Option<Date>,
    /// How the fee was reckoned.
    pub fee_basis: Option<String>,
    /// The fee.
    pub fee_fen: Option<i64>,
    /// The day the file went up.
    pub file_sent_on: Option<Date>,
    /// Volumes sent: main.
    pub main_volumes: Option<u16>,
    /// Volumes sent: secondary.
    pub secondary_volumes: Option<u16>,
    /// Discs and other media sent.
    pub media: Option<u16>,
    /// Digest of the electronic file.
    pub package_digest: Option<String>,
    /// Number of the second instance.
    pub second_number: Option<String>,
    /// Its result.
    pub second_result: Option<String>,
    /// Its day.
    pub second_decided_on: Option<Date>,
    /// The day the file came back.
    pub file_returned_on: Option<Date>,
}
