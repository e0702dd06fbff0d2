//! Words of: Filing review (立案审查).

use super::Lang;

crate::messages! {
    Title => "立案审查", "Filing review";
    Waiting => "待审查", "To review";
    InCorrection => "等当事人补正", "Waiting for correction";
    NoneTitle => "没有待审查的申请", "Nothing to review";
    NoneWords => "新的立案申请会排在这里，最急的在前。", "New applications are listed here, the most urgent first.";
    Look => "审查", "Review";
    Open => "看", "Open";
    Nobody => "还没人领取", "Nobody has taken it";
    Take => "领取", "Take it";
    Complaint => "材料", "Papers";
    PaperTabs => "申请材料", "Papers of the application";
    PapersMoved => "材料已经转到案件的电子卷，由审判组织阅看。", "The papers are now in the e-file of the case, for its tribunal to read.";
    NoPages => "这份材料没有可以显示的页。", "This paper has no pages to show.";
    Download => "下载", "Download";
    PageOf => "第", "Page";
    Parties => "当事人", "Parties";
    Claims => "诉讼请求", "Claims";
    Facts => "事实和理由", "Facts and reasons";
    Cause => "案由", "Cause";
    Amount => "标的额", "Amount in dispute";
    Submitted => "收到", "Received";
    Intake => "来源", "How it came";
    Online => "网上提交", "On line";
    Counter => "窗口提交", "At the counter";
    Oral => "口头起诉", "Told orally";
    FeePreview => "受理费预计", "Fee preview";
    FeeTotal => "应交", "To be paid";
    Similar => "有没有重复起诉", "Filed before?";
    NoSimilar => "没有查到当事人相同的案件。", "No case with the same parties was found.";
    SameAll => "当事人和案由都相同", "Same parties, same cause";
    SameParties => "当事人相同", "Same parties";
    SameOne => "有一方相同", "One party the same";
    Conditions => "起诉条件", "Conditions of a suit";
    ConditionsSource => "民诉法第122条", "Art. 122";
    Interest => "原告与本案有直接利害关系", "The plaintiff has a direct interest";
    Defendant => "有明确的被告", "There is a definite defendant";
    SpecificClaims => "有具体的诉讼请求和事实、理由", "There are specific claims, facts and reasons";
    Jurisdiction => "属于法院受理范围和本院管辖", "It is for the courts, and for this court";
    Procedure => "适用程序", "Procedure";
    ProposeSmall => "标的额在小额诉讼限额以内，建议适用小额诉讼程序。", "The amount is within the small-claims limit: small-claims procedure is proposed.";
    ProposeOther => "不符合小额诉讼条件。", "Small-claims procedure does not fit.";
    File => "立案并发通知", "File the case";
    FileThen => "立案后：取案号，随机分案，生成受理、举证、权利义务和交费通知书。立案不能撤回。", "This takes a number, draws a judge and writes the notices. It cannot be undone.";
    Correction => "一次告知补正", "Ask for correction";
    CorrectionOnce => "只能告知一次，要补的都写在这一份通知里。", "It can be asked once only: put everything into this one notice.";
    CorrectionItems => "要补正的", "To be corrected";
    CorrectionOther => "其他，一行一项", "Anything else, one item a line";
    SendCorrection => "发补正通知", "Send the notice";
    TurnAway => "不予受理或告知", "Turn it away";
    Outcome => "结果", "Outcome";
    NotAccept => "提请裁定不予受理", "Ask a judge not to accept it";
    NotAcceptNote => "给案号，随机定一名法官；由法官裁定，当事人十日内可以上诉。", "It gets a number and a judge by lot, who rules; the ruling can be appealed within ten days.";
    Redirect => "告知其他途径", "Told to go elsewhere";
    RedirectNote => "比如劳动争议要先仲裁。", "For instance, labour disputes go to arbitration first.";
    Return => "退回（逾期未补正）", "Returned: not corrected in time";
    ReturnNote => "补正期限过后才能退回。", "Only after the time for correction.";
    Where => "去哪里办（告知其他途径时填）", "Where to go instead";
    Reason => "理由", "Reason";
    ReasonHelp => "写明法律依据，当事人会看到原话。", "Name the law; the filer will read these very words.";
    Decide => "就这样办", "Decide so";
    Filed => "已立案", "Filed";
    Judge => "承办法官", "Judge";
    DrawTitle => "随机分案怎么抽的", "How the judge was drawn";
    DrawDay => "抽签日", "Day of the draw";
    DrawCandidates => "候选法官", "Candidates";
    DrawKey => "当日密钥的哈希（前一日已公布）", "Hash of the day's key, published the day before";
    DrawMac => "抽签结果", "Result of the draw";
    DrawPlace => "抽中第几位", "Place drawn";
    DrawCheck => "次日公布密钥后，任何人都能用同一密钥重算，得到同一位法官。", "Once the key is published the next day, anyone can run the draw again and get the same judge.";
    TurnedAway => "已作出处理", "Decided";
    AwaitCorrection => "等当事人补正", "Waiting for the filer's correction";
    Until => "期限", "Until";
    ToQueue => "回待审查列表", "Back to the queue";
    NextOne => "下一件", "Next application";
    ToCase => "看案件", "Open the case";
    NoAmount => "没有写", "Not stated";
    Unknown => "没有写", "Not told";
    IdNo => "证件号", "Number";
    Address => "住址", "Address";
    Phone => "电话", "Telephone";
    Steps => "计算过程", "Working";
}

crate::phrases! {
    taken_by(name: &str) => "{name}已领取", "Taken by {name}";
    page_alt(title: &str, page: u32) => "{title}，第{page}页", "{title}, page {page}";
    pages(pages: u32) => "{pages}页", "{pages} pp.";
    base_words(min: &str, max: &str) => "按件交纳，每件 {min} 至 {max} 元", "By the piece, from {min} to {max}";
    bracket_words(rate: &str, quick: &str) => "全额 × {rate}，速算增减 {quick}", "Whole amount × {rate}, plus {quick}";
    slice_words(part: &str, rate: &str) => "其中 {part} × {rate}", "{part} of it × {rate}";
    fraction_words(rate: &str) => "合计 × {rate}", "Sum × {rate}";
    capped_words(cap: &str) => "封顶 {cap}", "Capped at {cap}";
}

/// A flat fee.
pub fn flat(lang: Lang) -> &'static str {
    lang.pick("按件交纳", "By the piece")
}

/// The sum halved.
pub fn halved(lang: Lang) -> &'static str {
    lang.pick("减半交纳", "Halved")
}
