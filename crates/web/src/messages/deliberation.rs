//! Words of deliberation.

crate::messages! {
    Title => "合议", "Deliberation";
    NotOpen => "还没有开始评议", "Deliberation has not begun";
    NotOpenNote => "由审判长在庭审结束后开始评议。", "The presiding judge opens it once the hearing is done.";
    Begin => "开始评议", "Begin the deliberation";
    BeginNote => "一行一个评议事项。先由承办人汇报，成员依次发表意见，审判长最后。", "One question to a line. The judge in charge reports, members speak in turn, the presiding judge last.";
    Questions => "评议事项", "Questions";
    Proposal => "承办人意见", "Proposal of the judge in charge";
    Yes => "同意", "For";
    No => "不同意", "Against";
    Position => "意见", "Position";
    Reasons => "理由（必须写）", "Reasons (needed)";
    Final => "发表以后不能修改，写进笔录。", "Once given it stands, and goes into the minutes.";
    Speak => "发表意见", "Give my opinion";
    Presiding => "审判长", "Presiding judge";
    Turn => "轮到", "Turn of";
    Tally => "同意／不同意", "For / against";
    Conclude => "形成结论", "Conclude";
    Conclusion => "结论", "Conclusion";
    Sign => "签署评议笔录", "Sign the minutes";
    Signed => "已签名", "Signed";
    ToSign => "待签名", "To sign";
    ToCommittee => "审判委员会讨论", "The adjudication committee";
    Secret => "评议内容保密，只有合议庭成员和记录的书记员能看到。", "Secret: only the panel and its clerk see this.";
}
