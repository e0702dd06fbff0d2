//! The entrance: signing in and out.

crate::messages! {
    Title => "登录", "Sign in";
    Demonstration => "这是演示法庭，人物和案件都是虚构的。请选一个人进去看看。", "This is a demonstration court; people and cases are invented. Choose someone to look around as.";
    Enter => "进入", "Enter";
    Public => "不用登录也能用", "Without signing in";
    FeeTool => "算诉讼费", "Work out a court fee";
    PeriodTool => "算期限", "Work out a time limit";
    Calendar => "演示日历：把日子往前拨", "Calendar of the demonstration: move the days on";
    Verify => "真伪查验", "Check a paper";
    Outside => "当事人和律师", "Parties and lawyers";
    Inside => "法院工作人员", "The court's people";
    Administrators => "三员", "Administrators";
}
