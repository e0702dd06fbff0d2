//! Words of: Archive: readiness, handing over, the archivist's desk (归档).

use xiezhi_domain::{archive::Missing, law::retention::RetentionClass};

use super::Lang;

crate::messages! {
    Readiness => "归档检查", "Ready for the archive?";
    NothingMissing => "没有缺项", "Nothing is missing";
    NothingMissingNext => "材料齐全，可以移交归档。", "The file is complete and can be handed over.";
    MissingNote => "下列各项办好后才能移交；从立案起就可以逐项补齐。", "Each of these must be mended before the file is handed over; you can start from day one.";
    Mend => "去办理", "Mend";
    HandOver => "移交归档", "Hand over";
    HandOverNote => "移交时生成卷宗封面、目录和备考表。", "Cover, contents and reference sheet are written when it is handed over.";
    Standing => "归档情况", "Where it stands";
    SubmittedOn => "移交日期", "Handed over";
    ArchiveNo => "档号", "Archive number";
    Retention => "保管期限", "Retention";
    AcceptedOn => "接收日期", "Accepted";
    Seal => "封存摘要（SHA-256）", "Seal (SHA-256)";
    ReturnedWith => "退回意见", "Returned with these marks";
    Accept => "接收归档", "Accept";
    AcceptNote => "接收后案卷封存，不能再改动。", "Once accepted, the file is sealed and can't be changed.";
    Return => "退回", "Return";
    Marks => "需要补正的问题", "What is to be mended";
    MarksHelp => "一行一项。", "One item a line.";
    Lend => "借阅", "Lend";
    LendTo => "借阅人", "To whom";
    Purpose => "用途", "Purpose";
    Days => "天数", "For how long";
    DaysUnit => "天", "days";
    Loans => "在借", "Out on loan";
    EndLoan => "登记归还", "Enter the return";
    Desk => "档案", "Archive";
    DeskNote => "待接收的案卷和已归档的案卷。", "Files waiting to be accepted, and archived ones.";
    Waiting => "待接收", "Waiting to be accepted";
    Kept => "已归档", "Archived";
    NoneWaiting => "没有待接收的案卷", "No file waits";
    NoneWaitingNote => "移交的案卷会出现在这里。", "Files handed over will be listed here.";
    NoneKept => "还没有归档的案卷", "Nothing archived yet";
    NoneKeptNote => "接收的案卷会出现在这里。", "Files you accept will be listed here.";
    NumberColumn => "案号", "Case number";
    TitleColumn => "案件", "Case";
    ClosedColumn => "结案", "Closed";
    ArchivedColumn => "归档", "Archived";
    JudgeColumn => "承办法官", "Judge";
}

crate::phrases! {
    until(day: &str) => "{day}前归还", "due back by {day}";
    how_many_missing(count: usize) => "还缺 {count} 项", "{count} still missing";
}

/// What is missing, in words; names of papers stay Chinese.
pub fn missing(lang: Lang, missing: &Missing) -> String {
    let say = |zh: String, en: String| lang.pick(zh, en);
    match missing {
        Missing::NotEffective => say("裁判还没有生效".into(), "the decision is not in force yet".into()),
        Missing::Paper { kind } => say(format!("缺少{}", kind.name_zh()), format!("no {} in the file", kind.name_zh())),
        Missing::DecisionNotServed { party } => {
            say(format!("裁判文书没有送达{party}"), format!("the decision was not served on {party}"))
        }
        Missing::Staged { count } => say(
            format!("有 {count} 份材料还没有整理入卷"),
            format!("papers waiting to be taken into the file: {count}"),
        ),
        Missing::RefundDue => say("还有费用没有退".into(), "a refund is still due".into()),
        Missing::MinutesNotSigned => {
            say("合议笔录没有签齐".into(), "the minutes of deliberation are not all signed".into())
        }
        Missing::ApprovalPending => say("有审批没有办完".into(), "a request for approval is pending".into()),
        Missing::TranscriptNotSigned { party } => {
            say(format!("{party}没有在庭审笔录上签名"), format!("{party} has not signed the transcript"))
        }
    }
}

/// A retention class; its name in law stays Chinese.
pub fn retention(lang: Lang, class: RetentionClass) -> &'static str {
    match class {
        RetentionClass::Permanent => lang.pick("永久", "永久 (for ever)"),
        RetentionClass::Long => lang.pick("长期（60 年）", "长期 (60 years)"),
        RetentionClass::Short => lang.pick("短期（20 年）", "短期 (20 years)"),
    }
}
