//! Filing an application, in plain words.

use xiezhi_domain::{consent::Step, party::PartyRole};

use super::Lang;

crate::messages! {
    Title => "我要立案", "File a case";
    ChooseCause => "您为什么事起诉？", "What is the case about?";
    ChooseHelp => "写几个字就能找，例如：借款、离婚、工资、物业、交通事故。", "Type a few characters to search the official causes (in Chinese), for example 借款, 离婚, 工资.";
    Search => "找一找", "Search";
    Common => "常见的", "Common ones";
    Browse => "按类别一层一层找", "Browse by kind, level by level";
    AllKinds => "全部类别", "All kinds";
    TakeThis => "就选这个", "Choose this";
    Below => "再细分", "More particular ones";
    Nothing => "没有找到，换个说法试试，或者按类别找。", "Nothing found; try other words, or browse by kind.";
    HasForm => "有分步填写的表", "with a step-by-step form";
    Drafts => "还没写完的", "Not finished yet";
    GoOn => "接着写", "Go on";
    ChangeCause => "换一个案由", "Choose another cause";
    KeptOnChange => "换了案由，已经写的都留着。", "What you have written stays if you choose another.";

    Yes => "是", "Yes";
    No => "否", "No";
    DontKnow => "我不知道", "I don't know";
    LeaveOut => "不填了", "Leave it out";
    Next => "下一步", "Next";
    BackStep => "上一步", "Back";
    Leave => "返回", "Back";
    Save => "先存着，以后再写", "Save for later";
    Where => "写到哪了", "Where you are";
    Slow => "慢慢写，页面不会过期；写的每个字都自动存好，换一部手机也能接着写。", "Take your time: this page does not expire, and every word is kept. You can go on from another phone.";
    Speak => "打字慢？点键盘上的话筒，说出来就行。", "Slow at typing? Tap the microphone on the keyboard and speak.";

    You => "您（原告）", "You (plaintiff)";
    Plaintiff => "谁起诉（原告）", "Who sues (plaintiff)";
    FurtherPlaintiff => "一起起诉的人（原告）", "Who sues too (plaintiff)";
    Them => "您告谁（被告）", "Whom you sue (defendant)";
    FurtherDefendant => "还告谁（被告）", "Whom you sue too (defendant)";
    ThirdParty => "第三人", "Third party";
    ThirdPartyLead => "不是您告的人，但案子的结果和他有关。", "Not sued, but the outcome concerns them.";
    Agent => "代理人", "Agent";
    AgentLead => "您委托的律师，或者家人、单位的人。授权委托书在“证据和材料”里交。", "The lawyer, relative or colleague you authorised. Hand in the letter of authority under evidence and papers.";
    OwnLead => "法院要知道起诉的是谁、怎么联系您。", "The court needs to know who sues and how to reach you.";
    ThemLead => "写您知道的就行。名字和能找到他的办法最要紧。", "Write what you know. The name and a way to reach them matter most.";
    AddPlaintiff => "还有人一起起诉", "Someone else sues too";
    AddDefendant => "还有别人也要一起告", "Sue someone else too";
    AddThirdParty => "有第三人", "Add a third party";
    AddAgent => "我委托了代理人", "I have an agent";
    RemovePerson => "去掉这个人", "Take this one off";
    More => "还有什么知道的（可以不填）", "More, if you know it (optional)";
    NaturalKind => "个人", "A person";
    LegalKind => "公司或单位", "A company or unit";
    OwnKind => "您是", "You are";
    KindOf => "是个人还是单位", "A person or a company";
    Name => "姓名或者单位名称", "Name";
    OwnNameHelp => "和身份证、营业执照上一样。", "As on the identity card or business licence.";
    NameHelp => "身份证或者营业执照上的名字。只知道小名，也先写上。", "As on their identity card or licence. If you only know a nickname, write that.";
    IdNo => "身份证号或者统一社会信用代码", "ID-card number or social credit code";
    OwnIdHelp => "18位，和证件上一样。", "18 characters, as on the document.";
    IdHelp => "不知道也可以起诉，法院会按姓名、电话、住址核对。", "You can sue without it; the court will check by name, telephone and address.";
    Phone => "电话", "Telephone";
    OwnPhoneHelp => "法院用这个号码联系您。", "The court reaches you at this number.";
    PhoneHelp => "不知道可以不填。", "Leave it empty if you don't know it.";
    Address => "住址", "Address";
    OwnAddressHelp => "写到门牌号。单位写主要办事机构所在地。", "Down to the house number. A company: its main office.";
    AddressHelp => "法院要把起诉状送到他手里。写您知道的最详细的地址。", "The court has to bring the complaint to them. The most exact address you know.";
    Representative => "法定代表人或者负责人", "Legal representative or head";
    RepresentativePost => "法定代表人的职务", "Their post";
    IdKind => "证件类型", "Kind of ID";
    Sex => "性别", "Sex";
    BirthOn => "出生日期", "Date of birth";
    BirthHelp => "填了身份证号就不用再填。", "Not needed where the ID-card number is given.";
    Ethnicity => "民族", "Ethnicity";
    WorkUnit => "工作单位", "Work unit";
    Occupation => "职业或者职务", "Occupation or post";
    HabitualAddress => "经常居住地", "Habitual residence";
    HabitualHelp => "和上面的住址一样就不填。", "Leave it empty if it is the address above.";
    RegisteredIn => "注册地", "Place of registration";
    OrganisationKind => "单位类型", "Kind of organisation";
    Ownership => "所有制性质", "Ownership";
    AgentName => "代理人姓名", "Name of the agent";
    AgentFirm => "律师事务所或者单位", "Law firm or unit";
    AgentPost => "职务", "Post";
    Authority => "特别授权", "Special authority";
    AuthorityNote => "授权委托书里写明的才勾；都不勾就是一般授权。", "Tick only what the letter of authority names; none means general authority.";
    ReceivesPapers => "代收诉讼文书", "Receives papers for the party";
    ActsFor => "代理谁", "Acts for";
    ActsForHelp => "不勾就是所有原告。", "None ticked means all plaintiffs.";

    IntakeTitle => "收到的方式", "How it came";
    Came => "怎么来的", "How";
    CameOnPaper => "窗口收到纸质材料，已与原件核对", "On paper at the counter, compared with the originals";
    CameOrally => "口头起诉，由我记录并宣读", "Told orally, written down and read out by me";
    CameOn => "收到的日期", "Day it came";

    ElementClaims => "您具体要什么", "What exactly you ask for";
    ElementFacts => "事情是怎么样的", "What happened";
    ElementOthers => "还有几件事", "A few more things";
    ElementLead => "这类案件常问的。不知道、不适用的可以不填。", "Usual in such cases. Leave out what you don't know or what does not apply.";
    TableHelp => "一行一行地写，写满了再加。", "Row by row; more rows can be added.";
    AddRow => "再加几行", "More rows";
    EmptyRow => "去掉这一行", "Take this row off";

    Claims => "诉讼请求", "Claims";
    ClaimsTitle => "您要法院判什么（诉讼请求）", "What you ask the court for (claims)";
    ClaimsHelp => "一项一行，例如：判令被告偿还借款本金150000元。要钱的写上多少；要东西的写它值多少。", "One to a row, in Chinese, for example 判令被告偿还借款本金150000元. Give the sum, or what the thing is worth.";
    ClaimText => "请求", "Claim";
    ClaimAmount => "金额", "Amount";
    Total => "一共", "Total";
    NoTotal => "没有写金额", "No amount given";
    FeeEstimate => "受理费大约", "Court fee, about";
    FeeNote => "立案以后法院发通知，到时候再交；多数案件走简易程序，减半收。官司赢了由对方承担，交费有困难可以申请缓、减、免。", "Paid only once the court has filed the case and sent its notice. Most cases go by summary procedure at half the fee. The losing side bears it; deferral, reduction or waiver can be asked for.";
    FeeWorking => "怎么算的", "How it is computed";
    FillClaims => "按前面的回答写请求", "Write claims from my answers";
    FillFacts => "按前面的回答写经过", "Write the facts from my answers";
    FactsTitle => "事情经过和理由", "What happened and why";
    Facts => "事实和理由", "Facts and reasons";
    FactsHelp => "什么时候、发生了什么、凭什么要求。写得清楚就行，不用写得像律师。", "When, what happened, what your claim rests on. Clear is enough.";

    EvidenceTitle => "证据和材料", "Evidence and papers";
    EvidenceLead => "借条、合同、转账记录、聊天截图、照片、录音都可以。身份证照片和授权委托书也在这里交。", "Notes of debt, contracts, transfers, chats, photos, recordings. Identity papers and letters of authority go here too.";
    EvidenceHelp => "照片、扫描件、PDF、录音录像，每个最大500 MB。", "Photos, scans, PDF, recordings; 500 MB each at most.";
    EvidenceName => "这是什么", "What it is";
    EvidenceKind => "种类", "Kind";
    Purpose => "想证明什么", "What it proves";
    Source => "从哪里来", "Where it comes from";
    HasOriginal => "我有原件", "I have the original";
    FileField => "文件", "File";
    AddEvidence => "加上这些文件", "Add these files";
    OneMore => "再交一份", "Hand in another";
    NoEvidence => "还没有交。没有也可以先立案，以后再交。", "Nothing yet. You can file without and hand it in later.";
    RemoveEvidence => "去掉", "Remove";

    ServiceTitle => "法院的文书送到哪里", "Where the court's papers reach you";
    ServiceLead => "法院按这里写的寄送；换了地址要告诉法院。", "The court sends papers here; tell it if the address changes.";
    Postal => "收信地址", "Postal address";
    PostalHelp => "和住址一样就不填。", "Leave it empty if it is the address given before.";
    Recipient => "收件人", "Recipient";
    RecipientHelp => "本人收就不填。", "Leave it empty if you take them yourself.";
    ServicePhone => "收件电话", "Telephone for deliveries";
    ServicePhoneHelp => "和前面的电话一样就不填。", "Leave it empty if it is the number given before.";
    Electronic => "我同意电子送达，判决书、裁定书、调解书也可以电子送达", "I agree to electronic service, judgments, rulings and mediation statements included";
    Mailbox => "电子送达到（邮箱）", "Electronic address (e-mail)";
    MailboxHelp => "不填就送到上面的手机号。", "Left empty, it goes to the telephone number above.";
    OnlineTitle => "哪些环节愿意在网上办", "Which steps you will take on line";
    OnlineSteps => "愿意在网上办的", "On line";
    Online => "愿意的才勾。不勾就到法院办，不影响您的权利；以后也可以改主意。", "Tick only what you want. Without a tick it is done at the court and costs you no right; you may change your mind later.";
    StepFiling => "立案", "Filing";
    StepMediation => "调解", "Mediation";
    StepExchange => "证据交换", "Exchange of evidence";
    StepInquiry => "询问", "Inquiry";
    StepHearing => "开庭", "Hearing";
    StepPronouncement => "宣判", "Pronouncement";
    StepService => "送达", "Service of papers";

    ChapterBeginning => "收件和补正", "Intake and correction";
    ChapterPeople => "谁告谁", "Who sues whom";
    ChapterDetails => "案件情况", "About the case";
    ChapterClaims => "请求和理由", "Claims and reasons";
    ChapterReach => "怎么联系您", "How to reach you";
    PreviewShort => "看一遍，提交", "Read and submit";
    PreviewTitle => "请看一遍，没问题再提交", "Read it through, then submit";
    PreviewNote => "全是您刚才答的内容，没有替您多写一句。要改就回到那一步去改。", "All of it is what you answered; nothing was added. To change something, go back to its step.";
    StillMissing => "还差这些，补上才能提交", "Still needed before it can be submitted";
    WorthALook => "这些不耽误提交，请看一眼", "These hold nothing up; please have a look";
    Mend => "去补上", "Complete it";
    Submit => "提交给法院", "Submit to the court";
    SubmitNote => "提交后法院会给您收到诉状的凭证，七天内答复。", "The court gives you a dated receipt and answers within seven days.";
    CorrectionTitle => "法院请您补正", "The court asks for corrections";
    Correction => "法院请您补正这些地方，一次说全了。改好的地方才会变，别的都照原样。", "The court asks for the following, all in one notice. Only what you change changes; the rest stays as it was.";
    GoThere => "去改", "Go there";
    NoPlace => "这一条没有对应的栏目，请按说明补材料或者改写。", "This one has no field of its own; add papers or rewrite as it says.";
    SubmitCorrection => "提交补正", "Submit the correction";
}

crate::phrases! {
    part_of(counted: &str, part: &str, page: usize, pages: usize) => "{counted}：{part}（{page}/{pages}）", "{counted}: {part} ({page}/{pages})";
    cause(name: &str) => "起诉：{name}", "Filing: {name}";
    row(no: usize) => "第{no}行", "Row {no}";
    asked(what: &str) => "法院请您补正：{what}", "The court asks: {what}";
    numbered(title: &str, no: usize) => "{title} {no}", "{title} {no}";
    total_is(amount: &str) => "一共 {amount}", "Total {amount}";
    procedure_fee(procedure: &str, amount: &str) => "{procedure}：{amount}", "{procedure}: {amount}";
    correct_by(day: &str) => "最晚{day}", "By {day}";
}

/// The name of a step that may be taken on line.
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

/// What a step about somebody is called: the filer, the first of a role, the others.
pub fn person(lang: Lang, role: Option<PartyRole>, own: bool, no: usize) -> String {
    let key = match (role, own, no) {
        (Some(PartyRole::Plaintiff), true, _) => Key::You,
        (Some(PartyRole::Plaintiff), false, 1) => Key::Plaintiff,
        (Some(PartyRole::Plaintiff), ..) => Key::FurtherPlaintiff,
        (Some(PartyRole::Defendant), _, 1) => Key::Them,
        (Some(PartyRole::Defendant), ..) => Key::FurtherDefendant,
        (Some(PartyRole::ThirdParty), ..) => Key::ThirdParty,
        (None, ..) => Key::Agent,
    };
    let title = super::t(lang, key);
    if no > 1 { numbered(lang, title, no) } else { title.to_owned() }
}
