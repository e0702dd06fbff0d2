//! Words of: The search over acts and views (留痕检索).

use super::{Lang, t};

crate::messages! {
    Title => "留痕检索", "Search the traces";
    WordsMarks => "谁、什么时候、在哪个案件、做了哪一类事。案件内容不在这里。", "Who, when, in which case, what kind of act. Nothing of the content of cases.";
    WordsWords => "谁、什么时候、在哪个案件、做了什么、看过什么。合议和草稿不在这里。", "Who did or read what, when, in which case. Deliberations and drafts are not here.";
    Recorded => "按人、按案检索和导出都会留痕。", "Searches by person or case, and exports, are recorded.";
    Acts => "办过的事", "Acts";
    Looks => "看过的", "Views";
    Person => "谁", "Person";
    PersonHelp => "姓名", "Name";
    Case => "案号", "Case number";
    Kind => "哪一类", "Kind";
    AnyKind => "不限", "Any";
    From => "从", "From";
    Until => "到", "Until";
    Search => "检索", "Search";
    Csv => "导出 CSV", "Export CSV";
    When => "时间", "When";
    Who => "谁", "Who";
    What => "做了什么", "What";
    Position => "序号", "No.";
    Older => "更早的", "Older";
    None => "没有找到", "Nothing found";
    NoneWords => "换一个人、案号或者时间再试。", "Try another person, case or time.";
    GoOn => "这一段没有，继续往前找", "None in this stretch: search further back";
    UnknownPerson => "没有这个名字的人。", "Nobody has this name.";
    UnknownCase => "没有这个案号。", "No case has this number.";
    Restricted => "受限案件", "Restricted case";
    RestrictedWords => "不公开审理或者涉及家庭的案件：说明理由后才能看里面的留痕。理由会记入这个案件的查阅记录。", "A case heard in private, or about a family: its traces open once you say why. The reason goes on the log of this case.";
    Reason => "为什么要看", "Why you need to see it";
    ReasonHelp => "例如：核查 3 月 4 日对该案的异常下载。", "For example: checking the unusual downloads of 4 March.";
    Open => "说明理由并打开", "Say why and open";
    SayWhy => "说明理由", "Say why";
    Clock => "期限届满自动处理", "by the end of a period";
    System => "平台", "the platform";
    ByToken => "（程序令牌）", " (by a token)";
    Destroyed => "内容已依法销毁", "its content was lawfully destroyed";
    LookCase => "打开案件", "Opened the case";
    LookPage => "阅卷", "Read";
    LookDownload => "下载", "Downloaded";
    LookSearch => "按人搜索", "Searched by person";
    LookExport => "导出", "Exported";
    LookTrace => "查留痕", "Looked at the trace";
    Filing => "起诉", "Filing";
    Review => "立案审查", "Filing review";
    Assignment => "分案", "Assignment";
    Fees => "诉讼费用", "Fees";
    Parties => "当事人", "Parties";
    Consent => "在线意愿", "Consent";
    Material => "卷宗材料", "Papers of the file";
    Service => "送达", "Service";
    Evidence => "答辩与证据", "Answers and evidence";
    Scheduling => "排期", "Scheduling";
    Hearing => "庭审", "Hearings";
    Mediation => "调解", "Mediation";
    Deliberation => "合议", "Deliberation";
    Committee => "审判委员会", "Adjudication committee";
    Drafting => "文书起草", "Drafting";
    Issuing => "签发用印", "Issuing";
    Supervision => "四类案件监督", "Supervision";
    Series => "系列案", "Like cases";
    Correcting => "补正与撤销", "Corrections and revocations";
    Seal => "用印登记", "Uses of the seal";
    Pronouncing => "宣判", "Pronouncement";
    Approval => "审批", "Approvals";
    Procedure => "程序", "Procedure";
    Closing => "结案", "Closing";
    Appeal => "上诉", "Appeal";
    Periods => "期限", "Periods";
    Archive => "归档", "Archive";
    OnPaper => "线下转录", "Entered from paper";
    Counter => "窗口收件", "The counter";
    Destruction => "档案销毁", "Destruction";
    People => "人员", "People";
    Court => "本院设置", "Settings of the court";
    Register => "编号与占用", "Registers";
    Anchors => "存证", "Anchors of the log";
    Oversight => "监督", "Oversight";
}

/// Kinds of acts one may narrow by, as stored names begin.
pub const KINDS: [(&str, Key); 33] = [
    ("filing", Key::Filing),
    ("review", Key::Review),
    ("assignment", Key::Assignment),
    ("fees", Key::Fees),
    ("parties", Key::Parties),
    ("consent", Key::Consent),
    ("material", Key::Material),
    ("service", Key::Service),
    ("evidence", Key::Evidence),
    ("scheduling", Key::Scheduling),
    ("hearing", Key::Hearing),
    ("mediation", Key::Mediation),
    ("deliberation", Key::Deliberation),
    ("committee", Key::Committee),
    ("drafting", Key::Drafting),
    ("issuing", Key::Issuing),
    ("supervision", Key::Supervision),
    ("correcting", Key::Correcting),
    ("series", Key::Series),
    ("seal", Key::Seal),
    ("pronouncing", Key::Pronouncing),
    ("approval", Key::Approval),
    ("procedure", Key::Procedure),
    ("closing", Key::Closing),
    ("appeal", Key::Appeal),
    ("periods", Key::Periods),
    ("archive", Key::Archive),
    ("on_paper", Key::OnPaper),
    ("counter", Key::Counter),
    ("destruction", Key::Destruction),
    ("oversight", Key::Oversight),
    ("people", Key::People),
    ("court", Key::Court),
];

/// What kind of act a stored name tells of, in words; the name itself where there are none.
pub fn kind(lang: Lang, name: &str) -> String {
    let first = name.split('.').next().unwrap_or_default();
    let known = KINDS.iter().find(|(code, _)| *code == first).map(|(_, key)| *key);
    let known = known.or(match first {
        "register" | "number" | "calendar" => Some(Key::Register),
        "access" => Some(Key::Anchors),
        _ => None,
    });
    known.map_or_else(|| name.to_owned(), |key| t(lang, key).to_owned())
}
