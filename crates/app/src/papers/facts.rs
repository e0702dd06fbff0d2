//! The facts of a case as documents need them.

mod course;
mod fee;
mod matter;
mod people;
mod serving;
mod sources;

use jiff::civil::Date;
use xiezhi_documents::facts::{
    CaseFacts, Conversion, Court, Dates, Member, MemberRole, OrderText, Outcome, PaperStyle, Procedure, Tribunal,
    TribunalForm,
};
use xiezhi_domain::{
    case::{self, CaseState},
    closing::Manner,
    drafting::Draft,
    ids::PartyId,
    law::limits,
    paper::PaperKind,
    people::{Directory, Post},
    periods::{Period, PeriodKind},
    rules::Rules,
};

pub(super) use course::held;
pub(super) use matter::element_replies;
pub(super) use people::role;
pub(super) use serving::rows_of;

/// The facts of a case as documents need them.
pub fn of(case: &CaseState, people: &Directory, rules: &Rules) -> CaseFacts {
    let mut facts = CaseFacts {
        court: court(rules),
        number: case.number.as_ref().map(ToString::to_string),
        cause: Some(crate::rows::cause_name(case)),
        cause_code: Some(case.application.cause.clone()),
        procedure: Some(form_of(case.procedure)),
        conversions: conversions(case),
        dates: dates(case),
        tribunal: tribunal(case, people),
        parties: case.parties_in_order().map(|party| people::party(case, party)).collect(),
        agents: people::agents(case),
        claims: case.application.claims.iter().map(matter::claim).collect(),
        amount_in_dispute_fen: case.application.amount.map(|amount| amount.0),
        facts_and_reasons: some(&case.application.facts_and_reasons),
        elements: matter::elements(case),
        answers: matter::answers(case),
        counterclaim: matter::counterclaim(case),
        evidence: matter::evidence(case),
        hearings: course::hearings(case),
        issues: case.issues.clone(),
        fee: fee::of(case),
        mediation: course::mediation(case),
        deliberations: course::deliberations(case, people),
        addresses: people::addresses(case),
        service: case.services_in_order().flat_map(|service| rows_of(case, service)).collect(),
        appeal: course::appeal(case),
        outcome: outcome(case),
        style: PaperStyle {
            watermark: rules.settings.demonstration.then(|| "演示".to_owned()),
            ..PaperStyle::default()
        },
        ..CaseFacts::default()
    };
    facts.sources = sources::of(case);
    facts
}

/// The form of a procedure as documents know it.
pub fn form_of(procedure: case::Procedure) -> Procedure {
    match procedure {
        case::Procedure::Ordinary => Procedure::Ordinary,
        case::Procedure::Summary => Procedure::Summary,
        case::Procedure::SmallClaims => Procedure::SmallClaims,
    }
}

/// Words, unless they are blank.
fn some(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The name of a party.
fn name(case: &CaseState, party: PartyId) -> String {
    case.parties.get(&party).map(|party| party.name.clone()).unwrap_or_default()
}

fn court(rules: &Rules) -> Court {
    let settings = &rules.settings;
    Court {
        name: some(&settings.court_name),
        code: some(&settings.court_code),
        higher_court: some(&settings.higher_court),
        address: None,
        phone: some(&settings.hotline),
    }
}

fn dates(case: &CaseState) -> Dates {
    let closed_on = case.closing.as_ref().map(|closing| closing.on);
    let judged = case.closing.as_ref().is_some_and(|closing| closing.manner == Manner::Judgment);
    Dates {
        submitted_on: Some(case.submitted_on),
        filed_on: case.filed_on,
        assigned_on: case.draw.as_ref().map(|draw| draw.day),
        decided_on: closed_on,
        pronounced_on: closed_on.filter(|_| judged),
        closed_on,
        due_on: case.period(PeriodKind::Trial, None).map(|period| period.last_on),
        effective_on: case.effective_on,
        archived_on: case.archive.accepted_on.or(case.archive.submitted_on),
        ..Dates::default()
    }
}

/// Changes of procedure, read off the trial periods: each change begins a new one.
fn conversions(case: &CaseState) -> Vec<Conversion> {
    let trials: Vec<&Period> = case.periods.iter().filter(|period| period.kind == PeriodKind::Trial).collect();
    let changed = |pair: &[&Period]| {
        let (from, to) = (procedure_of(pair[0])?, procedure_of(pair[1])?);
        Some(Conversion { from, to, on: pair[0].ended_on? }).filter(|change| change.from != change.to)
    };
    trials.windows(2).filter_map(changed).collect()
}

fn procedure_of(trial: &Period) -> Option<Procedure> {
    match trial.working.rule_id.as_deref()? {
        limits::TRIAL_ORDINARY => Some(Procedure::Ordinary),
        limits::TRIAL_SUMMARY => Some(Procedure::Summary),
        limits::TRIAL_SMALL => Some(Procedure::SmallClaims),
        _ => None,
    }
}

/// The presiding judge first, then judges, then assessors, as they stand under a judgment.
fn tribunal(case: &CaseState, people: &Directory) -> Tribunal {
    let Some(court) = &case.tribunal else { return Tribunal::default() };
    let person = |id| people.name(id).to_owned();
    let member = |id| {
        let assessor = people.person(id).is_some_and(|known| known.post == Post::Assessor);
        let role = match (court.presiding == Some(id), assessor) {
            (true, _) => MemberRole::Presiding,
            (false, true) => MemberRole::Assessor,
            (false, false) => MemberRole::Judge,
        };
        Member { role, name: person(id) }
    };
    let mut members: Vec<Member> = court.voters().into_iter().map(member).collect();
    members.sort_by_key(|member| match member.role {
        MemberRole::Presiding => 0,
        MemberRole::Judge => 1,
        MemberRole::Assessor => 2,
    });
    Tribunal {
        form: Some(if court.is_panel() { TribunalForm::Panel } else { TribunalForm::Sole }),
        members,
        in_charge: Some(person(court.judge)),
        judge_assistant: court.assistant.map(person),
        clerk: court.clerk.map(person),
        committee: case.committee.binds(),
    }
}

fn outcome(case: &CaseState) -> Outcome {
    let manner = case.closing.as_ref().map(|closing| match closing.manner {
        Manner::Judgment => "判决",
        Manner::Mediation => "调解",
        Manner::Withdrawal => "准许撤诉",
        Manner::DeemedWithdrawal => "按撤诉处理",
        Manner::NotAccepted => "不予受理",
    });
    Outcome {
        manner: manner.map(str::to_owned),
        document: case.final_paper().map(|paper| paper.kind.name_zh().to_owned()),
        pronounced_in_court: case.closing.as_ref().map(|_| pronounced_in_court(case)),
        appealed: case.closing.as_ref().map(|_| !case.appeals.is_empty()),
    }
}

/// Only a judgment pronounced in court has its days for being sent.
///
/// Source: 《民事诉讼法》第一百五十一条第二款.
pub(super) fn pronounced_in_court(case: &CaseState) -> bool {
    case.period(PeriodKind::Sending, None).is_some()
}

/// What the judge wrote, for the document it belongs to.
pub(super) fn add_draft(facts: &mut CaseFacts, case: &CaseState, people: &Directory, draft: &Draft, today: Date) {
    let content = &draft.content;
    facts.found_facts = some(&content.found_facts);
    facts.reasoning = some(&content.reasoning);
    facts.legal_basis = content.legal_basis.iter().filter_map(|law| some(law)).collect();
    facts.orders = content.orders.iter().filter_map(|order| some(order)).map(order).collect();
    facts.cost = some(&content.costs);
    facts.dates.decided_on = Some(today);
    if draft.kind == PaperKind::Judgment {
        facts.outcome.manner.get_or_insert_with(|| "判决".to_owned());
    }
    let author = draft.by.or(case.judge()).map(|person| people.name(person));
    sources::add_author(facts, author);
}

/// An order to pay a sum calls for the clause on late performance.
fn order(text: String) -> OrderText {
    let pays = ["支付", "偿还", "返还", "赔偿", "给付", "清偿", "退还"].iter().any(|verb| text.contains(verb));
    OrderText { pays_money: pays && text.contains('元'), text, amount_fen: None }
}
