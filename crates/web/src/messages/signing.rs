//! Words of signing in bulk (批量签署).

use xiezhi_app::signing::Deed;

crate::messages! {
    Title => "待签署", "To be signed";
    Note => "已送签、等您办理的文书。先看原本，再勾选；每份文书单独记录，结果逐份告诉您。", "Documents put forward that wait for you. Read each original, then tick it; each is recorded by itself, and you are told what became of each.";
    Nothing => "没有等您签署的文书", "Nothing waits for your signature";
    NothingNote => "文书送签以后会出现在这里。", "Documents appear here once they are put forward.";
    Original => "看原本", "Read the original";
    SignAll => "签署勾选的文书", "Sign those that are ticked";
    SignNote => "我看过勾选的文书原本。", "I have read the originals that I ticked.";
    Sign => "签署", "Sign";
    Read => "审阅", "Read";
    Seal => "用印签发", "Seal and issue";
    Earlier => "以前的批次", "Earlier batches";
    Result => "签署结果", "What became of it";
    ResultNote => "勾选的文书逐份办理，可以离开这一页；中断以后会接着办，不会办两次。", "They are done one by one; you may leave this page. After an interruption the rest is done, and nothing twice.";
    Done => "已办", "Done";
    Waiting => "正在办理", "Under way";
    Held => "暂时办不了，会再试", "Held up, tried again";
    Refused => "没有办", "Not done";
    Why => "原因", "Why";
    Again => "看最新结果", "Look again";
    Back => "回到待签署", "Back to what is to be signed";
}

crate::phrases! {
    position(position: u64) => "存证第{position}条", "entry {position} of the record";
    tally(done: usize, all: usize) => "{done} / {all} 份已办", "{done} of {all} done";
    since(moment: &str) => "{moment}起等时间戳服务机构", "has waited for the time-stamp authority since {moment}";
}

/// The word for what is done with a document.
#[must_use]
pub fn deed(deed: Deed) -> Key {
    match deed {
        Deed::Sign => Key::Sign,
        Deed::Read => Key::Read,
        Deed::Seal => Key::Seal,
    }
}
