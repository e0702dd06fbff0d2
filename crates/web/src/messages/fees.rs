//! Words of: Fees: notice, payment, aid, refund (诉讼费用).

use xiezhi_domain::{
    fees::{FeeAid, FeeStatus},
    law::fee::HalvingGround,
};

crate::messages! {
    Title => "费用", "Fees";
    ToPay => "要交", "To pay";
    StatusNone => "还没有通知交费", "No fee was asked yet";
    StatusNoticed => "待交", "to be paid";
    StatusPaid => "已交", "paid";
    StatusDeferred => "缓交", "deferred";
    StatusWaived => "免交", "waived";
    StatusOverdue => "逾期未交", "not paid in time";
    BigNone => "现在不用交费", "Nothing to pay now";
    BigPaid => "已经交清", "All paid";
    BigWaived => "法院已准许免交", "The court has waived the fee";
    BigDeferred => "法院已准许缓交", "The court has let you pay later";
    BigOverdue => "过了期限没有交", "Not paid in time";
    Acceptance => "案件受理费", "Court acceptance fee";
    YouPrepay => "您先垫上。官司赢了，由输的一方出，法院把您垫的退给您。", "You advance it. If you win, the losing side bears it and the court gives yours back.";
    IfUnpaid => "到期不交又没有申请缓、减、免的，按撤诉处理。", "Unpaid without asking for aid, the suit is treated as withdrawn.";
    Pay => "去交费", "Pay";
    PayNote => "会打开银行的页面。法院不会让您往个人账户转钱。", "The bank's page opens. The court never asks for a transfer to a private account.";
    CheckPayment => "查到账", "Has it come in?";
    CheckNote => "交了还没显示？查一下银行。", "Paid and not shown? Ask the bank.";
    Working => "每一步怎么算的", "How it is computed, step by step";
    Paid => "已交", "Paid";
    Receipt => "票据", "Receipt";
    DueOn => "最晚", "By";
    WhyDay => "为什么是这一天", "Why this day";
    AidTitle => "交不起怎么办", "If you can't pay";
    AidWords => "可以申请缓交、少交、免交。低保、残疾、没有固定收入的，写明情况申请，法院书面答复您。免交只给自然人。", "You may ask to pay later, less, or nothing. Say what your situation is; the court answers in writing. Only natural persons can be relieved altogether.";
    AidKind => "想怎么办", "What you ask for";
    AidDefer => "缓交：以后再交", "To pay later";
    AidReduce => "减交：少交一部分", "To pay less";
    AidWaive => "免交：不交", "To pay nothing";
    AidReason => "为什么", "Why";
    AidReasonHelp => "例如：领取最低生活保障，社区可以证明。", "For example: on minimum living allowance; the community can certify.";
    AidSend => "交给法院", "Send to the court";
    AidAskTitle => "提请司法救助审批", "Ask approval for aid with fees";
    AidRemaining => "减交后还要交", "Still to be paid after a reduction";
    AidRemainingHelp => "减交至少百分之三十。", "A reduction takes off thirty per cent at least.";
    AidAsk => "提请审批", "Ask for approval";
    AidPaper => "诉讼费用司法救助申请书", "诉讼费用司法救助申请书";
    Refund => "退费", "Refund";
    RefundDue => "应退", "to refund";
    Refunded => "已退", "refunded";
    RefundUntil => "最晚", "by";
    RefundReceipt => "退费凭证号", "Number of the refund voucher";
    RefundReceiptHelp => "付款凭证上的号码，一次退费一个号码。", "The number on the payment voucher, one for each refund.";
    RefundPay => "登记已退", "Enter as refunded";
    NoRefund => "没有要退的。", "Nothing to refund.";
    LineFlat => "按件", "by the piece";
    LineBase => "按件，本院标准", "by the piece, this court's figure";
    LineCapped => "最多收", "at most";
    LineHalved => "减半", "halved";
    LineTotal => "合计", "Total";
    Law => "《诉讼费用交纳办法》", "《诉讼费用交纳办法》";
    GroundMediated => "调解结案", "settled by mediation";
    GroundWithdrawn => "撤诉", "withdrawn";
    GroundSummary => "简易程序", "summary procedure";
    GroundJoined => "合并审理的反诉", "joined claim";
    GroundStated => "减半", "halved";
    MoneyTitle => "费用", "Money";
    ToRefund => "待退费", "To refund";
    ToRefundNone => "没有待退的。", "Nothing waits to be refunded.";
    PaidList => "收费", "Fees charged";
    Case => "案件", "Case";
    Amount => "金额", "Amount";
    State => "状态", "State";
    Do => "办", "Do";
}

crate::phrases! {
    whole_bracket(amount: &str, rate: &str) => "{amount} × {rate}%", "{amount} × {rate}%";
    quick_add(times: &str, amount: &str) => "{times} + {amount}", "{times} + {amount}";
    slice(from: &str, part: &str, rate: &str) => "超过 {from} 的部分 {part} × {rate}%", "the part above {from}: {part} × {rate}%";
    first_slice(part: &str, rate: &str) => "{part} × {rate}%", "{part} × {rate}%";
    fraction(rate: &str) => "以上之和的 {rate}%", "{rate}% of the sum so far";
    range(min: &str, max: &str) => "法定 {min} 至 {max}", "between {min} and {max} by law";
    computed_on(amount: &str) => "按标的 {amount}", "on {amount} in dispute";
    by_day(day: &str) => "最晚 {day} 交", "to be paid by {day}";
    refund_by(day: &str) => "最晚 {day} 退", "to be refunded by {day}";
}

/// Where a fee stands.
pub fn status(status: FeeStatus) -> Key {
    match status {
        FeeStatus::None => Key::StatusNone,
        FeeStatus::Noticed => Key::StatusNoticed,
        FeeStatus::Paid => Key::StatusPaid,
        FeeStatus::Deferred => Key::StatusDeferred,
        FeeStatus::Waived => Key::StatusWaived,
        FeeStatus::Overdue => Key::StatusOverdue,
    }
}

/// A kind of aid.
pub fn aid(aid: FeeAid) -> Key {
    match aid {
        FeeAid::Defer => Key::AidDefer,
        FeeAid::Reduce => Key::AidReduce,
        FeeAid::Waive => Key::AidWaive,
    }
}

/// Why a fee is halved.
pub fn ground(ground: HalvingGround) -> Key {
    match ground {
        HalvingGround::Mediated => Key::GroundMediated,
        HalvingGround::Withdrawn => Key::GroundWithdrawn,
        HalvingGround::SummaryProcedure => Key::GroundSummary,
        HalvingGround::JoinedClaim => Key::GroundJoined,
        HalvingGround::Stated => Key::GroundStated,
    }
}
