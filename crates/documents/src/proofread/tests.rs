//! Each finding, from a judgment that was right before.

use super::*;
use crate::examples::example;
use crate::kinds::{DocumentKind, Inputs, fill};
use crate::structure::Span;

fn judged(no: usize) -> (Document, CaseFacts) {
    let facts = example(no);
    let kind = DocumentKind::judgment_of(facts.procedure.expect("an example has a procedure"));
    (fill(kind, &facts, &Inputs::default()), facts)
}

#[test]
fn a_judgment_that_agrees_with_its_facts_has_no_findings() {
    for no in [1, 2, 4, 5, 6] {
        let (paper, facts) = judged(no);
        assert_eq!(proofread(&paper, &facts), [], "example {no}");
    }
}

#[test]
fn a_foreign_number_and_name_are_found() {
    let (mut paper, mut facts) = judged(1);
    paper.number = Some("（2026）鲁0691民初110号".into());
    facts.parties[2].name = Some("保连代".into());
    let codes: Vec<_> = proofread(&paper, &facts).iter().map(Finding::code).collect();
    assert_eq!(codes, ["number_differs", "party_not_named"]);
}

#[test]
fn an_identity_of_nobody_is_found_at_its_place() {
    let (mut paper, facts) = judged(1);
    paper.blocks[0] = Block::text("原告：贾借出，公民身份号码370691198503120114。");
    let written = "370691198503120114".to_owned();
    assert_eq!(proofread(&paper, &facts), [Finding::UnknownIdentity { place: Place::Block(0), written }]);
}

#[test]
fn orders_out_of_number_and_a_claim_without_answer_are_found() {
    let (mut paper, facts) = judged(1);
    let at = paper
        .blocks
        .iter()
        .position(|block| matches!(block, Block::Order { no: 2, .. }))
        .expect("it has a second order");
    paper.blocks.remove(at);
    let found = proofread(&paper, &facts);
    assert_eq!(
        found,
        [
            Finding::OrdersMisnumbered { place: Place::Block(at), written: 3, expected: 2 },
            Finding::ClaimsUnanswered { claims: 3, orders: 2 },
        ]
    );
}

#[test]
fn amounts_that_do_not_add_up_are_found() {
    let (paper, mut facts) = judged(4);
    facts.claim_items[0].amount_fen += 100;
    let found = proofread(&paper, &facts);
    assert_eq!(found, [Finding::AmountsDisagree { of: "claim_items", sum_fen: 20_238_160, stated_fen: 20_238_060 }]);
}

#[test]
fn another_court_above_and_a_lost_clause_are_found() {
    let (mut paper, facts) = judged(1);
    let last = paper.blocks.len() - 1;
    paper.blocks[last] =
        Block::paragraph([Span::text(APPEAL), Span::text("山东省青岛市中级人民法院"), Span::text("。")]);
    paper.blocks.retain(|block| *block != Block::text(LATE_PERFORMANCE));
    let codes: Vec<_> = proofread(&paper, &facts).iter().map(Finding::code).collect();
    assert_eq!(codes, ["late_performance_missing", "higher_court_wrong"]);
}

#[test]
fn a_small_claims_judgment_that_offers_appeal_is_found() {
    let (mut paper, facts) = judged(6);
    let last = paper.blocks.len() - 1;
    paper.blocks[last] = Block::text(format!("{APPEAL}山东省烟台市中级人民法院。"));
    let codes: Vec<_> = proofread(&paper, &facts).iter().map(Finding::code).collect();
    assert_eq!(codes, ["appeal_clause_wrong"]);
}
