//! Papers about court fees: the notice to pay with its working, the notice of refund.

use super::parts::{Filled, Line, addressed, cause, day, row, row_of, sealed, sum, sum_in_words, to, you};
use super::{Extra, Inputs, Payment, Refund};
use crate::amount::yuan;
use crate::facts::{CaseFacts, Fee};
use crate::structure::{Block, Cell, Span};

/// The notice to pay the court fee (交纳诉讼费用通知书), with how it was reckoned.
///
/// Source: 《诉讼费用交纳办法》第二十二条; 《民诉法解释》第二百一十三条.
pub(super) fn fee_notice(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let Payment { due_on, account } = match &inputs.extra {
        Extra::Payment(payment) => payment.clone(),
        _ => Payment::default(),
    };
    let fee = facts.fee.clone().unwrap_or_default();
    let mut rows = vec![
        row("交费人", addressed(facts, inputs.addressee.as_deref())),
        row("案由", cause(facts)),
        row("费用种类", Span::text("案件受理费")),
    ];
    // A fee by the piece rests on no amount; its steps say so.
    if facts.amount_in_dispute_fen.is_some() || fee.working.is_empty() {
        let amount = sum(facts, "amount_in_dispute_fen", facts.amount_in_dispute_fen, "计费标的额");
        rows.push(row("计费标的额", amount));
    }
    rows.extend(working(facts, &fee));
    rows.push(row("应交金额", sum_in_words(facts, "fee.charged_fen", fee.charged_fen, "应交金额")));
    rows.push(row("交纳期限", day(facts, "", due_on, "交费期限届满日")));
    rows.push(row("收款账户", facts.span_or_gap("", account.as_deref(), "收款账户或者缴费二维码")));
    let you = you(facts, inputs.addressee.as_deref());
    let blocks = vec![
        to(facts, inputs.addressee.as_deref()),
        Block::text(format!("根据《诉讼费用交纳办法》，{you}应当预交的诉讼费用如下：")),
        Block::KeyValue { rows },
        Block::text(
            "应当自收到本通知书次日起七日内交纳。确有困难的，可以在期限内申请缓交、减交或者免交。期限届满未交，申请亦未获批准后仍未交的，本院裁定按撤诉处理。",
        ),
    ];
    Filled { blocks, signatures: sealed(inputs.dated_on.or(facts.dates.filed_on)) }
}

/// Every step of the sum, or its reason where no steps are known.
fn working(facts: &CaseFacts, fee: &Fee) -> Vec<(String, Cell)> {
    let step = |(at, step): (usize, &crate::facts::FeeStep)| {
        let source = step.source.as_deref().map_or(String::new(), |source| format!("（{source}）"));
        let text = format!("{}＝{}元{source}", step.working, yuan(step.amount_fen));
        row(&step.what, facts.span(&format!("fee.working.{at}"), text))
    };
    let mut rows: Vec<_> = fee.working.iter().enumerate().map(step).collect();
    if rows.is_empty() {
        let full = sum(facts, "fee.full_fen", fee.full_fen, "案件受理费全额");
        rows.push(row_of("计算", Line::say("全额").put(full).cell()));
    }
    rows.push(row("计算依据", facts.span_or_gap("fee.basis", fee.basis.as_deref(), "收费依据")));
    rows
}

/// The notice that fees go back (退还诉讼费用通知书).
///
/// Source: 《诉讼费用交纳办法》第五十三条; 《民诉法解释》第二百零七条.
pub(super) fn refund_notice(facts: &CaseFacts, inputs: &Inputs) -> Filled {
    let refund = match &inputs.extra {
        Extra::Refund(refund) => refund.clone(),
        _ => Refund::default(),
    };
    let paid = facts.fee.as_ref().and_then(|fee| fee.paid_fen);
    let rows = vec![
        row("收款人", addressed(facts, inputs.addressee.as_deref())),
        row("案由", cause(facts)),
        row("已交金额", sum(facts, "fee.paid_fen", paid, "已交金额")),
        row("应负担金额", sum(facts, "", refund.borne_fen, "应负担金额")),
        row("退还金额", sum_in_words(facts, "", refund.refund_fen, "退还金额")),
        row("退费依据", facts.span_or_gap("", refund.ground.as_deref(), "退费依据")),
        row("收款账户", facts.span_or_gap("", refund.account.as_deref(), "退费收款账户")),
    ];
    let blocks = vec![
        to(facts, inputs.addressee.as_deref()),
        Block::text(format!("经核算，本院应当退还{}的诉讼费用如下：", you(facts, inputs.addressee.as_deref()))),
        Block::KeyValue { rows },
        Block::text("法律文书生效后，本院在十五日内将上述款项退至所确认的账户。账户有误的，请及时告知本院。"),
    ];
    Filled { blocks, signatures: sealed(inputs.dated_on) }
}
