//! Words of drafts that go out to a word processor and come back.

crate::messages! {
    Title => "用 Word 或 WPS 写", "Write it in Word or WPS";
    Download => "下载为 DOCX", "Download as DOCX";
    Pages => "下载为 OFD 版式文件（不带签章，正本以 PDF 为准）", "Download its pages as OFD (without seal and signatures; the original is the PDF)";
    File => "改好的文件（DOCX）", "The changed file (DOCX)";
    FileHelp => "先逐词对照给您看，您确认以后才存为新的一版。", "It is compared word by word first; only when you say so it becomes a new version.";
    Compare => "传回对照", "Send it back and compare";
    Returned => "传回的文稿", "As it came back";
    WrittenFrom => "这份文件写在", "This file was written from ";
    TakenFor => "文件里没有版本的标记，按", "The file does not say from which version it was written; it is compared with ";
    NewerSince => "此后又有了新的一版；存的时候会把两边的改动合在一起给您看。", "A newer version was saved since; when you save, both changes are put together and shown.";
    NothingChanged => "您写的部分没有变化。", "Nothing changed in what you write.";
    TakeOver => "存为新的一版", "Save it as a new version";
    TakeOverNote => "只存上面这些改动；当事人、案由、诉辩等仍从案件中写入。", "Only these changes are saved; parties, course, claims and answers still come from the case.";
    LeaveIt => "不采用，回到文书", "Leave it and go back";
    CaseWords => "由案件写入的部分不一样", "What the case fills in differs";
    CaseWordsNote => "划去的是案件里的，加线的是文件里的。这些不会存进来：有错的，请在案件里改；其中有您写的，请放进相应的部分。", "What is struck out stands in the case, what is underlined in the file. None of it is taken over: put an error right in the case; put words of your own into the part they belong to.";
    Beside => "文件里的修订和批注", "Tracked changes and comments in the file";
    Tracked => "修订（已按接受处理）", "Tracked changes (all taken as accepted)";
    Came => "加上", "added";
    Went => "删去", "removed";
    Comments => "批注（不存进来）", "Comments (not kept)";
}

crate::phrases! {
    part_not_found(part: &str) => "没有找到“{part}”开头的固定用语，这一部分保持原样。", "The words that begin “{part}” were not found; that part stays as it was.";
    recounted(written: &str) => "判项的序号（{written}）不连续，已按先后重新编号。", "The orders are numbered {written}; they are counted anew in their order.";
    gap_stays(part: &str) => "“{part}”还是待补。", "“{part}” is still to be written.";
    gap_left_out(part: &str) => "“{part}”里的待补标记已经去掉，请看文字是否完整。", "The mark of a gap was left out of “{part}”; see whether the words are whole.";
    hidden(count: usize) => "去掉了{count}个看不见的字符。", "{count} characters that nobody sees were taken out.";
    pictures(count: usize) => "{count}幅图片没有带进来。", "{count} pictures were left out.";
    boxes(count: usize) => "{count}处文本框或者脚注没有带进来。", "{count} text boxes or notes were left out.";
    tables(count: usize) => "{count}个表格有合并的单元格或者表中表，已拉平：每行各格分开，合并的只在第一格。", "{count} tables had cells put together or tables within them and were made even: each row has its own cells, what spanned several stands in the first.";
    rows(count: usize) => "法律依据、判项、费用里的{count}行表格读成了文字。", "{count} rows of tables among articles, orders or costs were read as words.";
}
