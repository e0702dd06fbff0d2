//! Words of the adjudication committee.

crate::messages! {
    Title => "审判委员会", "Adjudication committee";
    Secret => "讨论内容保密，只有合议庭、记录的书记员和审判委员会委员能看到。判决书只写明经审判委员会讨论决定。", "Secret: only the panel, its clerk and the committee see this. The judgment says no more than that the committee decided.";
    NotReferred => "没有提交审判委员会", "Not laid before the committee";
    NotReferredNote => "合议庭评议后，由审判长提请，庭长审核、院长决定是否提交。", "Once the panel has deliberated the presiding judge asks, the division head reads, the president decides.";
    Refer => "提请提交审判委员会讨论", "Ask that the committee discuss it";
    Questions => "提请讨论的问题", "Questions";
    QuestionsHelp => "一行一个问题。", "One to a line.";
    Held => "合议庭意见（多数意见、少数意见）", "What the panel holds (majority and minority)";
    Ground => "提交的理由", "Why it is laid before the committee";
    Pending => "已经提请，正在审批", "Asked for; the approval is on its way";
    Meet => "召开审判委员会会议", "Open a session";
    MeetNote => "主持人是您；过半数委员出席才能开会，主持人最后发表意见。", "You preside. More than half of the members have to be there; whoever presides speaks last.";
    Present => "出席的委员", "Who came";
    Chair => "主持人", "Presiding";
    Attending => "出席委员", "Members present";
    Position => "意见", "Position";
    Final => "发表以后不能修改，写进笔录。", "Once given it stands, and goes into the minutes.";
    Speak => "发表意见", "Give my opinion";
    Yes => "同意合议庭意见", "With the panel";
    No => "不同意合议庭意见", "Against the panel";
    Reasons => "理由（必须写）", "Reasons (needed)";
    Turn => "轮到", "Turn of";
    Tally => "同意／不同意", "For / against";
    Decide => "记明决定", "Put down the decision";
    DecideNote => "按全体委员过半数的意见作出；合议庭应当执行，判决书公开决定的理由。", "What more than half of all members hold. The panel carries it out, and the judgment gives the reasons.";
    Decision => "决定", "Decision";
    WhyDecided => "决定的理由", "Reasons of the decision";
    Before => "复议前的决定", "What it had decided before";
    GiveBack => "退回合议庭复议", "Give it back to the panel";
    GiveBackNote => "只能退回一次；合议庭重新评议。", "Once only; the panel deliberates anew.";
    Again => "提请复议", "Ask the committee to think again";
    AgainNote => "合议庭有异议的，可以提请院长决定提交审判委员会复议一次。", "A panel that doubts may, once, ask the president to lay it before the committee again.";
    Sign => "签署讨论记录", "Sign the minutes";
    Signed => "已签名", "Signed";
    ToSign => "待签名", "To sign";
    ToRequests => "看审批", "Open the requests";
}
