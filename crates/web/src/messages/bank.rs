//! Words of: The demonstration bank that payments lead to (演示银行).

crate::messages! {
    Title => "演示银行", "Demonstration bank";
    Words => "这是演示，不动真钱。按下“付款”，就当作已经付了。", "This is a demonstration: no money moves. Press “Pay”, and it counts as paid.";
    Amount => "金额", "Amount";
    Purpose => "用途", "For";
    Reference => "缴款码", "Reference";
    Pay => "付款", "Pay";
    NotNow => "先不付", "Not now";
    PaidOn => "付款日", "Paid on";
    Paid => "已付", "Paid";
    Back => "回到案件", "Back to the case";
    Payee => "收款方", "Payee";
}
