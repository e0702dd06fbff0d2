//! Words of hearings: scheduling, holding, recording, signing.

use xiezhi_domain::hearing::{HearingPart, HearingStatus, Mode};

crate::messages! {
    Title => "开庭", "Hearings";
    None => "还没有排期", "Nothing scheduled yet";
    NoneNote => "送达和答辩期满后就可以排期。", "A hearing can be scheduled once service and the answer period are over.";
    Schedule => "排期开庭", "Schedule a hearing";
    On => "哪一天", "Day";
    From => "从几点", "From";
    To => "到几点", "To";
    Mode => "方式", "How";
    Room => "法庭", "Courtroom";
    Open => "公开开庭", "Open to the public";
    ClosedBecause => "不公开的理由", "Why it is not open";
    InPerson => "线下", "In the courtroom";
    Online => "在线", "On line";
    Mixed => "线上线下结合", "Partly on line";
    Scheduled => "已排期", "Scheduled";
    Going => "进行中", "Going on";
    Adjourned => "已延期", "Put off";
    Done => "已结束", "Done";
    Adjourn => "延期", "Put off";
    Reason => "理由", "Reason";
    Begin => "开庭", "Open the hearing";
    WhoCame => "谁到庭了", "Who came";
    Part => "进入阶段", "Go on to";
    Opening => "核对身份、告知权利", "Opening";
    Investigation => "法庭调查", "Investigation";
    Debate => "法庭辩论", "Debate";
    Final => "最后陈述", "Final statements";
    Mediation => "法庭调解", "Mediation";
    Pronouncement => "当庭宣判", "Pronouncement";
    Transcript => "庭审笔录", "Record of the hearing";
    Save => "保存笔录", "Save the record";
    Close => "闭庭", "Close the hearing";
    CloseNote => "闭庭后笔录会打印入卷，请当事人阅看签名。", "The record is then printed into the file and read and signed by those who came.";
    Sign => "我看过了，记录属实，签名", "I have read it, it is right, I sign";
    SignNote => "签名只表示笔录记得对，不表示您同意对方的话。", "Signing says that the record is right, not that you agree with the other side.";
    Signed => "已签名", "Signed";
    NotSigned => "还没签", "Not signed yet";
    Refused => "拒绝签名", "Refused to sign";
    NoteSignature => "记录纸质签名或者拒签", "Note a signature on paper, or a refusal";
    Who => "谁", "Who";
    RefusedWhy => "拒签的理由（签了的不填）", "Why it was refused (leave empty if signed)";
    Record => "记下来", "Note it";
    See => "打开", "Open";
    SummonsServed => "传票已送达", "Summons served";
    SummonsOpen => "传票未送达，不得缺席审理", "Summons not served: no hearing without this party";



}

/// The name of a mode.
pub fn mode(mode: Mode) -> Key {
    match mode {
        Mode::InPerson => Key::InPerson,
        Mode::Online => Key::Online,
        Mode::Mixed => Key::Mixed,
    }
}

/// The name of a status.
pub fn status(status: HearingStatus) -> Key {
    match status {
        HearingStatus::Scheduled => Key::Scheduled,
        HearingStatus::Open => Key::Going,
        HearingStatus::Adjourned => Key::Adjourned,
        HearingStatus::Done => Key::Done,
    }
}

/// The name of a part.
pub fn part(part: HearingPart) -> Key {
    match part {
        HearingPart::Opening => Key::Opening,
        HearingPart::Investigation => Key::Investigation,
        HearingPart::Debate => Key::Debate,
        HearingPart::FinalStatements => Key::Final,
        HearingPart::Mediation => Key::Mediation,
        HearingPart::Pronouncement => Key::Pronouncement,
    }
}
