//! Words of: the daily check of everything (全库自检).

crate::messages! {
    Title => "全库自检", "Check of everything";
    Words => "每天一次，慢慢查，不耽误办案：每条记录对封签和检查点，对见证人见过的，每份文件对指纹，每行列表对记录。", "Once a day, slowly, beside the work of the court: every entry against its seal, the checkpoints and what witnesses saw, every file against its hash, every row of a list against the record.";
    NotYet => "还没有查完过一遍。", "Nothing was checked to the end yet.";
    UnderWay => "正在查：", "Under way:";
    CheckedOn => "查于", "Checked on";
    Events => "条记录", "entries";
    Differences => "处不一致", "differences";
    Complete => "完整", "Complete";
    Gaps => "处缺口", "gaps";
    Proven => "其中已存证", "Of them proven";
    Cases => "案件", "Cases";
    Files => "文件", "Files";
    Witnessed => "见证人见过的检查点", "Checkpoints that witnesses saw";
    Silent => "没有答复：", "Silent:";
    WhatToDo => "请管机器的人停庭后运行，看每处原来是什么、应当是什么：", "Whoever keeps the machine sees what each is and what it should be, with the court closed, by";
    Event => "记录被改", "Entry changed";
    Gap => "记录缺失", "Entries missing";
    Unproven => "不在存证里", "Not in the signed tree";
    File => "文件缺失或被改", "File missing or changed";
    Row => "列表被改", "Row changed";
    Case => "案件读不出", "Case can't be read";
    Checkpoint => "检查点对不上", "Checkpoint differs";
    Witness => "见证人见过别的", "Witness saw something else";
    Tile => "公开文件缺失或被改", "Published file missing or changed";
}
