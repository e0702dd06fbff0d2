//! Words of: The routes for programs (接口).

crate::messages! {
    Title => "接口说明", "For programs";
    Accept => "每一页也是数据：请求头写 Accept: application/json，拿到的就是页面所显示的内容。", "Every page is also data: ask with Accept: application/json for what the page shows.";
    Send => "要办的事，用表单或者 JSON 发送；请求头写 Idempotency-Key（一个 UUID），同一件事发两次也只办一次。", "An act is sent as a form or as JSON; an Idempotency-Key header (a UUID) makes sending it twice harmless.";
    Problems => "办不成的，返回 RFC 9457 的 problem；其中 type 指向的页面说明含义和办法。", "What goes wrong comes as an RFC 9457 problem, whose type leads to a page that says what it means and what can be done.";
    Token => "程序用本人制作的令牌（Authorization: Bearer …），权限与本人相同，留痕里写明是用令牌办的。", "A program sends a token that a person made (Authorization: Bearer …); it may do what that person may, and the trace says that a token was used.";
    Document => "下载 OpenAPI 3.1 文件", "The OpenAPI 3.1 document";
    Tokens => "制作令牌", "Make a token";
    Route => "地址", "Route";
    Does => "用途", "What it does";
    Who => "谁可以用", "For whom";
    SignedIn => "登录后", "Whoever is signed in";
    Anyone => "任何人", "Anyone";
}

/// The name of a capability, in both languages; nothing for one that has none.
pub fn capability(name: &str) -> [&'static str; 2] {
    match name {
        "annotation" => ["批注", "Annotations"],
        "api" => ["接口", "For programs"],
        "appeal" => ["上诉", "Appeal"],
        "approval" => ["审批", "Approvals"],
        "archive" => ["归档", "Archive"],
        "bank" => ["演示银行", "Demonstration bank"],
        "bundle" => ["材料汇编", "Bundles and contents"],
        "cases" => ["案件列表", "Lists of cases"],
        "closing" => ["撤诉", "Withdrawal"],
        "committee" => ["审判委员会", "Adjudication committee"],
        "consent" => ["在线诉讼意愿", "Consent to on-line steps"],
        "counter" => ["窗口收件", "The counter"],
        "deliberation" => ["评议", "Deliberation"],
        "demonstration" => ["演示日历", "Calendar of the demonstration"],
        "destruction" => ["档案销毁", "Destruction of files"],
        "drafting" => ["文书制作", "Drafting"],
        "entrance" => ["登录", "Signing in"],
        "evidence" => ["答辩与证据", "Answers and evidence"],
        "fees" => ["诉讼费用", "Fees"],
        "filing" => ["立案申请", "Filing"],
        "frame" => ["网站", "The site"],
        "hearing" => ["庭审", "Hearings"],
        "help" => ["帮助", "Help"],
        "home" => ["我的案件", "My cases"],
        "lingering" => ["查阅记录", "What one looked at"],
        "material" => ["电子卷", "The e-file"],
        "mediation" => ["调解", "Mediation"],
        "overview" => ["案件概览", "Overview of a case"],
        "notices" => ["通知", "Notices"],
        "oversight" => ["监督", "Oversight"],
        "parties" => ["当事人", "Parties"],
        "past" => ["时点回看", "A case as it stood"],
        "people" => ["人员", "People"],
        "procedure" => ["程序", "Procedure"],
        "provenance" => ["来源与流转", "Where papers come from"],
        "quarantine" => ["隔离文件", "Infected files"],
        "record" => ["留痕总账", "The record"],
        "redaction" => ["遮盖副本", "Copies that hide something"],
        "review" => ["立案审查", "Filing review"],
        "scanning" => ["扫描中心", "The scanning centre"],
        "scheduling" => ["排期", "Scheduling"],
        "series" => ["系列案", "Like cases"],
        "searching" => ["全文检索", "Search in all papers"],
        "service" => ["送达", "Service"],
        "sharing" => ["限时共享", "Papers shared for a time"],
        "signature" => ["手写签名", "Signatures by hand"],
        "signing" => ["批量签署", "Signing in bulk"],
        "snippets" => ["我的段落", "My paragraphs"],
        "staging" => ["待入卷整理", "Staged papers"],
        "statutes" => ["法律条文", "The law"],
        "correcting" => ["补正与重新出具", "Corrections of issued documents"],
        "supervision" => ["四类案件监督", "Supervision"],
        "together" => ["共同阅卷", "Reading together"],
        "tokens" => ["程序令牌", "Tokens"],
        "tools" => ["计算工具", "Calculators"],
        "trace" => ["办案留痕", "The trace"],
        "traces" => ["留痕检索", "Search of the traces"],
        "unusual" => ["异常查阅", "Unusual access"],
        "uploads" => ["上传", "Uploads"],
        "verify" => ["真伪查验", "Checking papers"],
        "workbench" => ["工作台", "Workbench"],
        _ => ["", ""],
    }
}
