//! Words of: Archive: readiness, handing over, the archivist's desk (归档).

use xiezhi_domain::{archive::Missing, law::retention::RetentionClass};

use super::{Lang, t};

crate::messages! {
    Title => "归档", "Archive";
    Missing => "还缺什么", "What is still missing";
    NothingMissing => "什么都不缺", "Nothing is missing";
    NothingMissingNote => "案件生效后可以移交归档。", "The file can be handed over once the decision is in force.";
    Unsigned => "还没有在庭审笔录上签名的人", "Not on the transcript yet";
    See => "去办", "Put right";
    HandOver => "移交归档", "Hand over to the archive";
    HandOverNote => "移交时自动生成卷皮、目录和备考表。", "Cover, contents and reference sheet are written on handing over.";
    ReturnedWith => "档案室退回，请补", "Returned by the archivist";
    Accept => "接收归档", "Accept";
    AcceptNote => "接收后案卷封存，只能按规定借阅。", "Once accepted the file is sealed; it can only be lent.";
    Retention => "保管期限", "Retention";
    RetentionHelp => "由档案管理员决定；几种依据并存的，从长。", "The archivist decides; of several grounds the longest counts.";
    Permanent => "永久", "Permanent";
    Long => "长期", "Long";
    Short => "短期", "Short";
    Return => "退回", "Return";
    Marks => "要补什么，一行一项", "What to put right, one a line";
    Number => "档号", "Archive number";
    AcceptedOn => "归档日期", "Archived on";
    Seal => "封存哈希", "Hash of the seal";
    Loans => "借阅", "Loans";
    NoLoans => "没有借出。", "Nothing is lent out.";
    Lend => "借出", "Lend";
    To => "借给谁", "To whom";
    Purpose => "用途", "Purpose";
    Days => "天数", "Days";
    DaysUnit => "天", "days";
    EndLoan => "归还", "End the loan";
    Overdue => "已逾期", "Overdue";
    Visits => "查阅登记", "Readings at the counter";
    NoVisits => "没有人来查阅过。", "Nobody has read it here.";
    AddVisit => "登记查阅", "Register a reading";
    VisitNote => "只提供正卷；副卷不对外提供。复制件加盖与原件核对无异章。", "The main volume only; the secondary volume is shown to nobody. Copies are stamped as agreeing with the original.";
    VisitName => "姓名", "Name";
    VisitUnit => "单位", "Unit";
    VisitPaper => "出示的证件或者公函", "Paper shown";
    VisitPaperHelp => "例如：律师执业证和所函，写明号码。", "For example a lawyer's licence and letter, with their numbers.";
    Copied => "复制了哪些材料", "Papers copied";
    Reclassify => "调整保管期限", "Change the class of retention";
    Reason => "理由", "Reason";
    Link => "关联后续案件", "Link a case that goes on from it";
    LinkNote => "再审等后续案件另立新案，原卷不再启封。", "A retrial is a new case; the sealed file is not opened.";
    LinkNumber => "后续案件的案号", "Number of that case";
    Supplement => "申请补充材料", "Ask to add a paper";
    SupplementNote => "归档以后补充材料，由庭长和档案管理员审批；补充的材料排在最后，封存的部分不动。", "The division head and the archivist decide; the paper comes last, and what was sealed stays as it is.";
    SupplementKind => "材料种类", "Kind";
    SupplementTitle => "名称", "Title";
    SupplementFile => "文件", "File";
    Borrowings => "借阅申请", "Requests to borrow";
    OfParty => "当事人一方", "of a party";
    OfCourt => "本院人员", "of the court";
    GrantBorrowing => "同意借阅", "Lend";
    RefuseBorrowing => "不同意", "Refuse";
    MyBorrowings => "借阅档案", "Borrow an archived file";
    MyBorrowingsNote => "写明案号、用途和期限，由档案管理员答复。", "Say which file, for what and until when; the archivist answers.";
    AskedSoFar => "我的申请", "My requests";
    Asked => "等待答复", "Waiting";
    Granted => "已借出", "Lent";
    Refused => "未同意", "Refused";
    AskToBorrow => "申请借阅", "Ask to borrow";
    AskToBorrowNote => "只借正卷，在线阅看，不能下载；到期自动收回。副卷不对外提供，本院人员查阅副卷须另行报批。", "The main volume only, read here and not downloaded; it goes back by itself when the time is over. The secondary volume is for no outsider; for the court's people it takes the leaders' approval.";
    CaseNumber => "案号", "Case number";
    PurposeHelp => "例如：申请再审、代理执行、类案参考。", "For example: to apply for retrial, for enforcement, as a similar case.";
    UntilOn => "借到哪一天（最长 90 天）", "Until (90 days at most)";
    TestedOn => "检测时间", "Tested";
    AtAcceptance => "接收归档时", "on acceptance";
    AtExport => "导出归档包时", "on leaving as a package";
    Desk => "档案", "Archive desk";
    Waiting => "待接收", "To be accepted";
    WaitingNone => "没有待接收的案卷", "No file waits";
    WaitingNoneNote => "书记员移交的案卷会出现在这里。", "Files handed over by clerks appear here.";
    Kept => "已归档", "Archived";
    Case => "案件", "Case";
    Judge => "承办法官", "Judge";
    Closed => "结案", "Closed";
    NotEffective => "裁判还没有生效", "The decision is not in force yet";
    RefundDue => "还有应退费用没有退", "A refund is still due";
    MinutesNotSigned => "评议笔录还没有签齐", "The minutes of deliberation are not signed by all";
    ApprovalPending => "有审批还没有结果", "A request for approval is pending";
}

crate::phrases! {
    until(who: &str, purpose: &str, day: String) => "{who}，{purpose}，至{day}", "{who}: {purpose}, until {day}";
    asks_until(purpose: &str, day: String) => "{purpose}，借到{day}", "{purpose}, until {day}";
    no_paper(kind: &str) => "缺{kind}", "No {kind}";
    not_served(party: &str) => "裁判文书没有送达{party}", "The decision was not served on {party}";
    unsigned(name: &str, held_on: String) => "{name}（{held_on}庭审）", "{name} (hearing of {held_on})";
    staged(count: usize) => "有{count}份材料等待入卷", "{count} papers wait to enter the file";
    not_signed_by_court(count: usize) => "庭审笔录缺审判人员、书记员签名 {count} 个（《民事诉讼法》第一百五十条）", "The transcript lacks signatures of judges or the clerk: {count} (《民事诉讼法》第一百五十条)";
    not_signed(party: &str) => "{party}没有签署庭审笔录，也没有记明拒签", "{party} has neither signed the transcript nor is a refusal noted";
}

/// What is missing, in words.
pub fn missing(lang: Lang, item: &Missing) -> String {
    match item {
        Missing::NotEffective => t(lang, Key::NotEffective).to_owned(),
        Missing::Paper { kind } => no_paper(lang, super::kinds::kind_name(lang, *kind)),
        Missing::DecisionNotServed { party } => not_served(lang, party),
        Missing::Staged { count } => staged(lang, *count),
        Missing::RefundDue => t(lang, Key::RefundDue).to_owned(),
        Missing::MinutesNotSigned => t(lang, Key::MinutesNotSigned).to_owned(),
        Missing::ApprovalPending => t(lang, Key::ApprovalPending).to_owned(),
        Missing::TranscriptNotSigned { party } => not_signed(lang, party),
        Missing::TranscriptNotSignedByCourt { count } => not_signed_by_court(lang, *count),
    }
}

/// The name of a class of retention.
pub fn class(class: RetentionClass) -> Key {
    match class {
        RetentionClass::Permanent => Key::Permanent,
        RetentionClass::Long => Key::Long,
        RetentionClass::Short => Key::Short,
    }
}
