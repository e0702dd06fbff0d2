//! Filing an application, in plain words.

use xiezhi_domain::{consent::Step, filing::FilingRefusal};

use super::Lang;

crate::messages! {
    Title => "我要立案", "File a case";
    ChooseCause => "您为什么事起诉？", "What is the case about?";
    ChooseHelp => "写几个字就能找，例如：借款、离婚、工资、物业、交通事故。", "Type a few characters to search the official causes (in Chinese), for example 借款, 离婚, 工资.";
    Search => "找一找", "Search";
    Common => "常见的", "Common ones";
    Nothing => "没有找到，换个说法试试。", "Nothing found; try other words.";
    You => "您（原告）", "You (plaintiff)";
    Plaintiff => "谁起诉（原告）", "Who sues (plaintiff)";
    Them => "您告谁（被告）", "Whom you sue (defendant)";
    More => "还告别人", "Someone else too";
    NaturalKind => "个人", "A person";
    LegalKind => "公司或单位", "A company or unit";
    OwnKind => "您是", "You are";
    Intake => "收到的方式", "How it came";
    Came => "怎么来的", "How";
    CameOnPaper => "窗口收到纸质材料，已与原件核对", "On paper at the counter, compared with the originals";
    CameOrally => "口头起诉，由我记录并宣读", "Told orally, written down and read out by me";
    CameOn => "收到的日期", "Day it came";
    OnlineTitle => "哪些环节愿意在网上办", "Which steps you will take on line";
    Authority => "特别授权", "Special authority";
    AuthorityNote => "授权委托书里写明的才勾；都不勾就是一般授权。", "Tick only what the letter of authority names; none means general authority.";
    Fill => "按回答写进请求和经过", "Write these answers into claims and facts";
    StepFiling => "立案", "Filing";
    StepMediation => "调解", "Mediation";
    StepExchange => "证据交换", "Exchange of evidence";
    StepInquiry => "询问", "Inquiry";
    StepHearing => "开庭", "Hearing";
    StepPronouncement => "宣判", "Pronouncement";
    StepService => "送达", "Service of papers";
    KindOf => "对方是", "They are";
    Name => "姓名或者单位名称", "Name";
    IdNo => "身份证号或者统一社会信用代码", "ID-card number or social credit code";
    IdHelp => "不知道可以不填，不影响立案。", "Leave it empty if you don't know; the case can be filed without it.";
    Address => "地址", "Address";
    Phone => "电话", "Telephone";
    Claims => "您要法院判什么（诉讼请求）", "What you ask the court for (claims)";
    ClaimsHelp => "一行写一项，例如：判令被告偿还借款本金150000元", "One to a line, in Chinese, for example 判令被告偿还借款本金150000元";
    Amount => "一共多少钱（元）", "Amount in all (yuan)";
    AmountHelp => "不涉及钱的可以不填", "Leave it empty if no money is asked for";
    Facts => "事情经过和理由", "What happened and why";
    FactsHelp => "什么时候、发生了什么、凭什么要求。写得清楚就行，不用写得像律师。", "When, what happened, what your claim rests on. Clear is enough.";
    Elements => "这类案件常问的（可以不填）", "Questions usual in such cases (optional)";
    Unknown => "不知道可以不填", "Leave it empty if you don't know";
    Service => "法院的文书送到哪里", "Where the court's papers reach you";
    Electronic => "我同意电子送达，判决书、裁定书、调解书也可以电子送达", "I agree to electronic service, judgments, rulings and mediation statements included";
    Online => "愿意的才勾。不勾就到法院办，不影响您的权利；以后也可以改主意。", "Tick only what you want. Without a tick it is done at the court and costs you no right; you may change your mind later.";
    Evidence => "证据", "Evidence";
    EvidenceHelp => "照片、扫描件、聊天截图、PDF 都可以，先保存上面写的再添加。", "Photos, scans, screenshots, PDF. What you typed above is kept.";
    EvidenceName => "这是什么", "What it is";
    Purpose => "想证明什么", "What it proves";
    FileField => "文件", "File";
    AddEvidence => "添加证据", "Add evidence";
    Remove => "去掉", "Remove";
    Save => "先存着", "Save for later";
    Preview => "看看写好的起诉状", "Read the complaint";
    PreviewTitle => "请看一遍，没问题再提交", "Read it through, then submit";
    PreviewNote => "下面的文书是根据您填的内容写成的。要改就回去改。", "These papers were written from your answers. Go back to change them.";
    Leave => "返回", "Back";
    Back => "回去改", "Go back and change";
    Submit => "提交给法院", "Submit to the court";
    SubmitNote => "提交后法院会给您收到诉状的凭证，七天内答复。", "The court gives you a dated receipt and answers within seven days.";
    Correction => "法院请您补正这些地方，一次说全了：", "The court asks you to correct the following, all in one notice:";
    SubmitCorrection => "提交补正", "Submit the correction";
}

crate::phrases! {
    cause(name: &str) => "案由：{name}", "Cause: {name}";
}

/// The name of a step.
pub fn step(step: Step) -> Key {
    match step {
        Step::Filing => Key::StepFiling,
        Step::Mediation => Key::StepMediation,
        Step::EvidenceExchange => Key::StepExchange,
        Step::Inquiry => Key::StepInquiry,
        Step::Hearing => Key::StepHearing,
        Step::Pronouncement => Key::StepPronouncement,
        Step::Service => Key::StepService,
    }
}

/// Why an application can't be submitted yet, and which field to mend.
pub fn fault(lang: Lang, refusal: &FilingRefusal) -> (&'static str, String) {
    let (field, zh, en) = match refusal {
        FilingRefusal::UnknownCause | FilingRefusal::CauseTooGeneral => {
            ("cause", "案由不够具体，请重新选择", "Choose a more specific cause")
        }
        FilingRefusal::NoPlaintiff => ("p_name", "请写原告", "Name the plaintiff"),
        FilingRefusal::NoDefendant => ("d0_name", "请写您告谁", "Say whom you sue"),
        FilingRefusal::NoName { .. } => ("d0_name", "有一方还没有写名字", "One of the parties has no name yet"),
        FilingRefusal::WrongIdNumber { .. } => (
            "d0_id_no",
            "证件号码不对，请核对；不知道可以不填",
            "The ID number is wrong; check it, or leave the other side's empty",
        ),
        FilingRefusal::BirthInFuture { .. } => {
            ("p_name", "出生日期在将来，请核对", "A date of birth lies in the future")
        }
        FilingRefusal::SamePersonOnBothSides { .. } => {
            ("d0_id_no", "原告和被告是同一个证件号，请核对", "The same ID number stands on both sides")
        }
        FilingRefusal::NoClaim => ("claims", "请写您要法院判什么", "Say what you ask the court for"),
        FilingRefusal::NoFacts => ("facts", "请写事情经过和理由", "Say what happened and why"),
        FilingRefusal::NoAddress { .. } => ("p_address", "请写您的地址和电话", "Give your address and telephone"),
        FilingRefusal::ReceivedInFuture => ("came_on", "收到的日期在今天以后", "The day it came lies in the future"),
        FilingRefusal::NegativeAmount => ("amount", "金额不能是负数", "An amount can't be negative"),
        _ => ("facts", "这份申请还不能提交，请核对填写的内容", "This can't be submitted yet; check what was filled in"),
    };
    (field, lang.pick(zh, en).to_owned())
}
