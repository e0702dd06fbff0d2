//! Words of: Bundles of papers and contents on paper (材料汇编、目录打印).

crate::messages! {
    Title => "材料汇编", "Bundle of papers";
    Lead => "把选定的材料按顺序做成一份PDF：带目录、逐页统编页码、书签和跳转。汇编件不是原件，每次制作都有记录。", "Puts chosen papers into one PDF with an index, page numbers, bookmarks and links. It is derived, not an original, and each is on record.";
    PartyLead => "把您能看到的材料做成一份PDF，带目录和页码，便于开庭和留存。", "Puts the papers that you may see into one PDF with an index and page numbers, for the hearing and to keep.";
    Choose => "选择材料", "Choose papers";
    ChooseNote => "不填顺序的按卷内目录排列；填了数字的按数字先后排在前面。", "Without an order they follow the catalogue; those with a number come first, by number.";
    Name => "汇编名称", "Title of the bundle";
    NameHelp => "例如：庭审材料、移送二审材料。", "For example: papers for the hearing, papers for the court above.";
    Purpose => "用途", "For what";
    Make => "制作汇编", "Make the bundle";
    Order => "顺序", "Order";
    OrderOf => "顺序", "Order of";
    Main => "正卷", "Main volume";
    Secondary => "副卷（不得提供给当事人和案外人）", "Secondary volume (never for parties or outsiders)";
    Nothing => "没有可以汇编的材料", "No papers to bundle";
    NothingWords => "入卷的、有页的材料才能汇编。", "Papers that are in the file and have pages can be bundled.";
    Contents => "打印目录", "Print the contents";
    ContentsMain => "正卷目录", "Contents of the main volume";
    ContentsSecondary => "副卷目录", "Contents of the secondary volume";
}
