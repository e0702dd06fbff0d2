//! The calendar of hearings.

crate::messages! {
    Title => "开庭", "Hearings";
    Nothing => "没有要开的庭", "No hearings ahead";
    NothingNote => "排了期的开庭会出现在这里。", "Scheduled hearings appear here.";
    Day => "日期", "Day";
    Time => "时间", "Time";
    Room => "法庭", "Courtroom";
    Case => "案件", "Case";
    State => "状态", "State";
}
