//! Words of: Notices (消息).

crate::messages! {
    Title => "消息", "Notices";
    None => "没有新消息", "Nothing new";
    NoneWords => "您的案件有了新情况，会出现在这里。", "What happens on your cases appears here.";
    OpenCase => "打开案件", "Open the case";
    MarkRead => "标为已读", "Mark as read";
    MarkAll => "全部标为已读", "Mark all as read";
    NeverOpened => "您还没有打开过这件案件，这是最近的一件事。", "You have not opened this case yet; this is the last thing that happened.";
    Lead => "您上次看过以后，别人在您的案件里办了这些事。", "What others did on your cases since you last looked.";
    NewForYou => "有新消息", "Something is new";
    See => "看消息", "See what is new";
}

crate::phrases! {
    count(n: u32) => "{n} 条", "{n}";
}
