//! Words of comments on drafts (文书批注).

crate::messages! {
    None => "还没有批注。", "No comments yet.";
    Open => "待处理", "Open";
    Moved => "原文已改动", "The words have changed since";
    Accepted => "已采纳", "Taken over";
    Settled => "已了结", "Settled";
    Accept => "采纳建议", "Take it over";
    Reply => "回复", "Answer";
    Settle => "了结", "Settle";
    Choose => "选一段来批注", "Choose a line to comment on";
    Comment => "批注", "Comment";
    Quote => "批注的原文", "The words it is about";
    QuoteHelp => "可以只留下要批注的几个字", "Keep only the words you mean";
    Words => "意见", "What you say";
    Suggests => "建议改成下面这样", "I suggest these words instead";
    Suggestion => "建议的文字（空着就是删去）", "Suggested words (empty takes them out)";
}

crate::phrases! {
    title(open: usize) => "批注与修改建议（待处理{open}条）", "Comments and suggested changes ({open} open)";
    place(part: &str, line: u32, version: u32) => "{part}第{line}段（第{version}版）", "{part}, line {line} (version {version})";
    comment_on(part: &str, line: usize) => "批注{part}第{line}段", "Comment on {part}, line {line}";
    of(by: &str) => "{by}的批注", "Comment by {by}";
    answer(by: &str) => "回复{by}", "Answer to {by}";
    settled(by: &str) => "{by}了结", "Settled by {by}";
}
