//! Words of: What a reader looked at, and how long (查阅记录、停留时长).

crate::messages! {
    Own => "我的查阅记录", "What I looked at";
    Looks => "我看过的", "What I looked at";
    None => "还没有查阅记录", "Nothing yet";
    NoneWords => "您在这个案件里看过、下载过的会列在这里。", "What you read and download in this case appears here.";
    Times => "停留时长", "Time on the screen";
    TimesNote => "由阅读者的浏览器报告，密封保存；只有本人能直接看到", "as the reader's browser reports it, kept sealed; readers alone see their own";
    NoTimes => "还没有停留时长。", "None yet.";
    Paper => "材料", "Paper";
    Page => "页", "Page";
    Long => "停留", "How long";
    Last => "最近一次", "Last";
    Sealed => "密封", "Sealed";
    SayWhy => "说明理由后启封", "Say why to open it";
    SealedWords => "停留时长不是考核工具。只有院长、副院长因具体事由可以启封一个人在一个案件里的停留时长；理由先记入查阅记录，本人会看到谁在什么时候、为什么启封。启封一天内有效。", "Time on the screen is no tool to watch people. Only the president and the vice-presidents open it, of one reader in one case, for a stated reason: the reason is on the log first, and the reader sees who opened it, when and why. It stays open for a day.";
    Reason => "为什么要启封", "Why it is opened";
    Open => "说明理由并启封", "Say why and open";
    Openings => "谁启封过", "Who opened it";
    OpeningsNote => "本人能看到每一次启封", "each opening is told to the reader";
}

crate::phrases! {
    of_person(name: &str) => "{name}的停留时长", "Time on the screen: {name}";
    pages(pages: &str) => "第{pages}页", "p. {pages}";
    long(minutes: u32, seconds: u32) => "{minutes}分{seconds}秒", "{minutes} min {seconds} s";
}
