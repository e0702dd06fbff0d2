//! What the frame around every page says.

use super::{Lang, counted};

crate::messages! {
    WasRemoved => "（删去：", "(removed: ";
    WasAdded => "（添上：", "(added: ";
    ChangeEnds => "）", ")";
    TypedBack => "您上次写的、还没有办的内容在下面。", "What you wrote last time, and was not taken yet, stands below.";
    FilesAnew => "文件要重新选。", "Files must be chosen again.";
    TypedAnew => "清空重写", "Begin anew";
    SkipToContent => "跳到正文", "Skip to content";
    Demonstration => "演示法庭 · 人物、案情、电话全部虚构", "Demonstration court · everything is invented";
    Training => "培训法庭 · 在这里办的不算数", "Training court · nothing done here counts";
    AboutCourt => "关于本院", "About this court";
    PaperWhite => "白", "White";
    PaperSepia => "护眼", "Sepia";
    PaperDark => "夜间", "Dark";
    PagesOne => "单页", "One page";
    PagesTwo => "双页", "Two pages";
    PagesScroll => "连续", "Continuous";
    ZoomWidth => "适合宽度", "Fit width";
    ZoomPage => "适合整页", "Fit page";
    Zoom50 => "50%", "50%";
    Zoom75 => "75%", "75%";
    Zoom100 => "100%", "100%";
    Zoom150 => "150%", "150%";
    Zoom200 => "200%", "200%";
    Zoom300 => "300%", "300%";
    Search => "搜索", "Search";
    SearchWhat => "案号、当事人", "Case number, party";
    Notices => "消息", "Notices";
    Help => "帮助", "Help";
    Menu => "菜单", "Menu";
    Close => "关闭", "Close";
    Functions => "功能", "Functions";
    Fold => "收起", "Fold";
    Unfold => "展开", "Unfold";
    MyPages => "主导航", "Main";
    LargeType => "大字", "Large type";
    Tokens => "程序令牌", "Tokens for programs";
    SignOut => "退出", "Sign out";
    SignIn => "登录", "Sign in";
    Back => "返回", "Back";
    OnlineService => "在线诉讼服务", "Online litigation service";
    Dark => "深色", "Dark";
    Light => "浅色", "Light";
    Appearance => "显示", "Display";
    MoreActs => "更多操作", "More";
    All => "全部", "All";
    NextStep => "下一步", "Next";
    Stages => "办案阶段", "Stages";
    CaseParts => "案件", "Case";
    Results => "列表", "List";
    SelectAll => "全选", "Select all";
    SelectNothing => "全不选", "Select nothing";
    SelectRow => "选这一行", "Select this row";
    Previous => "上一页", "Previous";
    Next => "下一页", "Next";
    Pages => "分页", "Pages";
    Today => "今天", "Today";
    Tomorrow => "明天", "Tomorrow";
    Optional => "可不填", "optional";
    Yuan => "元", "yuan";
    Choose => "请选择", "Choose";
    DraftNew => "每改一处都会自动存下", "Every change is kept";
    DraftSaving => "正在存……", "Saving …";
    DraftSaved => "已保存 {time}", "Saved {time}";
    DraftFailed => "暂时没存上，会再试", "Not saved yet, trying again";
    DraftConflict => "别人刚写过，请刷新后再写", "Someone else has written; reload first";
    RecordNew => "停下来就会自动存", "Kept at every pause";
    RecordFailed => "没存上，先留在这台电脑里，会再试", "Not kept yet: it stays on this computer and is tried again";
    RecordConflict => "别人也写了这份笔录", "Somebody else wrote in this record";
    RecordConflictNote => "您写的还在上面，没有丢，也没有盖掉别人写的。下面是别人写过的：", "What you wrote stands above; nothing is lost and nothing was overwritten. This is what they wrote:";
    RecordBoth => "两边都要", "Keep both";
    RecordOther => "不要我改的，用下面的", "Drop mine, take theirs";
    Speakers => "发言人", "Speakers";
    RecordParts => "庭审阶段", "Parts of the hearing";
    ErrorsTitle => "有几处要改", "Please correct the following";
    UploadDone => "已传完", "Done";
    UploadWaiting => "等信号", "Waiting for the network";
    UploadFailed => "没传上", "Not uploaded";
    NoRows => "还没有记录。", "Nothing here yet.";
    UploadEmpty => "是空文件", "Empty file";
    UploadTooLarge => "文件太大", "File too large";
    UploadPhoto => "拍照", "Take a photograph";
    CropTitle => "发送前裁剪和摆正", "Crop and straighten before sending";
    CropSkew => "摆正", "Straighten";
    CropLeft => "裁左边", "Cut left";
    CropRight => "裁右边", "Cut right";
    CropTop => "裁上边", "Cut top";
    CropBottom => "裁下边", "Cut bottom";
    CropTurn => "右转90度", "Turn right";
    CropSend => "就这样发送", "Send it like this";
    CropAsIs => "原样发送", "Send it untouched";
    CropLeave => "不发送", "Do not send";
    UploadAgain => "再传一次", "Try again";
    SignHere => "请在框里写您的名字", "Write your name in the box";
    SignClear => "重写", "Clear";
    SignByHand => "写不了也没关系：不写名字，直接按下面的按钮，同样算您签了名。", "You need not write: without it, pressing the button below is your signature just the same.";
    Recorded => "已记录", "Recorded";
    Proven => "已存证", "Proven";
    RecordedWhy => "已写入案件记录，不会丢，也改不掉而不留痕迹。", "Written to the record: it will not be lost, and cannot be changed without a trace.";
    ProvenWhy => "已固定在本院签名的检查点里，谁手里有证明文件，都能查出改动。现在只有本院签名，还没有别的单位见证。", "Fixed in a checkpoint that this court signed: whoever holds the proof can tell a change. So far this court alone vouches for it; nobody else has witnessed it.";
    WitnessedWhy => "已固定在本院签名的检查点里，外单位也见过并签了名；本院想改、想换，外单位的签名都对不上。", "Fixed in a checkpoint that this court signed and others cosigned: were it changed or exchanged, their signatures would not fit.";
    WitnessedInPlay => "见证人是演示程序自己的，只演示怎样见证，不证明什么。", "The witnesses belong to the demonstration itself: they show how it works and prove nothing.";
    Loading => "正在取……", "Loading …";
    KeysTitle => "快捷键", "Keyboard";
    KeysMove => "上下移动", "move";
    KeysOpen => "打开", "open";
    KeysSearch => "搜索", "search";
    KeysGo => "再按一个字母：去那一页", "then a letter: go there";
    KeysSheet => "这张表", "this sheet";
    KeysPalette => "去哪里都行", "go anywhere";
    KeysPrimary => "办这一页的主要事项", "the primary act of the page";
    KeysMarked => "勾选标着数字的", "Tick what is marked with the digit";
    Source => "依据", "Source";
    WhoToCall => "有事找谁", "Who to call";
}

crate::phrases! {
    overdue_by(days: i64) => "逾期{days}天", "{days} d overdue";
    search_for(words: &str) => "搜索“{words}”", "Search “{words}”";
    page_of(page: usize, pages: usize) => "第{page}页，共{pages}页", "Page {page} of {pages}";
    rows_in_all(total: usize) => "共{total}条", "{total} in all";
    step_of(step: usize, steps: usize) => "第{step}步，共{steps}步", "Step {step} of {steps}";
    saved_at(time: &str) => "已保存 {time}", "Saved {time}";
    signature_of(name: &str) => "{name}的手写签名", "Signature of {name}";
    call(who: &str) => "打电话问{who}", "Call {who}";
}

/// By how many of the witnesses something was witnessed (见证); those of a demonstration are called what they are.
pub fn witnessed(lang: Lang, by: usize, of: usize, demonstration: bool) -> String {
    match (lang, demonstration) {
        (Lang::Zh, false) => format!("{of}方中{by}方已见证"),
        (Lang::Zh, true) => format!("演示见证 {by}/{of}"),
        (Lang::En, false) => format!("Witnessed by {by} of {of}"),
        (Lang::En, true) => format!("Demo witnesses {by}/{of}"),
    }
}

/// Days left until a day: `剩2天`, `2 days left`.
pub fn days_left(lang: Lang, days: i64) -> String {
    match lang {
        Lang::Zh => format!("剩{days}天"),
        Lang::En => format!("{} left", counted(days, "day", "days")),
    }
}
