//! Simple notices of a hearing (简便方式通知): quick, and worth nothing against an absent party until confirmed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{SchedulingEvent, SchedulingRefusal};
use crate::{
    case::CaseState,
    decision::Decision,
    hearing::{Hearing, HearingStatus},
    ids::{HearingId, PartyId},
};

/// A simple way of telling a party (简便方式).
///
/// Source: 《民事诉讼法》第一百六十二条;《民诉法解释》第二百六十一条.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SimpleMeans {
    /// By telephone (电话).
    Telephone,
    /// By a short message (短信).
    Message,
    /// By electronic mail (电子邮件).
    Mail,
    /// By fax (传真).
    Fax,
    /// By word of mouth (捎口信).
    Word,
}

impl SimpleMeans {
    /// All of them.
    pub const ALL: [SimpleMeans; 5] =
        [SimpleMeans::Telephone, SimpleMeans::Message, SimpleMeans::Mail, SimpleMeans::Fax, SimpleMeans::Word];
}

/// How it is known that a simple notice reached the party (确认收悉).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// Day.
    pub on: Date,
    /// The party's word, or the proof.
    pub words: String,
}

/// A simple notice (简便通知).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimpleNotice {
    /// Who was told.
    pub party: PartyId,
    /// How.
    pub means: SimpleMeans,
    /// Day.
    pub on: Date,
    /// When and what, in the clerk's words.
    pub words: String,
    /// How it is known that it arrived; none while it is not.
    pub confirmed: Option<Confirmation>,
}

impl SimpleNotice {
    /// A notice nobody has confirmed yet.
    pub fn given(party: PartyId, means: SimpleMeans, on: Date, words: &str) -> Self {
        Self { party, means, on, words: words.to_owned(), confirmed: None }
    }
}

/// The notice a party got last.
pub(super) fn last_of(hearing: &mut Hearing, party: PartyId) -> Option<&mut SimpleNotice> {
    hearing.notices.iter_mut().rev().find(|notice| notice.party == party)
}

fn ahead(case: &CaseState, id: HearingId) -> Result<&Hearing, SchedulingRefusal> {
    let hearing = case.hearings.get(&id).ok_or(SchedulingRefusal::NotScheduled)?;
    if hearing.status == HearingStatus::Scheduled { Ok(hearing) } else { Err(SchedulingRefusal::NotScheduled) }
}

pub(super) fn notify(
    case: &CaseState,
    id: HearingId,
    party: PartyId,
    means: SimpleMeans,
    words: String,
) -> Result<Decision, SchedulingRefusal> {
    let hearing = ahead(case, id)?;
    if !case.parties.contains_key(&party) {
        return Err(SchedulingRefusal::UnknownParty);
    }
    if words.trim().is_empty() {
        return Err(SchedulingRefusal::NoWords);
    }
    let same = |known: &SimpleNotice| known.party == party && known.means == means && known.words == words;
    if hearing.notices.iter().any(same) {
        return Ok(Decision::nothing());
    }
    Ok(Decision::of(SchedulingEvent::Notified { hearing: id, party, means, words }))
}

pub(super) fn confirm(
    case: &CaseState,
    id: HearingId,
    party: PartyId,
    words: String,
) -> Result<Decision, SchedulingRefusal> {
    let hearing = ahead(case, id)?;
    if words.trim().is_empty() {
        return Err(SchedulingRefusal::NoWords);
    }
    match hearing.notices.iter().rev().find(|notice| notice.party == party) {
        None => Err(SchedulingRefusal::NotNotified),
        Some(notice) if notice.confirmed.is_some() => Ok(Decision::nothing()),
        Some(_) => Ok(Decision::of(SchedulingEvent::NoticeConfirmed { hearing: id, party, words })),
    }
}
