//! Words of: Annotations over pages (阅卷批注).

use super::{Lang, counted};

crate::messages! {
    Title => "批注", "Annotations";
    All => "全卷批注", "All of the file";
    ToFile => "回电子卷", "To the e-file";
    Mine => "我的", "Mine";
    ForMe => "仅自己可见", "Only me";
    ForTeam => "办案团队可见", "The court's team";
    ForPanel => "合议庭可见", "The panel";
    Readers => "谁能看到", "Who reads it";
    OnlyMe => "只有您自己能看到；不进入卷宗。", "Only you read it; it is no part of the file.";
    Highlight => "高亮", "Highlight";
    Underline => "下划线", "Underline";
    Box => "方框", "Box";
    Arrow => "箭头", "Arrow";
    Note => "便签", "Note";
    Shape => "样式", "Shape";
    Write => "写批注", "Annotate";
    Quote => "原文", "Words of the page";
    QuoteHelp => "在页上选字会填在这里；也可以照抄一段，系统会在本页找到它。", "Words chosen on the page come here; or copy some, and they are looked for on this page.";
    Part => "位置", "Where";
    PartNone => "按原文或所选位置", "At the words, or where chosen";
    PartPage => "整页", "The whole page";
    PartTop => "上部", "The top";
    PartMiddle => "中部", "The middle";
    PartBottom => "下部", "The bottom";
    Words => "批注", "Note";
    Tags => "争点标签（用逗号分开）", "Issues (parted by commas)";
    ModeText => "选字", "Choose words";
    ModeBox => "画框", "Draw a box";
    ModeArrow => "画箭头", "Draw an arrow";
    Keep => "记下", "Keep";
    Save => "保存", "Save";
    Send => "回复", "Reply";
    Reply => "回复", "Reply";
    ReplyWords => "回复内容", "Your reply";
    Revise => "修改", "Change";
    TakeBack => "撤回", "Take back";
    TakenBack => "已撤回", "Taken back";
    Older => "做在旧版本上", "Made on an older version";
    NoneHere => "这一页还没有批注。", "Nothing noted on this page yet.";
    NothingChosen => "没有选中文字。", "No words are chosen.";
    SaidLine => "已选：", "Chosen: ";
    SaidRegion => "方框：方向键移动，Shift 加方向键改变大小，回车确定，Esc 取消。", "Box: arrows move it, Shift and arrows change its size, Enter takes it, Esc leaves.";
    Chapters => "章节和批注", "Chapters and notes";
    NoChapters => "还没有章节。播放到一处按 M 就记下来。", "No chapters yet. Press M while it plays to note one.";
    Moment => "时间点", "Moment";
    MomentHelp => "写成 12:34 或 1:02:03；播放时打开这里会填上当前时间。", "Such as 12:34 or 1:02:03; opened while it plays, it is filled in.";
    Everyone => "全部", "All";
    OnePaper => "只看一份材料", "One paper only";
    WithTakenBack => "含已撤回", "With those taken back";
    Empty => "没有批注", "No annotations";
    EmptyWords => "阅卷时选中文字或按 M，就可以写批注。", "Choose words while reading, or press M, to annotate.";
    EmptyOutside => "您可以在阅读材料时写批注，只有您自己能看到。", "You can annotate while reading; only you see it.";
}

crate::phrases! {
    at_page(page: u32) => "第{page}页", "Page {page}";
    elsewhere(count: usize) => "其他页的批注（{count}）", "On other pages ({count})";
    history(count: usize) => "以前的写法（{count}）", "What it said before ({count})";
}

/// How many: `3条`, `3 notes`.
pub fn count(lang: Lang, count: usize) -> String {
    match lang {
        Lang::Zh => format!("{count}条"),
        Lang::En => counted(i64::try_from(count).unwrap_or(i64::MAX), "note", "notes"),
    }
}
