//! Who is called to a hearing, who may come for a party, and what absence may lead to (传唤与缺席).

use jiff::civil::Date;

use super::{Hearing, HearingStatus};
use crate::{
    case::{CaseState, Procedure},
    decision::About,
    ids::{HearingId, PartyId, PersonId},
    paper::PaperKind,
    party::{PartyKind, PartyRole},
    service,
};

/// Someone who may come for a party: itself, its representative, an agent (可以到庭的人).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// Name.
    pub name: String,
    /// Account, of one who has one.
    pub person: Option<PersonId>,
    /// Whether an agent.
    pub agent: bool,
}

/// Everybody who may come for a party, the party itself first.
pub fn attendable(case: &CaseState, party: PartyId) -> Vec<Attendance> {
    let Some(known) = case.parties.get(&party) else { return vec![] };
    let own = match (known.kind, &known.representative) {
        (PartyKind::Natural, _) | (_, None) => known.name.clone(),
        (_, Some(representative)) => representative.clone(),
    };
    let agents = case.agents.iter().filter(|agent| agent.party == party);
    let agents = agents.map(|agent| Attendance { name: agent.name.clone(), person: agent.person, agent: true });
    [Attendance { name: own, person: known.person, agent: false }].into_iter().chain(agents).collect()
}

/// The day by which a summons must be served: three days before a hearing in ordinary procedure, else
/// before the hearing.
///
/// Source: 《民事诉讼法》第一百三十九条、第一百六十三条.
fn summons_by(case: &CaseState, hearing: &Hearing) -> Date {
    let days = if case.procedure == Procedure::Ordinary { 3 } else { 1 };
    hearing.on.saturating_sub(jiff::Span::new().days(days))
}

/// Whether the party was called to this hearing so that its absence counts against it: the summons served by a
/// lawful method in time; or, outside ordinary procedure, a simple notice that the party confirmed, or that is
/// proven to have reached it.
///
/// Source: 《民事诉讼法》第一百三十九条、第一百六十二条;《民诉法解释》第二百六十一条.
pub fn is_summoned(case: &CaseState, hearing: HearingId, party: PartyId) -> bool {
    let Some(known) = case.hearings.get(&hearing) else { return false };
    let by = summons_by(case, known);
    let about = About::Hearing { hearing, party: Some(party) };
    let mut summons = case
        .materials_in_order()
        .filter(|paper| paper.kind == PaperKind::Summons && paper.about.as_ref() == Some(&about));
    let served = summons.any(|paper| case.served_on(paper.id, party).is_some_and(|on| on <= by));
    let confirmed = |notice: &crate::scheduling::SimpleNotice| {
        notice.party == party && notice.confirmed.as_ref().is_some_and(|word| word.on <= known.on)
    };
    served || (case.procedure != Procedure::Ordinary && known.notices.iter().any(confirmed))
}

/// Whether all that reached out to the party was a simple notice it has not confirmed.
///
/// Source: 《民诉法解释》第二百六十一条.
pub fn is_unconfirmed(case: &CaseState, hearing: HearingId, party: PartyId) -> bool {
    let told = case.hearings.get(&hearing).is_some_and(|known| known.notices.iter().any(|one| one.party == party));
    told && !is_summoned(case, hearing, party)
}

/// Whether all plaintiffs stayed away from a hearing to which they were summoned.
///
/// Source: 《民事诉讼法》第一百四十六条.
pub fn plaintiffs_stayed_away(case: &CaseState) -> bool {
    let sat = |hearing: &&Hearing| matches!(hearing.status, HearingStatus::Open | HearingStatus::Done);
    case.hearings_in_order().filter(sat).any(|hearing| {
        let stayed_away = |party: PartyId| !hearing.came(party) && is_summoned(case, hearing.id, party);
        case.parties_as(PartyRole::Plaintiff).all(|party| stayed_away(party.id))
    })
}

/// Whether an absent defendant may be judged by default: summoned by a lawful channel, and absent.
///
/// Source: 《民事诉讼法》第一百四十七条.
pub fn is_default(case: &CaseState, party: PartyId) -> bool {
    case.hearings_in_order().filter(|hearing| hearing.status == HearingStatus::Done).last().is_some_and(|hearing| {
        let absent = hearing.appearances.iter().any(|who| who.party == party && !who.present);
        absent && is_summoned(case, hearing.id, party) && !service::lacks_complaint(case, party)
    })
}
