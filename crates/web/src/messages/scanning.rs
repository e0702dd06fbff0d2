//! Words of: The scanning centre (扫描中心).

crate::messages! {
    Title => "扫描分拣", "Sorting scans";
    Lead => "带分隔页的扫描件自动进入各案待入卷；没有分隔页的在这里分给各案。", "Scans behind a cover sheet go to their case by themselves; the others are sorted here.";
    Nothing => "没有待分拣的扫描件", "No scans wait to be sorted";
    NothingWords => "扫描仪放进来的批次会出现在这里。", "Batches appear here as scanners lay them down.";
    Batches => "待分拣的批次", "Batches that wait";
    Waiting => "待分拣的页", "Pages that wait";
    TickFirst => "勾选属于同一份材料的页", "Tick the pages of one paper";
    Done => "这一批已经分拣完", "This batch is sorted";
    Blank => "空白", "Blank";
    Stopped => "自动分拣未成，请手工分拣", "Its case did not take it: sort it by hand";
    Larger => "看大图", "Larger";
    SortTitle => "勾选的页送到哪个案件", "Where the ticked pages go";
    Number => "案号", "Number of the case";
    OtherNumber => "其他案件的案号", "Number of another case";
    Cases => "送到这些案件之一", "To one of these cases";
    DragToo => "也可以把页面拖到案件上；勾选了几页就一起拖。", "Pages can also be dragged onto a case; all that are ticked go together.";
    Sort => "送到该案待入卷", "Send to the staging of that case";
    Drop => "勾选的页不属于任何案件", "The ticked pages belong to no case";
    DropVerb => "弃置", "Put away";
    Sheet => "打印扫描分隔页", "Print a cover sheet for scanning";
    SheetNote => "放在纸质材料第一页之前一起扫描，扫描件就自动到本案待入卷。", "Lay it before the papers on the scanner: the scan then comes to the staging of this case by itself.";
    SheetTitle => "材料名称", "Title of the paper";
    SheetVerb => "打印分隔页", "Print the sheet";
}

crate::phrases! {
    waiting_of(waiting: usize, pages: usize) => "共{pages}页，{waiting}页待分拣", "{waiting} of {pages} pages wait";
    sorted_of(sorted: usize) => "已分到案件：{sorted}页", "Gone to cases: {sorted} pages";
    page_of(page: u32) => "第{page}页", "Page {page}";
}
