//! The facts of a case as documents need them.

use std::collections::BTreeSet;

use jiff::civil::Date;
use xiezhi_documents::facts::{
    Absence, AbsenceGround, AddressConfirmation, Agent, AgentKind, Answer, CaseFacts, Claim, Counterclaim, Court, Dates,
    Deliberation, ElementAnswer, Evidence, Fee, FeeStep, Hearing, Mediation, Member, MemberOpinion, MemberRole, Opinion,
    OrderText, Outcome, PaperStyle, Party, PartyField, PartyKind, Procedure, Role, ServiceRow, Tribunal, TribunalForm,
    Utterance, Vote,
};
use xiezhi_domain::{
    case::{self, CaseState},
    closing::Manner,
    deliberation::Position,
    drafting::Draft,
    evidence::{Attribute, CourtView},
    hearing::{self, Mode},
    ids::PartyId,
    law::{
        element_form::{self, Answer as Given},
        fee::WorkingLine,
        money::Fen,
    },
    moment::court_offset,
    paper::PaperKind,
    party::{self, PartyRole},
    people::{Directory, Post},
    rules::Rules,
    service::Channel,
};

/// All facts.
pub fn of(case: &CaseState, people: &Directory, rules: &Rules) -> CaseFacts {
    let settings = &rules.settings;
    CaseFacts {
        court: Court {
            name: Some(settings.court_name.clone()),
            code: Some(settings.court_code.clone()),
            higher_court: Some(settings.higher_court.clone()),
            address: None,
            phone: Some(settings.hotline.clone()),
        },
        number: case.number.as_ref().map(ToString::to_string),
        cause: Some(crate::rows::cause_name(case)),
        cause_code: Some(case.application.cause.clone()),
        procedure: Some(form_of(case.procedure)),
        dates: dates(case),
        tribunal: tribunal(case, people),
        parties: case.parties_in_order().map(|party| party_of(case, party)).collect(),
        agents: case.agents.iter().map(|agent| agent_of(case, agent)).collect(),
        claims: case.application.claims.iter().map(claim).collect(),
        amount_in_dispute_fen: case.application.amount.map(|amount| amount.0),
        facts_and_reasons: some(&case.application.facts_and_reasons),
        elements: elements(case),
        answers: case.answers.iter().map(|answer| Answer { party: name(case, answer.party), text: answer.words.clone(), on: None }).collect(),
        counterclaim: counterclaim(case),
        evidence: evidence(case),
        hearings: case.hearings_in_order().map(|hearing| hearing_of(case, hearing)).collect(),
        issues: case.issues.clone(),
        fee: fee(case),
        mediation: mediation(case),
        deliberations: deliberations(case, people),
        addresses: case.addresses.iter().map(|address| address_of(case, address)).collect(),
        service: case.services_in_order().map(|service| service_of(case, service)).collect(),
        outcome: outcome(case),
        style: PaperStyle {
            ids_in_judgments: false,
            watermark: settings.demonstration.then(|| "演示".to_owned()),
        },
        ..CaseFacts::default()
    }
}

/// The form of a procedure as documents know it.
pub fn form_of(procedure: case::Procedure) -> Procedure {
    match procedure {
        case::Procedure::Ordinary => Procedure::Ordinary,
        case::Procedure::Summary => Procedure::Summary,
        case::Procedure::SmallClaims => Procedure::SmallClaims,
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned)
}

fn name(case: &CaseState, party: PartyId) -> String {
    case.parties.get(&party).map(|party| party.name.clone()).unwrap_or_default()
}

fn dates(case: &CaseState) -> Dates {
    Dates {
        submitted_on: Some(case.submitted_on),
        filed_on: case.filed_on,
        assigned_on: case.filed_on,
        closed_on: case.closing.as_ref().map(|closing| closing.on),
        pronounced_on: case.closing.as_ref().map(|closing| closing.on),
        decided_on: case.closing.as_ref().map(|closing| closing.on),
        effective_on: case.effective_on,
        archived_on: case.archive.accepted_on,
        ..Dates::default()
    }
}

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
    }
}

fn role_of(role: PartyRole) -> Role {
    match role {
        PartyRole::Plaintiff => Role::Plaintiff,
        PartyRole::Defendant => Role::Defendant,
        PartyRole::ThirdParty => Role::ThirdParty,
    }
}

/// What the filer does not know is lawfully unknown: it is left out, not a gap.
fn party_of(case: &CaseState, party: &party::Party) -> Party {
    let natural = party.kind == party::PartyKind::Natural;
    let mut unknown = BTreeSet::new();
    let mut note = |missing: bool, field| {
        if missing {
            unknown.insert(field);
        }
    };
    note(party.sex.is_none(), PartyField::Sex);
    note(party.birth_on.is_none(), PartyField::BornOn);
    note(party.ethnicity.is_none(), PartyField::Ethnicity);
    note(party.occupation.is_none(), PartyField::Occupation);
    note(party.address.is_none(), PartyField::Address);
    note(party.representative.is_none(), PartyField::Representative);
    note(party.representative_post.is_none(), PartyField::RepresentativePost);
    note(party.id_no.is_none(), PartyField::Identity);
    note(party.phone.is_none(), PartyField::Phone);
    Party {
        role: role_of(party.role),
        kind: if natural { PartyKind::Natural } else { PartyKind::Legal },
        name: some(&party.name),
        sex: party.sex.clone(),
        born_on: party.birth_on,
        ethnicity: party.ethnicity.clone(),
        occupation: party.occupation.clone(),
        work_unit: None,
        address: party.address.clone(),
        id_number: party.id_no.clone().filter(|_| natural),
        credit_code: party.id_no.clone().filter(|_| !natural),
        representative: party.representative.clone(),
        representative_post: party.representative_post.clone(),
        phone: party.phone.clone(),
        e_service_consent: case.address(party.id).map(|address| address.electronic),
        unknown,
    }
}

fn agent_of(case: &CaseState, agent: &party::Agent) -> Agent {
    let lawyer = agent.firm.as_deref().is_some_and(|firm| firm.contains("律师"));
    Agent {
        name: agent.name.clone(),
        kind: if lawyer { AgentKind::Lawyer } else { AgentKind::Staff },
        firm: agent.firm.clone(),
        clients: vec![name(case, agent.party)],
        authority: Some(if agent.special.is_empty() { "一般授权" } else { "特别授权" }.to_owned()),
        special_authority: !agent.special.is_empty(),
        phone: agent.phone.clone(),
    }
}

fn claim(claim: &party::Claim) -> Claim {
    Claim { text: claim.text.clone(), amount_fen: claim.amount.map(|amount| amount.0) }
}

fn elements(case: &CaseState) -> Vec<ElementAnswer> {
    let Some(form) = element_form::form_for(&case.application.cause) else { return vec![] };
    let replies = case.answers.first();
    let given = |id: &str| replies.and_then(|answer| answer.elements.get(id)).map(said);
    form.fields_for(element_form::Paper::Complaint)
        .filter_map(|field| {
            let value = said(case.application.elements.get(&field.id)?);
            Some(ElementAnswer {
                field: field.id.clone(),
                label: field.label_zh.clone(),
                value,
                disputed: given(&field.dispute_id()).map(|reply| reply == "有异议"),
                reply: given(&field.reply_id()),
            })
        })
        .collect()
}

/// An answer in words.
fn said(answer: &Given) -> String {
    match answer {
        Given::Text(text) | Given::Number(text) => text.clone(),
        Given::Money(amount) => format!("{}元", amount.grouped()),
        Given::Date(day) => xiezhi_documents::wording::date_in_text(*day),
        Given::Choice(chosen) => chosen.join("、"),
        Given::YesNo(yes) => if *yes { "是" } else { "否" }.to_owned(),
        Given::Table(rows) => rows.iter().map(|cells| cells.join("，")).collect::<Vec<_>>().join("；"),
        Given::Unknown => "不知道".to_owned(),
    }
}

fn counterclaim(case: &CaseState) -> Option<Counterclaim> {
    let answers: Vec<_> = case.answers.iter().filter(|answer| !answer.counterclaims.is_empty()).collect();
    let first = answers.first()?;
    Some(Counterclaim {
        by: answers.iter().map(|answer| name(case, answer.party)).collect(),
        claims: answers.iter().flat_map(|answer| &answer.counterclaims).map(claim).collect(),
        facts_and_reasons: some(&first.words),
        ..Counterclaim::default()
    })
}

fn evidence(case: &CaseState) -> Vec<Evidence> {
    case.evidence
        .iter()
        .zip(1..)
        .map(|(item, no)| {
            let party = case.parties.get(&item.party);
            let opinions: Vec<Opinion> = item.opinions.iter().map(|opinion| opinion_of(case, opinion)).collect();
            let disputed = item.opinions.iter().any(|opinion| {
                [opinion.authenticity, opinion.legality, opinion.relevance].contains(&Attribute::Disputed)
            });
            Evidence {
                no,
                by: party.map(|party| role_of(party.role).label().to_owned()).unwrap_or_default(),
                party: party.map(|party| party.name.clone()),
                name: item.name.clone(),
                kind: some(&item.kind),
                purpose: some(&item.purpose),
                origin: some(&item.source),
                form: Some(if item.has_original { "原件" } else { "复制件" }.to_owned()),
                pages: case.materials.get(&item.material).map(|paper| paper.file.pages).filter(|pages| *pages > 0),
                opponent_opinion: None,
                opinions,
                court_view: item.court_view.as_ref().map(|(view, reasons)| view_of(*view, reasons)),
                disputed,
            }
        })
        .collect()
}

fn opinion_of(case: &CaseState, opinion: &xiezhi_domain::evidence::Opinion) -> Opinion {
    let word = |attribute| Some(if attribute == Attribute::Accepted { "无异议" } else { "有异议" }.to_owned());
    Opinion {
        party: name(case, opinion.party),
        authenticity: word(opinion.authenticity),
        legality: word(opinion.legality),
        relevance: word(opinion.relevance),
        remark: some(&opinion.reasons),
    }
}

fn view_of(view: CourtView, reasons: &str) -> String {
    let word = match view {
        CourtView::Admitted => "采信",
        CourtView::PartlyAdmitted => "部分采信",
        CourtView::Rejected => "不予采信",
    };
    if reasons.trim().is_empty() { word.to_owned() } else { format!("{word}：{reasons}") }
}

fn hearing_of(case: &CaseState, hearing: &hearing::Hearing) -> Hearing {
    let came = hearing.appearances.iter().filter(|who| who.present);
    let absent = hearing.appearances.iter().filter(|who| !who.present);
    Hearing {
        on: Some(hearing.on),
        starts: Some(hearing.from),
        ends: Some(hearing.to),
        mode: Some(match hearing.mode {
            Mode::InPerson => "线下",
            Mode::Online => "在线",
            Mode::Mixed => "线上线下结合",
        }.to_owned()),
        place: hearing.room.clone().or_else(|| Some("在线法庭".to_owned())),
        open: Some(hearing.open),
        closed_reason: hearing.closed_because.clone(),
        appeared: came.map(|who| if who.by.is_empty() { name(case, who.party) } else { who.by.clone() }).collect(),
        absences: absent
            .map(|who| Absence { party: name(case, who.party), ground: AbsenceGround::SummonedAndAbsent })
            .collect(),
        utterances: utterances(&hearing.transcript),
        ..Hearing::default()
    }
}

/// A line “法官：…” is someone's word; a line without a speaker continues the last.
fn utterances(transcript: &str) -> Vec<Utterance> {
    let mut said: Vec<Utterance> = vec![];
    for line in transcript.lines().filter(|line| !line.trim().is_empty()) {
        match line.split_once(['：', ':']) {
            Some((speaker, words)) if speaker.chars().count() <= 24 => {
                said.push(Utterance { stage: None, speaker: speaker.trim().to_owned(), words: words.trim().to_owned() });
            }
            _ => match said.last_mut() {
                Some(last) => last.words = format!("{}\n{line}", last.words),
                None => said.push(Utterance { stage: None, speaker: "记录".to_owned(), words: line.to_owned() }),
            },
        }
    }
    said
}

fn fee(case: &CaseState) -> Option<Fee> {
    let working = case.fees.working.as_ref()?;
    let mut sum = 0;
    let steps = working.lines.iter().map(|line| step(line, &mut sum, working.total)).collect();
    Some(Fee {
        full_fen: Some(if case.procedure.halves_fee() { sum_before_halving(&working.lines, working.total) } else { working.total.0 }),
        charged_fen: Some(case.fees.due.0),
        basis: None,
        working: steps,
        preservation_fen: None,
        paid_fen: Some(case.fees.paid.0),
    })
}

/// Halving is the last step and halves the rounded sum, so the sum before it is twice the total.
fn sum_before_halving(lines: &[WorkingLine], total: Fen) -> i64 {
    let halved = lines.iter().any(|line| matches!(line, WorkingLine::Halved { .. }));
    if halved { total.0 * 2 } else { total.0 }
}

fn step(line: &WorkingLine, sum: &mut i64, total: Fen) -> FeeStep {
    let cited = |article: &str| Some(format!("《诉讼费用交纳办法》{article}"));
    let (what, working, amount, source) = match line {
        WorkingLine::Flat { amount, article } => ("按件交纳", amount.plain(), amount.0, cited(article)),
        WorkingLine::Base { amount, article, .. } => ("基本费用", amount.plain(), amount.0, cited(article)),
        WorkingLine::Bracket { amount, rate, quick_add, article, .. } => {
            let value = i128::from(amount.0) * i128::from(rate.numerator) / i128::from(rate.denominator);
            let value = i64::try_from(value).unwrap_or(i64::MAX) + quick_add.0;
            let sign = if quick_add.0 < 0 { "−" } else { "＋" };
            let add = Fen(quick_add.0.abs()).plain();
            ("财产案件受理费", format!("{}×{}{sign}{add}", amount.plain(), rate.percent()), value, cited(article))
        }
        WorkingLine::Slice { part, rate, article, .. } => {
            let value = i128::from(part.0) * i128::from(rate.numerator) / i128::from(rate.denominator);
            let value = i64::try_from(value).unwrap_or(i64::MAX);
            ("超过部分", format!("{}×{}", part.plain(), rate.percent()), value, cited(article))
        }
        WorkingLine::Fraction { of, article } => ("按比例", format!("×{}", of.percent()), *sum, cited(article)),
        WorkingLine::Capped { cap, article } => ("封顶", cap.plain(), cap.0, cited(article)),
        WorkingLine::Halved { .. } => ("减半交纳", "÷2".to_owned(), total.0, cited("第十六条")),
    };
    *sum = amount;
    FeeStep { what: what.to_owned(), working, amount_fen: amount, source }
}

fn mediation(case: &CaseState) -> Option<Mediation> {
    let agreement = case.mediation.agreement.as_ref();
    if agreement.is_none() && case.mediation.offers.is_empty() {
        return None;
    }
    Some(Mediation {
        on: case.hearings_in_order().last().map(|hearing| hearing.on),
        proposals: case.mediation.offers.iter().map(|offer| offer.terms.clone()).collect(),
        terms: agreement.map(|agreement| agreement.terms.clone()).unwrap_or_default(),
        effective_on_signature: agreement.is_some_and(|agreement| agreement.effective_on_signature),
        result: case.mediation.failed_because.clone(),
        ..Mediation::default()
    })
}

fn deliberations(case: &CaseState, people: &Directory) -> Vec<Deliberation> {
    let talk = &case.deliberation;
    if talk.session_no == 0 {
        return vec![];
    }
    let word = |position| if position == Position::For { "同意" } else { "不同意" };
    let opinions = talk.questions.iter().flat_map(|question| {
        question.opinions.iter().map(|opinion| MemberOpinion {
            member: people.name(opinion.member).to_owned(),
            item: question.text.clone(),
            position: word(opinion.position).to_owned(),
            reasons: some(&opinion.reasons),
        })
    });
    let votes = talk.questions.iter().map(|question| {
        let (yes, no) = question.tally();
        let dissent: Vec<&str> = question
            .opinions
            .iter()
            .filter(|opinion| (opinion.position == Position::For) != (yes > no))
            .map(|opinion| people.name(opinion.member))
            .collect();
        Vote {
            item: question.text.clone(),
            yes: u8::try_from(yes).unwrap_or(u8::MAX),
            no: u8::try_from(no).unwrap_or(u8::MAX),
            dissent: Some(dissent.join("、")).filter(|names| !names.is_empty()),
        }
    });
    vec![Deliberation {
        session: u16::try_from(talk.session_no).unwrap_or(u16::MAX),
        on: Some(case.changed_on),
        place: Some("合议室".to_owned()),
        order: talk.order.iter().map(|member| people.name(*member).to_owned()).collect(),
        opinions: opinions.collect(),
        votes: votes.collect(),
        conclusion: talk.conclusion.clone(),
    }]
}

fn address_of(case: &CaseState, address: &party::AddressConfirmation) -> AddressConfirmation {
    AddressConfirmation {
        party: name(case, address.party),
        address: some(&address.postal),
        phone: some(&address.phone),
        e_service_consent: Some(address.electronic),
        e_addresses: address.electronic_address.iter().map(|at| ("电子地址".to_owned(), at.clone())).collect(),
        substitute: address.recipient.clone(),
        scope: Some("第一审、第二审、再审和执行程序".to_owned()),
        signed_on: Some(case.changed_on),
        post_code: None,
    }
}

fn service_of(case: &CaseState, service: &xiezhi_domain::service::Service) -> ServiceRow {
    let titles: Vec<&str> =
        service.materials.iter().filter_map(|id| case.materials.get(id)).map(|paper| paper.title.as_str()).collect();
    let digest = service.materials.first().and_then(|id| case.materials.get(id)).map(|paper| paper.file.sha256.clone());
    let method = match service.channel {
        Channel::Electronic => "电子送达",
        Channel::Direct => "直接送达",
        Channel::LeftOnRefusal => "留置送达",
        Channel::Postal => "邮寄送达",
        Channel::Entrusted => "委托送达",
        Channel::Forwarded => "转交送达",
        Channel::Announcement => "公告送达",
    };
    let local = |at| court_offset().to_datetime(at);
    ServiceRow {
        document: titles.join("、"),
        copies: Some(1),
        digest,
        to: name(case, service.to),
        method: Some(method.to_owned()),
        address: some(&service.address),
        sent_at: Some(service.dispatched_on.at(0, 0, 0, 0)),
        arrived_at: service.arrived_at.map(local),
        read_at: service.opened_at.map(local),
        received_on: service.effected_on(),
        recipient: service.received_by.clone(),
        server: None,
        ..ServiceRow::default()
    }
}

fn outcome(case: &CaseState) -> Outcome {
    let manner = case.closing.as_ref().map(|closing| match closing.manner {
        Manner::Judgment => "判决",
        Manner::Mediation => "调解",
        Manner::Withdrawal => "准许撤诉",
        Manner::DeemedWithdrawal => "按撤诉处理",
    });
    Outcome {
        manner: manner.map(str::to_owned),
        document: case.final_paper().map(|paper| paper.kind.name_zh().to_owned()),
        pronounced_in_court: None,
        appealed: Some(!case.appeals.is_empty()),
    }
}

/// What the judge wrote, for the document it belongs to.
pub(super) fn add_draft(facts: &mut CaseFacts, draft: &Draft, today: Date) {
    let content = &draft.content;
    facts.found_facts = some(&content.found_facts);
    facts.reasoning = some(&content.reasoning);
    facts.legal_basis = content.legal_basis.iter().filter(|law| !law.trim().is_empty()).cloned().collect();
    facts.orders = content.orders.iter().filter(|order| !order.trim().is_empty()).map(|order| order_of(order)).collect();
    facts.cost = some(&content.costs);
    facts.dates.decided_on.get_or_insert(today);
    if draft.kind == PaperKind::Judgment {
        facts.outcome.manner.get_or_insert_with(|| "判决".to_owned());
    }
}

fn order_of(text: &str) -> OrderText {
    let pays = ["支付", "偿还", "返还", "赔偿", "给付", "清偿", "退还"].iter().any(|verb| text.contains(verb)) && text.contains('元');
    OrderText { text: text.to_owned(), pays_money: pays, amount_fen: None }
}
