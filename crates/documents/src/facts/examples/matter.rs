//! Claims, answers, fee and evidence of an example.

use super::*;

pub(super) fn read_matter(facts: &mut CaseFacts, example: &Part) -> Result<(), NotAnExample> {
    let claim = |text: String| Claim { amount_fen: one_amount(&text), text };
    facts.claims = example.texts("claims").into_iter().map(claim).collect();
    for item in example.parts("claim_items") {
        let amount_fen = item.fen("amount")?.unwrap_or_default();
        let name = item.text("item").unwrap_or_default();
        facts.claim_items.push(ClaimItem { item: name, working: item.text("calc"), amount_fen });
    }
    facts.facts_and_reasons = example.text("facts_and_reasons");
    if let Some(answers) = example.part("answer") {
        let party_order = |name: &String| facts.parties.iter().position(|party| party.name.as_ref() == Some(name));
        let mut names: Vec<&String> = answers.0.keys().collect();
        names.sort_by_key(|name| party_order(name));
        let answer =
            |name: &String| Answer { party: name.clone(), text: answers.text(name).unwrap_or_default(), on: None };
        facts.answers = names.into_iter().map(answer).collect();
    }
    if let Some(fee) = example.part("fee") {
        facts.fee = Some(Fee {
            full_fen: fee.fen("full")?,
            charged_fen: fee.fen("charged")?,
            basis: fee.text("basis"),
            working: Vec::new(),
            preservation_fen: fee.fen("preservation_fee")?,
            paid_fen: None,
        });
    }
    for item in example.parts("evidence") {
        facts.evidence.push(read_evidence(&facts.parties, &item));
    }
    Ok(())
}

fn read_evidence(parties: &[Party], item: &Part) -> Evidence {
    let by = item.text("by").unwrap_or_default();
    let opinion = item.text("opponent_opinion");
    let court_view = item.text("court_view");
    Evidence {
        no: item.number("no").and_then(|no| u16::try_from(no).ok()).unwrap_or_default(),
        party: submitter(parties, &by),
        by,
        name: item.text("name").unwrap_or_default(),
        kind: item.text("kind"),
        purpose: item.text("purpose"),
        disputed: court_view.as_deref() != Some("采信") || !opinion.as_deref().is_some_and(admits),
        opponent_opinion: opinion,
        court_view,
        ..Evidence::default()
    }
}

/// The examples name a party by role, with a short name where the role has several: 被告保险公司.
fn submitter(parties: &[Party], by: &str) -> Option<String> {
    let role = Role::ALL.into_iter().find(|role| by.starts_with(role.label()))?;
    let short = by.trim_start_matches(role.label());
    let mut names = parties.iter().filter(|party| party.role == role).filter_map(|party| party.name.clone());
    names.find(|name| {
        let mut letters = name.chars();
        short.chars().all(|wanted| letters.any(|letter| letter == wanted))
    })
}

/// Whether an opinion leaves an item undisputed: it admits, and nothing in it contests.
fn admits(opinion: &str) -> bool {
    let says = |words: &[&str]| words.iter().any(|word| opinion.contains(word));
    says(&["无异议", "认可"]) && !says(&["不认可", "有异议", "提出异议", "称"])
}
