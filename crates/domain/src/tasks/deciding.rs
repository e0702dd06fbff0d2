//! What those who decide have to do next: deliberate, meet, write, sign, seal, pronounce.

use super::{Assignee, Task, TaskKind, due, task};
use crate::{case::CaseState, drafting::Draft, issuing, people::Post, periods::PeriodKind, stage::Stage};

pub(super) fn deciding(case: &CaseState, tasks: &mut Vec<Task>) {
    let Some(tribunal) = &case.tribunal else { return };
    if case.stage.is_closed() {
        return;
    }
    let judge = Assignee::Person(tribunal.judge);
    match case.stage {
        Stage::HearingDone if tribunal.is_panel() => {
            if let Some(presiding) = tribunal.presiding {
                tasks.push(task(
                    TaskKind::Deliberate,
                    Assignee::Person(presiding),
                    due(case, PeriodKind::Deliberation, None),
                    "",
                ));
            }
        }
        Stage::Drafting if case.deliberation.doubted => {
            let presiding = tribunal.presiding.unwrap_or(tribunal.judge);
            tasks.push(task(TaskKind::Deliberate, Assignee::Person(presiding), due(case, PeriodKind::Trial, None), ""));
        }
        // What all agreed on is not judged.
        Stage::HearingDone | Stage::Drafting if case.is_agreed() => {}
        Stage::HearingDone | Stage::Drafting => {
            tasks.push(task(
                TaskKind::Write,
                judge,
                due(case, PeriodKind::Writing, None).or_else(|| due(case, PeriodKind::Trial, None)),
                "",
            ));
        }
        Stage::NotAccepted if case.drafts.values().all(|draft| draft.original.is_none()) => {
            tasks.push(task(TaskKind::Write, judge, due(case, PeriodKind::Review, None), ""));
        }
        Stage::NotAccepted if case.drafts.values().any(|draft| draft.issued.is_some()) => {
            tasks.push(task(TaskKind::Pronounce, judge, due(case, PeriodKind::Review, None), ""));
        }
        Stage::Deliberating => {
            let who = case.deliberation.round.next().or(tribunal.presiding).unwrap_or(tribunal.judge);
            tasks.push(task(
                TaskKind::Deliberate,
                Assignee::Person(who),
                due(case, PeriodKind::Deliberation, None),
                "",
            ));
        }
        Stage::CommitteePending => tasks.push(committee(case)),
        Stage::Issued => tasks.push(task(TaskKind::Pronounce, judge, due(case, PeriodKind::Trial, None), "")),
        _ => {}
    }
    for member in case.committee.round.order.iter().filter(|_| case.committee.binds()) {
        if !case.committee.signed.contains(member) {
            tasks.push(task(TaskKind::SignCommittee, Assignee::Person(*member), None, ""));
        }
    }
    for member in case.deliberation.round.order.iter().filter(|_| case.deliberation.conclusion.is_some()) {
        if !case.deliberation.signed.contains(member) {
            tasks.push(task(TaskKind::SignMinutes, Assignee::Person(*member), None, ""));
        }
    }
    if case.withdrawal_asked_by.is_some() && case.drafts.values().all(|draft| case.is_beside_the_course(draft.id)) {
        tasks.push(task(TaskKind::RuleWithdrawal, judge, None, ""));
    }
}

/// What was put forward is signed, read and sealed. What follows a decision, and a statement upon an agreement that
/// binds on signature, is so after the case was closed.
pub(super) fn documents(case: &CaseState, tasks: &mut Vec<Task>) {
    let Some(judge) = case.judge().map(Assignee::Person) else { return };
    if let Some(draft) = case.mediation.statement.and_then(|statement| case.drafts.get(&statement))
        && draft.original.is_none()
    {
        tasks.push(task(TaskKind::Write, judge, due(case, PeriodKind::Mediation, None), draft.id));
    }
    let open = |draft: &&Draft| draft.original.is_some() && draft.issued.is_none();
    let goes_on = |draft: &&Draft| !case.stage.is_closed() || case.is_beside_the_course(draft.id);
    for draft in case.drafts.values().filter(open).filter(goes_on) {
        let missing = issuing::unsigned(case, draft);
        for person in missing.iter().filter(|person| !issuing::awaits_judges(case, draft, **person)) {
            tasks.push(task(TaskKind::SignDocument, Assignee::Person(*person), None, draft.id));
        }
        if let Some(post) = issuing::next_reader(case, draft) {
            tasks.push(task(TaskKind::ReadDocument, Assignee::Post(post), None, draft.id));
        } else if missing.is_empty() {
            tasks.push(task(TaskKind::Issue, judge, None, draft.id));
        }
    }
}

/// The president has it meet; then whoever's turn it is speaks, and whoever presides brings it to its end.
fn committee(case: &CaseState) -> Task {
    let it = &case.committee;
    let turn = it.round.next().or(it.chair());
    let who = turn.filter(|_| it.open).map_or(Assignee::Post(Post::President), Assignee::Person);
    task(TaskKind::MeetCommittee, who, due(case, PeriodKind::Trial, None), "")
}
