//! Words of where facts stand (出处).

crate::messages! {
    Note => "画了虚线的文字是从案件写入的，点一下就看到它的出处。", "Words with a dotted line were filled in from the case; follow one to see where it stands.";
    Rule => "按收费标准算出", "Worked out by the tariff";
    Event => "案件的留痕", "The trace of the case";
    Cause => "案由", "cause";
    Claims => "诉讼请求", "claims";
    Facts => "事实和理由", "facts and reasons";
    Amount => "标的额", "amount in dispute";
    Party => "当事人信息", "particulars of a party";
    Application => "立案申请", "the application";
    Changed => "引用的材料后来变了，请核对：", "What the draft cites has changed since; compare:";
    Gone => "已不在卷内", "no longer in the file";
    Replaced => "已更换", "replaced";
}

crate::phrases! {
    field(name: &str) => "立案申请：{name}", "The application: {name}";
    page(title: &str, page: u32) => "《{title}》第{page}页", "《{title}》, page {page}";
    written(name: &str) => "{name}写的，见各版对照", "Written by {name}; see the versions";
}
