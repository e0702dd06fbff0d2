//! Words of: Reading together (共同阅卷).

crate::messages! {
    Title => "共同阅卷", "Reading together";
    Lead => "这里只有本案的办案人员看得到：谁正在看哪一页，谁在主讲。当事人和律师看不到，也不记入卷宗。", "Only those who work on the case see this: who reads which page, and who presents. No party or lawyer learns of it, and nothing of it is kept in the file.";
    HowToBegin => "要主讲：打开一份材料，在右侧选“主讲这份材料”。别人在主讲时，这里和材料旁边都会出现“跟随”。", "To present, open a paper and choose “Present this paper” beside it. While somebody presents, “Follow” appears here and beside the papers.";
    Nobody => "现在没有其他人在看这个卷。", "Nobody else is in the file now.";
    Reading => "正在阅卷", "Reading now";
    Present => "主讲这份材料", "Present this paper";
    PresentHelp => "跟随的人会看到您翻到的材料和页，以及您指的位置。", "Whoever follows is led to the paper and page that you open, and sees where you point.";
    ToWhom => "讲给", "To";
    Team => "办案团队", "the court's team";
    Panel => "合议庭", "the panel";
    Begin => "开始主讲", "Present";
    End => "结束主讲", "Stop presenting";
    PointerNote => "在页上移动鼠标就是指给大家看；用键盘按 X，再用方向键移动。", "Move the mouse over the page to point at something; with the keyboard press X, then the arrow keys.";
    Follow => "跟随", "Follow";
    StopFollowing => "不再跟随", "Stop following";
    KeysPoint => "主讲时用方向键指示，Esc 收起", "While presenting, point with the arrow keys; Esc ends it";
    Ended => "主讲结束了", "Presenting has ended";
}

crate::phrases! {
    presents(whom: &str) => "正在向{whom}主讲", "presents to {whom}:";
    you_present(whom: &str) => "您正在向{whom}主讲", "You present to {whom}";
}
