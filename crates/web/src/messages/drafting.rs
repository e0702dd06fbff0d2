//! Words of drafting, signing and issuing.

crate::messages! {
    Title => "文书", "Documents";
    Draft => "起草", "Draft";
    DraftNote => "当事人、案由、诉辩和证据从案件中写入；事实认定、说理和判项由您写。", "Parties, course, claims, answers and evidence come from the case; findings, reasoning and orders are yours.";
    QuotationsNote => "您阅卷时标出的原文，连同出处引入文书；副卷的材料不在其中。", "Words that you marked while reading, with their source; nothing of the secondary volume.";
    Carry => "引入", "Put it in";
    Found => "经审理查明", "Facts found";
    Reasoning => "本院认为", "Reasoning";
    Law => "法律依据（一行一条）", "Law (one to a line)";
    Orders => "判项（一行一项）", "Orders (one to a line)";
    Costs => "诉讼费用负担", "Costs";
    Refund => "预交的费用应退还原告（由对方负担）", "The plaintiff's prepayment is refunded (the other side bears it)";
    Save => "保存", "Save";
    Preview => "成文的样子", "As it will be written";
    PutForward => "送签", "Put forward for signing";
    PutForwardNote => "送签后内容固定，要改须先退回。", "From here the bytes are fixed; have it returned to change it.";
    Original => "原本", "Original";
    Sign => "我看过原本，签名", "I have read the original, I sign";
    Signed => "已签名", "Signed";
    Waiting => "待签名", "To be signed";
    Return => "退回修改", "Return";
    Reason => "理由", "Reason";
    Issue => "用印签发", "Seal and issue";
    IssueNote => "在原本之后加签名和院印，原本的字节不变。", "Signatures and seal are added behind the original, whose bytes stay.";
    Issued => "已签发", "Issued";
    Version => "版本", "Version";
    Missing => "还缺：", "Still missing: ";
    Pronounce => "宣判", "Pronounce";
    PronounceNote => "宣判之日就是结案日，不能撤回。", "The day of pronouncement closes the case; it can't be taken back.";
    InCourt => "当庭宣判", "In court, at the end of the hearing";
    Record => "谁到庭，告知了什么", "Who came and what they were told";
    RecordText => "已公开宣判，并告知当事人上诉权利、上诉期限和上诉的法院。", "已公开宣判，并告知当事人上诉权利、上诉期限和上诉的法院。";
    RulingNote => "法律依据和判项空着，就用这类裁定通常的写法。", "Leave law and orders empty for the usual words of such a ruling.";
    Release => "交付送达", "Release for service";
    ReleaseNote => "交付之日就是结案日；起诉人可以在收到后十日内上诉。", "This day closes the case; the filer may appeal within ten days of receiving it.";
    Open => "打开", "Open";
    Kind => "文书种类", "Kind of document";
    NoDrafts => "还没有文书稿", "No drafts yet";
}

crate::phrases! {
    quotations(count: usize) => "卷宗摘录（{count}）", "Marked in the file ({count})";
}

/// The part of a draft that is still empty, by the code the domain gives it.
#[must_use]
pub fn part(lang: super::Lang, code: &str) -> String {
    let key = match code {
        "found_facts" => Key::Found,
        "reasoning" => Key::Reasoning,
        "legal_basis" => Key::Law,
        "orders" => Key::Orders,
        "costs" => Key::Costs,
        other => return other.to_owned(),
    };
    super::t(lang, key).to_owned()
}
