//! Court fees of a case (诉讼费用): notice, payment, aid, refund. The arithmetic is in `law::fee`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    case::{CaseState, Procedure},
    decision::{Context, Decision},
    filing::Application,
    ids::ApprovalId,
    law::{
        fee::{self, FeeKind, FeeQuestion, FeeWorking, HalvingGround},
        money::Fen,
    },
    moment::Recorded,
    paper::PaperKind,
    periods::{self, PeriodEvent, PeriodKind},
    refusal::refusals,
};

/// Where the fee of a case stands (交费状态).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeeStatus {
    /// No fee was asked yet.
    #[default]
    None,
    /// Noticed, not yet paid (待交).
    Noticed,
    /// Paid (已交).
    Paid,
    /// Deferred (缓交).
    Deferred,
    /// Waived (免交).
    Waived,
    /// The time for paying is over (逾期未交): a judge rules.
    Overdue,
}

/// Kind of aid with fees (司法救助).
///
/// Source: 《诉讼费用交纳办法》第四十四条.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FeeAid {
    /// Deferred (缓交).
    Defer,
    /// Reduced by at least 30 per cent (减交).
    Reduce,
    /// Waived, for natural persons only (免交).
    Waive,
}

/// The fee account of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeeAccount {
    /// Where it stands.
    pub status: FeeStatus,
    /// What is charged, with its working.
    pub working: Option<FeeWorking>,
    /// Amount charged.
    pub due: Fen,
    /// Last day for paying.
    pub due_on: Option<Date>,
    /// Amount paid.
    pub paid: Fen,
    /// Receipt number of the newest payment.
    pub receipt_no: Option<String>,
    /// Receipt numbers of all payments and refunds.
    pub receipts: Vec<String>,
    /// Amount ordered to be refunded.
    pub refund_due: Fen,
    /// Amount refunded.
    pub refunded: Fen,
}

/// Facts of fees. A name is stored for the life of the file: add versions, never rename.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event")]
pub enum FeeEvent {
    /// The fee was computed and the notice written (交费通知).
    #[serde(rename = "fees.noticed.v1")]
    Noticed {
        /// The fee with its working.
        working: FeeWorking,
        /// Last day for paying.
        due_on: Date,
    },
    /// The fee was paid (已交费).
    #[serde(rename = "fees.paid.v1")]
    Paid {
        /// Amount.
        amount: Fen,
        /// By which channel.
        channel: String,
        /// Receipt number.
        receipt_no: String,
    },
    /// Aid was granted (准予缓交、减交、免交).
    #[serde(rename = "fees.aided.v1")]
    Aided {
        /// Kind.
        aid: FeeAid,
        /// Amount still to be paid.
        remaining: Fen,
        /// The approval.
        approval: ApprovalId,
    },
    /// The time for paying ended without payment (逾期未交费).
    #[serde(rename = "fees.overdue.v1")]
    Overdue {},
    /// A refund became due (应退费).
    #[serde(rename = "fees.refund_due.v1")]
    RefundDue {
        /// Amount.
        amount: Fen,
        /// Why: a code of the rule.
        ground: String,
        /// Last day for refunding.
        due_on: Date,
    },
    /// The refund was paid out (已退费).
    #[serde(rename = "fees.refunded.v1")]
    Refunded {
        /// Amount.
        amount: Fen,
        /// Receipt number.
        receipt_no: String,
    },
}

/// Commands about fees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "act")]
pub enum FeeCommand {
    /// A payment arrived.
    Pay {
        /// Amount.
        amount: Fen,
        /// By which channel: `bank`, `counter`.
        channel: String,
        /// Receipt number, unique at the channel.
        receipt_no: String,
    },
    /// The refund was paid out.
    Refund {
        /// Receipt number.
        receipt_no: String,
    },
}

refusals! {
    /// Why an act about fees is refused.
    FeeRefusal = "fees" {
        /// No fee is due.
        NothingDue,
        /// The amount is not the amount due.
        WrongAmount {
            /// Amount due.
            due: Fen,
        },
        /// No refund is due.
        NoRefundDue,
    }
}

/// Which tariff a cause falls under.
///
/// Source: 《诉讼费用交纳办法》第十三条.
pub fn kind_of(cause: &str) -> FeeKind {
    match cause {
        "离婚纠纷" => FeeKind::Divorce,
        cause if cause.contains("劳动") && !cause.contains("劳务") => FeeKind::Labour,
        cause
            if ["生命权", "身体权", "健康权", "姓名权", "肖像权", "名誉权", "荣誉权", "隐私权", "人格权"]
                .iter()
                .any(|right| cause.contains(right)) =>
        {
            FeeKind::Personality
        }
        _ => FeeKind::Property,
    }
}

/// Computes the fee at filing and orders the notice.
///
/// Source: 《诉讼费用交纳办法》第十三条、第十六条、第二十二条.
pub fn notice(case: &CaseState, ctx: &Context, procedure: Procedure) -> Decision {
    let working = charge(case, procedure);
    let period = periods::by_limit(PeriodKind::FeePayment, None, ctx.moment.today);
    let mut decision = Decision::of(FeeEvent::Noticed { working, due_on: period.last_on });
    decision.push(PeriodEvent::Started { period });
    decision.write(ctx, PaperKind::FeeNotice);
    decision
}

/// Summary to ordinary procedure: the half that was not asked for is due within seven days of the notice.
/// Where the fee was waived, deferred or does not change, nothing is asked.
///
/// Source: 《民诉法解释》第一百九十九条.
pub fn after_conversion(case: &CaseState, ctx: &Context, to: Procedure) -> Decision {
    let asked = matches!(case.fees.status, FeeStatus::Noticed | FeeStatus::Paid);
    if !asked || charge(case, to).total <= case.fees.due {
        return Decision::nothing();
    }
    notice(case, ctx, to)
}

/// The fee of the case under `procedure`, with its working.
pub fn charge(case: &CaseState, procedure: Procedure) -> FeeWorking {
    estimate(&case.application, procedure)
}

/// The fee that an application comes to under `procedure`, with its working; also before it is submitted.
pub fn estimate(application: &Application, procedure: Procedure) -> FeeWorking {
    let cause = crate::law::cause::find(&application.cause).map_or("", |cause| cause.name_zh.as_str());
    let amount = application.amount;
    let kind = match (kind_of(cause), amount) {
        (FeeKind::Property, None) => FeeKind::OtherNonProperty,
        (kind, _) => kind,
    };
    let mut question = FeeQuestion::new(kind, amount);
    if procedure.halves_fee() {
        question = question.halved(HalvingGround::SummaryProcedure);
    }
    fee::fee(&question).expect("an application has no negative amount, and the default figures are in range")
}

/// Decides an act about fees. A payment told twice, by its receipt number, changes nothing.
pub fn decide(case: &CaseState, ctx: &Context, command: FeeCommand) -> Result<Decision, FeeRefusal> {
    match command {
        FeeCommand::Pay { amount, channel, receipt_no } => {
            if case.fees.receipts.contains(&receipt_no) {
                return Ok(Decision::nothing());
            }
            let due = Fen(case.fees.due.0 - case.fees.paid.0);
            if due.0 <= 0 || matches!(case.fees.status, FeeStatus::None | FeeStatus::Waived) {
                return Err(FeeRefusal::NothingDue);
            }
            if amount != due {
                return Err(FeeRefusal::WrongAmount { due });
            }
            let mut decision = Decision::of(FeeEvent::Paid { amount, channel, receipt_no });
            decision.push(PeriodEvent::ended(PeriodKind::FeePayment, None));
            decision.write(ctx, PaperKind::FeeReceipt);
            Ok(decision)
        }
        FeeCommand::Refund { receipt_no } => {
            if case.fees.receipts.contains(&receipt_no) {
                return Ok(Decision::nothing());
            }
            let amount = Fen(case.fees.refund_due.0 - case.fees.refunded.0);
            if amount.0 <= 0 {
                return Err(FeeRefusal::NoRefundDue);
            }
            let mut decision = Decision::of(FeeEvent::Refunded { amount, receipt_no });
            decision.push(PeriodEvent::ended(PeriodKind::Refund, None));
            Ok(decision)
        }
    }
}

/// Takes an event into the state.
pub fn apply(case: &mut CaseState, event: &FeeEvent, _: &Recorded) {
    let fees = &mut case.fees;
    match event {
        FeeEvent::Noticed { working, due_on } => {
            fees.status = FeeStatus::Noticed;
            fees.due = working.total;
            fees.working = Some(working.clone());
            fees.due_on = Some(*due_on);
        }
        FeeEvent::Paid { amount, receipt_no, .. } => {
            fees.paid = Fen(fees.paid.0 + amount.0);
            fees.receipt_no = Some(receipt_no.clone());
            fees.receipts.push(receipt_no.clone());
            fees.status = FeeStatus::Paid;
        }
        FeeEvent::Aided { aid, remaining, .. } => {
            fees.due = *remaining;
            fees.status = match aid {
                FeeAid::Defer => FeeStatus::Deferred,
                FeeAid::Waive => FeeStatus::Waived,
                FeeAid::Reduce => FeeStatus::Noticed,
            };
        }
        FeeEvent::Overdue {} => fees.status = FeeStatus::Overdue,
        FeeEvent::RefundDue { amount, .. } => fees.refund_due = Fen(fees.refund_due.0 + amount.0),
        FeeEvent::Refunded { amount, receipt_no } => {
            fees.refunded = Fen(fees.refunded.0 + amount.0);
            fees.receipts.push(receipt_no.clone());
        }
    }
}
