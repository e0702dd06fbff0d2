//! Words of: A case as it stood at an earlier moment (时点回看).

crate::messages! {
    Title => "时点回看", "The case as it stood";
    Words => "选一个日子，看这个案卷当时是什么样子。只能看，不能办事；每次回看都会留痕。", "Choose a day and see the case as it stood then. You can only look; every such look is recorded.";
    Rights => "看得到什么，按您今天的权限；今天不能看的，当时能看也不显示。", "What you see is decided by your rights of today: what you may not see today is not shown, even if it could be seen then.";
    On => "哪一天", "Day";
    Time => "几点", "Time";
    TimeHelp => "不填就是这一天结束时。", "Left empty: the end of that day.";
    Look => "看当时的案卷", "Show the case as it stood";
    Another => "换一个时刻", "Another moment";
    ReadOnly => "只能看，不能办事。", "You can only look.";
    BackToNow => "回到现在的案卷", "Back to the case as it is now";
    Earlier => "前一步", "One act back";
    Later => "后一步", "One act on";
    NotYet => "那时这里还没有您可以看的案卷", "There was nothing yet that you may see";
    NotYetWords => "请选一个晚一些的时刻。", "Choose a later moment.";
    Moments => "到哪一步为止", "Up to which act";
    MomentsWords => "点一件事，看它刚办完时的案卷", "Choose an act to see the case right after it";
    StandingThen => "当时的情况", "How it stood";
    Stage => "阶段", "Stage";
    Tasks => "当时要办的事", "What waited to be done";
    NoTasks => "当时没有要办的事。", "Nothing waited then.";
    Course => "到那时为止的经过", "What had happened by then";
    NoCourse => "还没有可以看的记录。", "Nothing to show yet.";
    Deadlines => "当时在走的期限", "Deadlines that ran then";
    NoDeadlines => "当时没有在走的期限。", "No deadline was running then.";
    Papers => "当时的卷内材料", "Papers of the file then";
    NoPapers => "当时卷里没有您可以看的材料。", "The file held no paper then that you may see.";
    Staged => "当时待入卷", "Waiting to enter the file then";
    ReplacedSince => "后来替换过", "Replaced since";
    StruckSince => "后来删除了", "Struck since";
    DiscardedSince => "后来没有收", "Not taken since";
    VersionThen => "当时的版本", "The version of then";
    NoHearings => "当时还没有排期开庭。", "No hearing was scheduled then.";
    Transcript => "当时的笔录", "The record as it read then";
    Came => "到庭", "Present";
    Absent => "未到庭", "Absent";
    Called => "待到庭", "Called";
    LookBackHere => "看当时的案卷", "See the case as it stood then";
}

crate::phrases! {
    banner(at: &str) => "此页为 {at} 当时的案卷", "This page shows the case as it stood at {at}";
    since(count: usize) => "此后又办了 {count} 件您可以看的事。", "Acts since then that you may see: {count}.";
    at_act(when: &str) => "{when} 当时的案卷", "The case as it stood at {when}";
}
