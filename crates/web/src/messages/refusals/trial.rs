//! Words for refusals of the trial: papers, service, evidence, hearings, mediation.

use xiezhi_domain::{
    evidence::EvidenceRefusal, hearing::HearingRefusal, material::MaterialRefusal, mediation::MediationRefusal,
    scheduling::SchedulingRefusal, service::ServiceRefusal,
};

use super::{Telling, Words, stage};
use crate::messages::{clock, day_in_full};

pub(super) fn material(to: Telling<'_>, refusal: &MaterialRefusal) -> Words {
    match refusal {
        MaterialRefusal::Unknown => to.unknown("份材料", "paper"),
        MaterialRefusal::InFileAlready => to.say(
            ["材料已经入卷，不能直接改动。", "确需改动的，提出审批申请。"],
            ["The paper is in the file already.", "To change it, ask for approval."],
        ),
        MaterialRefusal::NotInFile => to.say(
            ["材料还没有入卷。", "请书记员先整理入卷。"],
            ["The paper is not in the file yet.", "Let the clerk take it into the file first."],
        ),
        MaterialRefusal::EmptyFile => to.say(
            ["文件是空的。", "请重新选择文件上传。"],
            ["The file is empty.", "Choose the file again and upload it."],
        ),
        MaterialRefusal::NoTitle => to.empty("材料名称", "The title"),
        MaterialRefusal::NoReason => to.empty("理由", "The reason"),
        MaterialRefusal::OriginalDiffers => to.say(
            ["核对结果是与原件不一致，不能作为一致的材料入卷。", "请退回当事人重新提交，或者核对后改正结果。"],
            ["The comparison says that it differs from the original.", "Send it back to the party, or compare again."],
        ),
        MaterialRefusal::SecondaryVolume => to.say(
            ["副卷材料不对当事人公开。", "请只选正卷的材料。"],
            ["Papers of the secondary volume are never disclosed.", "Choose papers of the main volume only."],
        ),
        MaterialRefusal::NotAddableAfterClosing => to.say(
            ["结案后不能再补入这一类材料。", "请核对材料种类；确需补入的，向承办法官提出。"],
            ["Papers of this kind can't be added after closing.", "Check the kind, or ask the judge in charge."],
        ),
        MaterialRefusal::NothingChosen => nothing_chosen(to),
        MaterialRefusal::UnknownParty => to.unknown("名当事人", "party"),
        MaterialRefusal::CourtPaper => to.say(
            ["这一类文书由法院制作，当事人不能提交。", "请选择其他材料种类。"],
            ["Papers of this kind are written by the court.", "Choose another kind."],
        ),
        MaterialRefusal::IdentifierTaken => to.say(
            ["这份材料已经交过。", "请在电子卷里查看；要交另一份的，重新打开页面。"],
            ["This paper was handed in already.", "Look in the e-file; for another paper, open the page again."],
        ),
    }
}

fn nothing_chosen(to: Telling<'_>) -> Words {
    to.say(["没有选择任何材料。", "请至少勾选一份。"], ["No paper was chosen.", "Tick one at least."])
}

pub(super) fn service(to: Telling<'_>, refusal: &ServiceRefusal) -> Words {
    match refusal {
        ServiceRefusal::Unknown => to.unknown("次送达", "act of service"),
        ServiceRefusal::UnknownParty => to.unknown("名当事人", "party"),
        ServiceRefusal::NothingChosen => nothing_chosen(to),
        ServiceRefusal::NotInFile { .. } => to.say(
            ["选的材料里有一份没有入卷。", "先整理入卷，再送达。"],
            ["One of the papers is not in the file.", "Take it into the file first."],
        ),
        ServiceRefusal::SecondaryVolume => to.say(
            ["副卷材料不得送达。", "请去掉副卷的材料。"],
            ["Papers of the secondary volume are never served.", "Take them out of the choice."],
        ),
        ServiceRefusal::NoConsent => to.say(
            ["当事人没有同意电子送达。（民事诉讼法第九十条）", "请改用其他送达方式，或者先取得同意。"],
            ["The party did not consent to electronic service (Civil Procedure Law, Article 90).", "Use another channel, or obtain consent."],
        ),
        ServiceRefusal::NoAddress => to.say(
            ["没有可以送达的地址。", "先在当事人页登记送达地址，或者改用其他方式。"],
            ["No address is known to serve at.", "Enter one on the page of parties, or use another channel."],
        ),
        ServiceRefusal::NotElectronic => to.say(
            ["这次送达不是电子送达。", "请在纸质送达里登记结果。"],
            ["This one did not go electronically.", "Enter its outcome as service on paper."],
        ),
        ServiceRefusal::NotOnPaper => to.say(
            ["这次是电子送达，结果由系统记录。", "不用手工登记。"],
            ["This one went electronically; its outcome is recorded by itself.", "Nothing has to be entered by hand."],
        ),
        ServiceRefusal::ArrivedBeforeDispatch { dispatched_on, arrived_on } => {
            let (left, came) = (day_in_full(to.lang, *dispatched_on), day_in_full(to.lang, *arrived_on));
            to.say(
                [&format!("登记的送达日{came}早于发出日{left}。"), "请对照送达回证改正日期。"],
                [&format!("The day entered, {came}, is before it left on {left}."), "Put the day right by the receipt."],
            )
        }
        ServiceRefusal::InFuture => in_future(to),
        ServiceRefusal::MediationStatementInPerson => to.say(
            ["调解书应当直接送达本人，不适用留置或者公告送达。（民事诉讼法解释第一百三十三条）", "请直接送达，由本人或者其代收人签收。"],
            [
                "A mediation statement must reach the party's own hand (Interpretation of the Civil Procedure Law, Article 133).",
                "Serve it directly.",
            ],
        ),
        ServiceRefusal::AnnouncementNeedsOrdinary => to.say(
            ["简易程序和小额诉讼程序不适用公告送达。（民事诉讼法解释第一百四十条）", "需要公告的，先转为普通程序。"],
            [
                "Announcement belongs to ordinary procedure (Interpretation of the Civil Procedure Law, Article 140).",
                "Convert the case first.",
            ],
        ),
        ServiceRefusal::AnnouncementTooEarly => to.say(
            ["下落不明或者其他方式都送不到的，才能公告送达。（民事诉讼法第九十五条）", "请先用其他方式送达并登记结果。"],
            ["Announcement is the last resort (Civil Procedure Law, Article 95).", "Try another channel first and enter its outcome."],
        ),
        ServiceRefusal::AnnouncementRunning => to.say(
            ["公告期满即视为送达，不用手工登记。", "请等公告期满。"],
            ["An announcement counts when its days are full; nothing is entered by hand.", "Wait until they are."],
        ),
        ServiceRefusal::NoRecipient => to.say(
            ["没有写明是谁签收的。", "请填写签收人。"],
            ["The receipt does not say who took it.", "Enter who signed for it."],
        ),
        ServiceRefusal::NotAddressee => to.say(
            ["这次送达是给另一名当事人的，只有受送达人可以签收。", "请在自己的案件里查看送给您的文书。"],
            ["This was served on someone else; only the addressee signs for it.", "Look among the papers served on you."],
        ),
        ServiceRefusal::NoReason => to.empty("理由", "The reason"),
        ServiceRefusal::EffectedAlready { on } => {
            let on = day_in_full(to.lang, *on);
            to.say(
                [&format!("已于{on}送达，以该记录为准。"), "不用重复登记；记录有误的，附上理由另行说明。"],
                [&format!("It was served on {on}; that record stands."), "Nothing has to be entered again."],
            )
        }
    }
}

fn in_future(to: Telling<'_>) -> Words {
    to.say(["日期晚于今天。", "请填写实际发生的日期。"], ["The day lies in the future.", "Enter the day it happened."])
}

pub(super) fn evidence(to: Telling<'_>, refusal: &EvidenceRefusal) -> Words {
    match refusal {
        EvidenceRefusal::UnknownParty => to.unknown("名当事人", "party"),
        EvidenceRefusal::UnknownItem => to.unknown("份证据", "item of evidence"),
        EvidenceRefusal::NoWords => to.empty("内容", "The words"),
        EvidenceRefusal::CounterclaimByDefendantOnly => to.say(
            ["反诉只能由被告提起。", "原告要增加请求的，变更诉讼请求。"],
            ["Only a defendant brings a counterclaim.", "A plaintiff changes the claims instead."],
        ),
        EvidenceRefusal::DebateOver => to.say(
            ["法庭辩论已经结束，不能再提反诉。（民事诉讼法解释第二百三十二条）", "可以另行起诉。"],
            [
                "The debate is over: no counterclaim any more (Interpretation of the Civil Procedure Law, Article 232).",
                "Bring a suit of your own.",
            ],
        ),
        EvidenceRefusal::Nothing => to.say(
            ["没有提交任何证据。", "请至少上传一份，写明证明什么。"],
            ["Nothing was handed in.", "Upload one item at least, and say what it proves."],
        ),
        EvidenceRefusal::EmptyFile => {
            to.say(["文件是空的。", "请重新选择文件上传。"], ["A file is empty.", "Choose the file again."])
        }
        EvidenceRefusal::OwnEvidence => to.say(
            ["这是您自己一方的证据，不用发表质证意见。", "请对对方的证据发表意见。"],
            ["One's own evidence needs no opinion.", "Give your opinion on the other side's evidence."],
        ),
        EvidenceRefusal::NoReasons => to.say(
            ["有异议的一项没有写理由。", "请写明为什么有异议。"],
            ["A disputed point has no reasons.", "Write why you dispute it."],
        ),
        EvidenceRefusal::NotDisclosed => to.say(
            ["这份证据还没有向您公开。", "请等书记员送交后再发表意见。"],
            ["This item was not disclosed to you yet.", "Wait until the clerk has done so."],
        ),
        EvidenceRefusal::NotSummary => to.say(
            ["只有简易程序和小额诉讼程序可以放弃期限。", "普通程序按法定期限进行。"],
            ["Periods can be waived in summary and small-claims procedure only.", "In ordinary procedure the periods of law run."],
        ),
        EvidenceRefusal::NoIssue => to.say(
            ["没有写明争议焦点。", "请至少写一项。"],
            ["No issue was named.", "Name one at least."],
        ),
        EvidenceRefusal::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn scheduling(to: Telling<'_>, refusal: &SchedulingRefusal) -> Words {
    match refusal {
        SchedulingRefusal::InPast => {
            to.say(["选的日期已经过去。", "请另选一天。"], ["The day is past.", "Choose another."])
        }
        SchedulingRefusal::EndsBeforeItBegins => to.say(
            ["结束时间早于开始时间。", "请改正时间。"],
            ["The hearing ends before it begins.", "Put the times right."],
        ),
        SchedulingRefusal::RestDay => to.say(
            ["这一天是休息日或者节假日。", "请选工作日。"],
            ["The court rests on that day.", "Choose a working day."],
        ),
        SchedulingRefusal::NoticeTooShort { earliest_on } => {
            let earliest = day_in_full(to.lang, *earliest_on);
            to.say(
                [
                    &format!("应当在开庭三日前通知当事人，最早{earliest}。（民事诉讼法第一百三十九条）"),
                    "请选这一天或者之后。",
                ],
                [
                    &format!(
                        "Three days' notice are needed: {earliest} at the earliest (Civil Procedure Law, Article 139)."
                    ),
                    "Choose that day or a later one.",
                ],
            )
        }
        SchedulingRefusal::AnswerPeriodRunning { last_on } => {
            let last = day_in_full(to.lang, *last_on);
            to.say(
                [&format!("被告的答辩期到{last}才届满，也没有放弃。（民事诉讼法第一百二十八条）"), "请排在这一天之后。"],
                [
                    &format!("A defendant's time to answer runs until {last} and was not waived (Civil Procedure Law, Article 128)."),
                    "Choose a later day.",
                ],
            )
        }
        SchedulingRefusal::RoomTaken { from, to: until } => {
            let (from, until) = (clock(*from), clock(*until));
            to.say(
                [&format!("法庭 {from}–{until} 已被占用。"), "请换法庭或者换时间。"],
                [&format!("The courtroom is taken {from}–{until}."), "Choose another room or time."],
            )
        }
        SchedulingRefusal::PersonTaken { person, from, to: until } => {
            let (name, from, until) = (to.name(*person), clock(*from), clock(*until));
            to.say(
                [&format!("{name} {from}–{until} 有另一场庭审。"), "请换时间。"],
                [&format!("{name} has another hearing {from}–{until}."), "Choose another time."],
            )
        }
        SchedulingRefusal::NoRoom => {
            to.say(["线下开庭要有法庭。", "请选择一个法庭。"], ["A courtroom is needed.", "Choose one."])
        }
        SchedulingRefusal::UnknownRoom => {
            to.say(["没有这个法庭。", "请从列表里选择。"], ["There is no such courtroom.", "Choose one from the list."])
        }
        SchedulingRefusal::NobodyConsents => to.say(
            ["没有一方同意在线开庭。（人民法院在线诉讼规则第四条）", "请改为线下开庭。"],
            ["No side consents to a hearing on line (Rules of Online Litigation, Article 4).", "Hold it in person."],
        ),
        SchedulingRefusal::NotEveryoneConsents { .. } => to.say(
            ["有一名当事人不同意在线开庭。（人民法院在线诉讼规则第四条）", "请改为部分在线或者线下开庭。"],
            [
                "One party does not consent (Rules of Online Litigation, Article 4).",
                "Hold it partly on line, or in person.",
            ],
        ),
        SchedulingRefusal::NoReason => {
            to.empty("不公开或者延期的理由", "The reason for closed doors or for putting it off")
        }
        SchedulingRefusal::ScheduledAlready => to.say(
            ["已经排了一次开庭。", "要改期的，先延期。"],
            ["A hearing is scheduled already.", "Put it off first."],
        ),
        SchedulingRefusal::NotScheduled => to.say(
            ["这次开庭已经开始或者结束，不能再延期。", "请在庭审页查看。"],
            ["This hearing can't be put off any more.", "See the page of hearings."],
        ),
        SchedulingRefusal::TooManyAdjournments => to.say(
            ["延期次数已经用完。", "请按期开庭。"],
            ["The adjournments the rules allow were used.", "Hold the hearing as scheduled."],
        ),
        SchedulingRefusal::NoTribunal => to.say(
            ["本案还没有确定审判组织。", "请先分案。"],
            ["The case has no tribunal yet.", "Have it assigned first."],
        ),
        SchedulingRefusal::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn hearing(to: Telling<'_>, refusal: &HearingRefusal) -> Words {
    match refusal {
        HearingRefusal::Unknown => to.unknown("次开庭", "hearing"),
        HearingRefusal::TooEarly => to.say(
            ["还没有到开庭的日子。", "到开庭当天再开始；要提前的，重新排期。"],
            ["It is not its day yet.", "Open it on its day, or schedule it anew."],
        ),
        HearingRefusal::NotOpen => to.say(
            ["庭审没有在进行。", "请在庭审页查看它的状态。"],
            ["The hearing is not open.", "See the page of hearings."],
        ),
        HearingRefusal::NotScheduled => to.say(
            ["这次庭审已经开始或者结束。", "请在庭审页查看。"],
            ["It was opened or ended already.", "See the page of hearings."],
        ),
        HearingRefusal::NobodyCame => to.say(
            ["没有人到庭，而且原告是否收到传票没有证明。", "请延期开庭，重新传唤。"],
            ["Nobody came, and a plaintiff was not proven summoned.", "Put the hearing off and summon again."],
        ),
        HearingRefusal::SummonsNotProven { .. } => to.say(
            ["未到庭的被告没有依法送达传票，不能缺席审理。（民事诉讼法第一百四十七条）", "请延期开庭，依法送达传票。"],
            [
                "An absent defendant was not lawfully summoned: no hearing in default (Civil Procedure Law, Article 147).",
                "Put the hearing off and serve the summons.",
            ],
        ),
        HearingRefusal::AnswerPeriodRunning { last_on, .. } => {
            let last = day_in_full(to.lang, *last_on);
            to.say(
                [&format!("未到庭的被告答辩期到{last}才届满。（民事诉讼法第一百二十八条）"), "请延期到这一天之后。"],
                [
                    &format!("An absent defendant's time to answer runs until {last} (Civil Procedure Law, Article 128)."),
                    "Put the hearing off to a later day.",
                ],
            )
        }
        HearingRefusal::NoTranscript => to.empty("庭审笔录", "The transcript"),
        HearingRefusal::TranscriptChanged => to.say(
            ["笔录在您阅读之后又改动过。", "请重新阅读，再签名。"],
            ["The transcript was changed since you read it.", "Read it again before you sign."],
        ),
        HearingRefusal::SignedAlready => to.say(
            ["已经签过名了。", "不用再签。"],
            ["It is signed already.", "Nothing more is needed."],
        ),
        HearingRefusal::NotAParticipant => to.say(
            ["只有参加庭审的人可以签名。", "请核对到庭情况。"],
            ["Only those who took part sign.", "Check who was present."],
        ),
        HearingRefusal::NoWords => to.empty("内容", "The words"),
        HearingRefusal::SignaturesBegun => to.say(
            ["已经有人签名，笔录不能再改。", "有遗漏或者差错的，用补正说明记录。"],
            ["Signing has begun: the transcript stays as it is.", "Note a correction instead."],
        ),
        HearingRefusal::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn mediation(to: Telling<'_>, refusal: &MediationRefusal) -> Words {
    match refusal {
        MediationRefusal::NotOpen => to.say(
            ["调解没有在进行。", "需要调解的，由承办法官开始调解。"],
            ["Mediation is not going on.", "The judge in charge begins it."],
        ),
        MediationRefusal::OpenAlready => to.say(
            ["调解已经在进行。", "请在调解页继续。"],
            ["Mediation is going on already.", "Go on with it on its page."],
        ),
        MediationRefusal::NoTerms => to.empty("调解协议内容", "The terms"),
        MediationRefusal::NoAgreement => to.say(
            ["还没有可以签的调解协议。", "先由法官写下双方同意的内容。"],
            ["There is no agreement to sign.", "The judge writes the terms down first."],
        ),
        MediationRefusal::TermsChanged => to.say(
            ["协议内容在您阅读之后改动过。", "请重新阅读，再签名。"],
            ["The terms changed since you read them.", "Read them again before you sign."],
        ),
        MediationRefusal::UnknownParty => to.unknown("名当事人", "party"),
        MediationRefusal::NoReason => to.empty("理由", "The reason"),
        MediationRefusal::Stage { fault } => stage(to, fault),
    }
}
