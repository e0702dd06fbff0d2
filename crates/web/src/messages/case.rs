//! Words every page of a case uses: tabs, stages, procedures.

use xiezhi_domain::{case::Procedure, stage::Stage};

crate::messages! {
    Overview => "概览", "Overview";
    File => "电子卷", "E-file";
    Parties => "当事人", "Parties";
    Service => "送达", "Service";
    Hearings => "开庭", "Hearings";
    Mediation => "调解", "Mediation";
    Deliberation => "合议", "Deliberation";
    Committee => "审委会", "Committee";
    Documents => "文书", "Documents";
    Money => "费用", "Fees";
    Requests => "审批", "Approvals";
    Archive => "归档", "Archive";
    Trace => "留痕", "Trace";
    Tabs => "案件各部分", "Parts of the case";
    Cases => "案件", "Cases";
    Back => "返回", "Back";
    MyCase => "我的案件", "My case";
    NoNumber => "尚无案号", "No number yet";
    Stayed => "已中止", "Stayed";
    Cause => "案由", "Cause";
    Procedure => "程序", "Procedure";
    Amount => "标的", "Amount";
    Judge => "承办法官", "Judge";
    Presiding => "审判长（承办）", "Presiding judge (in charge)";
    Members => "成员", "Members";
    Clerk => "书记员", "Clerk";
    TrialPeriod => "审限", "Trial period";
    StepFiling => "立案", "Filing";
    StepService => "送达", "Service";
    StepHearing => "开庭", "Hearing";
    StepDeliberation => "评议", "Deliberation";
    StepDocument => "文书", "Document";
    StepPronounced => "宣判送达", "Pronounced";
    StepEffect => "生效", "In force";
    StepArchive => "归档", "Archive";
    Ordinary => "普通程序", "Ordinary procedure";
    Summary => "简易程序", "Summary procedure";
    SmallClaims => "小额诉讼程序", "Small-claims procedure";
    Submitted => "已提交", "Submitted";
    UnderReview => "立案审查", "Under review";
    CorrectionRequested => "待补正", "Correction asked";
    Returned => "已退回", "Returned";
    NotAccepted => "拟不予受理", "Non-acceptance proposed";
    Redirected => "已告知其他途径", "Redirected";
    Filed => "已立案", "Filed";
    Assigned => "已分案", "Assigned";
    Serving => "送达中", "Being served";
    Pretrial => "庭前准备", "Pretrial";
    Scheduled => "已排期", "Scheduled";
    InHearing => "庭审中", "In hearing";
    Adjourned => "延期开庭", "Adjourned";
    HearingDone => "庭审结束", "Hearing done";
    CommitteePending => "审委会讨论", "Before the adjudication committee";
    Deliberating => "评议中", "Deliberating";
    Drafting => "文书制作", "Drafting";
    Approval => "审核签发", "Being signed";
    Issued => "已签发用印", "Issued";
    ServingFinal => "裁判送达", "Serving the decision";
    AppealPeriod => "上诉期", "Appeal period";
    Appealed => "已上诉", "Appealed";
    FileTransferred => "已移送上级法院", "With the court above";
    Effective => "已生效", "In force";
    Archiving => "待归档", "With the archivist";
    Archived => "已归档", "Archived";
}

/// The name of a procedure.
pub fn procedure(procedure: Procedure) -> Key {
    match procedure {
        Procedure::Ordinary => Key::Ordinary,
        Procedure::Summary => Key::Summary,
        Procedure::SmallClaims => Key::SmallClaims,
    }
}

/// The name of a stage.
pub fn stage(stage: Stage) -> Key {
    match stage {
        Stage::Submitted => Key::Submitted,
        Stage::UnderReview => Key::UnderReview,
        Stage::CorrectionRequested => Key::CorrectionRequested,
        Stage::Returned => Key::Returned,
        Stage::NotAccepted => Key::NotAccepted,
        Stage::Redirected => Key::Redirected,
        Stage::Filed => Key::Filed,
        Stage::Assigned => Key::Assigned,
        Stage::Serving => Key::Serving,
        Stage::Pretrial => Key::Pretrial,
        Stage::Scheduled => Key::Scheduled,
        Stage::InHearing => Key::InHearing,
        Stage::Adjourned => Key::Adjourned,
        Stage::HearingDone => Key::HearingDone,
        Stage::Deliberating => Key::Deliberating,
        Stage::CommitteePending => Key::CommitteePending,
        Stage::Drafting => Key::Drafting,
        Stage::Approval => Key::Approval,
        Stage::Issued => Key::Issued,
        Stage::ServingFinal => Key::ServingFinal,
        Stage::AppealPeriod => Key::AppealPeriod,
        Stage::Appealed => Key::Appealed,
        Stage::FileTransferred => Key::FileTransferred,
        Stage::Effective => Key::Effective,
        Stage::Archiving => Key::Archiving,
        Stage::Archived => Key::Archived,
    }
}
