//! Words of: Lists of cases, search, export (案件列表).

crate::messages! {
    Title => "案件", "Cases";
    Search => "案号、当事人、案由", "Number, party, cause";
    All => "全部", "All";
    Mine => "我的", "Mine";
    BeforeFiling => "立案前", "Before filing";
    Trial => "审理中", "On trial";
    Closed => "已结未归档", "Closed";
    Archived => "已归档", "Archived";
    Export => "导出表格", "Export";
    PapersToo => "这里找到的是案件。材料、文书里写的字，请到", "These are cases. For words that stand in papers, go to";
    SearchPapers => "全文检索", "Search papers";
    Number => "案号", "Number";
    Parties => "当事人", "Parties";
    Cause => "案由", "Cause";
    Procedure => "程序", "Procedure";
    Stage => "阶段", "Stage";
    Service => "送达", "Service";
    Served => "已送达", "served";
    UnderWay => "送达中", "under way";
    NotServed => "未送达", "not served";
    NotReached => "没送到", "failed";
    Judge => "承办法官", "Judge";
    AnyJudge => "全部法官", "All judges";
    AnyProcedure => "全部程序", "All procedures";
    Filed => "立案日", "Filed";
    Due => "审限届满", "Trial period ends";
    Amount => "标的额（元）", "Amount (CNY)";
    NoneTitle => "没有符合的案件", "No case found";
    NoneWords => "换个词，或者去掉筛选再找。", "Try other words, or fewer filters.";
    Clear => "去掉筛选", "Clear filters";
    NoNumber => "尚无案号", "No number yet";
    Stayed => "已中止", "Stayed";
    Narrow => "筛选", "Filter";
    Apply => "筛选", "Apply";
    ExportName => "案件列表", "cases";
}
