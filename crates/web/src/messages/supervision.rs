//! Words of the supervision of four kinds of cases (四类案件监督管理).

use xiezhi_domain::supervision::{Deed, Ground};

crate::messages! {
    Title => "四类案件监督管理", "Supervision of the four kinds of cases";
    Note => "标注后，裁判文书由审判组织签署，再由列明的院庭长审阅；审阅人可以书面建议复议，不能改变结论（法发〔2021〕30号）。当事人看不到标注。", "Once marked, a document is signed by the tribunal and then read by those who lead; they may ask the tribunal in writing to think again, and change nothing in its conclusion (法发〔2021〕30号). No party sees the mark.";
    NotMarked => "本案没有标注为四类案件。", "The case is not marked as one of the four kinds.";
    Since => "标注日期", "Marked on";
    By => "标注人", "Marked by";
    Grounds => "类型", "Kind";
    Reason => "理由", "Reason";
    Readers => "审阅人", "Who reads along";
    Nobody => "设置里没有审阅人", "The settings name nobody";
    Mark => "标注为四类案件", "Mark the case";
    MarkAnew => "重新标注", "Mark it anew";
    Lift => "解除标注", "Take the mark off";
    LiftNote => "已经送签的文书仍按送签时的环节办。", "A document that was put forward keeps the chain it was put forward with.";
    Weighty => "重大、疑难、复杂、敏感的", "Weighty, difficult, complex or sensitive";
    Mass => "涉及群体性纠纷或者引发社会广泛关注，可能影响社会稳定的", "A dispute of many, or of wide concern";
    Conflict => "与本院或者上级人民法院的类案裁判可能发生冲突的", "It may run against decisions in like cases";
    Complaint => "有关单位或者个人反映法官有违法审判行为的", "A complaint that the judge breaks the law of trial";
    ReadBy => "已审阅", "Read";
    ToRead => "待审阅", "To be read";
    Opinion => "审阅意见（可以不写）", "Your words (may be empty)";
    Pass => "我看过原本，通过", "I have read the original; let it pass";
    DoubtReason => "建议复议的问题和理由", "On what they should think again, and why";
    Doubt => "建议复议，退回", "Ask the tribunal to think again";
    DoubtNote => "审判组织复议后作出的结论，审阅人不能改变；合议庭要重新评议。", "What the tribunal concludes upon it is not yours to change; a panel deliberates anew.";
    Doubted => "有人建议复议：合议庭要重新评议，再送签。", "Someone asked to think again: the panel deliberates anew before it is put forward.";
    Record => "监督管理记录", "Record of the supervision";
    RecordNote => "结案时自动写成《四类案件监督管理记录》入副卷，不进正卷，当事人看不到。", "When the case closes it becomes a paper of the secondary volume by itself; it never enters the main volume, and no party sees it.";
    DeedMarked => "标注为四类案件", "marked the case";
    DeedLifted => "解除标注", "took the mark off";
    DeedAsked => "对文书稿提出意见", "commented on the draft";
    DeedAnswered => "答复意见", "answered a comment";
    DeedRead => "审阅通过", "read the document and let it pass";
    DeedDoubted => "建议复议", "asked the tribunal to think again";
    DeedAnew => "复议后重新送签", "put the document forward anew";
    TooEarly => "审判长在其他成员之后签署。", "The presiding judge signs after the members.";
    ClerkLast => "书记员在审判人员之后签署。", "The clerk signs after those who decide.";
}

/// The word for a ground.
#[must_use]
pub fn ground(ground: Ground) -> Key {
    match ground {
        Ground::Weighty => Key::Weighty,
        Ground::Mass => Key::Mass,
        Ground::Conflict => Key::Conflict,
        Ground::Complaint => Key::Complaint,
    }
}

/// The word for an act of supervision.
#[must_use]
pub fn deed(deed: Deed) -> Key {
    match deed {
        Deed::Marked => Key::DeedMarked,
        Deed::Lifted => Key::DeedLifted,
        Deed::Asked => Key::DeedAsked,
        Deed::Answered => Key::DeedAnswered,
        Deed::Read => Key::DeedRead,
        Deed::Doubted => Key::DeedDoubted,
        Deed::PutForwardAnew => Key::DeedAnew,
    }
}
