//! Words of: Destruction of archived files at the end of their retention (档案销毁).

use xiezhi_domain::law::retention::RetentionClass;

crate::messages! {
    Title => "档案销毁", "Destruction of files";
    Lead => "保管期限届满的案卷，经鉴定、院长批准、两人监销以后销毁。内容和文件不再存在；在记录中的位置和证明永远保留，清册永久保存。", "Files whose retention is over are destroyed once appraised, approved by the president and signed by two supervisors. Their content goes; their places in the record and every proof stay, and the list is kept for ever.";
    Due => "期限已满", "Retention is over";
    NothingDue => "没有期限届满的案卷", "No file's retention is over";
    NothingDueNote => "期限届满的案卷会出现在这里。", "Files will appear here once theirs is.";
    Draw => "造具销毁清册", "Draw up a list";
    DrawNote => "造册后送鉴定；正在借阅的案卷不列入。", "It goes to the appraisal group; files that are lent are left out.";
    List => "销毁清册", "List of destruction";
    Case => "案号", "Case number";
    ArchiveNo => "档号", "Archive number";
    Retention => "保管期限", "Retention";
    KeptUntil => "保管到", "Kept until";
    DrawnBy => "造册", "Drawn up by";
    Appraised => "鉴定", "Appraised by";
    ApprovedBy => "批准", "Approved by";
    RefusedBy => "不予销毁", "Refused by";
    SupervisedBy => "监销", "Supervised by";
    Waiting => "办理中", "Under way";
    Destroyed => "已销毁", "Destroyed";
    Refused => "不予销毁", "Refused";
    Appraise => "同意销毁", "They may go";
    Opinion => "鉴定意见", "What the appraisal found";
    Approve => "批准", "Approve";
    Refuse => "不予销毁", "Refuse";
    Reason => "理由", "Reason";
    Supervise => "监销签名", "Sign as a supervisor";
    SuperviseNote => "第二名监销人签名后立即销毁，不能撤回。", "With the second signature the files are destroyed at once. It can't be undone.";
}

/// A class of retention in words.
pub fn class(class: RetentionClass) -> super::archive::Key {
    super::archive::class(class)
}
