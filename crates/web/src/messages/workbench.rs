//! Words of: Workbenches (工作台).

use xiezhi_domain::{periods::PeriodKind, tasks::TaskKind};

crate::messages! {
    Title => "工作台", "Workbench";
    HeapWrite => "可以写", "Can write";
    HeapHear => "可以开庭", "Can hear";
    HeapDo => "待办", "To do";
    HeapWait => "等别人", "Waiting for others";
    HeapSoon => "快到期", "Due soon";
    HeapSign => "待签", "To sign";
    NoneHere => "这一类没有事", "Nothing here";
    NoneWords => "新的事情会自动出现在这里。", "New work appears here by itself.";
    NothingDue => "无临近期限", "none due";
    Today => "今天开庭", "Hearings today";
    NoHearings => "今天没有庭。", "No hearings today.";
    AllHearings => "日程", "Calendar";
    Periods => "期限", "Periods";
    PeriodsNote => "七日内，含逾期", "within seven days, and overdue";
    NoPeriods => "七日内没有期限届满。", "No period ends within seven days.";
    NewPapers => "新到材料", "New papers";
    NoPapers => "没有等着入卷的材料。", "No papers wait to enter a file.";
    Cases => "全部案件", "All cases";
    AdminTitle => "平台管理", "Administration";
    AdminWords => "管理员看不到任何案件内容。", "Administrators see no case content.";
    People => "人员和会话", "People and sessions";
    PeopleNote => "谁在什么岗位，谁在登录。", "Who holds which post, who is signed in.";
    Record => "留痕和审计", "Record and audit";
    RecordNote => "记录有多大，存证到哪里，自检结果。", "How large the record is, up to where it is proven, what checks found.";
    NoNumber => "尚无案号", "No number yet";
    Review => "审查", "Review";
    Correct => "补正", "Correct";
    Pay => "交费", "Pay";
    RuleUnpaid => "写裁定", "Write the ruling";
    Serve => "送达", "Serve";
    ServeAgain => "换方式送", "Serve again";
    FindArrival => "核实送达", "Find whether it arrived";
    RecordService => "登记结果", "Enter the outcome";
    SignFor => "签收", "Sign for it";
    Answer => "答辩", "Answer";
    EnterFile => "入卷", "Enter the file";
    Schedule => "排期", "Schedule";
    Hearing => "开庭", "Hearing";
    SignTranscript => "签笔录", "Sign the transcript";
    Deliberate => "评议", "Deliberate";
    SignMinutes => "签评议笔录", "Sign the minutes";
    Write => "写文书", "Write";
    RuleWithdrawal => "写裁定", "Write the ruling";
    MeetCommittee => "审委会讨论", "Adjudication committee";
    NextCommittee => "等审判委员会讨论", "waits for the adjudication committee";
    SignDocument => "签发", "Sign";
    Issue => "用印发出", "Seal and issue";
    ReadDocument => "审阅文书", "Read the document";
    Pronounce => "宣判", "Pronounce";
    SignAgreement => "签调解协议", "Sign the agreement";
    Mediate => "开始调解", "Begin mediation";
    NextMediate => "当事人申请调解", "a party asks for mediation";
    AnswerOffer => "答复调解方案", "Answer the offer";
    Approve => "审批", "Decide";
    Refund => "退费", "Refund";
    Transfer => "移送上诉卷", "Send the file up";
    SubmitArchive => "移交归档", "Hand to the archive";
    AcceptArchive => "接收归档", "Accept";
    AnswerBorrowing => "答复借阅", "Answer a loan";
    Wait => "看案件", "Look";
    NextReview => "立案审查", "filing review";
    NextServe => "有文书要送达", "papers to serve";
    NextServeAgain => "上一次没有送到", "the last service failed";
    NextFindArrival => "发出后被退信", "the message came back";
    NextRecordService => "邮寄在途，等回执", "in the post, waiting for the receipt";
    NextEnterFile => "有材料等着入卷", "papers wait to enter the file";
    NextSchedule => "庭前已齐备，可以排期", "ready to be scheduled";
    NextHearing => "已排期", "scheduled";
    NextWrite => "可以写裁判文书", "the decision can be written";
    NextRule => "可以写裁定书", "a ruling can be written";
    NextSign => "等您签字", "waits for your signature";
    NextRead => "已签完，等您审阅", "signed by all, waits for your reading";
    NextIssue => "已签完，等用印发出", "signed by all, to be sealed";
    NextPronounce => "文书已用印，可以宣判", "sealed, can be pronounced";
    NextDeliberate => "等您评议", "waits for your deliberation";
    DestructionList => "档案销毁清册", "List of files to be destroyed";
    NextApprove => "等您审批", "waits for your word";
    NextMoney => "有费用要退", "a refund is due";
    NextTransfer => "已上诉，要移送案卷", "appealed, the file goes up";
    NextBorrowing => "有人申请借阅", "someone asks to borrow";
    NextArchive => "可以归档", "ready for the archive";
    ConcludeMediation => "去调解", "Mediate";
    ExtendMediation => "表示意见", "Answer";
    NextConcludeMediation => "正在调解，到期前达成协议、延长或者终结", "mediation goes on: agree, extend or end it in time";
    NextParty => "等当事人", "waiting for the party";
    NextWait => "等送达、答辩或举证期满", "waiting for service, answer or evidence";
    PeriodReview => "立案审查", "Filing review";
    PeriodCorrection => "补正", "Correction";
    PeriodFee => "交费", "Payment of the fee";
    PeriodTrial => "审限", "Trial period";
    PeriodClaimService => "送达起诉状副本", "Service of the complaint";
    PeriodLink => "关联案件", "Linking";
    PeriodAnswer => "答辩", "Answer";
    PeriodEvidence => "举证", "Evidence";
    PeriodMediation => "调解", "Mediation";
    PeriodAnnouncement => "公告送达", "Public announcement";
    PeriodDeliberation => "评议", "Deliberation";
    PeriodWriting => "文书制作", "Writing";
    PeriodSending => "发送裁判文书", "Sending the decision";
    PeriodAppeal => "上诉", "Appeal";
    PeriodAppealCopy => "送达上诉状副本", "Service of the appeal";
    PeriodAppealAnswer => "上诉答辩", "Answer to the appeal";
    PeriodTransfer => "移送案卷", "Sending the file up";
    PeriodRefund => "退费", "Refund";
    PeriodLoan => "借阅", "Loan";
    PeriodArchive => "归档", "Archiving";
}

crate::phrases! {
    files(count: usize) => "{count}卷", "files: {count}";
    several(next: &str, times: usize) => "{next}（{times}项）", "{next} ({times})";
    soonest(day: &str) => "最近 {day}", "next {day}";
}

/// How many of a pile are late.
pub fn overdue(lang: super::Lang, count: usize) -> String {
    match lang {
        super::Lang::Zh => format!("{count}件逾期"),
        super::Lang::En => format!("{count} overdue"),
    }
}

/// The verb of a task.
pub fn verb(kind: TaskKind) -> Key {
    match kind {
        TaskKind::Review => Key::Review,
        TaskKind::Correct => Key::Correct,
        TaskKind::Pay => Key::Pay,
        TaskKind::RuleUnpaid => Key::RuleUnpaid,
        TaskKind::Serve => Key::Serve,
        TaskKind::ServeAgain => Key::ServeAgain,
        TaskKind::FindArrival => Key::FindArrival,
        TaskKind::RecordService => Key::RecordService,
        TaskKind::SignFor => Key::SignFor,
        TaskKind::Answer => Key::Answer,
        TaskKind::EnterFile => Key::EnterFile,
        TaskKind::Schedule => Key::Schedule,
        TaskKind::Hearing => Key::Hearing,
        TaskKind::SignTranscript => Key::SignTranscript,
        TaskKind::Deliberate => Key::Deliberate,
        TaskKind::MeetCommittee => Key::MeetCommittee,
        TaskKind::SignCommittee => Key::SignMinutes,
        TaskKind::SignMinutes => Key::SignMinutes,
        TaskKind::Write => Key::Write,
        TaskKind::RuleWithdrawal => Key::RuleWithdrawal,
        TaskKind::SignDocument => Key::SignDocument,
        TaskKind::Issue => Key::Issue,
        TaskKind::ReadDocument => Key::ReadDocument,
        TaskKind::Pronounce => Key::Pronounce,
        TaskKind::Mediate => Key::Mediate,
        TaskKind::ConcludeMediation => Key::ConcludeMediation,
        TaskKind::ExtendMediation => Key::ExtendMediation,
        TaskKind::AnswerOffer => Key::AnswerOffer,
        TaskKind::SignAgreement => Key::SignAgreement,
        TaskKind::Approve => Key::Approve,
        TaskKind::Refund => Key::Refund,
        TaskKind::Transfer => Key::Transfer,
        TaskKind::SubmitArchive => Key::SubmitArchive,
        TaskKind::AcceptArchive => Key::AcceptArchive,
        TaskKind::AnswerBorrowing => Key::AnswerBorrowing,
        TaskKind::Wait => Key::Wait,
    }
}

/// What a task says of its case.
pub fn next(kind: TaskKind) -> Key {
    match kind {
        TaskKind::Review => Key::NextReview,
        TaskKind::Serve => Key::NextServe,
        TaskKind::ServeAgain => Key::NextServeAgain,
        TaskKind::FindArrival => Key::NextFindArrival,
        TaskKind::RecordService => Key::NextRecordService,
        TaskKind::EnterFile => Key::NextEnterFile,
        TaskKind::Schedule => Key::NextSchedule,
        TaskKind::Hearing => Key::NextHearing,
        TaskKind::Write => Key::NextWrite,
        TaskKind::RuleUnpaid | TaskKind::RuleWithdrawal => Key::NextRule,
        TaskKind::SignDocument
        | TaskKind::SignTranscript
        | TaskKind::SignMinutes
        | TaskKind::SignAgreement
        | TaskKind::SignCommittee => Key::NextSign,
        TaskKind::Issue => Key::NextIssue,
        TaskKind::ReadDocument => Key::NextRead,
        TaskKind::Pronounce => Key::NextPronounce,
        TaskKind::Deliberate => Key::NextDeliberate,
        TaskKind::MeetCommittee => Key::NextCommittee,
        TaskKind::Approve => Key::NextApprove,
        TaskKind::Refund => Key::NextMoney,
        TaskKind::Transfer => Key::NextTransfer,
        TaskKind::SubmitArchive | TaskKind::AcceptArchive => Key::NextArchive,
        TaskKind::AnswerBorrowing => Key::NextBorrowing,
        TaskKind::Mediate => Key::NextMediate,
        TaskKind::ConcludeMediation => Key::NextConcludeMediation,
        TaskKind::ExtendMediation
        | TaskKind::Correct
        | TaskKind::Pay
        | TaskKind::SignFor
        | TaskKind::Answer
        | TaskKind::AnswerOffer => Key::NextParty,
        TaskKind::Wait => Key::NextWait,
    }
}

/// The name of a period.
pub fn period(kind: PeriodKind) -> Key {
    match kind {
        PeriodKind::Review => Key::PeriodReview,
        PeriodKind::Correction => Key::PeriodCorrection,
        PeriodKind::FeePayment => Key::PeriodFee,
        PeriodKind::Trial => Key::PeriodTrial,
        PeriodKind::ClaimService => Key::PeriodClaimService,
        PeriodKind::Link => Key::PeriodLink,
        PeriodKind::Answer => Key::PeriodAnswer,
        PeriodKind::Evidence => Key::PeriodEvidence,
        PeriodKind::Mediation => Key::PeriodMediation,
        PeriodKind::Announcement => Key::PeriodAnnouncement,
        PeriodKind::Deliberation => Key::PeriodDeliberation,
        PeriodKind::Writing => Key::PeriodWriting,
        PeriodKind::Sending => Key::PeriodSending,
        PeriodKind::Appeal => Key::PeriodAppeal,
        PeriodKind::AppealCopy => Key::PeriodAppealCopy,
        PeriodKind::AppealAnswer => Key::PeriodAppealAnswer,
        PeriodKind::Transfer => Key::PeriodTransfer,
        PeriodKind::Refund => Key::PeriodRefund,
        PeriodKind::Archive => Key::PeriodArchive,
        PeriodKind::Loan => Key::PeriodLoan,
    }
}
