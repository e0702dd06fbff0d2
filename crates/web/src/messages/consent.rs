//! Words of: Consent to on-line steps (在线诉讼意愿).

crate::messages! {
    Title => "同不同意线上办", "On line or not, step by step";
    Lead => "每个环节单独说；同意一个，不等于同意别的。", "Each step on its own; agreeing to one agrees to no other.";
    Step => "环节", "Step";
    Word => "意愿", "Answer";
    NotAsked => "还没有说", "not said yet";
    Record => "记录意愿", "Record an answer";
    Steps => "哪些环节", "Which steps";
    What => "怎么说", "The answer";
    Agreed => "同意", "Agree";
    Refused => "不同意", "Do not agree";
    HowPlatform => "本人在平台上", "On the platform, in person";
    HowPhone => "电话", "By telephone";
    HowPaper => "书面", "In writing";
    HowCounter => "到窗口", "At the counter";
    Save => "记录", "Record";
    AllOffLine => "没有在线环节：这一方的事都在线下办。", "No step on line: everything with this party is done on paper.";
    Switch => "法院转线下", "Switch a step off line";
    SwitchWords => "当事人没有在线能力、条件，或者这个环节不宜在线办的，转到线下办（《在线诉讼规则》第五条）。", "If the party lacks ability or means, or the step is unfit, it is held in person (《在线诉讼规则》第五条).";
    SwitchReason => "理由", "Reason";
    SwitchDo => "转线下", "Switch";
    Withdraw => "撤回", "Take back";
    WithdrawTitle => "撤回同意", "Take consent back";
    WithdrawReason => "为什么", "Why";
    WithdrawWords => "在这个环节开始以前可以撤回；撤回以后这个环节改到线下办。", "You can take it back before the step begins; then that step is held in person.";
}
