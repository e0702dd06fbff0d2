//! Words of: Copies that hide something (遮盖副本).

use xiezhi_domain::material::HidingGround;

crate::messages! {
    Title => "制作遮盖副本", "Make a copy that hides something";
    Lead => "原件不动。副本逐页重新绘制，遮盖的内容从图像和文字里一并去掉，做好后再读一遍确认，才入卷。能给卷外人看的是副本。", "The original stays as it is. Every page is drawn anew; what is hidden is gone from image and text alike, and the copy is read again before it enters the file. The copy is what may leave the court.";
    Found => "找到的个人信息", "Personal data that were found";
    FoundNote => "默认遮盖；确需保留的，改为保留。", "Hidden unless you leave them to be seen.";
    FoundNone => "没有找到身份证号、电话、账号和未成年人姓名。", "No ID number, telephone, account or name of a minor was found.";
    Leave => "保留", "Leave visible";
    Hide => "遮盖", "Hide";
    IsHidden => "遮盖", "Hidden";
    IsLeft => "保留", "Visible";
    Words => "遮盖词语", "Words to hide";
    WordsNote => "出现的每一处都遮盖。", "Hidden wherever they stand.";
    Word => "词语", "Words";
    Ground => "事由", "Why";
    AddWord => "全部遮盖", "Hide every hit";
    Boxes => "遮盖区域", "Boxes to hide";
    BoxesNote => "在左面的页面上用鼠标拖出，或者填写位置（占页宽、页高的百分之几）。", "Drag one over the page with the mouse, or give its place in hundredths of the page.";
    Page => "页", "Page";
    BoxLeft => "左边 %", "Left %";
    BoxTop => "上边 %", "Top %";
    BoxWidth => "宽 %", "Width %";
    BoxHeight => "高 %", "Height %";
    AddBox => "遮盖这个区域", "Hide this box";
    Drop => "撤销", "Take back";
    Preview => "预览", "Preview";
    MarkedPages => "有遮盖的页", "Pages with something hidden";
    GoToPage => "看这一页", "Show the page";
    NoneMarked => "还没有要遮盖的内容。", "Nothing is hidden yet.";
    Make => "制作副本并入卷", "Make the copy and take it into the file";
    MakeSheet => "确认", "Confirm";
    CopyTitle => "副本名称", "Title of the copy";
    CopyTitleHelp => "得到副本的人会看到名称，不要写进被遮盖的内容。", "Whoever gets the copy reads its title: name nothing in it that is hidden.";
    WithoutText => "这些页没有文字（扫描件尚未识别），找不出其中的词语，请逐页看：", "These pages have no text (scans not recognised yet); nothing can be found in them, look at each:";
    CopySuffix => "（遮盖副本）", " (copy)";
    DerivedFrom => "派生自", "Derived from";
    DerivedHidden => "遮盖处", "Places hidden";
    IdNumber => "身份证号", "ID number";
    Phone => "电话", "Telephone";
    Account => "账号", "Account";
    Minor => "未成年人", "Minor";
    Privacy => "个人隐私", "Privacy";
    TradeSecret => "商业秘密", "Trade secret";
    Other => "其他", "Other";
}

/// A ground in words.
pub fn ground(ground: HidingGround) -> Key {
    match ground {
        HidingGround::IdNumber => Key::IdNumber,
        HidingGround::Phone => Key::Phone,
        HidingGround::Account => Key::Account,
        HidingGround::Minor => Key::Minor,
        HidingGround::Privacy => Key::Privacy,
        HidingGround::TradeSecret => Key::TradeSecret,
        HidingGround::Other => Key::Other,
    }
}

crate::phrases! {
    hits(count: usize, pages: &str) => "{count}处，第{pages}页", "{count} on page {pages}";
    no_hits(word: &str) => "“{word}”没有出现", "\u{201c}{word}\u{201d} does not occur";
    box_at(page: u32) => "第{page}页的区域", "A box on page {page}";
    page_with(page: u32, count: usize) => "第{page}页，{count}处", "Page {page}, {count} hidden";
    all_places(count: usize, pages: usize) => "共遮盖{pages}页{count}处", "{count} places on {pages} pages";
    place(page: u32, x: &str, y: &str, w: &str, h: &str) => "第{page}页：左{x}%，上{y}%，宽{w}%，高{h}%", "page {page}: left {x}%, top {y}%, width {w}%, height {h}%";
}
