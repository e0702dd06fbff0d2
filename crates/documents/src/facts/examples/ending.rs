//! How an example ended: findings, orders or terms, appeal.

use super::*;

pub(super) fn read_end(facts: &mut CaseFacts, example: &Part) -> Result<(), NotAnExample> {
    facts.issues = example.texts("issues");
    facts.found_facts = example.text("found_facts");
    facts.reasoning = example.text("reasoning");
    facts.legal_basis = example.texts("legal_basis");
    facts.appeal = example.part("appeal").map(|part| read_appeal(&part)).transpose()?;
    let Some(outcome) = example.part("outcome") else {
        return Ok(());
    };
    facts.outcome = Outcome {
        manner: outcome.text("manner"),
        document: outcome.text("document"),
        pronounced_in_court: outcome.flag("pronounced_in_court"),
        appealed: outcome.flag("appealed"),
    };
    facts.dates.decided_on = outcome.date("date")?;
    facts.cost = outcome.text("cost");
    facts.orders = outcome.texts("orders").into_iter().map(order).collect();
    for key in ["award_total", "final"] {
        if let Some(value) = outcome.0.get(key) {
            facts.more.insert(format!("outcome.{key}"), value.clone());
        }
    }
    close(facts, outcome.texts("agreement"));
    Ok(())
}

/// A judgment closes the case on the day of pronouncement, a mediation statement when the last party has it.
fn close(facts: &mut CaseFacts, terms: Vec<String>) {
    if terms.is_empty() {
        facts.dates.pronounced_on = facts.dates.decided_on;
        facts.dates.closed_on = facts.dates.decided_on;
        return;
    }
    facts.dates.closed_on = facts.service.iter().filter_map(ServiceRow::effected_on).max();
    let place = facts.last_hearing().and_then(|hearing| hearing.place.clone());
    let mediator = facts.tribunal.in_charge.clone();
    facts.mediation = Some(Mediation { on: facts.dates.decided_on, place, mediator, terms, ..Mediation::default() });
}

fn order(text: String) -> OrderText {
    let pays = ["支付", "偿还", "赔偿", "返还"].iter().any(|verb| text.contains(verb)) && text.contains('元');
    OrderText { pays_money: pays, amount_fen: one_amount(&text), text }
}

/// The first sum in a text, `None` where it recurs each month or is only what interest is reckoned on.
pub(super) fn one_amount(text: &str) -> Option<i64> {
    let (before, _) = text.split_once('元').filter(|_| !text.contains("每月"))?;
    let digits = before.rsplit(|c: char| !c.is_ascii_digit() && c != '.').next()?;
    let base = before.strip_suffix(digits)?.ends_with('以');
    if base { None } else { parse_yuan(digits) }
}

fn read_appeal(part: &Part) -> Result<Appeal, NotAnExample> {
    let volumes = part.part("volumes");
    let count = |key: &str| volumes.as_ref().and_then(|all| all.number(key)).and_then(|one| u16::try_from(one).ok());
    Ok(Appeal {
        appellant: part.text("appellant").unwrap_or_default(),
        received_on: part.date("petition_received")?,
        claims: part.texts("claims"),
        copy_served_on: part.date("copy_served")?,
        answered_on: part.date("answer_received")?,
        fee_basis: part.text("fee_basis"),
        fee_fen: part.fen("fee")?,
        file_sent_on: part.date("file_sent")?,
        main_volumes: count("main"),
        secondary_volumes: count("secondary"),
        media: count("media"),
        package_digest: None,
        second_number: part.text("second_case_no"),
        second_result: part.text("second_result"),
        second_decided_on: part.date("second_date")?,
        file_returned_on: part.date("file_returned")?,
    })
}
