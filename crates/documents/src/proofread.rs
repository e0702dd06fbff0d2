//! Reads a paper against the facts before it is approved (文书校对). Codes and data, no words for readers.

mod facts;
mod orders;
mod slips;

use serde::Serialize;

use crate::facts::{CaseFacts, Procedure};
use crate::kinds::{
    DocumentKind,
    judgment_clauses::{APPEAL, FINAL, LATE_PERFORMANCE},
};
use crate::structure::{Block, Document};

pub use slips::{Slip, SlipKind};

/// Where a finding stands in the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PlaceInPaper)]
pub enum Place {
    /// The head: court, title, number.
    Head,
    /// A block of the body, from 0.
    Block(usize),
    /// The paper as a whole.
    Whole,
}

/// What is wrong with a paper (校对问题).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
#[schema(as = ProofreadingFinding)]
pub enum Finding {
    /// Something is missing.
    Gap {
        /// Where.
        place: Place,
        /// What.
        what: String,
    },
    /// The number on the paper is not that of the case.
    NumberDiffers {
        /// On the paper.
        written: Option<String>,
        /// Of the case.
        expected: Option<String>,
    },
    /// A party is not named anywhere.
    PartyNotNamed {
        /// Its name.
        name: String,
    },
    /// An ID number or credit code belongs to no party of the case.
    UnknownIdentity {
        /// Where.
        place: Place,
        /// The number as written.
        written: String,
    },
    /// Fewer orders than claims, and nothing rejects the rest.
    ClaimsUnanswered {
        /// Claims apart from costs.
        claims: usize,
        /// Orders.
        orders: usize,
    },
    /// Orders are not numbered 1, 2, 3.
    OrdersMisnumbered {
        /// Where the first wrong one stands.
        place: Place,
        /// The number there.
        written: u16,
        /// The number expected.
        expected: u16,
    },
    /// An order names no party, so nobody knows whom it binds.
    OrderBindsNobody {
        /// Where.
        place: Place,
    },
    /// Amounts that should make up the amount in dispute do not.
    AmountsDisagree {
        /// What was added up: `claims` or `claim_items`.
        of: &'static str,
        /// Their sum.
        sum_fen: i64,
        /// The amount in dispute.
        stated_fen: i64,
    },
    /// More is awarded than was claimed (判超所请).
    AwardAboveClaim {
        /// Where.
        place: Place,
        /// For what, as order and claim name it; empty where all sums together are meant.
        what: String,
        /// Awarded.
        awarded_fen: i64,
        /// Claimed.
        claimed_fen: i64,
    },
    /// An order binds a party to itself.
    OrderBindsItself {
        /// Where.
        place: Place,
        /// The party.
        name: String,
    },
    /// An order pays money, but the clause on late performance is missing.
    LatePerformanceMissing,
    /// The clause on appeal, or on finality, is not the one of this procedure.
    AppealClauseWrong {
        /// The period the paper should tell; 0 where the judgment is final.
        expected_days: u16,
    },
    /// The court above is not the one of this court.
    HigherCourtWrong {
        /// Where.
        place: Place,
        /// The right name.
        expected: String,
    },
    /// The procedural law stands before substantive law.
    ProcedureLawNotLast,
    /// A slip of the pen.
    Slip(Slip),
}

impl Finding {
    /// The stable code, which leads to the words for readers.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Gap { .. } => "gap",
            Self::NumberDiffers { .. } => "number_differs",
            Self::PartyNotNamed { .. } => "party_not_named",
            Self::UnknownIdentity { .. } => "unknown_identity",
            Self::ClaimsUnanswered { .. } => "claims_unanswered",
            Self::OrdersMisnumbered { .. } => "orders_misnumbered",
            Self::OrderBindsNobody { .. } => "order_binds_nobody",
            Self::AmountsDisagree { .. } => "amounts_disagree",
            Self::AwardAboveClaim { .. } => "award_above_claim",
            Self::OrderBindsItself { .. } => "order_binds_itself",
            Self::LatePerformanceMissing => "late_performance_missing",
            Self::AppealClauseWrong { .. } => "appeal_clause_wrong",
            Self::HigherCourtWrong { .. } => "higher_court_wrong",
            Self::ProcedureLawNotLast => "procedure_law_not_last",
            Self::Slip(slip) => slip.kind.code(),
        }
    }

    /// Where it stands.
    pub fn place(&self) -> Place {
        match self {
            Self::Gap { place, .. }
            | Self::UnknownIdentity { place, .. }
            | Self::OrdersMisnumbered { place, .. }
            | Self::OrderBindsNobody { place }
            | Self::OrderBindsItself { place, .. }
            | Self::AwardAboveClaim { place, .. }
            | Self::HigherCourtWrong { place, .. } => *place,
            Self::NumberDiffers { .. } => Place::Head,
            Self::Slip(slip) => slip.place,
            Self::PartyNotNamed { .. }
            | Self::ClaimsUnanswered { .. }
            | Self::AmountsDisagree { .. }
            | Self::LatePerformanceMissing
            | Self::AppealClauseWrong { .. }
            | Self::ProcedureLawNotLast => Place::Whole,
        }
    }
}

/// Reads any paper for gaps and slips of the pen, and a judgment against the facts of its case besides.
pub fn proofread(paper: &Document, facts: &CaseFacts) -> Vec<Finding> {
    let mut findings = gaps(paper);
    if DocumentKind::from_id(&paper.kind).is_some_and(DocumentKind::is_judgment) {
        findings.extend(as_judgment(paper, facts));
    }
    findings.extend(slips(paper, facts).into_iter().map(Finding::Slip));
    findings
}

fn slips(paper: &Document, facts: &CaseFacts) -> Vec<Slip> {
    let in_run = |(place, text): (Place, Vec<char>)| {
        let mut found = slips::of_characters(place, &text);
        found.extend(facts::of_words(place, &text, paper, facts));
        found
    };
    slips::runs(paper).flat_map(in_run).chain(facts::of_parties(facts)).collect()
}

fn as_judgment(paper: &Document, facts: &CaseFacts) -> Vec<Finding> {
    let text = paper.plain_text();
    let mut findings = vec![];
    if paper.number != facts.number {
        findings.push(Finding::NumberDiffers { written: paper.number.clone(), expected: facts.number.clone() });
    }
    findings.extend(names(facts, &text));
    findings.extend(identities(paper, facts));
    findings.extend(orders(paper, facts));
    findings.extend(amounts(facts));
    findings.extend(orders::beyond(paper, facts));
    findings.extend(clauses(paper, facts, &text));
    findings
}

fn gaps(paper: &Document) -> Vec<Finding> {
    let body = paper.blocks.iter().enumerate();
    let body = body.flat_map(|(at, block)| {
        block.gaps().into_iter().map(move |what| Finding::Gap { place: Place::Block(at), what })
    });
    let undated = paper.signatures.as_ref().is_some_and(|block| block.dated_on.is_none());
    body.chain(undated.then(|| Finding::Gap { place: Place::Whole, what: "落款日期".into() })).collect()
}

fn names(facts: &CaseFacts, text: &str) -> Vec<Finding> {
    let names = facts.parties.iter().filter_map(|party| party.name.clone());
    names.filter(|name| !text.contains(name.as_str())).map(|name| Finding::PartyNotNamed { name }).collect()
}

/// Runs of 18 digits and capitals look like an ID number or a credit code.
fn identities(paper: &Document, facts: &CaseFacts) -> Vec<Finding> {
    let known: Vec<&str> = facts
        .parties
        .iter()
        .flat_map(|party| [party.id_number.as_deref(), party.credit_code.as_deref()])
        .flatten()
        .collect();
    let mut findings = Vec::new();
    for (at, block) in paper.blocks.iter().enumerate() {
        let text: String = block.spans().map(|span| span.text.as_str()).collect();
        let runs = text.split(|c: char| !c.is_ascii_digit() && !c.is_ascii_uppercase());
        let strange = runs.filter(|run| run.len() == 18 && !known.contains(run));
        findings
            .extend(strange.map(|run| Finding::UnknownIdentity { place: Place::Block(at), written: run.to_owned() }));
    }
    findings
}

fn orders(paper: &Document, facts: &CaseFacts) -> Vec<Finding> {
    let written: Vec<(usize, u16, String)> = paper
        .blocks
        .iter()
        .enumerate()
        .filter_map(|(at, block)| match block {
            Block::Order { no, spans } => Some((at, *no, spans.iter().map(|span| span.text.as_str()).collect())),
            _ => None,
        })
        .collect();
    let mut findings = Vec::new();
    let misnumbered = written.iter().zip(1u16..).find(|((_, no, _), expected)| no != expected);
    findings.extend(misnumbered.map(|((at, no, _), expected)| Finding::OrdersMisnumbered {
        place: Place::Block(*at),
        written: *no,
        expected,
    }));
    let named =
        |text: &str| facts.parties.iter().filter_map(|party| party.name.as_deref()).any(|name| text.contains(name));
    let nobody = written.iter().filter(|(_, _, text)| !named(text));
    findings.extend(nobody.map(|(at, ..)| Finding::OrderBindsNobody { place: Place::Block(*at) }));
    let rejected = written.iter().any(|(_, _, text)| text.contains("驳回"));
    let counterclaims = facts.counterclaim.iter().flat_map(|counterclaim| &counterclaim.claims);
    let about_costs = |text: &str| ["诉讼费", "受理费", "保全费"].iter().any(|word| text.contains(word));
    let claims = facts.claims.iter().chain(counterclaims).filter(|claim| !about_costs(&claim.text)).count();
    if written.len() < claims && !rejected {
        findings.push(Finding::ClaimsUnanswered { claims, orders: written.len() });
    }
    findings
}

fn amounts(facts: &CaseFacts) -> Vec<Finding> {
    let Some(stated_fen) = facts.amount_in_dispute_fen else {
        return Vec::new();
    };
    let items: i64 = facts.claim_items.iter().map(|item| item.amount_fen).sum();
    let claims: i64 = facts.claims.iter().filter_map(|claim| claim.amount_fen).sum();
    let mut findings = Vec::new();
    if !facts.claim_items.is_empty() && items != stated_fen {
        findings.push(Finding::AmountsDisagree { of: "claim_items", sum_fen: items, stated_fen });
    }
    if claims > 0 && claims != stated_fen {
        findings.push(Finding::AmountsDisagree { of: "claims", sum_fen: claims, stated_fen });
    }
    findings
}

fn clauses(paper: &Document, facts: &CaseFacts, text: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    if facts.orders.iter().any(|order| order.pays_money) && !text.contains(LATE_PERFORMANCE) {
        findings.push(Finding::LatePerformanceMissing);
    }
    let is_final = facts.procedure == Some(Procedure::SmallClaims);
    let appealable = text.contains(APPEAL);
    if appealable == is_final || text.contains(FINAL) != is_final {
        findings.push(Finding::AppealClauseWrong { expected_days: if is_final { 0 } else { 15 } });
    }
    let above = facts.court.higher_court.clone().filter(|_| appealable);
    findings.extend(above.and_then(|expected| wrong_court(paper, expected)));
    let procedural = facts.legal_basis.iter().position(|law| law.contains("民事诉讼法") && !law.contains("解释"));
    let is_law = |law: &String| !law.contains("解释") && !law.contains("规定第");
    if procedural.is_some_and(|at| facts.legal_basis[at + 1..].iter().any(is_law)) {
        findings.push(Finding::ProcedureLawNotLast);
    }
    findings
}

fn wrong_court(paper: &Document, expected: String) -> Option<Finding> {
    let told = |block: &Block| block.spans().map(|span| span.text.as_str()).collect::<String>();
    let at = paper.blocks.iter().position(|block| told(block).contains(APPEAL))?;
    let right = told(&paper.blocks[at]).ends_with(&format!("{APPEAL}{expected}。"));
    (!right).then_some(Finding::HigherCourtWrong { place: Place::Block(at), expected })
}

#[cfg(test)]
mod tests;
