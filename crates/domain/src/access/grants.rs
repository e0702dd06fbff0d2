//! The rules of access, line by line: what no line grants is denied.

use super::{Act, Reader, Relation};
use crate::{
    people::{Actor, Post},
    stage::Stage,
};

/// When a grant holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum When {
    Always,
    BeforeFiling,
    AfterFiling,
    Closed,
    AtArchive,
    Archived,
}

impl When {
    pub(super) fn holds(self, stage: Stage) -> bool {
        match self {
            When::Always => true,
            When::BeforeFiling => stage.is_before_filing(),
            When::AfterFiling => !stage.is_before_filing(),
            When::Closed => stage.is_closed(),
            When::AtArchive => stage >= Stage::Archiving,
            When::Archived => stage == Stage::Archived,
        }
    }
}

/// To whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    Post(Post),
    Relation(Relation),
    Panel,
    Team,
    Side,
    Clock,
    System,
}

impl Who {
    pub(super) fn is(self, reader: &Reader) -> bool {
        use Relation::{Agent, Assistant, Clerk, Filer, JudgeInCharge, Member, Party, Presiding};
        let inside = reader.post.is_some_and(|post| !post.is_outside());
        match self {
            Who::Post(post) => reader.post == Some(post),
            Who::Relation(relation) => reader.relations.contains(&relation) && (inside || !relation.is_of_the_court()),
            Who::Panel => inside && reader.is_any(&[JudgeInCharge, Presiding, Member]),
            Who::Team => inside && reader.is_any(&[JudgeInCharge, Presiding, Member, Assistant, Clerk]),
            Who::Side => reader.is_any(&[Party, Agent, Filer]),
            Who::Clock => reader.actor == Actor::Clock,
            Who::System => reader.actor == Actor::System,
        }
    }
}

/// One line of the rules.
pub(super) struct Grant {
    /// Stable id, logged with every decision.
    pub(super) rule: &'static str,
    /// What it grants.
    pub(super) act: Act,
    /// To whom.
    pub(super) who: &'static [Who],
    /// When.
    pub(super) when: When,
}

const fn grant(rule: &'static str, act: Act, who: &'static [Who], when: When) -> Grant {
    Grant { rule, act, who, when }
}

use When::{AfterFiling, Always, Archived, AtArchive, BeforeFiling, Closed};
use Who::{Panel, Side, Team};
const JUDGE: Who = Who::Relation(Relation::JudgeInCharge);
const PRESIDING: Who = Who::Relation(Relation::Presiding);
const ASSISTANT: Who = Who::Relation(Relation::Assistant);
const CLERK: Who = Who::Relation(Relation::Clerk);
const OVERSEER: Who = Who::Relation(Relation::Overseer);
const COMMITTEE: Who = Who::Relation(Relation::CommitteeMember);
const BORROWER: Who = Who::Relation(Relation::Borrower);
const GUEST: Who = Who::Relation(Relation::Guest);
const FILING: Who = Who::Post(Post::FilingClerk);
const HEAD: Who = Who::Post(Post::DivisionHead);
const VICE: Who = Who::Post(Post::VicePresident);
const PRESIDENT: Who = Who::Post(Post::President);
const OFFICE: Who = Who::Post(Post::TrialManagement);
const ARCHIVIST: Who = Who::Post(Post::Archivist);
const ANY_JUDGE: Who = Who::Post(Post::Judge);
const ANY_ASSISTANT: Who = Who::Post(Post::JudgeAssistant);
const ANY_CLERK: Who = Who::Post(Post::CourtClerk);
const FINANCE: Who = Who::Post(Post::Finance);
const AGENT_OF_SERVICE: Who = Who::Post(Post::ServiceAgent);

/// The rules. What no line grants is denied.
///
/// Source: handbook of the project §1 (权限 = 岗位 × 与案件的关系 × 阶段 × 卷),《人民法院在线诉讼规则》第七条,
/// 《关于人民法院合议庭工作的若干规定》.
pub(super) const GRANTS: &[Grant] = &[
    grant("V1", Act::ViewCase, &[Team, Side, FILING, HEAD, VICE, PRESIDENT, OFFICE, FINANCE], Always),
    grant("V2", Act::ViewCase, &[ARCHIVIST], Closed),
    grant("V3", Act::ViewCase, &[BORROWER], AtArchive),
    grant("V4", Act::ViewMain, &[Team, Side, HEAD, VICE, PRESIDENT, OFFICE], Always),
    grant("V5", Act::ViewMain, &[FILING], BeforeFiling),
    grant("V6", Act::ViewMain, &[ARCHIVIST], AtArchive),
    grant("V7", Act::ViewMain, &[BORROWER], AtArchive),
    grant("V8", Act::ViewSecondary, &[Team], AfterFiling),
    grant("V9", Act::ViewSecondary, &[ARCHIVIST], AtArchive),
    grant("V10", Act::ViewDeliberation, &[Panel, CLERK], AfterFiling),
    grant("V11", Act::ViewDrafts, &[Panel, ASSISTANT, CLERK], AfterFiling),
    grant("V17", Act::ViewDrafts, &[OVERSEER], AfterFiling),
    grant("V15", Act::TeamNotes, &[Team], AfterFiling),
    grant("V16", Act::PanelNotes, &[Panel], AfterFiling),
    grant("V18", Act::ViewRestricted, &[Team, Side, FILING, FINANCE, ARCHIVIST, BORROWER], Always),
    grant("V12", Act::ViewTrace, &[Team, Side, HEAD, VICE, PRESIDENT, OFFICE], Always),
    grant("V13", Act::ViewTrace, &[FILING], BeforeFiling),
    grant("V14", Act::ViewTrace, &[ARCHIVIST], AtArchive),
    grant("F1", Act::Submit, &[Who::Post(Post::Party), Who::Post(Post::Lawyer), FILING], Always),
    grant("F2", Act::Correct, &[Side, FILING], BeforeFiling),
    grant("F3", Act::Review, &[FILING], BeforeFiling),
    grant("F7", Act::AcceptSuit, &[JUDGE], AfterFiling),
    grant("F4", Act::ChangeTribunal, &[HEAD, VICE, PRESIDENT], AfterFiling),
    grant("F5", Act::Pay, &[Side, FINANCE, Who::System], AfterFiling),
    grant("F6", Act::Refund, &[FINANCE], AfterFiling),
    grant("P1", Act::Link, &[Who::Post(Post::Party), Who::Post(Post::Lawyer), CLERK, Who::System], AfterFiling),
    grant("P4", Act::CheckIdentity, &[CLERK, ASSISTANT], AfterFiling),
    grant("P2", Act::SpeakForParty, &[Side, CLERK], AfterFiling),
    grant("P5", Act::SwitchStep, &[JUDGE, PRESIDING, ASSISTANT, CLERK], AfterFiling),
    grant("P3", Act::SubmitPaper, &[Side, CLERK, ASSISTANT], AfterFiling),
    grant("P6", Act::RouteScan, &[FILING, Who::Post(Post::CourtClerk), Who::System], AfterFiling),
    grant("P7", Act::TakeAtCounter, &[FILING, CLERK, ASSISTANT], AfterFiling),
    grant("M1", Act::KeepFile, &[CLERK, ASSISTANT], AfterFiling),
    grant("M2", Act::Disclose, &[CLERK, ASSISTANT, JUDGE], AfterFiling),
    grant("M3", Act::RedactPaper, &[CLERK, ASSISTANT, JUDGE, PRESIDING], AfterFiling),
    grant("M4", Act::ShareOut, &[CLERK, JUDGE, PRESIDING], AfterFiling),
    grant("M5", Act::ViewShared, &[GUEST], AfterFiling),
    grant("M6", Act::OpenShare, &[Who::System], AfterFiling),
    grant("S1", Act::Serve, &[CLERK, ASSISTANT], AfterFiling),
    grant("S2", Act::RecordService, &[CLERK, ASSISTANT, AGENT_OF_SERVICE, Who::System], AfterFiling),
    grant("S3", Act::ReportArrival, &[Who::System], AfterFiling),
    grant("S4", Act::ReceiveService, &[Side], AfterFiling),
    grant("T1", Act::JudgeEvidence, &[JUDGE, PRESIDING, ASSISTANT], AfterFiling),
    grant("T2", Act::Schedule, &[CLERK, ASSISTANT, JUDGE], AfterFiling),
    grant("T3", Act::RunHearing, &[CLERK, JUDGE, PRESIDING], AfterFiling),
    grant("T4", Act::SignTranscript, &[Side, Panel, CLERK], AfterFiling),
    grant("T5", Act::Mediate, &[JUDGE, PRESIDING, ASSISTANT, CLERK], AfterFiling),
    grant("D1", Act::Deliberate, &[Panel], AfterFiling),
    grant("J1", Act::ReferToCommittee, &[PRESIDING], AfterFiling),
    grant("J2", Act::ViewCommittee, &[Panel, CLERK, COMMITTEE, VICE, PRESIDENT], AfterFiling),
    grant("J3", Act::RunCommittee, &[VICE, PRESIDENT], AfterFiling),
    grant("J4", Act::SpeakInCommittee, &[COMMITTEE], AfterFiling),
    grant("D2", Act::Draft, &[JUDGE, PRESIDING, ASSISTANT], AfterFiling),
    grant("D3", Act::PutForward, &[JUDGE, PRESIDING], AfterFiling),
    grant("D4", Act::ReturnDraft, &[Panel], AfterFiling),
    grant("D5", Act::SignDocument, &[Panel, CLERK], AfterFiling),
    grant("D8", Act::CommentDraft, &[Panel, ASSISTANT, OVERSEER], AfterFiling),
    grant("D9", Act::ReadDocument, &[OVERSEER], AfterFiling),
    grant("D10", Act::MarkCase, &[JUDGE, PRESIDING, HEAD, VICE, PRESIDENT], AfterFiling),
    grant("D11", Act::UnmarkCase, &[HEAD, VICE, PRESIDENT], AfterFiling),
    grant("D6", Act::Issue, &[JUDGE, PRESIDING, CLERK], AfterFiling),
    grant("D7", Act::Pronounce, &[JUDGE, PRESIDING], AfterFiling),
    grant("A1", Act::AskApproval, &[JUDGE, PRESIDING, CLERK], AfterFiling),
    grant("A2", Act::AnswerApproval, &[JUDGE, HEAD, VICE, PRESIDENT, OFFICE], AfterFiling),
    grant("A3", Act::AnswerApproval, &[ARCHIVIST], AtArchive),
    grant("A4", Act::SteerProcedure, &[JUDGE, PRESIDING], AfterFiling),
    grant("U1", Act::TransferFile, &[CLERK], Closed),
    grant("R1", Act::SubmitArchive, &[CLERK], Closed),
    grant("R2", Act::KeepArchive, &[ARCHIVIST], AtArchive),
    grant("R3", Act::TakeOutArchive, &[ARCHIVIST], Archived),
    grant(
        "R4",
        Act::AskBorrowing,
        &[Side, Team, ANY_JUDGE, ANY_ASSISTANT, ANY_CLERK, HEAD, VICE, PRESIDENT, OFFICE],
        Archived,
    ),
    grant("R5", Act::TakeOutExtract, &[Side], Closed),
    grant("C1", Act::Tick, &[Who::Clock], Always),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn each_line_has_an_id_of_its_own_by_which_a_decision_is_traced() {
        let ids: BTreeSet<&str> = GRANTS.iter().map(|grant| grant.rule).collect();
        assert_eq!(ids.len(), GRANTS.len());
    }
}
