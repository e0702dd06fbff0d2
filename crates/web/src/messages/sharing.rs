//! Words of: Papers shared for a time with somebody outside the court (限时共享).

crate::messages! {
    Title => "限时共享", "Share with an outsider";
    Lead => "把选定的正卷材料给卷外人（鉴定人、其他法院等）在限期内在线查阅：只能逐页看图和本页文字，图上带对方姓名和日期，看过哪页都留痕，可以随时撤回，到期自动失效。副卷材料不能共享。", "Lets somebody outside the court, an appraiser or another court, read chosen papers of the main volume on line for a time: page by page as images with their name and the day, and the text of the page for whoever hears it; every look on record. It can be taken back at once and ends by itself. The secondary volume is never shared.";
    Approval => "本院设置：共享须经庭长批准。提交后进入审批，批准后自动生效。", "In this court a share needs the division head's approval; it begins when that is given.";
    New => "新建共享", "Share papers";
    Name => "姓名", "Name";
    Organisation => "单位", "Organisation";
    Reach => "手机号或者邮箱", "Mobile number or mail address";
    ReachHelp => "查阅码发到这里。邮件里带网址；短信里只有查阅码，网址请另行告知。", "The code goes there. A mail carries the address of the page; a text message carries the code alone, so pass the address on yourself.";
    Purpose => "用途", "For what";
    UntilOn => "共享到哪一天", "Until which day";
    Papers => "共享哪些材料", "Which papers";
    Grant => "共享", "Share";
    Ask => "提请审批", "Ask for approval";
    SoFar => "已有共享", "Shares so far";
    None => "还没有共享过材料。", "Nothing was shared yet.";
    Open => "有效", "Open";
    Over => "已到期", "Over";
    Revoked => "已撤回", "Taken back";
    Void => "查阅码输错太多，已失效", "Void: too many wrong codes";
    Link => "网址", "Address";
    Revoke => "撤回", "Take back";
    Reason => "撤回理由", "Why";
    Looks => "看过的页", "Pages looked at";
    NoPapers => "没有可以共享的材料", "No papers to share";
    NoPapersWords => "入卷的正卷材料才能共享。", "Papers of the main volume that are in the file can be shared.";
    GuestTitle => "查阅法院共享的材料", "Papers that a court shares with you";
    GuestLead => "请输入发到您手机或者邮箱的查阅码。", "Give the code that was sent to your mobile or mail address.";
    GuestNote => "只供本人为约定用途查阅，不得拍摄、转发。每一页都带有您的姓名和日期，您看过的每一页都有记录。", "For you alone and for the purpose agreed; take no pictures and pass nothing on. Each page bears your name and the day, and each page you look at is on record.";
    Code => "查阅码", "Code";
    OpenVerb => "查阅", "Open";
    SharedPapers => "共享给您的材料", "Papers shared with you";
    Sharer => "共享法院", "Court";
    Case => "案件", "Case";
    Reader => "查阅人", "Reader";
    Term => "有效期至", "Until";
    SearchHere => "在共享的材料中查找", "Find words in what is shared";
    MorePlaces => "只列出前面这些。", "Only the first are listed.";
    BackToList => "返回材料列表", "Back to the papers";
    Previous => "上一页", "Previous";
    Next => "下一页", "Next";
}

crate::phrases! {
    page_of(title: &str, page: u32, pages: u32) => "《{title}》第{page}页，共{pages}页", "《{title}》 page {page} of {pages}";
    page_at(page: u32, pages: u32) => "第{page}页，共{pages}页", "Page {page} of {pages}";
    places(count: usize) => "查到{count}处。", "Places found: {count}.";
    with(name: &str, organisation: &str) => "{name}（{organisation}）", "{name} ({organisation})";
    until(on: &str) => "至{on}", "until {on}";
    looked(count: usize) => "{count}页次", "{count} looks at pages";
    revoked_on(on: &str, reason: &str) => "{on}撤回：{reason}", "taken back {on}: {reason}";
}
