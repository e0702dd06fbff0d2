//! Words of: The first page of a case (案件概览).

pub mod acts;

use xiezhi_domain::{periods::PeriodKind, tasks::TaskKind};

crate::messages! {
    Changed => "上次来后的变化", "Since your last visit";
    NothingChanged => "您上次来过以后，没有新的变化。", "Nothing has changed since your last visit.";
    MarkSeen => "标为已看", "Mark as seen";
    NextStep => "下一步", "Next step";
    NothingOpen => "现在没有要办的条件。", "Nothing is waiting now.";
    Deadlines => "期限与算法", "Deadlines and how they are counted";
    DeadlineName => "期限", "Deadline";
    Whose => "谁的", "Whose";
    Basis => "依据", "Rests on";
    Starts => "起算", "From";
    Ends => "届满", "Last day";
    Left => "剩余", "Left";
    NoDeadlines => "现在没有在走的期限。", "No deadline is running now.";
    HowCounted => "怎么算的", "How it is counted";
    Provisional => "暂定：之后公布的放假安排可能改变末日", "Provisional: a holiday notice yet to come may move it";
    Issues => "争议焦点", "Issues in dispute";
    NoIssues => "还没有归纳。", "Not fixed yet.";
    Edit => "编辑", "Edit";
    Parties => "当事人", "Parties";
    PhoneAddress => "电话与地址", "Telephones and addresses";
    ElectronicYes => "同意电子送达", "agreed to electronic service";
    ElectronicNo => "未同意电子送达", "no consent to electronic service";
    SpecialAuthority => "特别授权", "special authority";
    GeneralAuthority => "一般授权", "general authority";
    Course => "经过", "What happened";
    AllActs => "全部留痕", "The whole trace";
    ByCourt => "本院", "The court";
    ByOthers => "当事人及他人", "Parties and others";
    MyTasks => "您要办的", "For you to do";
    Until => "截止", "by";
    Nobody => "现在不用您做什么", "There is nothing for you to do now";
    YouMust => "轮到您了", "It is your turn";
    Waiting => "等别人", "Waiting for others";
    WaitingForService => "等书记员送达裁判", "Waiting for the clerk to serve the decision";
    FewDays => "几个日子", "The dates";
    NoDays => "现在没有在走的日子。", "No date is running now.";
    WhyThisDay => "这个日子怎么来的", "Why this day";
    Happened => "已经发生的", "What has happened";
    InThisCase => "这个案子里", "In this case";
    Papers => "文书和材料", "Papers";
    PapersNote => "您能看的都在这里", "Everything you may see";
    MyEvidence => "答辩和证据", "Answer and evidence";
    MyEvidenceNote => "交证据、看对方的证据、说意见", "Hand in evidence, see the other side's, give your opinion";
    ServedPapers => "法院送来的文书", "Papers served on you";
    Fees => "费用", "Fees";
    People => "人和地址", "People and addresses";
    PeopleNote => "送达地址、代理人、同不同意线上办", "Address for service, agents, consent to on-line steps";
    Mediation => "调解", "Mediation";
    MediationNote => "想谈一谈，也可以不谈", "Talk it over, or not";
    Hearings => "开庭", "Hearings";
    HearingsNote => "时间、地点、笔录", "When, where, the record";
    Withdraw => "我要撤诉", "Withdraw my suit";
    Appeal => "我要上诉", "Appeal";
    PastWay => "看过去某一天的案卷", "The case as it stood on an earlier day";
    BorrowWay => "申请借阅档案正卷", "Ask to borrow the archived main volume";
    ExtractWay => "下载我能看的档案（带证明）", "Download what you may see, with proofs";
    TraceWay => "这个案子的全部记录", "The whole record of this case";
    WhoJudges => "谁来审", "Who judges";
    Judge => "法官", "Judge";
    PresidingJudge => "审判长", "Presiding judge";
    Member => "合议庭成员", "Member of the panel";
    Assistant => "法官助理", "Judge's assistant";
    Clerk => "书记员", "Clerk";
    YourAgent => "您的代理人", "Your agent";
    NoTribunal => "还没有分给法官。", "No judge yet.";
    FeePaid => "已交，没有欠费", "Paid, nothing owed";
    FeeOpen => "有一笔要交", "One to be paid";
    FeeNone => "没有要交的", "Nothing to pay";
    FeeDeferred => "已批准缓交", "Deferred";
    FeeWaived => "已批准免交", "Waived";
    FeeOverdue => "过了期限没有交", "Not paid in time";
    New => "新", "New";
    StepOne => "法院看您的材料", "The court looks at your papers";
    StepTwo => "送达", "Service";
    StepThree => "答辩和举证", "Answer and evidence";
    StepFour => "开庭", "Hearing";
    StepFive => "写判决", "The decision";
    StepSix => "宣判以后", "After the decision";
    MyStage => "案子现在", "The case now";
    CallClerk => "打电话问书记员", "Call the clerk";

    TaskReview => "去审查", "Review";
    TaskCorrect => "去补正", "Correct the papers";
    TaskPay => "去交费", "Pay the fee";
    TaskRuleUnpaid => "裁定未交费", "Rule on the unpaid fee";
    TaskServe => "去送达", "Serve";
    TaskServeAgain => "换个方式再送", "Serve another way";
    TaskFindArrival => "核实是否送达", "Find whether papers arrived";
    TaskRecordService => "登记送达结果", "Enter the outcome of service";
    TaskSignFor => "签收文书", "Sign for the papers";
    TaskAnswer => "去答辩", "Answer";
    TaskEnterFile => "收材料入卷", "Take papers into the file";
    TaskSchedule => "去排期", "Schedule a hearing";
    TaskHearing => "看开庭", "The hearing";
    TaskSignTranscript => "签笔录", "Sign the record";
    TaskCommittee => "审判委员会讨论", "Discuss in the adjudication committee";
    TaskSignCommittee => "签署审判委员会讨论记录", "Sign the minutes of the adjudication committee";
    CondCommittee => "审判委员会讨论决定", "Decision of the adjudication committee";
    TaskDeliberate => "去评议", "Deliberate";
    TaskSignMinutes => "签评议笔录", "Sign the minutes";
    TaskWrite => "写裁判文书", "Write the decision";
    TaskRuleWithdrawal => "裁定撤诉", "Rule on the withdrawal";
    TaskSignDocument => "签署文书", "Sign the document";
    TaskIssue => "用印签发", "Seal and issue";
    TaskReadDocument => "审阅文书", "Read the document";
    TaskPronounce => "去宣判", "Pronounce";
    TaskSignAgreement => "看调解协议", "The mediation agreement";
    TaskConcludeMediation => "调解到期前有个结果", "Bring mediation to its end in time";
    TaskExtendMediation => "要不要延长调解", "Say whether mediation may last longer";
    TaskMediate => "当事人申请调解，开始调解", "Begin the mediation asked for";
    TaskAnswerOffer => "看对方的调解方案", "Answer the offer made in mediation";
    TaskApprove => "去审批", "Answer the request";
    TaskRefund => "办退费", "Pay the refund";
    TaskTransfer => "移送上诉案卷", "Send the file up";
    TaskSubmitArchive => "移交归档", "Hand to the archive";
    TaskAnswerBorrowing => "答复借阅申请", "Answer a request to borrow";
    TaskAcceptArchive => "接收归档", "Accept into the archive";
    TaskWait => "等别人", "Waiting for others";

    PeriodReview => "立案审查", "Filing review";
    PeriodCorrection => "补正", "Correction";
    PeriodFeePayment => "交费", "Payment of the fee";
    PeriodTrial => "审限", "Trial period";
    PeriodClaimService => "送达起诉状副本", "Service of the complaint";
    PeriodLink => "关联案件", "Linking to the case";
    PeriodAnswer => "答辩", "Answer";
    PeriodEvidence => "举证", "Evidence";
    PeriodMediation => "调解", "Mediation";
    PeriodAnnouncement => "公告送达", "Announcement";
    PeriodDeliberation => "评议", "Deliberation";
    PeriodWriting => "制作文书", "Writing of the decision";
    PeriodSending => "发送判决书", "Sending of the judgment";
    PeriodAppeal => "上诉", "Appeal";
    PeriodAppealCopy => "送达上诉状副本", "Service of the appeal";
    PeriodAppealAnswer => "上诉答辩", "Answer to the appeal";
    PeriodTransfer => "移送上诉案卷", "Transfer on appeal";
    PeriodRefund => "退费", "Refund";
    PeriodLoan => "借阅", "Loan";
    PeriodArchive => "归档", "Archive";

    PlainTrial => "法院最晚这天审完", "The court finishes the trial by this day";
    PlainAnswer => "最晚这天答辩", "Answer by this day";
    PlainEvidence => "最晚这天交证据", "Evidence by this day";
    PlainMediation => "调解到这天为止", "Mediation lasts until this day";
    PlainFee => "最晚这天交诉讼费", "Pay the court fee by this day";
    PlainAppeal => "最晚这天上诉", "Appeal by this day";
    PlainReview => "法院最晚这天答复立不立案", "The court answers on filing by this day";
    PlainCorrection => "最晚这天补正材料", "Correct the papers by this day";
    PlainLink => "最晚这天关联案件", "Link to the case by this day";
    PlainAppealAnswer => "最晚这天答辩（上诉）", "Answer the appeal by this day";
    PlainRefund => "法院最晚这天退费", "The court pays the refund by this day";

    CondComplaint => "起诉状副本已送达", "Complaint served";
    CondFee => "受理费已交", "Fee paid";
    CondAnswer => "答辩期", "Answer period";
    CondEvidence => "举证期", "Evidence period";
    CondAnswered => "已答辩", "answered";
    CondOver => "已届满", "over";
    CondSummons => "传票已送达", "Summons served";
    CondHearingDay => "开庭日", "Day of the hearing";
    CondTranscript => "笔录已签", "Record signed";
    CondOpinions => "评议意见", "Opinions given";
    CondMinutes => "评议笔录已签", "Minutes signed";
    CondDraft => "文书已送签", "Document put forward";
    CondSignatures => "原本已签", "Original signed";
    CondServedFinal => "裁判已送达", "Decision served";
    CondAppeal => "上诉期", "Appeal period";
    CondCopy => "上诉状副本已送达", "Copy of the appeal served";
    CondArchive => "归档还缺", "Missing for the archive";
    CondTribunal => "已定审判组织", "Tribunal fixed";
    CondReviewed => "立案审查", "Filing review";
    CondWithdrawal => "撤诉申请待裁定", "Withdrawal to be ruled on";
    CondNotAsked => "未通知交费", "not asked yet";
    Go => "去办", "Do it";
    Done => "已办", "done";
    Open => "未办", "open";
}

crate::phrases! {
    last_visit(at: &str) => "您上次 {at}", "last time {at}";
    all_deadlines(count: usize) => "共 {count} 项", "{count} in all";
    not_counted(day: &str) => "{day} 当日不计，次日起算", "{day} itself does not count; counting starts the day after";
    unit_hours(n: u32) => "{n} 小时", "{n} hours";
    unit_days(n: u32) => "{n} 日", "{n} days";
    unit_workdays(n: u32) => "{n} 个工作日", "{n} working days";
    unit_months(n: u32) => "{n} 个月", "{n} months";
    unit_years(n: u32) => "{n} 年", "{n} years";
    counted_from(day: &str, length: &str) => "从 {day} 起算，{length}", "{length} counted from {day}";
    rolled_weekend(day: &str) => "{day} 是周末，顺延到下一个工作日", "{day} is a weekend: it moves to the next working day";
    rolled_holiday(day: &str, name: &str) => "{day} 是{name}放假，顺延到下一个工作日", "{day} is a holiday ({name}): it moves to the next working day";
    excluded(kind: &str, from: &str, to: &str) => "扣除{kind}：{from} 至 {to}", "Not counted, {kind}: {from} to {to}";
    extended(length: &str) => "批准延长 {length}", "Extension granted: {length}";
    counts_until(day: &str) => "{day} 24点前都算数", "until midnight of {day}";
    plus_days(n: i64) => "+{n} 天", "+{n} days";
    next_due(words: &str, day: &str) => "{words}，最晚 {day}", "{words}, by {day}";
    papers_count(n: usize) => "{n} 份", "{n}";
    your_side(day: &str, what: &str) => "{what}，最晚 {day}", "{what}, by {day}";
    hearing_at(day: &str, time: &str, room: &str) => "{day} {time}，{room}", "{day} {time}, {room}";
}

/// The name of a period.
pub fn period(kind: PeriodKind) -> Key {
    match kind {
        PeriodKind::Review => Key::PeriodReview,
        PeriodKind::Correction => Key::PeriodCorrection,
        PeriodKind::FeePayment => Key::PeriodFeePayment,
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

/// What a period means to a party, in plain words.
pub fn period_plain(kind: PeriodKind) -> Key {
    match kind {
        PeriodKind::Trial => Key::PlainTrial,
        PeriodKind::Answer => Key::PlainAnswer,
        PeriodKind::Evidence => Key::PlainEvidence,
        PeriodKind::Mediation => Key::PlainMediation,
        PeriodKind::FeePayment => Key::PlainFee,
        PeriodKind::Appeal => Key::PlainAppeal,
        PeriodKind::Review => Key::PlainReview,
        PeriodKind::Correction => Key::PlainCorrection,
        PeriodKind::Link => Key::PlainLink,
        PeriodKind::AppealAnswer => Key::PlainAppealAnswer,
        PeriodKind::Refund => Key::PlainRefund,
        kind => period(kind),
    }
}

/// The verb of a task.
pub fn task(kind: TaskKind) -> Key {
    match kind {
        TaskKind::Review => Key::TaskReview,
        TaskKind::Correct => Key::TaskCorrect,
        TaskKind::Pay => Key::TaskPay,
        TaskKind::RuleUnpaid => Key::TaskRuleUnpaid,
        TaskKind::Serve => Key::TaskServe,
        TaskKind::ServeAgain => Key::TaskServeAgain,
        TaskKind::FindArrival => Key::TaskFindArrival,
        TaskKind::RecordService => Key::TaskRecordService,
        TaskKind::SignFor => Key::TaskSignFor,
        TaskKind::Answer => Key::TaskAnswer,
        TaskKind::EnterFile => Key::TaskEnterFile,
        TaskKind::Schedule => Key::TaskSchedule,
        TaskKind::Hearing => Key::TaskHearing,
        TaskKind::SignTranscript => Key::TaskSignTranscript,
        TaskKind::Deliberate => Key::TaskDeliberate,
        TaskKind::MeetCommittee => Key::TaskCommittee,
        TaskKind::SignCommittee => Key::TaskSignCommittee,
        TaskKind::SignMinutes => Key::TaskSignMinutes,
        TaskKind::Write => Key::TaskWrite,
        TaskKind::RuleWithdrawal => Key::TaskRuleWithdrawal,
        TaskKind::SignDocument => Key::TaskSignDocument,
        TaskKind::Issue => Key::TaskIssue,
        TaskKind::ReadDocument => Key::TaskReadDocument,
        TaskKind::Pronounce => Key::TaskPronounce,
        TaskKind::Mediate => Key::TaskMediate,
        TaskKind::ConcludeMediation => Key::TaskConcludeMediation,
        TaskKind::ExtendMediation => Key::TaskExtendMediation,
        TaskKind::AnswerOffer => Key::TaskAnswerOffer,
        TaskKind::SignAgreement => Key::TaskSignAgreement,
        TaskKind::Approve => Key::TaskApprove,
        TaskKind::Refund => Key::TaskRefund,
        TaskKind::Transfer => Key::TaskTransfer,
        TaskKind::SubmitArchive => Key::TaskSubmitArchive,
        TaskKind::AcceptArchive => Key::TaskAcceptArchive,
        TaskKind::AnswerBorrowing => Key::TaskAnswerBorrowing,
        TaskKind::Wait => Key::TaskWait,
    }
}
