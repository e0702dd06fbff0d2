//! Words of: Service: the clerk's table, tasks, the party's page (送达).

use xiezhi_domain::service::{Means, Rule};

use super::{Lang, counted};

crate::messages! {
    Title => "今天要送", "To serve";
    UnderWay => "在路上的", "Under way";
    UnderWayNote => "纸面送达要登记结果", "Service on paper needs its outcome entered";
    Number => "案号", "Case";
    Addressee => "受送达人", "Addressee";
    Paper => "文书", "Papers";
    Channel => "方式", "How";
    Why => "为何用此方式", "Why this way";
    Until => "期限", "By";
    Status => "状态", "State";
    WhyConfirmed => "已同意电子送达", "agreed to electronic service";
    WhyNoConsent => "未同意电子送达", "no consent to electronic service";
    WhyFailed => "电子送达退回过", "electronic service failed before";
    WhyPostFailed => "邮寄没有送到", "the post did not reach them";
    WhyHandFailed => "当面没有送到", "handing over did not reach them";
    WhyByOrder => "按本院的先后次序", "by the court's own order";
    WhyAllFailed => "其他方式都没有送到", "no other way reached them";
    ToSend => "待送", "to send";
    NothingTitle => "没有要送的文书", "Nothing to serve";
    NothingWords => "新文书入卷后会出现在这里。", "New papers appear here once they are in the file.";
    AgentNothingTitle => "现在没有要您送的", "Nothing for you to deliver";
    AgentNothingWords => "书记员交付直接送达、邮寄的文书，会出现在下面“在路上的”里，由您登记送达结果。", "What clerks send by hand or by post appears below, under way, for you to enter what came of it.";
    NothingUnderWay => "没有在路上的送达。", "Nothing is under way.";
    Chosen => "已选", "Chosen:";
    ChosenAfter => "份", "";
    BatchNote => "按受送达人合并发出；不含待签发、未入卷的文书。每组各有结果，失败的留在表里。", "Sent together per addressee; papers not issued or not in the file are left out. Each group has its own result; what fails stays in the table.";
    Send => "发送", "Send";
    Labels => "邮寄地址签", "Address labels";
    LabelsPrint => "用浏览器打印这一页，剪下贴在信封上。", "Print this page with the browser, cut the labels out and stick them on.";
    NoLabels => "没有要邮寄的", "Nothing goes by post";
    NoLabelsWords => "待送文书里选了邮寄的，会在这里出地址签。", "What is to be served by post gets its label here.";
    LabelTo => "寄至", "To";
    LabelRecipient => "代收人", "received for them by";
    LabelFrom => "寄件", "From";
    LabelNoAddress => "没有地址，请先查明", "no address is known";
    Stuffing => "装封清单", "Stuffing list";
    StuffingNote => "逐封核对文书后打勾", "tick each envelope once its papers are in it";
    StuffingCopies => "装入文书", "Papers to put in";
    StuffingDone => "已装", "Done";
    LabelSent => "已寄出，等回执", "sent; its receipt is awaited";
    ReadMarks => "谁打开过哪一份", "Who opened which paper";
    ReadMarksNote => "只作参考，不是送达日期", "for information; never the day of service";
    ReadByNobody => "还没有人打开过。", "Nobody has opened any of them yet.";
    Results => "发送结果", "Results";
    ResultsNote => "每组各有结果", "one result each";
    Sent => "已发出", "sent";
    NotSent => "没有发出", "not sent";
    BackToTable => "回送达台", "Back to the table";
    NothingPicked => "一份也没有选。", "Nothing was chosen.";

    TabWaiting => "待送", "To send";
    TabWaitingNone => "这个案件没有要送的文书。", "This case has nothing to serve.";
    Attempts => "每次送达", "Every attempt";
    AttemptsNote => "失败的也留着，不覆盖", "failures stay; nothing is overwritten";
    NoAttempts => "还没有送达过。", "Nothing was served yet.";
    Matrix => "每份文书送到了谁", "Which paper reached whom";
    LeftOn => "发出", "Sent";
    CountsFrom => "送达日", "Served on";
    Address => "送到", "To";
    ReceivedBy => "签收人", "Received by";
    Outcome => "登记结果", "Enter the outcome";
    OutcomeOf => "登记送达结果", "What came of this service";
    ScanTitle => "扫回执", "Scan a receipt";
    ScanLabel => "邮件号码", "Consignment number";
    ScanHelp => "用扫码枪扫回执上的条码，直接到登记页。", "Scan the bar code on the receipt; it leads to where the outcome is entered.";
    ScanGo => "去登记", "Go";
    ScanUnknown => "没有这个号码的在途邮件。", "Nothing under way has this number.";
    Receipt => "登记送达回证", "Enter the receipt";
    How => "签收情况", "How it was taken in";
    HowAddressee => "本人签收", "signed by the party";
    HowAddresseeUnit => "法定代表人、负责人签收", "signed by the representative";
    HowFamily => "同住成年家属签收", "signed by an adult of the family who lives there";
    HowUnit => "单位收发室或者负责收件的人签收", "signed by whoever takes papers in for the organisation";
    HowAgent => "诉讼代理人签收", "signed by the agent";
    HowNominated => "指定的代收人签收", "signed by the recipient the party named";
    HowLeft => "拒收，留置送达", "refused, and left";
    HowRefusedAtCourt => "到院后拒绝签署", "came to the court and refused to sign";
    HowReturned => "按确认的地址寄出，被退回", "came back from the confirmed address";
    Relation => "与受送达人的关系或者职务", "Relation to the party, or post";
    RelationHelp => "家属写关系，例如“父亲”；单位写职务，例如“收发室”。", "Family: the relation, such as \"father\". Organisation: the post, such as \"mail room\".";
    Refusal => "拒收、退回的事由", "Why it was refused or came back";
    RefusalHelp => "留置送达必须写明。", "Needed where it was left.";
    WitnessName => "见证人", "Witness";
    WitnessOf => "见证人的单位、职务", "Their community, unit, post";
    Pictures => "照片、录像", "Photographs, films";
    PicturesHelp => "留置送达没有见证人的，要有照片或者录像；随回证入卷。", "Where it was left without a witness there must be one. They are filed with the receipt.";
    DeviceNotes => "会记下手机的时间和位置；没有信号也能填，有信号后自动发出。", "The phone's time and place are noted; without signal it is kept here and sent by itself later.";
    DeviceKept => "没有信号，已存在本机，有信号后自动发出。", "No signal: kept on this device, and sent by itself once there is one.";
    DeviceSent => "存在本机的已经发出。", "What was kept on this device was sent.";
    DeviceRefused => "存在本机的没有被接受，请打开这一页重新登记。", "What was kept on this device was not accepted: open this page and enter it again.";
    DevicePlaced => "位置已取得", "place found";
    Tries => "联系经过", "What was tried";
    TriesNote => "每次电话、上门都是一行，不覆盖", "every call and visit is a row; none is overwritten";
    TryTitle => "登记一次联系", "Enter a try";
    TryBy => "怎么联系的", "By what";
    TryTelephone => "电话", "telephone";
    TryVisit => "上门", "a visit";
    TryCarrier => "邮递员投递", "the carrier's round";
    TryPlatform => "诉讼平台", "the platform";
    TryShortMessage => "短信", "text message";
    TryMail => "电子邮件", "e-mail";
    TryAt => "号码或者地址", "Number or address";
    TryWhen => "时间", "When";
    TryReached => "联系上了", "The party was reached";
    TryNotReached => "没有联系上", "not reached";
    TryOutcome => "结果", "What came of it";
    TryOutcomeHelp => "例如：无人接听；本人称下午到院领取。", "For example: no answer; says that she comes to the court this afternoon.";
    EnterTry => "登记这次联系", "Enter this try";
    NoTries => "还没有联系记录。", "Nothing was tried yet.";
    Consignment => "邮件号码", "Consignment number";
    ConsignmentHelp => "照面单填写，或者用扫码枪。", "Type it from the label, or scan it.";
    EnterConsignment => "登记邮件号码", "Enter the number";
    PublishTitle => "登记公告刊登", "Enter the publication";
    PublishMedium => "刊登在哪里", "Where it was published";
    PublishMediumHelp => "报纸、网站或者公告栏；两处以上的，以最后刊登、张贴的日期起算。", "Newspaper, website or board. Where there are several, the days run from the last one.";
    PublishOn => "刊登、张贴的日期", "Day of publication";
    EnterPublication => "登记刊登", "Enter the publication";
    Published => "已刊登", "published";
    NotPublished => "还没有登记刊登，公告期没有开始", "not published yet: its days do not run";
    WhyDay => "为什么是这一天", "Why this day";
    Source => "依据", "Source";
    OtherWays => "同样的文书还用其他方式送过，以最早的一次为准。", "The same papers went in other ways too; the earliest counts.";
    RuleArrived => "到达确认的电子地址之日。打开、签收不改变它；能证明没有到达的，可以向法院说明。", "The day it reached the confirmed electronic address. Opening or signing does not move it; whoever can show that it did not arrive may tell the court.";
    RuleSigned => "受送达人在送达回证上签收之日。", "The day on which the party signed the receipt.";
    RuleSignedFor => "有权代收的人在送达回证上签收之日。", "The day on which somebody entitled signed for the party.";
    RuleLeft => "拒收后留在住所之日：有见证人，或者有照片、录像。", "The day on which it was left after a refusal, before witnesses or with pictures.";
    RuleRefusedAtCourt => "到法院后拒绝签署送达回证之日。", "The day on which the party came to the court and refused to sign.";
    RuleOnTheReceipt => "回执上注明的收件日期。", "The day on the carrier's receipt.";
    RuleReturned => "按当事人确认的地址寄出后退回之日。", "The day on which it came back from the address the party confirmed.";
    RuleAnnouncementFull => "自最后一次刊登、张贴之日起，经过三十日。", "Thirty days after the last publication.";
    ReceiptOn => "回证上的日期", "Day on the receipt";
    ReceiptOnHelp => "留置送达写留置当日；退回已确认地址的邮件写退回之日。", "Left on refusal: the day it was left. Returned from a confirmed address: the day it came back.";
    ReceiptBy => "签收人", "Who received it";
    ReceiptByHelp => "没有人签收的可以不写；调解书必须写。", "May stay empty where nobody signed; a mediation statement needs it.";
    EnterReceipt => "登记送达", "Enter as served";
    Failure => "登记送达不成功", "Enter a failure";
    FailureReason => "为什么没送到", "Why it did not arrive";
    FailureHelp => "例如：查无此人，邮件退回。", "For example: unknown at the address, returned.";
    EnterFailure => "登记不成功", "Enter as failed";
    ChooseChannel => "用什么方式", "How to serve";
    AnnouncementNote => "公告送达：普通程序、其他方式送不到时才可以；30 日满视为送达。", "By announcement: ordinary procedure, and only when other ways failed; served when 30 days are full.";
    Announced => "公告期满自动视为送达", "Counts as served when the announcement is full";
    OnItsWay => "送达中", "under way";
    ServedState => "已送达", "served";
    FailedState => "没送到", "failed";
    DoubtedState => "退信待核", "came back: to be found out";
    FindTitle => "核实是否送达", "Find whether it arrived";
    CameBackWords => "发送时显示成功，之后又被退回。核实以前，送达日和期限暂不变动。", "It was shown as sent, and came back later. Until you find out, the day of service and its periods stand.";
    FindWords => "当事人说没有收到的，查清后在这里登记；查实没有到达的，由此起算的期限自始不起算。", "Where the party says that it had nothing, enter here what you found; if it did not arrive, the periods that ran from it never ran.";
    FindQuestion => "这些文书到了没有？", "Did these papers arrive?";
    FoundArrived => "到了，送达日不变", "They arrived; the day stands";
    FoundNotArrived => "没有到，送达不算，换方式再送", "They did not; it is no service, serve another way";
    FindReason => "根据什么", "What shows it";
    FindReasonHelp => "例如：电话核实本人已经收到；邮箱停用，退信附卷。", "For example: the party said by telephone that it has them; the mailbox is closed, the notice is in the file.";
    EnterFinding => "登记核实结果", "Enter the finding";
    OpenedAt => "打开", "opened";
    SignedAt => "签收", "signed for";
    Waiting => "待送", "to send";
    NotAddressed => "—", "—";

    PartyTitle => "法院送来的文书", "Papers from the court";
    PartyNone => "还没有送来的文书", "Nothing has been served on you yet";
    PartyNoneWords => "送来时会发短信，也会出现在这里。", "You will get a text message, and it appears here.";
    Open => "打开看", "Open";
    ReadThem => "看文书", "Read";
    Sign => "签收", "Sign for them";
    SignQuestion => "都收到了？", "Received them all?";
    SignMeans => "签收只说明您收到了，不是说您同意里面写的。", "Signing says only that you received them, not that you agree with what they say.";
    SignStatement => "这里有民事调解书。签收调解书后，它就生效了，不能反悔。", "A mediation statement is among them. Once you sign for it, it binds and can't be taken back.";
    SignedAlready => "您已签收", "You signed for them";
    NotOpened => "还没打开", "not opened";
    NotSigned => "还没签收", "not signed for";
    StaffSigned => "已签收", "Signed for";
    StaffArrivalAfter => "到达受送达人确认的电子地址，这个时间就是送达时间；打开、签收都不改变它。", "they reached the confirmed electronic address of whoever they are for. That is the time of service; opening or signing does not change it.";
    StaffPaperArrival => "已经送达，送达日是", "Served; they count from";
    StaffOnTheWay => "已经发出，还没有结果。", "Sent; it is not known yet what came of it.";
    StaffDidNotArrive => "没有送到，要换个方式再送。", "It did not arrive: another way has to be tried.";
    ArrivalBefore => "这些文书", "These papers reached your confirmed electronic address on";
    ArrivalAfter => "已经到了您确认的电子地址，这个时间就是送达时间。看不看、签不签都不改变它，但请一定看，里面有要紧的日子。", ". That is the time of service. Opening or signing does not change it, but do read them: they hold important dates.";
    PaperArrival => "这些文书已经送到，送达日是", "These papers were served; they count from";
    OnTheWay => "这些文书已经发出，还没有到。", "These papers are on their way.";
    DidNotArrive => "这次没有送到，法院会换个方式再送。", "This did not arrive; the court will try another way.";
    Certificate => "送达凭证", "Certificate of service";
    CertTo => "送给", "For";
    CertAddress => "送到", "To";
    CertPapers => "文书", "Papers";
    CertLeft => "发出", "Sent";
    CertArrived => "到达", "Arrived";
    CertCounts => "送达日", "Served on";
    CertOpened => "打开", "Opened";
    CertSigned => "签收", "Signed for";
    CertClerk => "书记员", "Clerk";
    CertRead => "看凭证", "Read the certificate";
    WantPaper => "要纸质的，到法院诉讼服务大厅免费拿。", "If you want them on paper, collect them free of charge at the court's service hall.";
    NotReceived => "我没有收到", "I did not receive it";
    NotReceivedWords => "先给书记员打电话。也可以在这里写下来，法院会查发送记录并答复您；写了不改变送达日，法院查实没送到的除外。", "Call the clerk first. You can also write it here: the court checks the sending record and answers you. Writing does not move the day of service unless the court finds that it did not arrive.";
    NotReceivedField => "怎么回事", "What happened";
    NotReceivedHelp => "例如：手机号换了，没有收到短信。", "For example: my number changed, I got no message.";
    NotReceivedSend => "写给法院", "Send to the court";
    NotReceivedTitle => "关于没有收到送达文书的说明", "关于没有收到送达文书的说明";
    CallClerk => "问书记员", "Ask the clerk";
    Mediation => "民事调解书", "民事调解书";
}

crate::phrases! {
    labels(n: usize) => "{n} 张", "{n}";
    pages_seen(seen: usize, pages: u32) => "看过 {seen} 页，共 {pages} 页", "{seen} of {pages} pages seen";
    groups_sent(done: usize, all: usize) => "{all} 组中 {done} 组已发出", "{done} of {all} groups sent";
    and_more(first: &str, n: usize) => "{first}等 {n} 份", "{first} and {n} in all";
    about_service(name: &str) => "{name}的送达", "service on {name}";
}

/// By which rule service counts from its day.
pub fn rule(rule: Rule) -> Key {
    match rule {
        Rule::Arrived => Key::RuleArrived,
        Rule::Signed => Key::RuleSigned,
        Rule::SignedFor => Key::RuleSignedFor,
        Rule::Left => Key::RuleLeft,
        Rule::RefusedAtCourt => Key::RuleRefusedAtCourt,
        Rule::OnTheReceipt => Key::RuleOnTheReceipt,
        Rule::Returned => Key::RuleReturned,
        Rule::AnnouncementFull => Key::RuleAnnouncementFull,
    }
}

/// By what a party was tried to be reached.
pub fn means(means: Means) -> Key {
    match means {
        Means::Telephone => Key::TryTelephone,
        Means::Visit => Key::TryVisit,
        Means::Carrier => Key::TryCarrier,
        Means::Platform => Key::TryPlatform,
        Means::ShortMessage => Key::TryShortMessage,
        Means::Mail => Key::TryMail,
    }
}

/// Why a channel offers itself.
pub fn why(code: &str) -> Key {
    match code {
        "confirmed" => Key::WhyConfirmed,
        "failed_before" => Key::WhyFailed,
        "post_failed" => Key::WhyPostFailed,
        "hand_failed" => Key::WhyHandFailed,
        "by_order" => Key::WhyByOrder,
        "all_failed" => Key::WhyAllFailed,
        _ => Key::WhyNoConsent,
    }
}

/// Papers from court, counted.
pub fn papers_from_court(lang: Lang, n: usize) -> String {
    match lang {
        Lang::Zh => format!("法院送来{n}份文书"),
        Lang::En => format!("{} from the court", counted(n as i64, "paper", "papers")),
    }
}

/// Papers for, counted.
pub fn papers_for(lang: Lang, n: usize, name: &str) -> String {
    match lang {
        Lang::Zh => format!("送给{name}的{n}份文书"),
        Lang::En => format!("{} for {name}", counted(n as i64, "paper", "papers")),
    }
}

/// Sign these, counted.
pub fn sign_these(lang: Lang, n: usize) -> String {
    match lang {
        Lang::Zh => format!("签收这{n}份"),
        Lang::En => match n {
            1 => "Sign for this paper".to_owned(),
            n => format!("Sign for these {n} papers"),
        },
    }
}

/// Pages, counted.
pub fn pages(lang: Lang, n: u32) -> String {
    match lang {
        Lang::Zh => format!("{n}页"),
        Lang::En => counted(n.into(), "page", "pages"),
    }
}
