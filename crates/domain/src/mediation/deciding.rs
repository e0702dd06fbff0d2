//! Decisions of mediation.

use super::{Agreement, Confidence, Means, MediationCommand, MediationEvent, MediationRefusal, Offer, Reply, lasting};

use crate::{
    case::CaseState,
    closing,
    decision::{Context, Decision},
    drafting::{DraftContent, DraftingEvent},
    ids::{DocumentId, PartyId},
    material::FileRef,
    paper::PaperKind,
    people::Actor,
    stage,
};

/// Decides an act of mediation.
///
/// Source: 《民事诉讼法》第九十六条至第一百零二条;《人民法院在线调解规则》第十八条、第二十五条.
pub fn decide(case: &CaseState, ctx: &Context, command: MediationCommand) -> Result<Decision, MediationRefusal> {
    stage::in_trial(case)?;
    match command {
        MediationCommand::Ask { party } => ask(case, party),
        MediationCommand::Open if case.mediation.open => Err(MediationRefusal::OpenAlready),
        MediationCommand::Open => Ok(lasting::begin(case, ctx)),
        _ if !case.mediation.open => Err(MediationRefusal::NotOpen),
        MediationCommand::Offer { by, terms } => offer(case, offered(ctx, by, terms)),
        MediationCommand::Counter { offer: to, by, terms } => {
            to_answer(case, to, by)?;
            offer(case, Offer { counters: Some(to), ..offered(ctx, Some(by), terms) })
        }
        MediationCommand::Confide { party, words } => confide(case, Confidence { party, words, on: ctx.act_on() }),
        MediationCommand::Release { confidence, party } => release(case, confidence, party),
        MediationCommand::Answer { offer, party, accepts, words } => {
            to_answer(case, offer, party)?;
            answer(case, offer, party, Reply { accepts, words, on: ctx.act_on() })
        }
        MediationCommand::Agree { agreement } => agree(case, ctx, agreement),
        MediationCommand::Sign { party, agreement_sha256, hand } => sign(case, ctx, party, agreement_sha256, hand),
        MediationCommand::Fail { reason } if reason.trim().is_empty() => Err(MediationRefusal::NoReason),
        MediationCommand::Fail { reason } => Ok(failed(case, ctx, reason, None)),
        MediationCommand::Leave { party, reason } => {
            known(case, party)?;
            Ok(failed(case, ctx, reason, Some(party)))
        }
        MediationCommand::ProposeExtension { .. } | MediationCommand::AgreeToExtension { .. } => {
            lasting::extend(case, ctx, command)
        }
    }
}

fn known(case: &CaseState, party: PartyId) -> Result<(), MediationRefusal> {
    if case.parties.contains_key(&party) { Ok(()) } else { Err(MediationRefusal::UnknownParty) }
}

fn ask(case: &CaseState, party: PartyId) -> Result<Decision, MediationRefusal> {
    known(case, party)?;
    if case.mediation.open {
        return Err(MediationRefusal::OpenAlready);
    }
    if case.mediation.asked.contains(&party) {
        return Ok(Decision::nothing());
    }
    Ok(Decision::of(MediationEvent::Asked { party }))
}

fn offered(ctx: &Context, by: Option<PartyId>, terms: String) -> Offer {
    Offer { by, terms, on: ctx.act_on(), counters: None }
}

/// An offer said twice in a row by the same side is one offer.
fn offer(case: &CaseState, offer: Offer) -> Result<Decision, MediationRefusal> {
    if let Some(party) = offer.by {
        known(case, party)?;
    }
    if offer.terms.trim().is_empty() {
        return Err(MediationRefusal::NoTerms);
    }
    let same = |last: &Offer| (last.by, &last.terms) == (offer.by, &offer.terms);
    if case.mediation.offers.last().is_some_and(same) {
        return Ok(Decision::nothing());
    }
    Ok(Decision::of(MediationEvent::Offered { offer }))
}

/// An offer that `party` may answer: there is one, and it is not its own.
fn to_answer(case: &CaseState, offer: usize, party: PartyId) -> Result<(), MediationRefusal> {
    known(case, party)?;
    let made = case.mediation.offers.get(offer).ok_or(MediationRefusal::UnknownOffer)?;
    if made.by == Some(party) { Err(MediationRefusal::OwnOffer) } else { Ok(()) }
}

/// A party may change its mind until an agreement is signed: its last word counts, all stay on the record.
fn answer(case: &CaseState, offer: usize, party: PartyId, reply: Reply) -> Result<Decision, MediationRefusal> {
    let same = |known: &Reply| (known.accepts, &known.words) == (reply.accepts, &reply.words);
    if case.mediation.replies.get(&(offer, party)).is_some_and(same) {
        return Ok(Decision::nothing());
    }
    Ok(Decision::of(MediationEvent::Answered { offer, party, reply }))
}

fn confide(case: &CaseState, confidence: Confidence) -> Result<Decision, MediationRefusal> {
    known(case, confidence.party)?;
    if confidence.words.trim().is_empty() {
        return Err(MediationRefusal::NoTerms);
    }
    let same = |told: &Confidence| (told.party, &told.words) == (confidence.party, &confidence.words);
    if case.mediation.confidences.last().is_some_and(|(told, _)| same(told)) {
        return Ok(Decision::nothing());
    }
    Ok(Decision::of(MediationEvent::Confided { confidence }))
}

/// Only whoever told the mediator alone lets it go on to the other side; it is an offer then.
fn release(case: &CaseState, confidence: usize, party: PartyId) -> Result<Decision, MediationRefusal> {
    known(case, party)?;
    let told = case.mediation.confidences.get(confidence).filter(|(told, _)| told.party == party);
    match told {
        None => Err(MediationRefusal::UnknownOffer),
        Some((_, true)) => Ok(Decision::nothing()),
        Some((_, false)) => Ok(Decision::of(MediationEvent::Released { confidence, party })),
    }
}

fn agree(case: &CaseState, ctx: &Context, agreement: Agreement) -> Result<Decision, MediationRefusal> {
    if agreement.terms.iter().all(|term| term.trim().is_empty()) {
        return Err(MediationRefusal::NoTerms);
    }
    if case.mediation.agreement.as_ref() == Some(&agreement) {
        return Ok(Decision::nothing());
    }
    let mut decision = statement_taken_back(case, "另有协议");
    decision.push(MediationEvent::Agreed { agreement });
    decision.write(ctx, PaperKind::MediationAgreement);
    Ok(decision)
}

/// Mediation rests on everyone's own will: one party that won't go on, or won't sign, ends it.
///
/// Source: 《民事诉讼法》第九十六条;《人民法院在线调解规则》第二十五条第四项、第五项、第七项.
fn failed(case: &CaseState, ctx: &Context, reason: String, by: Option<PartyId>) -> Decision {
    let mut decision = statement_taken_back(case, &reason);
    decision.push(MediationEvent::Failed { reason, by });
    decision.extend(lasting::ended(case, ctx, ctx.act_on()));
    decision
}

/// A statement that was put forward and not issued goes back with the agreement that it was written upon.
fn statement_taken_back(case: &CaseState, reason: &str) -> Decision {
    let drafted = case.mediation.statement.and_then(|statement| case.drafts.get(&statement));
    match drafted.filter(|draft| draft.original.is_some() && draft.issued.is_none()) {
        Some(draft) => {
            let (document, reason) = (draft.id, reason.to_owned());
            Decision::of(DraftingEvent::Returned { document, reason, by: None })
        }
        None => Decision::nothing(),
    }
}

/// The statement says what was agreed and nothing else. The judge puts it forward; judges and clerk sign it, and it
/// leaves under the seal of the court.
///
/// Source: 《民事诉讼法》第一百条第二款.
fn statement(ctx: &Context) -> DraftingEvent {
    DraftingEvent::Saved {
        document: DocumentId(ctx.ids.next()),
        kind: PaperKind::MediationStatement,
        content: DraftContent::default(),
        by: None,
    }
}

/// Each signature is printed into the agreement. With the last one the statement is drafted. Where the parties agreed that signature suffices,
/// that day closes the case and gives it effect; otherwise the last party's receipt of the statement does.
///
/// Source: 《民事诉讼法》第一百条、第一百零一条;《民诉法解释》第一百四十九条、第一百五十一条.
fn sign(
    case: &CaseState,
    ctx: &Context,
    party: PartyId,
    seen: String,
    hand: Option<FileRef>,
) -> Result<Decision, MediationRefusal> {
    let agreement = case.mediation.agreement.as_ref().ok_or(MediationRefusal::NoAgreement)?;
    if !case.parties.contains_key(&party) {
        return Err(MediationRefusal::UnknownParty);
    }
    if agreement.sha256() != seen {
        return Err(MediationRefusal::TermsChanged);
    }
    if case.mediation.signed.contains_key(&party) {
        return Ok(Decision::nothing());
    }
    let (means, on) = (Some(means(ctx)), ctx.came_on);
    let mut decision = Decision::of(MediationEvent::Signed { party, agreement_sha256: seen, hand, means, on });
    let printed = case.last_paper(PaperKind::MediationAgreement);
    if let Some(paper) = printed {
        decision.rewrite(paper);
    }
    if case.party_order.iter().any(|id| *id != party && !case.mediation.signed.contains_key(id)) {
        return Ok(decision);
    }
    decision.push(statement(ctx));
    if agreement.effective_on_signature {
        decision.extend(closing::close_by_signature(case, ctx, printed.map(|paper| paper.id)));
    } else {
        decision.extend(lasting::ended(case, ctx, ctx.act_on()));
    }
    Ok(decision)
}

/// A party or its agent signs with the account; what anyone else enters was signed on paper.
fn means(ctx: &Context) -> Means {
    match ctx.actor {
        Actor::Person { id, post, .. } if post.is_outside() && ctx.came_on.is_none() => Means::Online(*id),
        _ => Means::OnPaper,
    }
}
