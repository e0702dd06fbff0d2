//! Words of: Unusual access (异常查阅).

use xiezhi_domain::unusual::Kind;

crate::messages! {
    Title => "异常查阅", "Unusual access";
    Words => "某人某天看了与自己无关的案件，或者看、下载、导出得比平常多得多。列在这里不等于有错，要由人核查。", "Days on which someone opened cases they have nothing to do with, or read, downloaded or exported far more than usual. Being listed is no fault: a person looks at it.";
    Limits => "界线怎么定的", "How the limits are set";
    LimitsWords => "界线是本院的设置，一天之内达到就列出。", "The limits are settings of this court; a day that reaches one is listed.";
    Meaning => "什么意思", "What it means";
    Limit => "一天达到", "From, in a day";
    StrangeCases => "查看无关案件", "Cases of no concern";
    StrangeCasesWords => "打开了这么多与本人无关的案件：没有任何职务，没有办过任何事，也不是本岗位这一阶段的工作。", "Opened so many cases in which one has no part, did nothing, and which are not the work of one's post at that stage.";
    Cases => "打开案件过多", "Many cases";
    CasesWords => "打开了这么多案件，不论有没有关系。", "Opened so many cases, of concern or not.";
    Pages => "阅卷过多", "Many pages";
    PagesWords => "读了这么多页卷宗。", "Read so many pages of files.";
    Downloads => "下载过多", "Many downloads";
    DownloadsWords => "下载了这么多份材料或者归档包。", "Took away so many papers or packages.";
    Exports => "导出过多", "Many exports";
    ExportsWords => "导出了这么多次案件或者留痕清单。", "Exported lists of cases or traces so many times.";
    Day => "日期", "Day";
    Who => "谁", "Who";
    What => "什么", "What";
    HowMuch => "数量", "How much";
    About => "哪些案件", "Which cases";
    Examination => "核查", "Examination";
    Unexamined => "待核查", "To be examined";
    Examined => "已核查", "Examined";
    Examine => "记下核查结果", "Note what came of it";
    Note => "核查结果", "What came of it";
    NoteHelp => "例如：移送上诉整卷，正常。", "For example: the whole file went to the court above; in order.";
    Own => "自己的由别人核查", "One's own is examined by others";
    See => "看这一天的留痕", "The traces of that day";
    None => "最近没有异常查阅", "Nothing unusual lately";
    NoneWords => "达到界线的会列在这里。", "Whatever reaches a limit is listed here.";
    Searching => "留痕检索", "Search the traces";
}

crate::phrases! {
    of_limit(count: u32, limit: u32) => "{count}（界线 {limit}）", "{count} (limit {limit})";
    last_days(days: u32) => "最近 {days} 天", "Last {days} days";
}

/// The name of a kind.
pub fn kind(kind: Kind) -> Key {
    match kind {
        Kind::StrangeCases => Key::StrangeCases,
        Kind::Cases => Key::Cases,
        Kind::Pages => Key::Pages,
        Kind::Downloads => Key::Downloads,
        Kind::Exports => Key::Exports,
    }
}

/// What a limit means, in plain words.
pub fn meaning(kind: Kind) -> Key {
    match kind {
        Kind::StrangeCases => Key::StrangeCasesWords,
        Kind::Cases => Key::CasesWords,
        Kind::Pages => Key::PagesWords,
        Kind::Downloads => Key::DownloadsWords,
        Kind::Exports => Key::ExportsWords,
    }
}
