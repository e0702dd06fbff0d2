//! Words of: Putting staged papers in order (待入卷整理).

crate::messages! {
    Title => "待入卷整理", "Put staged papers in order";
    Lead => "入卷前可以随意整理，每一步都留痕；收到的原件原样保留，入卷的是按这里的顺序和方向做成的整理件。", "Until they enter the file, pages are put in order freely and every step is traced. The files stay as received; what enters is put together as it lies here.";
    Nothing => "没有待入卷的材料", "Nothing waits to enter the file";
    NothingWords => "扫描、上传的材料先到这里，整理后一起入卷。", "What is scanned or uploaded comes here first, and enters the file together.";
    Tools => "对勾选的页", "With the pages ticked";
    TickFirst => "先在下面勾选页面，可以跨材料勾选。", "Tick pages below first, of one paper or several.";
    DragToo => "也可以用鼠标拖动页面：拖到另一页前面，或者拖到另一份材料上；手指长按后拖动。勾选了几页就一起拖。", "Pages can also be dragged: before another page, or onto another paper; with a finger, press and hold first. All that are ticked go together.";
    NotMoved => "没有移动成功，请再试一次。", "Nothing was moved. Please try again.";
    TurnRight => "右转90度", "Turn right";
    TurnLeft => "左转90度", "Turn left";
    TurnOver => "转180度", "Turn upside down";
    LayAside => "剔除", "Lay aside";
    PutBack => "放回", "Put back";
    Split => "拆成一份新材料", "Make a paper of their own";
    SplitVerb => "拆分", "Split off";
    NewTitle => "新材料的名称", "Title of the new paper";
    Move => "移到另一份材料", "Move to another paper";
    MoveTo => "移到哪一份的末尾", "To the end of which paper";
    MoveVerb => "移动", "Move";
    Straighten => "纠偏", "Straighten";
    StraightenVerb => "按这个角度纠偏", "Straighten by this";
    SkewTenths => "角度，以十分之一度计，顺时针为正", "Angle in tenths of a degree, clockwise";
    SkewHelp => "例如 -12 是逆时针1.2度；0 是恢复原样；最多150。", "For example -12 is 1.2 degrees anticlockwise; 0 takes it back; at most 150.";
    Earlier => "前移", "Earlier";
    Later => "后移", "Later";
    Larger => "看大图", "Larger";
    Aside => "已剔除的页（不入卷，可放回）", "Laid aside (stays out of the file; can be put back)";
    NonePage => "没有留下的页，不能入卷", "No page is left: it can't enter";
    NoPages => "这种文件没有页，整份入卷；打开查看", "A file without pages enters as it is; open it";
    SamePages => "可能是同一页的另一次扫描", "Seem to be other scans of the same sheets";
    SameBytes => "与本案这份材料完全相同", "The same file as this one of the case";
    Unnamed => "来源待核", "Sender to be named";
    Sender => "这份材料是谁的", "Whose paper it is";
    SenderVerb => "确认来源", "Confirm the sender";
    OfCourt => "法院自己的材料", "The court's own";
    Entering => "入卷", "Into the file";
    Which => "这些材料一次入卷", "These enter in one act";
}

crate::phrases! {
    same_page(page: u32, title: &str, other_page: u32) => "第{page}页与《{title}》第{other_page}页", "page {page} and page {other_page} of 《{title}》";
    page_of(title: &str, place: usize) => "《{title}》第{place}页", "《{title}》 page {place}";
}
