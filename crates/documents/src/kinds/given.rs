//! What the facts of a case already give for one paper, so that one click fills it: whom it goes to, its day, the
//! sitting, the rows of service. Nothing is guessed: what the facts don't tell stays a gap.

use jiff::civil::{Date, DateTime};

use super::{DocumentKind, Extra, Inputs, Sitting};
use crate::facts::{CaseFacts, Hearing, Role};

impl Inputs {
    /// What `facts` give for a paper of this kind.
    pub fn given(kind: DocumentKind, facts: &CaseFacts) -> Self {
        Self {
            dated_on: dated_on(kind, facts),
            addressee: addressee(kind, facts),
            verify: None,
            extra: extra(kind, facts),
        }
    }
}

/// The day of the act that the paper tells of.
fn dated_on(kind: DocumentKind, facts: &CaseFacts) -> Option<Date> {
    let dates = &facts.dates;
    match kind {
        DocumentKind::Complaint
        | DocumentKind::EvidenceList
        | DocumentKind::FilingReceipt
        | DocumentKind::SupplementNotice => dates.submitted_on.or(dates.submitted_at.map(|at| at.date())),
        DocumentKind::FilingApproval
        | DocumentKind::AcceptanceNotice
        | DocumentKind::FeeNotice
        | DocumentKind::RightsNotice
        | DocumentKind::EvidenceNotice
        | DocumentKind::ResponseNotice => dates.filed_on,
        DocumentKind::AssignmentRecord | DocumentKind::PanelNotice => dates.assigned_on.or(dates.filed_on),
        DocumentKind::ServiceAddressConfirmation => facts.addresses.first()?.signed_on,
        DocumentKind::ServiceReceipt | DocumentKind::EServiceCertificate => facts.service.last()?.effected_on(),
        DocumentKind::HearingTranscript | DocumentKind::OriginalCheckRecord | DocumentKind::EvidenceOpinion => {
            facts.last_hearing()?.on
        }
        DocumentKind::MediationRecord | DocumentKind::CivilMediationStatement => facts.mediation.as_ref()?.on,
        DocumentKind::DeliberationRecord => facts.deliberations.last()?.on,
        DocumentKind::PronouncementRecord => dates.pronounced_on,
        DocumentKind::EffectCertificate => dates.effective_on,
        DocumentKind::AppealTransferLetter => facts.appeal.as_ref()?.file_sent_on,
        DocumentKind::VolumeCover | DocumentKind::VolumeContents | DocumentKind::ReferenceSheet => {
            dates.archived_on.or(dates.closed_on)
        }
        DocumentKind::CivilJudgmentFirstOrdinary
        | DocumentKind::CivilJudgmentFirstSummary
        | DocumentKind::CivilJudgmentSmallClaims
        | DocumentKind::CivilRuling
        | DocumentKind::ClosingReport
        | DocumentKind::RefundNotice => dates.decided_on.or(dates.closed_on),
        // When these go out no fact tells.
        DocumentKind::Summons
        | DocumentKind::AppearanceNotice
        | DocumentKind::HearingAnnouncement
        | DocumentKind::AnswerBrief
        | DocumentKind::CounterclaimBrief => None,
    }
}

/// The side that such a paper goes to, or is from.
fn addressee(kind: DocumentKind, facts: &CaseFacts) -> Option<String> {
    let first = |role| facts.on_side(role).next().and_then(|(_, party)| party.name.clone());
    let all = || {
        let names: Vec<&str> = facts.parties.iter().filter_map(|party| party.name.as_deref()).collect();
        Some(names.join("、")).filter(|names| !names.is_empty())
    };
    match kind {
        DocumentKind::ResponseNotice | DocumentKind::Summons | DocumentKind::CounterclaimBrief => {
            first(Role::Defendant)
        }
        DocumentKind::AnswerBrief | DocumentKind::EvidenceOpinion => {
            facts.answers.first().map(|answer| answer.party.clone()).or_else(|| first(Role::Defendant))
        }
        DocumentKind::ServiceReceipt | DocumentKind::EServiceCertificate => {
            facts.service.first().map(|row| row.to.clone())
        }
        DocumentKind::ServiceAddressConfirmation => facts.addresses.first().map(|address| address.party.clone()),
        DocumentKind::EvidenceNotice | DocumentKind::RightsNotice | DocumentKind::PanelNotice => all(),
        DocumentKind::AppearanceNotice => facts.agents.first().map(|agent| agent.name.clone()),
        _ => first(Role::Plaintiff),
    }
}

fn extra(kind: DocumentKind, facts: &CaseFacts) -> Extra {
    match kind {
        DocumentKind::Summons | DocumentKind::AppearanceNotice | DocumentKind::HearingAnnouncement => {
            facts.hearings.first().map_or(Extra::None, |hearing| Extra::Sitting(sitting(hearing)))
        }
        DocumentKind::ServiceReceipt => rows_of(facts, |method| method != Some("电子送达")),
        DocumentKind::EServiceCertificate => rows_of(facts, |method| method == Some("电子送达")),
        DocumentKind::HearingTranscript => Extra::Session { index: facts.hearings.len().saturating_sub(1) },
        DocumentKind::DeliberationRecord => Extra::Session { index: facts.deliberations.len().saturating_sub(1) },
        // What else they need no fact of a case tells: it comes with the act.
        _ => Extra::None,
    }
}

fn sitting(hearing: &Hearing) -> Sitting {
    let at: Option<DateTime> = hearing.on.zip(hearing.starts).map(|(day, time)| day.to_datetime(time));
    Sitting {
        reason: Some("开庭".to_owned()),
        at,
        place: hearing.place.clone().or_else(|| hearing.platform.clone()),
        capacity: None,
    }
}

/// The rows of service by the method of the first that fits: one receipt is for one addressee.
fn rows_of(facts: &CaseFacts, fits: impl Fn(Option<&str>) -> bool) -> Extra {
    let mut fitting = facts.service.iter().enumerate().filter(|(_, row)| fits(row.method.as_deref())).peekable();
    let Some(to) = fitting.peek().map(|(_, row)| row.to.clone()) else { return Extra::None };
    Extra::ServiceRows { rows: fitting.filter(|(_, row)| row.to == to).map(|(at, _)| at).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::example;
    use crate::kinds::fill;

    #[test]
    fn the_facts_of_an_example_fill_these_papers_whole() {
        let whole: Vec<&str> = DocumentKind::ALL
            .into_iter()
            .filter(|kind| fill(*kind, &example(1), &Inputs::given(*kind, &example(1))).gaps().is_empty())
            .map(DocumentKind::id)
            .collect();
        insta::assert_debug_snapshot!(whole);
    }

    #[test]
    fn what_no_fact_tells_stays_a_gap() {
        let gaps = |kind| fill(kind, &example(1), &Inputs::given(kind, &example(1))).gaps();
        assert_eq!(gaps(DocumentKind::Summons), ["落款日期"]);
        assert!(gaps(DocumentKind::PronouncementRecord).contains(&"宣判地点".to_owned()));
        let nothing = CaseFacts::default();
        for kind in DocumentKind::ALL {
            let paper = fill(kind, &nothing, &Inputs::given(kind, &nothing));
            assert!(!paper.gaps().is_empty(), "{kind:?}");
        }
    }
}
