//! Words of: Withdrawal of the suit (撤诉).

crate::messages! {
    Title => "撤诉", "Withdraw the suit";
    Lead => "撤诉要由法院裁定准许。准许以后案子就结束了；以后还可以再起诉。", "The court rules on it. Once granted, the case ends; you may sue again later.";
    Fee => "普通程序的案件撤诉，受理费退一半。", "In ordinary procedure, half of the fee comes back.";
    Reason => "为什么要撤诉", "Why you withdraw";
    ReasonHelp => "例如：对方已经还钱。", "For example: they have paid.";
    Ask => "申请撤诉", "Ask to withdraw";
    AskedTitle => "已经申请撤诉", "Withdrawal was asked";
    AskedWords => "等法院裁定。裁定书会送给双方。", "The court will rule; the ruling is served on both sides.";
    For => "替谁申请", "For whom";
    NotNow => "现在不能申请撤诉", "Not possible now";
    NotNowWords => "撤诉在立案以后、宣判以前，由原告申请。", "A plaintiff may ask after filing and before the decision is pronounced.";
    Rule => "去裁定", "Rule on it";
}
