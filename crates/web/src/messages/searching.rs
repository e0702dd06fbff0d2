//! Words of: The search in all papers (全文检索).

crate::messages! {
    Title => "全文检索", "Search all papers";
    Lead => "只在您可以查阅的材料中查找，至少两个字；新形成的材料几秒钟后可以查到。", "Only papers that you may see are searched, for two letters and more; a new paper is found after a few seconds.";
    Placeholder => "在全部材料中查找", "Words to find in all papers";
    Found => "查到的页", "Pages found";
    NewestFirst => "新材料在前", "newest papers first";
    Older => "更早的", "Older ones";
    Nothing => "没有查到", "Nothing found";
    NothingWords => "您可以查阅的材料里没有这些字；正在识别的扫描件稍后可以查到。", "No paper that you may see has these words; scans that are still being read are found later.";
    TooShort => "请输入至少两个字", "Two letters at least, please";
    TooShortWords => "单个字几乎每页都有。", "A single letter stands on almost every page.";
}

crate::phrases! {
    also(title: &str) => "同一文书的《{title}》上也有", "also in {title}, the same document";
    page_of(page: u64) => "第{page}页", "page {page}";
}
