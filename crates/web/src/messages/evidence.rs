//! Words of: Answers, evidence, opinions (答辩与证据).

use xiezhi_domain::evidence::{Attribute, CourtView};

crate::messages! {
    Title => "答辩和证据", "Answer and evidence";
    Receipts => "证据材料收据", "Receipts for evidence";
    ReceiptsNote => "法院收到证据应当出具收据（《民事诉讼法》第六十九条）", "The court gives a receipt for what it received (《民事诉讼法》第六十九条)";
    Answers => "答辩", "Answers";
    NoAnswers => "还没有人答辩。不答辩不影响开庭。", "Nobody has answered yet. Not answering does not stop the trial.";
    GoAnswer => "写答辩", "Write the answer";
    ChangeAnswer => "改答辩", "Change the answer";
    AnswerTitle => "答辩", "Your answer";
    AnswerLead => "对方说的，您逐条说同意不同意；不同意的写为什么。", "Go through what the other side says: agree or not, and why not.";
    Agree => "无异议", "Agreed";
    Dispute => "有异议", "Disputed";
    TheySay => "对方说", "They say";
    Reply => "为什么不同意", "Why not";
    Words => "总的来说，您想对法院说什么", "In all, what do you want to tell the court";
    WordsHelp => "例如：钱借过，已经还了 20,000 元，有转账记录。", "For example: I borrowed it, and paid back 20,000 yuan by transfer.";
    Counterclaim => "您也要告对方（反诉）", "Your own claims against them (counterclaim)";
    CounterclaimHelp => "没有就不写。一行一项，例如：请求被反诉人赔偿损失 5,000 元。", "Leave it empty if you have none. One claim a line.";
    CounterclaimAmount => "反诉一共要多少钱", "Amount of the counterclaim in all";
    SendAnswer => "交给法院", "Send to the court";
    AnswerUntil => "答辩最晚", "Answer by";
    AnswerFor => "替谁答辩", "For whom";
    Evidence => "证据", "Evidence";
    NoEvidence => "还没有证据。", "No evidence yet.";
    Add => "交证据", "Hand in evidence";
    AddLead => "交了以后，书记员收下入卷；对方要等法院送达或者证据交换以后才能看到。", "The clerk takes it into the file; the other side sees it after service or exchange only.";
    Files => "文件", "Files";
    FilesHelp => "照片、PDF、Word 都行，一次可以选多个；每个文件是一份证据。", "Photographs, PDF, Word; several at once, each is one item.";
    Name => "叫什么", "What is it called";
    NameHelp => "例如：转账记录。不写就用文件名。", "For example: transfer record. Empty: the file's name.";
    Kind => "是什么", "What kind";
    Source => "从哪里来的", "Where it comes from";
    SourceHelp => "例如：手机银行导出。", "For example: exported from the banking app.";
    Original => "原件在我手里，开庭可以带来", "I hold the original and can bring it";
    Purpose => "想证明什么", "What it is to prove";
    PurposeHelp => "例如：证明 3 月 2 日借出 100,000 元。", "For example: that 100,000 yuan was lent on 2 March.";
    HandIn => "交给法院", "Hand in";
    EvidenceUntil => "举证最晚", "Evidence by";
    For => "替谁交", "For whom";
    By => "谁交的", "Whose";
    Late => "逾期提交", "late";
    Staged => "待入卷", "not in the file yet";
    HasOriginal => "有原件", "original held";
    NoOriginal => "没有原件", "no original";
    Opinions => "质证意见", "Opinions";
    NoOpinions => "还没有质证意见。", "No opinion yet.";
    GiveOpinion => "对这份证据说意见", "Give your opinion";
    Authenticity => "真实性", "Authenticity";
    AuthenticityHelp => "是不是真的", "Is it real";
    Legality => "合法性", "Legality";
    LegalityHelp => "来得合不合法", "Was it lawfully obtained";
    Relevance => "关联性", "Relevance";
    RelevanceHelp => "和这个案子有没有关系", "Does it concern this case";
    Reasons => "为什么", "Why";
    ReasonsHelp => "有一项有异议就要写。", "Needed where anything is disputed.";
    SendOpinion => "提交意见", "Send";
    CourtView => "认证", "The court's view";
    Admitted => "采信", "admitted";
    Partly => "部分采信", "admitted in part";
    Rejected => "不予采信", "not admitted";
    Judge => "写认证意见", "Give the court's view";
    JudgeSend => "保存认证", "Save";
    Issues => "争议焦点", "Issues in dispute";
    IssuesHelp => "一行一个。", "One a line.";
    IssuesSave => "固定争议焦点", "Fix the issues";
    Waive => "放弃答辩期、举证期", "Waive the answer and evidence periods";
    WaiveWords => "只放弃自己的期限；各方都放弃以后，可以马上安排开庭。放弃以后不能收回。", "One waives one's own periods only. Once all have, a hearing can be set at once. A waiver can't be taken back.";
    WaivedBy => "已放弃自己期限的", "Periods waived by";
    WaiveDo => "放弃期限", "Waive";
    Waived => "已放弃答辩期、举证期", "Periods waived";
    Unknown => "不知道", "not known";
    Yes => "是", "yes";
    No => "否", "no";
    NobodyToSpeakFor => "您在这个案子里不代表任何一方。", "You stand for no party in this case.";
    CameOnPaper => "纸质材料，已与原件核对一致", "Came on paper, compared with the original and agrees";
    KeptAt => "原件在哪里", "Where the original is";
}

crate::phrases! {
    receipt_of(day: &str) => "{day} 收据", "Receipt of {day}";
}

/// An opinion on an attribute.
pub fn attribute(attribute: Attribute) -> Key {
    match attribute {
        Attribute::Accepted => Key::Agree,
        Attribute::Disputed => Key::Dispute,
    }
}

/// What the court made of an item.
pub fn court_view(view: CourtView) -> Key {
    match view {
        CourtView::Admitted => Key::Admitted,
        CourtView::PartlyAdmitted => Key::Partly,
        CourtView::Rejected => Key::Rejected,
    }
}
