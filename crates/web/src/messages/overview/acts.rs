//! Words of acts: a readable title for every event of a case.

use xiezhi_domain::{
    approval::Matter,
    consent::{Consent, Step},
    hearing::{HearingPart, Mode},
    law::trial_period::ExclusionKind,
    on_paper::Way,
    service::Channel,
};

use crate::messages::{Lang, counted};

crate::messages! {
    Submitted => "提交立案申请", "Application submitted";
    Taken => "开始立案审查", "Filing review begun";
    CorrectionRequested => "一次性告知补正", "Correction asked, all in one notice";
    Corrected => "补正材料", "Corrected papers handed in";
    Filed => "登记立案", "Case filed";
    Returned => "退回起诉材料", "Papers returned";
    NotAccepted => "提请裁定不予受理", "A judge was asked not to accept it";
    Accepted => "法官认为符合起诉条件", "The judge found the suit acceptable";
    Redirected => "告知其他途径", "Told where to go instead";
    Drawn => "随机分案", "Assigned by lot";
    TribunalChanged => "变更审判组织", "Tribunal changed";
    FeeNoticed => "通知交费", "Fee notice";
    FeePaid => "交费", "Fee paid";
    FeeAided => "准予司法救助", "Aid with fees granted";
    FeeOverdue => "逾期未交费", "Fee not paid in time";
    RefundDue => "应退费", "Refund due";
    Refunded => "退费", "Refund paid";
    Linked => "关联案件", "Party linked to the case";
    CodeIssued => "生成案件关联码", "Code for linking issued";
    CodeMistyped => "关联码输错一次", "A wrong code was tried";
    AddressConfirmed => "确认送达地址", "Address for service confirmed";
    AgentAppointed => "委托代理人", "Agent appointed";
    AgentDismissed => "解除委托", "Agent dismissed";
    ConsentRecorded => "记录在线诉讼意愿", "Consent to on-line steps recorded";
    MaterialReceived => "收到材料", "Paper received";
    MaterialWritten => "生成文书", "Paper written";
    MaterialRetitled => "待入卷更正", "Staged paper put right";
    MaterialDiscarded => "退出待入卷", "Staged paper thrown out";
    MaterialEntered => "材料入卷", "Papers taken into the file";
    MaterialArranged => "待入卷页面整理", "Pages of staged papers put in order";
    MaterialSplit => "待入卷拆分", "Pages of a staged paper made a paper of their own";
    MaterialAttributed => "注明材料来源", "Whose a staged paper is";
    MaterialCompared => "原件核对", "Compared with the original";
    Agrees => "与原件一致", "Agrees with it";
    Differs => "与原件不一致", "Differs from it";
    MaterialRendered => "整理件生成", "Paper put together from its pages";
    MaterialDisclosed => "向当事人公开材料", "Papers disclosed to the parties";
    MaterialReplaced => "替换材料", "Paper replaced";
    MaterialStruck => "删除材料（留痕）", "Paper struck, kept crossed out";
    Dispatched => "发出送达", "Papers sent for service";
    Effected => "送达", "Served";
    ServiceTried => "联系受送达人", "Tried to reach the party";
    ServicePosted => "交寄", "Given to the carrier";
    ServicePublished => "公告刊登", "Announcement published";
    ServiceFailed => "送达不成功", "Service failed";
    ServiceUpheld => "查实已经送达", "Found to have arrived";
    ServiceUndone => "查实没有送达", "Found not to have arrived";
    Opened => "打开送达文书", "Served papers opened";
    SignedFor => "签收文书", "Served papers signed for";
    Answered => "提交答辩", "Answer handed in";
    AnsweredWithCounterclaim => "提交答辩并反诉", "Answer with a counterclaim";
    EvidenceSubmitted => "提交证据", "Evidence handed in";
    OpinionGiven => "发表质证意见", "Opinion on evidence";
    EvidenceJudged => "认证", "Evidence assessed";
    PeriodsWaived => "放弃答辩期、举证期", "Answer and evidence periods waived";
    IssuesFixed => "归纳争议焦点", "Issues in dispute fixed";
    Scheduled => "排期开庭", "Hearing scheduled";
    Adjourned => "延期开庭", "Hearing put off";
    Notified => "用简便方式通知开庭", "Told of the hearing in a simple way";
    NoticeConfirmed => "确认收到开庭通知", "Notice of the hearing confirmed";
    AttendanceNoted => "记明到庭情况", "Attendance noted";
    HearingOpened => "开庭", "The court sat";
    PartEntered => "庭审进入新阶段", "Next part of the hearing";
    TranscriptSaved => "保存庭审笔录", "Record of the hearing saved";
    TranscriptTyped => "续写庭审笔录", "Record of the hearing written on";
    CorrectionMade => "笔录已补正", "Record corrected";
    CorrectionRefused => "未予补正，申请记录在案", "Correction not made, the wish is on record";
    TranscriptCorrection => "申请补正笔录", "Correction of the record asked";
    TranscriptSigned => "签署庭审笔录", "Record of the hearing signed";
    TranscriptRefused => "未签庭审笔录，已记明", "Signing of the record refused, noted";
    HearingClosed => "闭庭", "Hearing closed";
    MediationAsked => "申请调解", "Mediation asked for";
    Countered => "提出新的调解方案", "Counter-offer in mediation";
    OfferAccepted => "同意调解方案", "Offer accepted";
    OfferRefused => "不同意调解方案", "Offer refused";
    Confided => "单独告诉调解人", "Told to the mediator alone";
    ConfidenceReleased => "同意把单独说的转告对方", "Let the mediator pass on what was told alone";
    MediationOpened => "启动调解", "Mediation begun";
    Offered => "提出调解方案", "Offer in mediation";
    Agreed => "达成调解协议，待签", "Agreement put to the parties";
    AgreementSigned => "签署调解协议", "Agreement signed";
    LongerProposed => "提议延长调解期限", "Longer mediation proposed";
    LongerAgreed => "同意延长调解期限", "Agreed to longer mediation";
    MediationExtended => "延长调解期限", "Mediation extended";
    MediationLapsed => "调解期限届满，未达成协议", "The days of mediation ended without an agreement";
    MediationFailed => "调解不成", "Mediation failed";
    NoteShared => "共享批注", "Annotation shared";
    NoteRevised => "修改批注", "Annotation changed";
    NoteReplied => "回复批注", "Annotation answered";
    NoteWithdrawn => "撤回批注", "Annotation taken back";
    DeliberationOpened => "开始评议", "Deliberation begun";
    DeliberationOpinion => "发表评议意见", "Opinion given in deliberation";
    DeliberationConcluded => "形成评议结论", "Panel concluded";
    MinutesSigned => "签署评议笔录", "Minutes of deliberation signed";
    DraftSaved => "保存文书稿", "Draft saved";
    PutForward => "文书送签", "Document put forward for signing";
    DraftReturned => "退回修改", "Draft returned";
    OriginalSigned => "签署文书原本", "Original signed";
    OriginalRead => "审阅文书原本", "Original read before the seal";
    Doubted => "建议复议", "Tribunal asked to think again";
    DraftCommented => "批注文书稿", "Draft commented on";
    DraftCommentReplied => "回复文书批注", "Comment on a draft answered";
    DraftCommentSettled => "了结文书批注", "Comment on a draft settled";
    SuggestionAccepted => "采纳修改建议", "Suggested change taken over";
    CaseMarked => "标注为四类案件", "Case marked as one of the four kinds";
    CaseUnmarked => "解除四类案件标注", "That mark taken off";
    Issued => "用印签发", "Sealed and issued";
    PronouncedInCourt => "当庭宣判", "Pronounced in court";
    Pronounced => "宣判", "Pronounced";
    ApprovalAsked => "提请审批", "Approval asked";
    ApprovalGranted => "审批同意", "Approval given";
    ApprovalRefused => "审批不同意", "Approval refused";
    Advanced => "案件进入", "Case came to";
    Stayed => "中止诉讼", "Proceedings stayed";
    Resumed => "恢复审理", "Proceedings resumed";
    Converted => "转换程序", "Procedure changed";
    WithdrawalAsked => "申请撤诉", "Withdrawal asked";
    Closed => "结案", "Case closed";
    Effective => "裁判生效", "Decision in force";
    Appealed => "提起上诉", "Appeal filed";
    Transferred => "移送上诉案卷", "File sent to the court above";
    AppealReturned => "上诉案卷退回", "File came back";
    PeriodStarted => "期限起算", "Period began";
    PeriodMoved => "期限变更", "Last day moved";
    PeriodEnded => "期限终了", "Period ended";
    PeriodVoided => "期限自始未起算", "Period never ran";
    ArchiveSubmitted => "移交归档", "Handed to the archive";
    ArchiveReturned => "归档退回", "Returned by the archive";
    Sealed => "归档封存", "Archived and sealed";
    Lent => "借阅", "File lent";
    SharingGranted => "向卷外人员限时共享材料", "Papers shared with an outsider for a time";
    SharingMistyped => "共享查阅码输入错误", "A wrong code for shared papers";
    SharingRevoked => "撤回共享", "Share taken back";
    MatterShare => "向卷外人员共享材料", "sharing of papers with an outsider";
    MaterialRedacted => "制作遮盖副本", "Copy that hides something";
    MaterialSupplemented => "归档后补充材料", "Paper added to the archived file";
    MaterialErased => "依法删除材料内容", "Content of a paper lawfully erased";
    AccessGranted => "查阅登记", "Read at the archive's counter";
    Reclassified => "调整保管期限", "Class of retention changed";
    CaseLinked => "关联后续案件", "Linked to a case that goes on from it";
    BorrowingAsked => "申请借阅档案", "Asked to borrow the file";
    BorrowingGranted => "同意借阅", "Loan granted";
    BorrowingRefused => "不同意借阅", "Loan refused";
    FourProperties => "四性检测", "Four-property test";
    TestedFine => "已检测的都通过", "what was tested passed";
    LoanEnded => "归还", "File given back";
    Destroyed => "内容已依法销毁，位置保留", "Content lawfully destroyed; its place remains";

    MatterFeeAid => "诉讼费救助", "aid with fees";
    MatterExtend => "延长审限", "extension of the trial period";
    MatterExclude => "扣除审限", "exclusion from the trial period";
    MatterStay => "中止诉讼", "stay of proceedings";
    MatterProcedure => "程序转换", "change of procedure";
    MatterReplace => "替换卷宗材料", "replacement of a paper";
    MatterSupplement => "归档后补充材料", "supplement to an archived file";
    MatterRevoke => "撤销已发出的文书", "revocation of a paper that was sent";
    SeriesJoined => "与类似案件并案办理文书", "Linked with like cases";
    SeriesLeft => "移出系列案", "Taken out of a set of like cases";
    SeriesApplied => "套用系列案文书稿", "The common draft of like cases applied";
    SlipsMarked => "标出笔误，拟制补正裁定", "Slips were marked and a ruling on them drafted";
    CopyBegun => "重新出具补正后的文书", "A corrected copy was begun";
    PaperRevoked => "撤销了文书", "A paper was revoked";
    MatterErase => "依法删除材料内容", "erasure of a paper's content";
    MatterStrike => "删除卷宗材料", "striking of a paper";

    ChannelElectronic => "电子送达", "electronic";
    ChannelDirect => "直接送达", "in person";
    ChannelLeft => "留置送达", "left on refusal";
    ChannelPostal => "邮寄送达", "by post";
    ChannelEntrusted => "委托送达", "through another court";
    ChannelForwarded => "转交送达", "through the recipient's unit";
    ChannelAnnouncement => "公告送达", "by announcement";

    StepFiling => "立案", "filing";
    StepMediation => "调解", "mediation";
    StepEvidence => "证据交换", "exchange of evidence";
    StepInquiry => "询问", "inquiry";
    StepHearing => "庭审", "hearing";
    StepPronouncement => "宣判", "pronouncement";
    StepService => "送达", "service";

    ConsentAsked => "已征询", "asked";
    ConsentChosen => "主动选择", "chosen";
    ConsentAgreed => "同意", "agreed";
    ConsentRefused => "不同意", "refused";
    ConsentWithdrawn => "撤回", "withdrawn";
    ConsentLapsed => "逾期未确认", "not answered in time";
    ConsentSwitched => "法院转线下", "moved off line by the court";

    PartOpening => "庭前核对", "opening";
    PartInvestigation => "法庭调查", "investigation";
    PartDebate => "法庭辩论", "debate";
    PartFinal => "最后陈述", "final statements";
    PartMediation => "法庭调解", "mediation in court";
    PartPronouncement => "当庭宣判", "pronouncement";

    ModeInPerson => "线下", "in person";
    ModeOnline => "在线", "on line";
    ModeMixed => "线上线下结合", "partly on line";

    ExAnnouncement => "公告", "announcement";
    ExAppraisal => "鉴定", "appraisal";
    ExSettlement => "和解", "settlement talks";
    ExJurisdiction => "管辖异议", "objection to jurisdiction";
    ExStay => "中止", "stay";
    ExNewEvidence => "延期审理", "adjournment for new evidence";
    ExMediation => "延长调解", "mediation prolonged";
    ExEnforcement => "执行和解等", "settlement in enforcement";

    Late => "逾期提交", "late";
    TakenAtCounter => "窗口代收材料", "Papers taken at the counter";
    EnteredFromPaper => "代录线下材料", "Entered from paper";
    WayCounter => "窗口", "at the counter";
    WayPost => "邮寄", "by post";
    WayPhone => "电话", "by telephone";
    TheClock => "期限届满自动办理", "carried out at the end of a period";
    TheSystem => "平台", "the platform";
}

crate::phrases! {
    to(name: &str) => "送 {name}", "to {name}";
    tests_failed(items: &str) => "不通过：{items}", "failed: {items}";
    untested(count: usize) => "{count} 项没有检测", "{count} not tested";
    until(day: &str) => "至 {day}", "until {day}";
    served_on(day: &str) => "送达日 {day}", "counts from {day}";
    members(names: &str) => "承办 {names}", "in charge: {names}";
    compared_by(name: &str) => "{name} 核对", "compared by {name}";
    receipt(number: &str) => "票据 {number}", "receipt {number}";
    majority(n: usize) => "议题 {n}", "question {n}";
}

/// The name of a matter of approval.
pub fn matter(matter: &Matter) -> Key {
    match matter {
        Matter::FeeAid { .. } => Key::MatterFeeAid,
        Matter::ExtendTrial { .. } => Key::MatterExtend,
        Matter::ExcludePeriod { .. } => Key::MatterExclude,
        Matter::Stay { .. } => Key::MatterStay,
        Matter::ChangeProcedure { .. } => Key::MatterProcedure,
        Matter::ReplaceMaterial { .. } => Key::MatterReplace,
        Matter::StrikeMaterial { .. } => Key::MatterStrike,
        Matter::SupplementArchive { .. } => Key::MatterSupplement,
        Matter::RevokePaper { .. } => Key::MatterRevoke,
        Matter::EraseMaterial { .. } => Key::MatterErase,
        Matter::ShareOut { .. } => Key::MatterShare,
    }
}

/// The way something came on paper.
pub fn way(way: Way) -> Key {
    match way {
        Way::Counter => Key::WayCounter,
        Way::Post => Key::WayPost,
        Way::Phone => Key::WayPhone,
    }
}

/// The name of a channel of service.
pub fn channel(channel: Channel) -> Key {
    match channel {
        Channel::Electronic => Key::ChannelElectronic,
        Channel::Direct => Key::ChannelDirect,
        Channel::LeftOnRefusal => Key::ChannelLeft,
        Channel::Postal => Key::ChannelPostal,
        Channel::Entrusted => Key::ChannelEntrusted,
        Channel::Forwarded => Key::ChannelForwarded,
        Channel::Announcement => Key::ChannelAnnouncement,
    }
}

/// The name of a step that may be taken on line.
pub fn step(step: Step) -> Key {
    match step {
        Step::Filing => Key::StepFiling,
        Step::Mediation => Key::StepMediation,
        Step::EvidenceExchange => Key::StepEvidence,
        Step::Inquiry => Key::StepInquiry,
        Step::Hearing => Key::StepHearing,
        Step::Pronouncement => Key::StepPronouncement,
        Step::Service => Key::StepService,
    }
}

/// What a party said of a step.
pub fn consent(consent: Consent) -> Key {
    match consent {
        Consent::Asked => Key::ConsentAsked,
        Consent::Chosen => Key::ConsentChosen,
        Consent::Agreed => Key::ConsentAgreed,
        Consent::Refused => Key::ConsentRefused,
        Consent::Withdrawn => Key::ConsentWithdrawn,
        Consent::Lapsed => Key::ConsentLapsed,
        Consent::Switched => Key::ConsentSwitched,
    }
}

/// The name of a part of a hearing.
pub fn part(part: HearingPart) -> Key {
    match part {
        HearingPart::Opening => Key::PartOpening,
        HearingPart::Investigation => Key::PartInvestigation,
        HearingPart::Debate => Key::PartDebate,
        HearingPart::FinalStatements => Key::PartFinal,
        HearingPart::Mediation => Key::PartMediation,
        HearingPart::Pronouncement => Key::PartPronouncement,
    }
}

/// How a hearing is held.
pub fn mode(mode: Mode) -> Key {
    match mode {
        Mode::InPerson => Key::ModeInPerson,
        Mode::Online => Key::ModeOnline,
        Mode::Mixed => Key::ModeMixed,
    }
}

/// Why a stretch does not count.
pub fn exclusion(kind: ExclusionKind) -> Key {
    match kind {
        ExclusionKind::Announcement => Key::ExAnnouncement,
        ExclusionKind::Appraisal => Key::ExAppraisal,
        ExclusionKind::Settlement => Key::ExSettlement,
        ExclusionKind::Jurisdiction => Key::ExJurisdiction,
        ExclusionKind::Stay => Key::ExStay,
        ExclusionKind::NewEvidenceAdjournment => Key::ExNewEvidence,
        ExclusionKind::MediationExtension => Key::ExMediation,
        ExclusionKind::EnfSettlementOrDeferral => Key::ExEnforcement,
    }
}

/// Papers, counted.
pub fn papers(lang: Lang, n: usize) -> String {
    match lang {
        Lang::Zh => format!("{n} 份"),
        Lang::En => counted(n as i64, "paper", "papers"),
    }
}

/// Items, counted.
pub fn items(lang: Lang, n: usize) -> String {
    match lang {
        Lang::Zh => format!("{n} 项"),
        Lang::En => counted(n as i64, "item", "items"),
    }
}
