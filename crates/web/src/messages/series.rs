//! Words of like cases that are written together (类案批量办理).

crate::messages! {
    Title => "系列案", "Like cases";
    Lead => "原告和案由都相同的案件，可以写一份共同的文书稿，再逐案套用。每案仍有自己的案号、文书、签名和送达。", "Cases with the same plaintiffs and the same cause can have one common draft, applied case by case. Each keeps its own number, document, signatures and service.";
    Mine => "我的系列案", "My sets";
    NoneMine => "还没有系列案", "No sets yet";
    NoneNote => "下面列出可以并在一起办的案件。", "Cases that can be written together are listed below.";
    Alike => "可以并在一起办的案件", "Cases that are alike";
    NoAlike => "没有原告和案由都相同的在审案件。", "No cases under trial have the same plaintiffs and the same cause.";
    Name => "给这一批起个名字", "A name for the set";
    Cases => "哪些案件", "Which cases";
    Link => "并为系列案", "Link them";
    Master => "共同的文书稿", "The common draft";
    MasterNote => "每案不同的地方写成占位，例如 {被告}、{标的额}；这些案件的要素式诉状里填了的，也可以写。", "Write a place where cases differ, such as {被告} or {标的额}; so may be what the element-type forms of these cases tell.";
    Places => "每案都有的占位", "Places of every case";
    Elements => "这些案件填写的要素", "What these cases tell";
    Kind => "文书种类", "Kind of document";
    Save => "保存共同稿", "Save the common draft";
    Each => "逐案看", "Case by case";
    EachNote => "套用前看一眼：哪些占位填上了，哪些还缺。缺的案件不会套用，请在案件里补上，或者移出去单独写。", "Before it is applied: what is filled in and what is missing. A case with something missing gets no draft; complete it, or take it out and write it by itself.";
    Whole => "占位都已填上", "Every place is filled";
    Missing => "还缺：", "Missing: ";
    Preview => "填好的样子", "As filled in";
    Apply => "逐案套用", "Apply it to each";
    ApplyNote => "套用就是在每案存一版文书稿；已经改过、送签或者签发的不动。共同稿改了以后可以再套用一次。", "A version is saved in each case; a draft that was changed, put forward or issued stays as it is. After a change of the common draft it can be applied again.";
    NotApplied => "还没有套用", "Not applied yet";
    Edited => "已经单独改过，不再套用", "Changed by hand since; no longer applied to";
    PutForward => "已经送签", "Put forward";
    Left => "移出", "Take out";
    Gone => "不在这一批里", "Not in this set";
    BelongsTo => "本案属于系列案", "This case belongs to";
    BelongsNote => "共同的文书稿会套用到本案；移出以后，本案单独办理，或者与别的案件另并一批，已经写好的稿子不变。", "The common draft is applied here, too. Taken out, the case is written by itself or linked with others; its draft stays as it is.";
    Result => "套用结果", "What became of it";
    Waiting => "正在套用", "Under way";
    Refused => "没有套用", "Not applied";
    Why => "原因", "Why";
    Again => "看最新结果", "Look again";
    Back => "回到系列案", "Back to the sets";
}

crate::phrases! {
    cases(count: usize) => "{count}件", "{count} cases";
    applied(master: u32) => "已套用共同稿第{master}版", "version {master} of the common draft applied";
    master(number: u32) => "第{number}版", "version {number}";
    tally(done: usize, all: usize) => "{done} / {all} 件已套用", "{done} of {all} applied";
}
