//! Words of: Where a paper comes from and what was done with it (来源与流转).

use super::{Lang, counted};

crate::messages! {
    Title => "来源与流转", "Where it comes from";
    Words => "这份材料从哪里来、有过哪些版本、谁对它做过什么。内容由办案记录生成，不能改。", "Where this paper came from, its versions, and what was done with it. Made from the record; nobody edits it.";
    Graph => "流转图", "How it went";
    GraphWords => "左边是版本，从上往下是先后", "Versions from top to bottom";
    Origin => "来源", "Origin";
    Timeline => "经过", "What was done with it";
    From => "来自", "From";
    Court => "本院", "The court";
    Now => "现在的版本", "The version in force";
    Struck => "已从卷中删除", "Struck from the file";
    Discarded => "没有收", "Not taken";
    Staged => "待入卷", "Waiting to enter the file";
    Erased => "内容已依法删除", "Content lawfully erased";
    Fingerprint => "指纹", "Fingerprint";
    Nothing => "还没有人对它做过什么。", "Nothing was done with it yet.";
    Readers => "谁看过", "Who has read it";
    ReadersWords => "只有办理这个案件的人看得到", "Shown only to those who work on the case";
    NoReaders => "还没有人看过这一版。", "Nobody has read this version yet.";
    Who => "谁", "Who";
    Pages => "看过的页", "Pages read";
    Times => "次数", "Looks";
    Downloads => "下载", "Downloads";
    Last => "最近一次", "Last";
    BackToPaper => "回这份材料", "Back to the paper";
    BackToFile => "回电子卷", "Back to the file";
    By => "由", "by";
}

crate::phrases! {
    version(number: usize) => "第 {number} 版", "Version {number}";
    of_paper(title: &str) => "《{title}》的来源与流转", "Where “{title}” comes from";
}

/// Read, counted.
pub fn read(lang: Lang, name: &str, times: usize) -> String {
    match lang {
        Lang::Zh => format!("{name} 看过 {times} 次"),
        Lang::En => format!("{name} looked {}", counted(times as i64, "time", "times")),
    }
}
