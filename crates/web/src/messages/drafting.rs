//! Words of drafting, signing and issuing.

crate::messages! {
    Beside => "边看边写", "Read and write";
    BesidePaper => "看哪一份材料", "The paper to read";
    BesideDocument => "写哪一份文书", "The document to write";
    BesideShow => "并排打开", "Open side by side";
    Title => "文书", "Documents";
    Draft => "起草", "Draft";
    DraftNote => "当事人、案由、诉辩和证据从案件中写入；事实认定、说理和判项由您写。事实和说理里可以列表：一行一行写，格的前后用｜，第一行是表头，例如｜项目｜金额｜。", "Parties, course, claims, answers and evidence come from the case; findings, reasoning and orders are yours. Findings and reasoning may hold a table: a row to a line, ｜ before and behind each cell, the first row is the head.";
    QuotationsNote => "您阅卷时标出的原文，连同出处引入文书；副卷的材料不在其中。", "Words that you marked while reading, with their source; nothing of the secondary volume.";
    Carry => "引入", "Put it in";
    Found => "经审理查明", "Facts found";
    Reasoning => "本院认为", "Reasoning";
    LawPart => "法律依据", "Law";
    OrdersPart => "判项", "Orders";
    Law => "法律依据（一行一条）", "Law (one to a line)";
    Orders => "判项（一行一项）", "Orders (one to a line)";
    Costs => "诉讼费用负担", "Costs";
    Refund => "预交的费用应退还原告（由对方负担）", "The plaintiff's prepayment is refunded (the other side bears it)";
    AnnexLaw => "文末附上所引法律条文的原文（本院法律库里有的）", "Annex the words of the articles applied (those in the court's library)";
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
    RecordHelp => "照实写，宣判笔录只印这里写的。例如：到庭：原告张三、被告李四的代理人王五。一审终审的写明已告知；离婚判决写明已告知生效前不得另行结婚（《民事诉讼法》第一百五十一条）。", "As it was: the record prints nothing but this. For example who came for each side. Say so if the judgment is final at once; in a divorce, that they were told not to marry before it takes effect (《民事诉讼法》第一百五十一条).";
    AppealTold => "当庭告知了上诉权利、上诉期限和上诉的法院", "They were told of the right, the period and the court of appeal";
    AppealToldRecord => "已告知当事人上诉权利、上诉期限和上诉的法院。", "已告知当事人上诉权利、上诉期限和上诉的法院。";
    PronounceConfirm => "已核对，宣判后不能撤回", "Checked; a pronouncement can't be taken back";
    RulingNote => "法律依据和判项空着，就用这类裁定通常的写法。", "Leave law and orders empty for the usual words of such a ruling.";
    Release => "交付送达", "Release for service";
    ReleaseNote => "交付之日就是结案日；起诉人可以在收到后十日内上诉。", "This day closes the case; the filer may appeal within ten days of receiving it.";
    Open => "打开", "Open";
    Versions => "版本与对照", "Versions";
    VersionsNote => "每次保存都是一版，一版也不会丢。", "Each time you save makes a version; none is ever lost.";
    Compare => "对照", "Compare";
    Earlier => "较早的一版", "Earlier";
    Later => "较晚的一版", "Later";
    NoChange => "这两版的文字一样。", "The words of the two are the same.";
    WasReturned => "退回：", "Returned: ";
    TakeUp => "恢复这一版", "Take this version up again";
    TakeUpNote => "恢复就是把它的文字存为新的一版。", "Its words are saved as a new version.";
    SavedMeanwhile => "您写的时候别人也存了一版；您写的还没有保存。", "Somebody saved a version while you wrote; what you wrote is not saved yet.";
    KeptNote => "下面是您上次写了、还没有保存成一版的内容，已经自动存下，只有您自己看得到。看过以后，请保存。", "Below stands what you typed before and did not save as a version; it was kept by itself, for you alone. Look at it and save.";
    MergedNote => "他改的和您改的都已放进下面的稿子里。看过以后，请再保存一次。", "Both changes stand in the draft below. Look at it and save again.";
    BothNote => "下面这些部分你们两人都改了，稿子里是您写的。划去的是他写的，请比较以后再保存。", "You both changed these parts; the draft has yours, what is struck out is theirs. Compare, then save again.";
    Sums => "算利息", "Work out interest";
    SumsNote => "算好的数额和过程随文书保存，每一版都在；送签、审批的人也看得到。", "The sum is kept with the draft and its working, in every version; those who sign and read it see it too.";
    WorkOut => "算出来并保存", "Work it out and keep it";
    SumIntoOrders => "放进判项", "Put into the orders";
    SumIntoReasoning => "放进理由", "Put into the reasoning";
    DropSum => "不要了", "Drop it";
    FindLaw => "查法条", "Look up the law";
    FindLawHelp => "例如：民法典675；找的时候，稿子会先保存", "For example 民法典675; the draft is saved first";
    Find => "查找", "Look up";
    NoLaw => "没有找到这样的条文。", "No such article was found.";
    Cite => "列为依据", "Cite";
    Quote => "引用原文", "Quote";
    RefundYes => "预交的费用退还原告", "The plaintiff's prepayment is refunded";
    AnnexYes => "文末附法律条文", "The articles applied are annexed";
    AnnexNo => "文末不附法律条文", "The articles applied are not annexed";
    RefundNo => "预交的费用不退还原告", "The plaintiff's prepayment is not refunded";
    Kind => "文书种类", "Kind of document";
    TooLongNote => "有一段超过两万字，多半是粘贴进来了别的东西；还没有保存。您写的都在下面，请分段或者删去以后再存。", "A paragraph has more than twenty thousand characters; something else was probably pasted. It is not saved yet: what you typed stands below. Part it or take it out, then save again.";
    NoDrafts => "还没有文书稿", "No drafts yet";
}

/// A version by its number.
#[must_use]
pub fn version(lang: super::Lang, number: u32) -> String {
    lang.pick("第N版", "version N").replace('N', &number.to_string())
}

crate::phrases! {
    quotations(count: usize) => "卷宗摘录（{count}）", "Marked in the file ({count})";
}

/// What a part of a draft is called, by the code the domain gives it: its name alone, for whoever does not write in it.
#[must_use]
pub fn part(lang: super::Lang, code: &str) -> String {
    let key = match code {
        "found_facts" => Key::Found,
        "reasoning" => Key::Reasoning,
        "legal_basis" => Key::LawPart,
        "orders" => Key::OrdersPart,
        "costs" => Key::Costs,
        other => return other.to_owned(),
    };
    super::t(lang, key).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::Lang;

    #[test]
    fn a_part_is_named_without_hints_for_whoever_writes_it() {
        for lang in [Lang::Zh, Lang::En] {
            for code in xiezhi_domain::drafting::PARTS {
                let name = part(lang, code);
                assert!(name != *code && !name.contains(['（', '(']), "{name}");
            }
        }
    }
}
