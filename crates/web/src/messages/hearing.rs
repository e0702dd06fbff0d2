//! Words of hearings: scheduling, telling, holding, recording, correcting, signing.

use xiezhi_domain::{
    hearing::{HearingPart, HearingStatus, Manner, Mode},
    scheduling::SimpleMeans,
};

use super::{Lang, counted};

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
    NotOpen => "不公开开庭", "Not open to the public";
    ClosedBecause => "不公开的理由", "Why it is not open";
    FreeTimes => "空闲时段", "Free times";
    FreeTimesNote => "法庭、审判人员、当事人和代理人都没有别的庭，点一下填入。", "The room, the court, the parties and their agents are free; a click fills it in.";
    SummonsFollow => "排好后每个当事人的传票自动写好，列入待送达。", "A summons for each party is then written and waits to be served.";
    InPerson => "线下", "In the courtroom";
    Online => "在线", "On line";
    Mixed => "线上线下结合", "Partly on line";
    OnSite => "到庭", "In the courtroom";
    ByLine => "在线", "On line";
    Scheduled => "已排期", "Scheduled";
    Going => "进行中", "Going on";
    Adjourned => "已延期", "Put off";
    Done => "已结束", "Done";
    Adjourn => "延期", "Put off";
    AdjournNow => "不能继续，延期开庭", "It can't go on: put it off";
    AdjournHelp => "例如：必须到庭的当事人有正当理由没有到庭；需要通知新的证人到庭（《民事诉讼法》第一百四十九条）。", "For example: a party who must be there has good reason not to be; a new witness is to be called (《民事诉讼法》第一百四十九条).";
    Reason => "理由", "Reason";
    Begin => "开庭", "Open the hearing";
    WhoCame => "谁到庭了", "Who came";
    NotHere => "没有来", "Not here";
    Present => "到庭", "Came";
    Absent => "未到庭", "Absent";
    AbsenceNote => "都没有来的，记一句", "If nobody came: a word on it";
    Late => "有人后来到了", "Somebody came later";
    Part => "进入阶段", "Go on to";
    NextPart => "下一阶段", "Next part";
    Opening => "核对身份、告知权利", "Opening";
    Investigation => "法庭调查", "Investigation";
    Debate => "法庭辩论", "Debate";
    Final => "最后陈述", "Final statements";
    Mediation => "法庭调解", "Mediation";
    Pronouncement => "当庭宣判", "Pronouncement";
    Transcript => "庭审笔录", "Record of the hearing";
    Printed => "打印稿", "As printed";
    NothingYet => "还没有记录。", "Nothing recorded yet.";
    Grows => "书记员写到哪里，这里就显示到哪里。", "It grows here as the clerk types it.";
    TakeOver => "我来记录", "Take the record over";
    Save => "保存笔录", "Save the record";
    Both => "您保存之前，别人已经改过这份笔录，所以没有盖上去。请把两边合在下面的框里，再保存。", "Somebody else changed the record before you saved, so nothing was overwritten. Put both together in the box below and save again.";
    Theirs => "现在的笔录", "The record as it stands";
    Mine => "您写的", "What you wrote";
    Close => "闭庭", "Close the hearing";
    CloseNote => "闭庭后笔录会打印入卷，请当事人阅看签名。", "The record is then printed into the file and read and signed by those who came.";
    Skipped => "未进行", "not held";
    SkippedHelp => "写明理由。例如：适用简易程序，调查、辩论合并进行（《民事诉讼法》第一百六十三条）；当事人当庭达成调解协议。", "Say why. For example: investigation and debate were merged in summary procedure (《民事诉讼法》第一百六十三条); the parties settled in court.";
    LateBecause => "改日开庭的理由", "Why it is held on another day";
    LateHelp => "排定的日子已经过了。各方都到庭的可以写明理由今天开；有人没来的，请延期，另行传唤。", "Its day is over. With everybody here it can be held today, for a reason; if anybody is absent, put it off and summon anew.";
    Overdue => "过期未开", "Not held on its day";
    Signatures => "签名和补正", "Signatures and corrections";
    SignLater => "闭庭后在这里签名。", "It is signed here once the hearing is over.";
    SignTitle => "在笔录上签名", "Sign the record";
    Sign => "我看过了，记录属实，签名", "I have read it, it is right, I sign";
    SignNote => "签名只表示笔录记得对，不表示您同意对方的话。", "Signing says that the record is right, not that you agree with the other side.";
    Signed => "已签名", "Signed";
    NotSigned => "还没签", "Not signed yet";
    Refused => "拒绝签名", "Refused to sign";
    RefuseToSign => "我不签", "I do not sign";
    RefuseNote => "可以不签。您不签和不签的理由会记在笔录上，案件照常进行。记错了的，可以先申请补正。", "You need not sign. That you do not, and why, goes on the record; the case goes on. If something is recorded wrongly, you can ask for a correction first.";
    RefuseWhy => "不签的理由", "Why you do not sign";
    NoteSignature => "记录纸质签名或者拒签", "Note a signature on paper, or a refusal";
    Who => "谁", "Who";
    RefusedWhy => "拒签的理由（签了的不填）", "Why it was refused (leave empty if signed)";
    Record => "记下来", "Note it";
    Corrections => "补正", "Corrections";
    AskCorrection => "我的话记错了，申请补正", "My words are recorded wrongly: ask for a correction";
    CorrectionNote => "只能补正自己的陈述。不予补正的，您的申请也会记在笔录上（《民事诉讼法》第一百五十条）。", "Only your own words. If it is not corrected, your wish goes on the record (《民事诉讼法》第一百五十条).";
    Wish => "应当怎样记", "What it should say";
    WishHelp => "例如：我说的是“分三次还”，不是“分两次”。", "For example: I said “in three parts”, not “in two”.";
    CorrectionWaits => "待处理", "Waiting";
    CorrectionMade => "已补正", "Corrected";
    CorrectionRefused => "未予补正，已记明", "Not corrected, on record";
    NoteCorrection => "记明当庭提出的补正", "Note a correction asked for in court";
    AnswerWords => "怎样改的，或者为什么不改", "What was changed, or why not";
    Correct => "已补正", "Corrected";
    LeaveAsIs => "不予补正，记录在案", "Leave it, on record";
    See => "打开", "Open";
    SummonsServed => "传票已送达", "Summons served";
    SummonsOpen => "传票未送达，不得缺席审理", "Summons not served: no hearing without this party";
    Notices => "简便方式通知", "Simple notices";
    NoticesNote => "没有确认、也没有证据证明收到的，不能作缺席审理的依据", "Worth nothing against an absent party until confirmed or proven";
    NoteNotice => "记下一次通知", "Note a notice";
    ProveNotice => "记下收到的证明", "Enter the proof that it arrived";
    Means => "用什么方式", "By what means";
    ToldWhat => "何时、哪个号码、说了什么", "When, which number, what was said";
    ToldHelp => "例如：3月20日10时致电12000000001，本人接听，告知3月27日9时在第三法庭开庭。", "For example: called 12000000001 on 20 March at 10, answered in person, told of the hearing on 27 March at 9.";
    Proof => "怎样知道收到了", "How it is known";
    ProofHelp => "例如：本人回短信“知道了”；通话录音。", "For example: answered “I know” by message; the call was recorded.";
    NoticeConfirmed => "已确认收到", "Confirmed";
    NoticeUnconfirmed => "未确认", "Not confirmed";
    Told => "法院通知您开庭", "The court told you of a hearing";
    ConfirmNotice => "我知道了", "I know of it";
    Telephone => "电话", "Telephone";
    Message => "短信", "Short message";
    Mail => "电子邮件", "E-mail";
    Fax => "传真", "Fax";
    Word => "捎口信", "By word of mouth";
}

crate::phrases! {
    sat(from: &str, to: &str) => "{from} 开庭，{to} 闭庭", "From {from} to {to}";
    skipped(parts: &str) => "没有进行{parts}", "Without {parts}";
    answer(name: &str) => "处理{name}的补正申请", "Answer {name}'s wish for a correction";
}

/// How long the court sat.
pub fn minutes(lang: Lang, minutes: i64) -> String {
    match (lang, minutes / 60, minutes % 60) {
        (Lang::Zh, 0, minutes) => format!("共{minutes}分钟"),
        (Lang::Zh, hours, minutes) => format!("共{hours}小时{minutes}分钟"),
        (Lang::En, 0, minutes) => counted(minutes, "minute", "minutes"),
        (Lang::En, hours, minutes) => {
            format!("{} {}", counted(hours, "hour", "hours"), counted(minutes, "minute", "minutes"))
        }
    }
}

/// The name of a mode.
pub fn mode(mode: Mode) -> Key {
    match mode {
        Mode::InPerson => Key::InPerson,
        Mode::Online => Key::Online,
        Mode::Mixed => Key::Mixed,
    }
}

/// How somebody takes part.
pub fn manner(manner: Manner) -> Key {
    match manner {
        Manner::OnSite => Key::OnSite,
        Manner::Online => Key::ByLine,
    }
}

/// A simple way of telling.
pub fn means(means: SimpleMeans) -> Key {
    match means {
        SimpleMeans::Telephone => Key::Telephone,
        SimpleMeans::Message => Key::Message,
        SimpleMeans::Mail => Key::Mail,
        SimpleMeans::Fax => Key::Fax,
        SimpleMeans::Word => Key::Word,
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
