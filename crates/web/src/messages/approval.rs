//! Words of: Requests for approval (审批).

use xiezhi_domain::{approval::Matter, law::trial_period::ExclusionKind};

crate::messages! {
    Title => "审批", "Approvals";
    Mine => "等您审批", "Waiting for your word";
    NoneTitle => "没有等您审批的", "Nothing waits for your word";
    NoneWords => "轮到您时，会排在这里。", "Requests appear here when it is your turn.";
    Look => "去审批", "Decide";
    NoRequests => "这个案件没有审批事项。", "There are no requests in this case.";
    Granted => "同意", "Granted";
    Refused => "不同意", "Refused";
    Pending => "审批中", "Pending";
    AskedBy => "申请人", "Asked by";
    AskedOn => "申请日", "Asked on";
    Reason => "理由", "Reason";
    Law => "依据", "Law";
    Facts => "有关情况", "Facts";
    Chain => "审批顺序", "Who decides";
    Words => "已有意见", "Words so far";
    Opinion => "意见", "Opinion";
    OpinionHelp => "不同意时要写明理由。", "A reason is needed to refuse.";
    Yes => "同意", "Grant";
    No => "不同意", "Refuse";
    Ask => "提出申请", "Ask for approval";
    AskNote => "选一项，写明理由", "Choose one and say why";
    FeeAid => "缓减免诉讼费", "Aid with fees";
    ExtendTrial => "延长审限", "Extend the trial period";
    ExcludePeriod => "扣除审限", "Exclude days from the trial period";
    Stay => "中止诉讼", "Stay the proceedings";
    ChangeProcedure => "转换程序", "Change the procedure";
    ReplaceMaterial => "替换卷内材料", "Replace a paper in the file";
    StrikeMaterial => "删除卷内材料", "Strike a paper from the file";
    SupplementArchive => "归档后补充材料", "Add a paper to the archived file";
    RevokePaper => "撤销已发出的文书", "Revoke a paper that was sent by mistake";
    RevokeHelp => "只限通知书、传票、函件等。文书本身不动：卷里、文书页和真伪查验都会写明已撤销、哪一天、为什么。裁判文书不能撤销。", "Notices, summonses, letters only. The paper itself stays: the file, its page and the check page say that it was revoked, when and why. Decisions are not revoked.";
    ShareOut => "向卷外人员限时共享材料", "Share papers with an outsider for a time";
    CorrectArchived => "归档后补正文书笔误", "Put slips right in a document of an archived file";
    SubmitCommittee => "提交审判委员会讨论", "Lay the case before the adjudication committee";
    ReconsiderCommittee => "提请审判委员会复议", "Have the adjudication committee think again";
    EraseMaterial => "依法删除材料内容", "Erase the content of a paper";
    EraseHelp => "删除后任何人都看不到内容，目录和证明不变。这一步不能撤回。", "Nobody reads it any more; catalogue and proofs stay. It can't be undone.";
    Aid => "怎么减", "Which aid";
    Defer => "缓交", "Defer";
    Reduce => "减交", "Reduce";
    Waive => "免交", "Waive";
    Remaining => "减交后还要交", "Still to be paid after a reduction";
    Months => "延长几个月", "By how many months";
    ExclusionKindWord => "扣除什么期间", "Which stretch";
    FromDay => "从", "From";
    ToDay => "到", "To";
    Ground => "中止的事由", "Ground of the stay";
    NewProcedure => "转为", "To";
    Paper => "哪一份材料", "Which paper";
    Replacement => "用哪一份待入卷的材料替换", "Replaced by which staged paper";
    NoPapers => "卷里还没有材料。", "There are no papers in the file.";
    NoStaged => "先把新的一份交到待入卷。", "First put the new one into staging.";
    Send => "提交申请", "Send the request";
    TrialEnds => "审限届满", "Trial period ends";
    FeeDue => "应交诉讼费", "Fee due";
    ToCase => "看案件", "Open the case";
    Announcement => "公告期间", "Public announcement";
    Appraisal => "鉴定、审计、评估期间", "Appraisal, audit, valuation";
    Settlement => "双方和解期间", "Settlement between the parties";
    Jurisdiction => "管辖异议期间", "Dispute over jurisdiction";
    StayTime => "中止诉讼期间", "Stay";
    NewEvidence => "因新证据延期审理", "Adjournment for new evidence";
    Mediation => "延长的调解期限", "Extended mediation";
    Enforcement => "执行和解、暂缓期间", "Settlement or deferral in enforcement";
}

crate::phrases! {
    sharing(organisation: &str, name: &str, until: &str, papers: &str) => "{organisation}{name}，至{until}：{papers}", "{organisation} {name}, until {until}: {papers}";
    months_words(months: u32) => "延长 {months} 个月", "by {months} months";
    from_to(from: &str, to: &str) => "{from} 至 {to}", "{from} to {to}";
}

/// The name of a matter.
pub fn matter(matter: &Matter) -> Key {
    match matter {
        Matter::FeeAid { .. } => Key::FeeAid,
        Matter::ExtendTrial { .. } => Key::ExtendTrial,
        Matter::ExcludePeriod { .. } => Key::ExcludePeriod,
        Matter::Stay { .. } => Key::Stay,
        Matter::ChangeProcedure { .. } => Key::ChangeProcedure,
        Matter::ReplaceMaterial { .. } => Key::ReplaceMaterial,
        Matter::StrikeMaterial { .. } => Key::StrikeMaterial,
        Matter::SupplementArchive { .. } => Key::SupplementArchive,
        Matter::RevokePaper { .. } => Key::RevokePaper,
        Matter::EraseMaterial { .. } => Key::EraseMaterial,
        Matter::ShareOut { .. } => Key::ShareOut,
        Matter::CorrectArchived { .. } => Key::CorrectArchived,
        Matter::SubmitCommittee { .. } => Key::SubmitCommittee,
        Matter::ReconsiderCommittee {} => Key::ReconsiderCommittee,
    }
}

/// The name of a matter by its code.
pub fn matter_of_code(code: &str) -> Key {
    match code {
        "fee_aid" => Key::FeeAid,
        "extend_trial" => Key::ExtendTrial,
        "exclude_period" => Key::ExcludePeriod,
        "stay" => Key::Stay,
        "change_procedure" => Key::ChangeProcedure,
        "replace_material" => Key::ReplaceMaterial,
        "supplement_archive" => Key::SupplementArchive,
        "revoke_paper" => Key::RevokePaper,
        "erase_material" => Key::EraseMaterial,
        "share_out" => Key::ShareOut,
        "correct_archived" => Key::CorrectArchived,
        "submit_committee" => Key::SubmitCommittee,
        "reconsider_committee" => Key::ReconsiderCommittee,
        _ => Key::StrikeMaterial,
    }
}

/// The law a matter rests on. Names of law stay Chinese.
pub fn law(matter: &Matter) -> &'static str {
    match matter {
        Matter::FeeAid { .. } => "《诉讼费用交纳办法》第四十四条至第五十一条",
        Matter::ExtendTrial { .. } => "《民事诉讼法》第一百五十二条、第一百六十四条",
        Matter::ExcludePeriod { .. } => "《关于严格执行案件审理期限制度的若干规定》第九条",
        Matter::Stay { .. } => "《民事诉讼法》第一百五十三条",
        Matter::ChangeProcedure { .. } => "《民事诉讼法》第一百六十九条、第一百七十条",
        Matter::SubmitCommittee { .. } => "《人民法院组织法》第三十九条、《关于人民法院合议庭工作的若干规定》第十二条",
        Matter::ReconsiderCommittee {} => "《关于人民法院合议庭工作的若干规定》第十三条",
        Matter::ReplaceMaterial { .. }
        | Matter::StrikeMaterial { .. }
        | Matter::SupplementArchive { .. }
        | Matter::RevokePaper { .. }
        | Matter::CorrectArchived { .. }
        | Matter::EraseMaterial { .. }
        | Matter::ShareOut { .. } => "《人民法院诉讼档案管理办法》及本院规定",
    }
}

/// The name of a stretch that is not counted.
pub fn exclusion(kind: ExclusionKind) -> Key {
    match kind {
        ExclusionKind::Announcement => Key::Announcement,
        ExclusionKind::Appraisal => Key::Appraisal,
        ExclusionKind::Settlement => Key::Settlement,
        ExclusionKind::Jurisdiction => Key::Jurisdiction,
        ExclusionKind::Stay => Key::StayTime,
        ExclusionKind::NewEvidenceAdjournment => Key::NewEvidence,
        ExclusionKind::MediationExtension => Key::Mediation,
        ExclusionKind::EnfSettlementOrDeferral => Key::Enforcement,
    }
}
