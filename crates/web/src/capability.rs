//! The capabilities and their routes, one file each, by the names they have in every layer.

use crate::http::routes::Routes;

macro_rules! capabilities {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        $($(#[$doc])* pub mod $name;)*

        /// The routes of all capabilities.
        pub fn routes() -> Routes {
            Routes::new()$(.and($name::routes().of(stringify!($name))))*
        }

        /// Everything the capabilities hang in the gallery.
        pub fn pieces(lang: crate::messages::Lang) -> Vec<crate::gallery::Piece> {
            [$($name::samples::pieces(lang)),*].into_iter().flatten().collect()
        }
    };
}

pub mod case_frame;
pub mod on_paper;
pub mod prelude_of_cases;

capabilities! {
    /// Annotations over pages (阅卷批注).
    annotation,
    /// The routes for programs (接口).
    api,
    /// Appeal, on the side of the parties and of the clerk (上诉).
    appeal,
    /// Requests for approval (审批).
    approval,
    /// Archive: readiness, handing over, the archivist's desk (归档).
    archive,
    /// The demonstration bank that payments lead to (演示银行).
    bank,
    /// Bundles of papers, contents on paper (材料汇编、目录打印).
    bundle,
    /// Lists of cases, search, export (案件列表).
    cases,
    /// Withdrawal of the suit (撤诉).
    closing,
    /// The adjudication committee (审判委员会).
    committee,
    /// Consent to on-line steps (在线诉讼意愿).
    consent,
    /// The counter: papers taken for whoever cannot go on line (窗口收件).
    counter,
    /// Deliberation of the panel (评议).
    deliberation,
    /// The calendar of the demonstration, moved on by hand (演示日历).
    demonstration,
    /// Destruction of archived files at the end of their retention (档案销毁).
    destruction,
    /// Drafting, signing, issuing (文书制作).
    drafting,
    /// Signing in and out, the entrance (登录).
    entrance,
    /// Answers, evidence, opinions (答辩与证据).
    evidence,
    /// Fees: notice, payment, aid, refund (诉讼费用).
    fees,
    /// Filing an application (立案申请).
    filing,
    /// Hearings and transcripts (庭审).
    hearing,
    /// Help and the pages problems lead to (帮助).
    help,
    /// A party's own page (我的案件).
    home,
    /// The e-file: catalogue, staging, reading (电子卷).
    material,
    /// Mediation (调解).
    mediation,
    /// What a reader looked at, and how long (查阅记录、停留时长).
    lingering,
    /// Notices: what happened on one's cases since one looked (消息).
    notices,
    /// The first page of a case (案件概览).
    overview,
    /// Deadlines and figures of the court (监督).
    oversight,
    /// Parties, addresses, agents, linking (当事人).
    parties,
    /// A case as it stood at an earlier moment (时点回看).
    past,
    /// People and sessions, for administrators (人员).
    people,
    /// Stays and changes of procedure (程序).
    procedure,
    /// Where a paper comes from and what was done with it (来源与流转).
    provenance,
    /// Infected files, for administrators (隔离文件).
    quarantine,
    /// The record: proofs, audit, published log (留痕).
    record,
    /// Copies that hide something (遮盖副本).
    redaction,
    /// Filing review (立案审查).
    review,
    /// The scanning centre: the sorting desk, cover sheets (扫描中心).
    scanning,
    /// Scheduling and the calendar (排期).
    scheduling,
    /// Words in all papers (全文检索).
    searching,
    /// Service: the clerk's table, tasks, the party's page (送达).
    service,
    /// Papers shared for a time with somebody outside the court (限时共享).
    sharing,
    /// Signatures by hand (手写签名).
    signature,
    /// Signing in bulk (批量签署).
    signing,
    /// A writer's own paragraphs (个人段落库).
    snippets,
    /// Putting staged papers in order (待入卷整理).
    staging,
    /// The law, article by article (法律条文).
    statutes,
    /// Like cases with a common draft (系列案).
    series,
    /// What follows an issued document (补正、重新出具).
    correcting,
    /// Supervision of the four kinds of cases (四类案件监督管理).
    supervision,
    /// Reading together: who is in the file, who presents it (共同阅卷).
    together,
    /// Tokens by which programs act for a person (程序令牌).
    tokens,
    /// Public calculators (计算工具).
    tools,
    /// The trace of a case (留痕).
    trace,
    /// The search over acts and views (留痕检索).
    traces,
    /// Unusual access, for those who oversee (异常查阅).
    unusual,
    /// Uploading files by parts (上传).
    uploads,
    /// The check page (真伪查验).
    verify,
    /// Workbenches (工作台).
    workbench,
}
