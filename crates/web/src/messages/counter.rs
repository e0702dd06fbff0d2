//! Words of: The counter (窗口收件).

crate::messages! {
    Title => "窗口收件", "The counter";
    Lead => "当事人不便上网的，由窗口代收、代录：找到案件，登记材料和原件，打印收据交给本人。", "For whoever cannot go on line: find the case, take the papers, note what became of the originals, and hand over the receipt.";
    Find => "找案件", "Find the case";
    Words => "案号或当事人姓名", "Number of the case, or names of parties";
    WordsHelp => "例如：鲁0691民初101号；或 贾借出 易欠款。", "For example part of the number, or the names of both sides.";
    FindVerb => "查找", "Find";
    Found => "找到的案件", "Cases found";
    NoneFound => "没有找到这样的案件", "No such case was found";
    NoneFoundWords => "请核对案号或姓名；还没有立案的，从下面开始立案。", "Check the number or the names; a suit that was not filed yet begins below.";
    NewSuit => "代为提交起诉", "File a suit for a person";
    NewSuitNote => "纸质或口头起诉，由窗口录入，走同样的立案审查。", "Brought on paper or told by word, entered here, reviewed like any other.";
    NewSuitVerb => "开始录入", "Begin";
    Nothing => "本案没有窗口收件", "Nothing was taken at the counter in this case";
    NothingWords => "窗口代收的材料和收据会列在这里。", "What is taken at the counter, and its receipts, are listed here.";
    TakeTitle => "代收材料", "Take papers";
    TakeNote => "登记后进入本案待入卷；没有当场扫描的，以后按分隔页扫描。", "They go to the staging of this case; what is not scanned now is scanned later behind a cover sheet.";
    Party => "哪一方的材料", "Whose papers";
    BroughtBy => "谁来交的", "Who brought them";
    BroughtByHelp => "本人写姓名；代交的写姓名和关系，例如：易欠款之子 易某。", "The name; of somebody else the relation, too.";
    CameOn => "收到日期", "Day they came";
    MoreRows => "更多材料", "More papers";
    ActsElsewhere => "答辩、质证、上诉、撤诉等有期限的行为，在各自页面代录，收到日期同样算数。", "Answers, opinions, appeals and withdrawals are entered on their own pages, where the day they came counts as well.";
    Take => "收下并出具收据", "Take them and give a receipt";
    Name => "材料名称", "Name";
    Kind => "种类", "Kind";
    Pages => "页数", "Pages";
    PagesHelp => "有扫描件的可以不填。", "May stay empty where the scan is with it.";
    Copies => "份数", "Copies";
    Original => "原件", "Original";
    CopyOnly => "只有复印件", "Only a copy";
    Returned => "核对后当场退还", "Compared and given back at once";
    Kept => "核对后留存", "Compared and kept";
    KeptAt => "原件去向", "Where the original is";
    KeptAtHelp => "留存的必填，例如：存本院证物室3号柜。", "Needed where it is kept, for example: cabinet 3 of the evidence room.";
    Purpose => "证明什么（证据）", "What it is to prove (evidence)";
    Scan => "扫描件", "Scan";
    ScanHelp => "可以以后再扫描。", "May be made later.";
    ReturnedAtOnce => "当场退还来人", "Given back at once to whoever brought it";
    Receipt => "打印收据", "Print the receipt";
    PrintSheet => "打印扫描分隔页", "Print a cover sheet for scanning";
    NotScanned => "待扫描", "To be scanned";
    Copy => "复印件", "Copy";
    Mine => "窗口收件和收据", "Papers handed in at the counter";
}

crate::phrases! {
    paper_no(number: usize) => "第{number}份", "Paper {number}";
    taken(day: &str, by: &str, clerk: &str) => "{day} {by}交来，{clerk}收", "{day}, brought by {by}, taken by {clerk}";
    returned(place: &str) => "原件已退还（{place}）", "original given back ({place})";
    kept(place: &str) => "原件留存（{place}）", "original kept ({place})";
    counted(pages: u32, copies: u16) => "{pages}页，{copies}份", "pages: {pages}, copies: {copies}";
}
