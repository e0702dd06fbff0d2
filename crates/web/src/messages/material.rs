//! Words of: The e-file: catalogue, staging, reading (电子卷).

use super::{Lang, counted};

crate::messages! {
    Title => "电子卷", "E-file";
    PartyTitle => "案卷材料", "Papers of my case";
    PartyWords => "这里是您自己交的材料，和法院送达、公开给您的材料。", "What you handed in yourself, and what the court served on you or disclosed to you.";
    Tree => "卷内目录", "Contents";
    Main => "正卷", "Main volume";
    Secondary => "副卷", "Secondary volume";
    Staging => "待入卷", "Waiting to enter the file";
    StagingNote => "核对后一起入卷；入卷后再改要审批", "Check them, then take them in together; later changes need approval";
    Enter => "入卷", "Take into the file";
    Chosen => "已选", "Chosen:";
    ChosenAfter => "份", "papers";
    No => "序号", "No.";
    Day => "日期", "Day";
    Paper => "材料", "Paper";
    From => "来自", "From";
    Pages => "页", "Pages";
    Told => "已告知", "Told to";
    Read => "阅读", "Read";
    AllRead => "已读", "Read";
    Unread => "未读", "Unread";
    Court => "本院", "The court";
    LentNote => "借阅的案卷只能在线阅读，不能下载。", "A file that was lent is read here; it is not downloaded.";
    Erased => "内容已依法删除", "Content lawfully erased";
    Struck => "已删除", "Struck";
    Replaced => "已替换", "Replaced";
    Discarded => "未收", "Not taken";
    Empty => "卷里还没有材料", "The file is empty";
    EmptyWords => "材料入卷后会按目录排在这里。", "Papers appear here by the catalogue once they enter the file.";
    Origin => "来源", "Origin";
    Continue => "连续阅卷", "Read on";
    Open => "打开", "Open";
    BackToFile => "回电子卷", "Back to the file";
    BackToPapers => "回材料列表", "Back to the papers";
    PreviousPage => "上一页", "Previous page";
    NextPage => "下一页", "Next page";
    PreviousPaper => "上一份", "Previous paper";
    NextPaper => "下一份", "Next paper";
    Page => "页码", "Page";
    Go => "去这一页", "Go";
    Larger => "放大", "Larger";
    Smaller => "缩小", "Smaller";
    Rotate => "旋转", "Rotate";
    Download => "下载", "Download";
    DownloadNote => "下载会记入查阅记录。", "Downloads are recorded.";
    SearchIn => "在这份材料里找", "Find in this paper";
    NoHits => "没有找到。扫描件里的字可能找不到。", "Nothing found. Words in scans may not be found.";
    TextOfPage => "本页文字", "Text of this page";
    NoText => "这一页没有可以读出的文字。", "This page has no readable text.";
    NoPages => "这种文件不能按页显示", "This kind of file cannot be shown page by page";
    NoPagesWords => "可以下载后打开。", "Download it to open it.";
    About => "关于这份材料", "About this paper";
    Kind => "种类", "Kind";
    Received => "收到", "Received";
    Entered => "入卷", "Entered";
    Size => "大小", "Size";
    Hash => "文件指纹（SHA-256）", "Fingerprint (SHA-256)";
    DisclosedTo => "已公开给", "Disclosed to";
    Nobody => "还没有公开给任何一方", "Disclosed to nobody yet";
    Original => "原件核对", "Compared with the original";
    Agrees => "一致", "agrees";
    Differs => "不一致", "differs";
    Earlier => "以前的版本", "Earlier versions";
    PutRight => "更正名称或种类", "Put title or kind right";
    NewTitle => "名称", "Title";
    Save => "保存", "Save";
    Discard => "不收这份材料", "Do not take this paper";
    Reason => "理由", "Reason";
    DiscardVerb => "不收", "Do not take it";
    Disclose => "公开给各方", "Disclose to all parties";
    DiscloseNote => "已入卷、还没有公开的证据。公开后各方可以看到并质证。", "In the file, not disclosed yet. Once disclosed, every party sees it and may speak to it.";
    DiscloseTogether => "勾选的一次全部公开；有一份不能公开，就都不公开。", "All that is ticked is disclosed in one act, or nothing is.";
    AskChange => "申请替换或删除", "Ask to replace or strike it";
    AllPages => "全部页", "Pages";
    Toolbar => "阅卷工具", "Reading";
    PageWord => "第{n}页", "Page {n}";
    Present => "正在阅卷", "Reading now";
    Turner => "翻页", "Turning pages";
    VolumePage => "全卷页码", "Page of the volume";
    Outline => "缩略图和目录", "Small pages and contents";
    Notes => "批注", "Annotations";
    Hits => "命中", "Hits";
    PreviousHit => "上一处", "Previous hit";
    NextHit => "下一处", "Next hit";
    LookOfPages => "版式", "Layout";
    PagesAtOnce => "页数", "Pages";
    SizeOfPages => "大小", "Size";
    ColourOfPaper => "纸色", "Paper";
    FullScreen => "全屏", "Full screen";
    Keys => "阅卷快捷键", "Keys for reading";
    KeysPage => "上一页、下一页", "Previous, next page";
    KeysPaper => "上一份、下一份材料", "Previous, next paper";
    KeysZoom => "缩小、放大", "Smaller, larger";
    KeysHit => "上一处、下一处命中", "Previous, next hit";
    KeysText => "按行选字：上下键选行，Shift 加上下键选多行，左右键选字，回车写批注", "Choose lines: up and down; Shift for several; left and right for letters; Enter annotates";
    KeysBox => "用方向键画方框：移动，Shift 改大小，回车写批注", "Draw a box by arrows: move, Shift resizes, Enter annotates";
    KeysArrow => "用方向键画箭头", "Draw an arrow by arrow keys";
    KeysNote => "写批注", "Annotate";
    KeysLeave => "取消选择", "Leave what was chosen";
    SearchWhole => "在全卷里找", "Find in the whole file";
    NothingFound => "没有找到", "Nothing found";
    NothingFoundWords => "只找您能看到的材料里的文字；扫描件和照片里的字找不到。", "Only papers that you may see are searched; words in scans and pictures are not found.";
    List => "材料", "Papers";
    AllPapers => "全部", "All";
    DisputedOnly => "有异议", "Disputed";
    NotedOnly => "有批注", "Annotated";
    GroupBy => "分组", "Group";
    ByCatalogue => "按目录", "By catalogue";
    ByParty => "按提交人", "By party";
    ByDate => "按日期", "By date";
    Anybody => "不限", "Anybody";
    AnyKind => "不限", "Any kind";
    Narrow => "筛选", "Narrow";
    NarrowMore => "按提交人和种类筛选", "Narrow by party and kind";
    NoneSuch => "没有这样的材料", "No such papers";
    NoneSuchWords => "换一个条件，或者看全部材料。", "Ask for something else, or see them all.";
    ShowAll => "看全部材料", "See all papers";
    GoToNumber => "去第几号材料；输入 p62 去全卷第62页", "Go to a paper by its number; p62 goes to page 62 of the volume";
    GoToNumberShort => "号/p页", "no. / p";
    OtherSide => "质证", "Other side";
    NothingSaid => "未质证", "Nothing said yet";
}

crate::phrases! {
    to_disclose(side: &str) => "待公开的证据：{side}", "Evidence to disclose: {side}";
    page_of(page: u32, pages: u32) => "{page} / {pages}", "{page} / {pages}";
    page_alt(title: &str, page: u32) => "{title}，第{page}页", "{title}, page {page}";
    thumb(page: u32) => "第{page}页", "Page {page}";
    read_upto(read: usize, pages: u32) => "读了 {read}/{pages}", "{read}/{pages} read";
    read_by(name: &str, day: &str) => "{name} {day} 查阅", "Read by {name}, {day}";
    volume_page(page: u32) => "卷 {page}", "vol. {page}";
    hit_of(hit: usize, hits: usize) => "{hit} / {hits} 处", "{hit} of {hits}";
    places(count: usize) => "{count}处", "{count} places";
    more_places(count: usize) => "这份材料里还有{count}处", "{count} more in this paper";
    found(hits: usize, papers: usize) => "{papers}份材料，{hits}处", "{hits} places in {papers} papers";
    searched(papers: usize) => "找过{papers}份有文字的材料。", "{papers} papers with text were searched.";
    without_text(papers: usize) => "{papers}份扫描件或照片没有文字。", "{papers} scans or pictures have no text.";
    progress(papers: usize, read: usize, pages: usize) => "{papers}份，您已读 {read}/{pages} 页", "{papers} papers; you have read {read} of {pages} pages";
    month(year: i16, month: i8) => "{year}年{month}月", "{year}-{month:02}";
    disputes(what: &str) => "异议：{what}", "Disputes {what}";
    version(number: usize) => "第{number}版", "Version {number}";
}

/// How many pages: `12页`, `12 pages`.
pub fn pages(lang: Lang, pages: u32) -> String {
    match lang {
        Lang::Zh => format!("{pages}页"),
        Lang::En => counted(i64::from(pages), "page", "pages"),
    }
}
