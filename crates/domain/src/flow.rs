//! What follows from what across capabilities (程序推进): the one place where an act of one capability
//! sets another going.

use jiff::civil::Date;

use crate::{
    assignment::AssignmentEvent,
    case::CaseState,
    closing::{self, Manner},
    decision::{About, Context, Decision},
    event::CaseEvent,
    hearing::HearingEvent,
    ids::{MaterialId, PartyId, ServiceId},
    moment::Recorded,
    paper::PaperKind,
    parties,
    party::PartyRole,
    periods::{self, PeriodEvent, PeriodKind},
    procedure::ProcedureEvent,
    series,
    service::{self, ServiceEvent},
    stage::Stage,
};

/// Everything a decision brings about, with what follows from it. `before` is the state decided upon;
/// the second value is the state after all of it.
pub fn complete(before: &CaseState, ctx: &Context, decision: Decision) -> (Decision, CaseState) {
    let Decision { registers, promises, test, .. } = decision;
    let mut whole = Decision { registers, promises, test, ..Decision::default() };
    let mut after = before.clone();
    let mut papers = decision.papers;
    let mut pending: std::collections::VecDeque<CaseEvent> = decision.events.into();
    while let Some(event) = pending.pop_front() {
        after.apply(&event, &Recorded { moment: ctx.moment, rev: after.rev + 1 });
        let next = follow(&after, ctx, &event);
        pending.extend(next.events);
        papers.extend(next.papers);
        whole.promises.extend(next.promises);
        whole.registers.extend(next.registers);
        whole.events.push(event);
    }
    whole.papers = papers;
    (whole, after)
}

/// What follows from one event, seen from the state it led to.
fn follow(after: &CaseState, ctx: &Context, event: &CaseEvent) -> Decision {
    match event {
        CaseEvent::Assignment(AssignmentEvent::Drawn { .. }) if !after.is_refused_at_filing() => {
            tell_defendants(after, ctx)
        }
        CaseEvent::Assignment(AssignmentEvent::Changed { .. }) => series::follows_change(after, ctx.actor.person()),
        CaseEvent::Service(ServiceEvent::Dispatched { .. }) if after.stage == Stage::Assigned => {
            advance(Stage::Serving)
        }
        CaseEvent::Service(ServiceEvent::Signed { service, .. }) => statement_in_hand(after, ctx, *service),
        CaseEvent::Service(ServiceEvent::Undone { service, on, .. }) => service::follows_undoing(after, *service, *on),
        // Another service of the same papers may bear the days that the first did not.
        CaseEvent::Periods(PeriodEvent::Voided { party: Some(party), .. }) => served_otherwise(after, ctx, *party),
        CaseEvent::Service(event) => match event.effect() {
            Some((service, on)) => {
                let mut decision = served(after, ctx, service, on);
                decision.extend(statement_in_hand(after, ctx, service));
                decision
            }
            None => Decision::nothing(),
        },
        CaseEvent::Hearing(HearingEvent::Closed { .. }) => heard(after, ctx),
        CaseEvent::Appeal(crate::appeal::AppealEvent::Filed { on, .. }) => appealed(after, *on),
        _ => Decision::nothing(),
    }
}

fn advance(to: Stage) -> Decision {
    Decision::of(ProcedureEvent::Advanced { to })
}

/// With a judge, the papers for the other side are written and the days for sending them run. The notice of
/// whoever has no account here carries a code for linking the case.
///
/// Source: 《民事诉讼法》第一百二十八条、第一百二十九条、第一百三十一条;《人民法院在线诉讼规则》第十条.
fn tell_defendants(after: &CaseState, ctx: &Context) -> Decision {
    let mut decision = Decision::of(PeriodEvent::Started {
        period: periods::by_limit(PeriodKind::ClaimService, None, ctx.moment.today),
    });
    decision.write(ctx, PaperKind::TribunalNotice);
    for party in after.parties_in_order().filter(|party| party.role != PartyRole::Plaintiff) {
        if party.person.is_none() {
            decision.push(parties::issue_code(ctx, party.id));
        }
        decision.write_to(ctx, PaperKind::ResponseNotice, party.id);
    }
    decision
}

fn served_otherwise(after: &CaseState, ctx: &Context, party: PartyId) -> Decision {
    let others = after.services_in_order().filter(|service| service.to == party);
    let mut days: Vec<(Date, ServiceId)> = others.filter_map(|it| Some((it.effected_on()?, it.id))).collect();
    days.sort();
    let mut decision = Decision::nothing();
    for (on, service) in days {
        for event in served(after, ctx, service, on).events {
            let kind = |event: &CaseEvent| match event {
                CaseEvent::Periods(event) => Some(event.kind()),
                _ => None,
            };
            if !decision.events.iter().any(|known| kind(known).is_some() && kind(known) == kind(&event)) {
                decision.events.push(event);
            }
        }
    }
    decision
}

fn served(after: &CaseState, ctx: &Context, service: ServiceId, on: Date) -> Decision {
    let Some(service) = after.services.get(&service) else { return Decision::nothing() };
    let (to, papers) = (service.to, service.materials.clone());
    let of_kind = |kind| papers.iter().any(|id| after.materials.get(id).is_some_and(|paper| paper.kind == kind));
    let mut decision = Decision::nothing();
    if of_kind(PaperKind::Complaint) {
        decision.extend(complaint_served(after, ctx, to, on));
    }
    if of_kind(PaperKind::Complaint) || of_kind(PaperKind::EvidenceNotice) {
        decision.extend(evidence_asked(after, ctx, to, on));
    }
    let final_paper = after.final_paper().map(|paper| paper.id);
    if after.closing.is_some() && final_paper.is_some_and(|id| papers.contains(&id)) {
        decision.extend(decision_served(after, to, on));
    }
    if of_kind(PaperKind::AppealPetition) && after.stage == Stage::Appealed {
        decision.extend(petition_served(after, to, on));
    }
    decision
}

/// Each other party has fifteen days to answer an appeal; the file goes up within five days of the last
/// answer, or of the day its time is over.
///
/// Source: 《民事诉讼法》第一百七十四条.
fn petition_served(after: &CaseState, to: PartyId, on: Date) -> Decision {
    let mut decision = Decision::nothing();
    if after.period(PeriodKind::AppealAnswer, Some(to)).is_some() {
        return decision;
    }
    let answer = periods::by_limit(PeriodKind::AppealAnswer, Some(to), on);
    let others = after.periods.iter().filter(|period| period.kind == PeriodKind::AppealAnswer);
    let latest = others.map(|period| period.last_on).chain([answer.last_on]).max().unwrap_or(answer.last_on);
    decision.push(PeriodEvent::Started { period: answer });
    if crate::appeal::unserved_copies(after).is_empty() {
        decision.push(PeriodEvent::ended(PeriodKind::AppealCopy, None));
        decision.push(PeriodEvent::Started { period: periods::by_limit(PeriodKind::Transfer, None, latest) });
    }
    decision
}

/// The defendant's days run from his own service, unless he waived them; with the last one served the pretrial
/// stage begins.
///
/// Source: 《民事诉讼法》第一百二十八条.
fn complaint_served(after: &CaseState, ctx: &Context, to: PartyId, on: Date) -> Decision {
    let mut decision = Decision::nothing();
    let is_plaintiff = after.parties.get(&to).is_some_and(|party| party.role == PartyRole::Plaintiff);
    if is_plaintiff || after.period(PeriodKind::Answer, Some(to)).is_some() {
        return decision;
    }
    if !after.waived.contains(&to) {
        decision.push(PeriodEvent::Started { period: periods::by_limit(PeriodKind::Answer, Some(to), on) });
    }
    if after.parties.get(&to).is_some_and(|party| party.person.is_none()) {
        let period = periods::days(PeriodKind::Link, Some(to), on, ctx.rules.settings.link_days);
        decision.push(PeriodEvent::Started { period });
    }
    if all_defendants_served(after) {
        decision.push(PeriodEvent::ended(PeriodKind::ClaimService, None));
        if matches!(after.stage, Stage::Assigned | Stage::Serving) {
            decision.extend(advance(Stage::Pretrial));
        }
    }
    decision
}

/// Each party, the plaintiff too, has its own days for evidence from the day it was asked for it, unless it
/// waived them.
///
/// Source: 《民诉法解释》第九十九条、第二百六十六条、第二百七十五条;《民事诉讼证据的若干规定》第五十条.
fn evidence_asked(after: &CaseState, ctx: &Context, to: PartyId, on: Date) -> Decision {
    if after.period(PeriodKind::Evidence, Some(to)).is_some() || after.waived.contains(&to) {
        return Decision::nothing();
    }
    let days = ctx.rules.settings.evidence_days(after.procedure);
    Decision::of(PeriodEvent::Started { period: periods::days(PeriodKind::Evidence, Some(to), on, days) })
}

fn all_defendants_served(after: &CaseState) -> bool {
    let Some(complaint) = after.last_paper(PaperKind::Complaint) else { return false };
    after.parties_as(PartyRole::Defendant).all(|party| after.served_on(complaint.id, party.id).is_some())
}

/// Each party's own appeal period runs from its own service. What can't be appealed binds once the last
/// party has it.
///
/// Source: 《民事诉讼法》第一百七十一条;《民诉法解释》第二百四十四条.
fn decision_served(after: &CaseState, to: PartyId, on: Date) -> Decision {
    let mut decision = Decision::nothing();
    let Some(paper) = after.final_paper() else { return decision };
    let days: Option<Vec<Date>> = after.addressees().map(|party| after.served_on(paper.id, party.id)).collect();
    let last_on = days.and_then(|days| days.into_iter().max());
    if last_on.is_some() && after.running(PeriodKind::Sending, None).is_some() {
        decision.push(PeriodEvent::ended(PeriodKind::Sending, None));
    }
    if after.is_appealable() {
        if after.period(PeriodKind::Appeal, Some(to)).is_none() {
            decision.push(PeriodEvent::Started { period: periods::appeal(paper.kind, to, on) });
        }
        if last_on.is_some() && after.stage == Stage::ServingFinal {
            decision.extend(advance(Stage::AppealPeriod));
        }
    } else if let Some(last_on) = last_on.filter(|_| after.effective_on.is_none()) {
        decision.extend(closing::take_effect(after, last_on));
    }
    decision
}

/// A mediation statement binds when the last party has it in hand, signed for on line or on a receipt;
/// that day closes the case. A statement of a mediation that failed meanwhile binds nobody.
///
/// Source: 《民事诉讼法》第一百条、第一百零二条;《民诉法解释》第一百四十九条.
fn statement_in_hand(after: &CaseState, ctx: &Context, service: ServiceId) -> Decision {
    let Some(statement) = after.statement_in_force() else { return Decision::nothing() };
    let concerns = after.services.get(&service).is_some_and(|service| service.materials.contains(&statement.id));
    if !concerns || after.closing.is_some() {
        return Decision::nothing();
    }
    let days: Option<Vec<Date>> =
        after.party_order.iter().map(|party| in_hand_on(after, statement.id, *party)).collect();
    match days.and_then(|days| days.into_iter().max()) {
        Some(last_on) => closing::close_on(after, ctx, Manner::Mediation, last_on, true),
        None => Decision::nothing(),
    }
}

/// The day on which the party had the paper in hand: of the receipt, or of signing for it on line.
fn in_hand_on(case: &CaseState, paper: MaterialId, party: PartyId) -> Option<Date> {
    let services = case.services_in_order().filter(|service| service.to == party && service.materials.contains(&paper));
    let day = |service: &crate::service::Service| match (&service.received_by, service.signed_at) {
        (Some(_), _) => service.effected_on(),
        (None, signed_at) => signed_at.map(crate::moment::day_of),
    };
    services.filter_map(day).min()
}

/// A panel deliberates within five working days of the hearing's end.
///
/// Source: 《关于人民法院合议庭工作的若干规定》第九条.
fn heard(after: &CaseState, ctx: &Context) -> Decision {
    let panel = after.tribunal.as_ref().is_some_and(|tribunal| tribunal.is_panel());
    if !panel {
        return Decision::nothing();
    }
    Decision::of(PeriodEvent::Started { period: periods::by_limit(PeriodKind::Deliberation, None, ctx.moment.today) })
}

/// The copies of the petition go to the other parties within five days.
///
/// Source: 《民事诉讼法》第一百七十四条.
fn appealed(after: &CaseState, on: Date) -> Decision {
    if after.running(PeriodKind::AppealCopy, None).is_some() {
        return Decision::nothing();
    }
    Decision::of(PeriodEvent::Started { period: periods::by_limit(PeriodKind::AppealCopy, None, on) })
}

/// A paper ordered for a hearing's party, if the case has it (used by pages that lead there).
pub fn summons_of(case: &CaseState, hearing: crate::ids::HearingId, party: PartyId) -> Option<MaterialId> {
    let about = About::Hearing { hearing, party: Some(party) };
    case.materials_in_order()
        .find(|paper| paper.kind == PaperKind::Summons && paper.about.as_ref() == Some(&about))
        .map(|paper| paper.id)
}
