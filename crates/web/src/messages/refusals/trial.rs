//! Scheduling, hearing, mediation, deliberation, drafting, issuing.

use xiezhi_domain::{
    deliberation::DeliberationRefusal,
    drafting::DraftingRefusal,
    hearing::{HearingPart, HearingRefusal},
    issuing::IssuingRefusal,
    mediation::MediationRefusal,
    scheduling::SchedulingRefusal,
    supervision::SupervisionRefusal,
};

use super::{Said, To, stage};
use crate::messages::{Lang, clock, day_in_full, hearing as hearing_words, nav, t};

pub(super) fn scheduling(to: To<'_>, fault: &SchedulingRefusal) -> Said {
    use SchedulingRefusal as S;
    let day = |day| day_in_full(to.lang, day);
    match fault {
        S::InPast => to.say(("这一天已经过去。", "请选今天以后的日期。"), ("That day is past.", "Choose a later one.")),
        S::EndsBeforeItBegins => {
            to.say(("结束时间早于开始时间。", "请改正时间。"), ("It ends before it begins.", "Correct the times."))
        }
        S::RestDay => {
            to.say(("这一天法院休息。", "请选工作日。"), ("The court rests on that day.", "Choose a working day."))
        }
        S::NoticeTooShort { earliest_on } => {
            let on = day(*earliest_on);
            to.say((&format!("普通程序应当在开庭三日前通知（《民事诉讼法》第一百三十九条），最早可排在{on}。"), "请改到那天或以后。"), (&format!("Ordinary procedure needs three days' notice (《民事诉讼法》第一百三十九条); the first possible day is {on}."), "Choose that day or a later one."))
        }
        S::EvidencePeriodRunning { last_on } => {
            let on = day(*last_on);
            to.say(
                (
                    &format!("当事人的举证期限到{on}届满（《民诉法解释》第九十九条、第二百六十六条）。"),
                    "请排在期满以后；适用简易程序的，各方都放弃期限后可以立即开庭。",
                ),
                (
                    &format!("A party's days for evidence run until {on} (《民诉法解释》第九十九条、第二百六十六条)."),
                    "Choose a later day; in summary procedure a hearing may be held at once when all waive their days.",
                ),
            )
        }
        S::AnswerPeriodRunning { last_on } => {
            let on = day(*last_on);
            to.say(
                (
                    &format!("被告的答辩期到{on}届满（《民事诉讼法》第一百二十八条）。"),
                    "请排在期满以后，或请被告书面放弃答辩期。",
                ),
                (
                    &format!("The defendant's answer period runs until {on} (《民事诉讼法》第一百二十八条)."),
                    "Choose a later day, or ask the defendant to waive it.",
                ),
            )
        }
        S::RoomTaken { from, to: until } => {
            let (from, until) = (clock(*from), clock(*until));
            to.say(
                (&format!("这个法庭{from}至{until}已有安排。"), "请换一个法庭或时间。"),
                (&format!("The courtroom is taken from {from} to {until}."), "Choose another room or time."),
            )
        }
        S::PersonTaken { person, from, to: until } => {
            let (name, from, until) = (to.name(*person), clock(*from), clock(*until));
            to.say(
                (&format!("{name}在{from}至{until}另有开庭。"), "请换一个时间。"),
                (&format!("{name} has another hearing from {from} to {until}."), "Choose another time."),
            )
        }
        S::NamedTaken { name, from, to: until } => {
            let (from, until) = (clock(*from), clock(*until));
            to.say(
                (&format!("{name}在{from}至{until}另有开庭。"), "请换一个时间。"),
                (&format!("{name} has another hearing from {from} to {until}."), "Choose another time."),
            )
        }
        S::NoRoom => to.say(("线下开庭要选法庭。", "请选一个法庭。"), ("A courtroom is needed.", "Choose one.")),
        S::UnknownRoom => to.say(
            ("没有这个法庭。", "请从列出的法庭中选择。"),
            ("There is no such courtroom.", "Choose one of those listed."),
        ),
        S::ComplaintNotServed { .. } => to.say(
            (
                "起诉状副本查实没有送达到一名被告，其答辩期没有起算（《民事诉讼法》第一百二十八条）。",
                "请先送达起诉状副本。",
            ),
            (
                "The complaint was found not to have reached a defendant, whose days for an answer never ran (《民事诉讼法》第一百二十八条).",
                "Serve the complaint first.",
            ),
        ),
        S::NobodyConsents => to.say(
            ("没有一方同意在线开庭。", "请改为线下开庭，或先征得同意。"),
            ("Neither side consents to a hearing on line.", "Hold it in a courtroom, or obtain consent first."),
        ),
        S::NotEveryoneConsents { .. } => to.say(
            ("有当事人不同意在线开庭（《人民法院在线诉讼规则》第四条）。", "请改为线上线下结合，或线下开庭。"),
            (
                "A party does not consent (《人民法院在线诉讼规则》第四条).",
                "Hold it partly on line, or in a courtroom.",
            ),
        ),
        S::NoReason => to.reason(),
        S::ScheduledAlready => to.say(
            ("已经排了期。", "要改时间的，先延期再排。"),
            ("A hearing is scheduled already.", "Put it off first."),
        ),
        S::NotScheduled => to.say(
            ("这次庭已开过或已延期，不能再办这件事。", "请看开庭页现在的安排。"),
            ("This hearing was held or put off already.", "See how the hearings stand now."),
        ),
        S::TooManyAdjournments => to.say(
            ("延期开庭的次数已用完（普通程序两次、简易程序一次）。", "请按期开庭。"),
            (
                "The most adjournments the rules allow were used (two in ordinary procedure, else one).",
                "Hold the hearing as scheduled.",
            ),
        ),
        S::NoTribunal => {
            to.say(("还没有审判组织。", "请先分案。"), ("There is no tribunal yet.", "Assign the case first."))
        }
        S::UnknownParty => {
            to.say(("没有这个当事人。", "请回到开庭页选择。"), ("There is no such party.", "Go back to the hearings."))
        }
        S::NoWords => to.say(
            ("没有写明何时、用哪个号码、说了什么。", "简便通知要能说得清，请写明。"),
            (
                "It does not say when, by which number and what was said.",
                "Write it down: a notice that can't be told is none.",
            ),
        ),
        S::NotNotified => to.say(
            ("没有用简便方式通知过这个当事人，无从确认。", "请先记下通知。"),
            ("The party was told nothing that it could confirm.", "Note the notice first."),
        ),
        S::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn hearing(to: To<'_>, fault: &HearingRefusal) -> Said {
    use HearingRefusal as H;
    match fault {
        H::Unknown => {
            to.say(("没有这次开庭。", "请回到开庭页选择。"), ("There is no such hearing.", "Go back to the hearings."))
        }
        H::TooEarly => to.say(
            ("还没有到开庭的日子。", "请在排定的那天开庭。"),
            ("It is not its day yet.", "Open it on the day it is scheduled for."),
        ),
        H::DayPassed { on } => {
            let on = day_in_full(to.lang, *on);
            to.say(
                (&format!("这次庭排在{on}，日子已经过了。"), "各方都到庭的，写明今天开庭的理由；不然请延期，另行排期传唤（《民事诉讼法》第一百四十九条）。"),
                (&format!("It was scheduled for {on}; that day is over."), "With everybody here, say why it is held today; otherwise put it off and summon anew (《民事诉讼法》第一百四十九条)."),
            )
        }
        H::AbsentOnAnotherDay { .. } => to.say(
            ("今天不是传票上的日子，有当事人没有到庭，不能缺席审理。", "请延期，另行排期传唤。"),
            ("Today is not the day of the summons, and a party is absent: no hearing without it.", "Put the hearing off and summon anew."),
        ),
        H::PartsSkipped { parts } => {
            let name = |part: &HearingPart| t(to.lang, hearing_words::part(*part));
            let names: Vec<&str> = parts.iter().map(name).collect();
            let names = names.join(to.lang.pick("、", ", "));
            to.say(
                (&format!("还没有进行：{names}。"), "请先进入这些阶段；不进行的，写明理由再闭庭（《民事诉讼法》第一百四十一条、第一百四十四条；简易程序见第一百六十三条）。"),
                (&format!("Not gone through yet: {names}."), "Go on to these parts, or say why not and close (《民事诉讼法》第一百四十一条、第一百四十四条; in summary procedure 第一百六十三条)."),
            )
        }
        H::NotOpen => {
            to.say(("现在没有在开庭。", "请看这次庭的状态。"), ("The hearing is not going on.", "See how it stands."))
        }
        H::NotScheduled => to.say(
            ("这次庭已经开过或已延期。", "请刷新页面。"),
            ("It was opened or put off already.", "Open the page again."),
        ),
        H::NobodyCame => to.say(
            ("双方都没有到庭，原告的传票也没有送达证明。", "请延期开庭并重新送达传票。"),
            (
                "Nobody came, and the plaintiff is not proven summoned.",
                "Put the hearing off and serve the summons again.",
            ),
        ),
        H::ComplaintNotServed { .. } => to.say(
            (
                "起诉状副本查实没有送达到一名被告，其答辩期没有起算（《民事诉讼法》第一百二十八条）。",
                "请先送达起诉状副本。",
            ),
            (
                "The complaint was found not to have reached a defendant, whose days for an answer never ran (《民事诉讼法》第一百二十八条).",
                "Serve the complaint first.",
            ),
        ),
        H::SummonsNotProven { .. } => to.say(
            (
                "未到庭的当事人没有合法送达传票的证明，不能缺席审理（《民事诉讼法》第一百四十七条）。",
                "请先补齐送达，或延期开庭。",
            ),
            (
                "No lawful service of the summons on the absent party is proven (《民事诉讼法》第一百四十七条).",
                "Complete the service, or put the hearing off.",
            ),
        ),
        H::NoticeUnconfirmed { .. } => to.say(
            (
                "未到庭的当事人只收到简便方式的通知，没有确认，也没有证据证明收到，不能缺席审理（《民诉法解释》第二百六十一条）。",
                "请补齐传票的送达或者收悉的证明，或延期开庭。",
            ),
            (
                "The absent party was told only in a simple way, which it has not confirmed and which is not proven (《民诉法解释》第二百六十一条).",
                "Complete the service of the summons, enter the proof, or put the hearing off.",
            ),
        ),
        H::NotOnline { .. } => to.say(
            ("这次庭审或者这个当事人不能在线参加（《人民法院在线诉讼规则》第四条）。", "请按实际改为到庭，或者排成线上线下结合。"),
            (
                "The hearing is held in the courtroom, or the party has not agreed to take part on line (《人民法院在线诉讼规则》第四条).",
                "Note who is in the courtroom, or schedule it partly on line.",
            ),
        ),
        H::CameAlready { .. } => to.say(
            ("这个当事人已经到庭。", "中途退庭的，请记入笔录。"),
            ("The party has come already.", "If it left, the record says so."),
        ),
        H::UnknownParty => to.say(("没有这个当事人。", "请回到开庭页选择。"), ("There is no such party.", "Go back to the hearings.")),
        H::StillOpen => to.say(
            ("庭审还在进行，笔录还没有写完。", "闭庭后再阅读、签名。"),
            ("The hearing is going on and the record is not finished.", "Read and sign it when the hearing is over."),
        ),
        H::UnknownCorrection => to.say(("没有这项补正申请。", "请刷新页面。"), ("There is no such wish for a correction.", "Open the page again.")),
        H::CorrectionAnswered => to.say(
            ("这项补正申请已经处理过。", "请看笔录页现在的记录。"),
            ("That wish for a correction was answered already.", "See what the page says now."),
        ),
        H::AnswerPeriodRunning { last_on, .. } => {
            let on = day_in_full(to.lang, *last_on);
            to.say(
                (&format!("未到庭的被告答辩期到{on}才届满。"), "请延期到期满以后。"),
                (
                    &format!("The absent defendant's answer period runs until {on}."),
                    "Put the hearing off until it is over.",
                ),
            )
        }
        H::NoTranscript => {
            to.say(("笔录是空的。", "请先记录并保存笔录。"), ("The transcript is empty.", "Write and save it first."))
        }
        H::TranscriptChanged => to.say(
            ("您读到的笔录后来又有改动。", "请重新阅读现在的笔录，再签名或者接着写；您写的没有丢。"),
            ("The transcript was changed since you read it.", "Read it as it now stands, then sign or write on; what you wrote is not lost."),
        ),
        H::SignedAlready => to.say(
            ("已经签过名或记明拒签。", "不用再办。"),
            ("It was signed, or the refusal noted, already.", "Nothing more is needed."),
        ),
        H::NotAParticipant => to.say(
            ("只有到庭的人和审判人员、书记员签名。", "没有到庭的不用签。"),
            ("Only those who took part sign.", "Who did not come need not sign."),
        ),
        H::NoWords => to.say(("没有写内容。", "请写明后再提交。"), ("Words are needed.", "Write them and send again.")),
        H::SignaturesBegun => to.say(
            ("已经有人签名，笔录正文不能再改（《民事诉讼法》第一百五十条）。", "认为记录有误的，请记入补正。"),
            ("After a signature the text stands (《民事诉讼法》第一百五十条).", "Note a correction instead."),
        ),
        H::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn mediation(to: To<'_>, fault: &MediationRefusal) -> Said {
    use MediationRefusal as M;
    match fault {
        M::NotOpen => to.say(
            ("现在没有在调解。", "双方愿意的，由法院开始调解。"),
            ("Mediation is not going on.", "If both sides wish, the court begins it."),
        ),
        M::OpenAlready => to.say(
            ("调解已经在进行。", "请在调解页继续。"),
            ("Mediation is going on already.", "Go on from the mediation page."),
        ),
        M::NoTerms => {
            to.say(("没有写条款。", "请写明各项内容。"), ("No terms were written.", "Write them, one by one."))
        }
        M::UnknownOffer => to.say(
            ("没有这个方案。", "请回到调解页，从列出的方案中选择。"),
            ("There is no such offer.", "Go back to the mediation page and choose one of those listed."),
        ),
        M::OwnOffer => to.say(
            ("这是您自己一方的方案，由对方答复。", "想改的，另提一个方案。"),
            ("This offer is your own; the other side answers it.", "To change it, make another."),
        ),
        M::NoAgreement => to.say(
            ("现在没有等待签名的协议。", "请看调解页现在的情况。"),
            ("There is no agreement to sign now.", "See how mediation stands."),
        ),
        M::TermsChanged => to.say(
            ("您阅读后条款又有改动，没有签名。", "请重新阅读，再决定是否签名。"),
            ("The terms changed since you read them; nothing was signed.", "Read them again, then decide."),
        ),
        M::DaysOver => to.say(
            ("调解期限已经届满，不能再延长。", "可以重新开始调解，或者继续审理。"),
            ("The days of mediation are over.", "Begin mediation anew, or go on with the trial."),
        ),
        M::NotLonger { last_on } => {
            let on = day_in_full(to.lang, *last_on);
            to.say(
                (&format!("调解期限本来就到{on}。"), "请选更晚的一天。"),
                (&format!("Mediation lasts until {on} as it is."), "Choose a later day."),
            )
        }
        M::OtherExtension => to.say(
            ("提议的日期变了，或者没有人提议延长。", "请看调解页现在的情况。"),
            ("Another day was proposed meanwhile, or none.", "See how mediation stands."),
        ),
        M::UnknownParty => to.no_party(),
        M::NoReason => to.reason(),
        M::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn deliberation(to: To<'_>, fault: &DeliberationRefusal) -> Said {
    use DeliberationRefusal as D;
    match fault {
        D::NoPanel => to.say(
            ("独任审理不评议。", "请直接制作文书。"),
            ("A sole judge does not deliberate.", "Go on to the document."),
        ),
        D::PresidingOnly => to.say(
            ("由审判长主持评议、归纳结论。", "请审判长办理。"),
            ("Only the presiding judge opens and sums up.", "Let the presiding judge do so."),
        ),
        D::MembersOnly => to.say(
            ("只有合议庭成员发表意见和签名。", "请成员本人办理。"),
            ("Only members of the panel speak and sign.", "Let a member do so."),
        ),
        D::NotOpen => to.say(
            ("评议没有在进行。", "请审判长先开始评议。"),
            ("Deliberation is not going on.", "The presiding judge opens it."),
        ),
        D::NoQuestions => to.say(("没有写评议事项。", "请至少写一项。"), ("No question was put.", "Put at least one.")),
        D::UnknownQuestion => {
            to.say(("没有这个评议事项。", "请刷新页面。"), ("There is no such question.", "Open the page again."))
        }
        D::NotYourTurn { turn } => {
            let name = to.name(*turn);
            to.say(
                (&format!("现在轮到{name}发言；审判长最后发表意见。"), "请等轮到您时再发表。"),
                (&format!("It is {name}'s turn; the presiding judge speaks last."), "Speak when your turn comes."),
            )
        }
        D::AllSpoken => to.say(
            ("这一项大家都已发表意见。", "请看下一项，或由审判长归纳。"),
            ("Everyone has spoken on this question.", "Go on to the next, or let it be summed up."),
        ),
        D::BoundByCommittee => to.say(
            (
                "审判委员会已经作出决定，合议庭应当执行（《人民法院组织法》第三十九条）。",
                "有异议的，可以提请院长提交审判委员会复议一次。",
            ),
            (
                "The adjudication committee decided; the panel carries it out.",
                "Whoever doubts may have the president lay it before the committee once more.",
            ),
        ),
        D::OpenAlready => to.say(
            ("已经有成员发表意见，不能重新开始。", "请先完成这次评议。"),
            ("Members have spoken; this session goes on.", "Conclude it first."),
        ),
        D::NoReasons => to.say(
            ("发表意见要说明理由，不能只表示同意（《关于人民法院合议庭工作的若干规定》第十条）。", "请写明理由。"),
            ("A bare yes or no is not enough.", "Write your reasons."),
        ),
        D::NotComplete => to.say(
            ("还有成员没有发表意见。", "请等每人对每项都发表意见。"),
            ("Someone has not spoken yet.", "Wait until everyone has spoken on everything."),
        ),
        D::NoMajority => to.say(
            ("有一项没有形成多数意见。", "请提交专业法官会议或审判委员会。"),
            ("A question has no majority.", "Refer it to the judges' conference or the judicial committee."),
        ),
        D::NotConcluded => to.say(
            ("评议还没有结论。", "请审判长先归纳结论，再签名。"),
            ("It has not been concluded yet.", "The presiding judge sums up first."),
        ),
        D::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn drafting(to: To<'_>, fault: &DraftingRefusal) -> Said {
    use DraftingRefusal as D;
    match fault {
        D::Unknown => no_document(to),
        D::NotDraftable => to.say(("这类文书由系统按案件生成，不用手写。", "请选判决书或裁定书。"), ("Documents of this kind are not drafted by hand.", "Choose a judgment or a ruling.")),
        D::NewerVersion { newest } => to.say((&format!("有人已经保存了第{newest}版。"), "请打开新版对照，把您的改动并入后再保存。"), (&format!("Version {newest} was saved meanwhile."), "Compare with it, take your changes over, save again.")),
        D::ParagraphTooLong { part } => {
            let part = part_name(to.lang, part);
            to.say((&format!("“{part}”里有一段超过两万字，没有保存。"), "多半是粘贴进来了别的东西；请分段或者删去以后再存。"), (&format!("A paragraph of {part} has more than twenty thousand characters; nothing was saved."), "Something else was probably pasted: part it or take it out, then save again."))
        }
        D::NoSum { why } => {
            let why = crate::messages::faults::words(to.lang, why);
            to.say((&format!("利息算不出来：{why}。"), "请核对金额、利率和日期。"), (&format!("Interest can't be worked out: {why}."), "Check amount, rate and days."))
        }
        D::PutForwardAlready => to.say(("已经送签，不能再改。", "要改的，先退回。"), ("It has been put forward.", "Have it returned first.")),
        D::IssuedAlready => to.say(("文书已经签发。", "有笔误的，用裁定补正。"), ("It was issued.", "A slip is put right by a ruling.")),
        D::Incomplete { what } => {
            let parts: Vec<&str> = what.iter().map(|part| part_name(to.lang, part)).collect();
            let parts = parts.join(to.lang.pick("、", ", "));
            to.say((&format!("文书还缺：{parts}。"), "请补写后再送签。"), (&format!("Still missing: {parts}."), "Write them, then put it forward."))
        }
        D::NoHearing => to.say(("还没有开完庭，不能送签判决。", "请先开庭；当事人撤诉的，制作裁定。"), ("A judgment needs a hearing that is done.", "Hold it first; a withdrawal takes a ruling.")),
        D::NotDeliberated => to.say(("合议庭还没有评议出结论（《民事诉讼法》第四十五条）。", "请先评议。"), ("The panel has not concluded its deliberation (《民事诉讼法》第四十五条).", "Deliberate first.")),
        D::NoWithdrawalAsked => to.say(("原告没有申请撤诉。", "请改用其他文书。"), ("The plaintiff did not ask to withdraw.", "Choose another document.")),
        D::NoGroundForDeemedWithdrawal => to.say(("没有按撤诉处理的情形：费用没有逾期，原告也到庭了。", "请继续审理。"), ("There is no ground to treat the suit as withdrawn.", "Go on with the trial.")),
        D::BeforeCommittee => to.say(("案件正在审判委员会讨论，还没有决定。", "请等决定作出后再送签；草稿可以先写。"), ("The adjudication committee has the case and has not decided.", "Put the document forward once it has; a draft may be prepared.")),
        D::NotAgreed => to.say(("这份调解书依据的协议已经变更或者有人反悔。", "请各方在新的协议上签名后再送签。"), ("The agreement that this statement was written upon was changed, or somebody left it.", "Have everyone sign the new agreement first.")),
        D::NotSmallClaims => to.say(("有反诉或鉴定，不适用小额诉讼程序（《民事诉讼法》第一百六十六条）。", "请先转换程序。"), ("A counterclaim or an appraisal does not go with small-claims procedure (《民事诉讼法》第一百六十六条).", "Convert first.")),
        D::NotPutForward => to.say(("还没有送签。", "请先送签。"), ("It was not put forward.", "Put it forward first.")),
        D::NoReason => to.reason(),
        D::NoSuchComment => to.say(("这份文书没有这条批注。", "请回到文书页再看。"), ("There is no such comment on this document.", "Go back to the document and look again.")),
        D::NothingSaid => to.say(("既没有写意见，也没有写建议的文字。", "请至少写一样。"), ("Nothing is said and nothing is suggested.", "Write at least one of them.")),
        D::TooLong => to.say(("意见、建议和引用的文字各不超过4000字。", "请分几条写。"), ("A comment, a suggestion and the words it is about have 4,000 letters at most.", "Write several.")),
        D::NothingSuggested => to.say(("这条批注没有建议的文字，没有什么可以采纳。", "请自己修改稿子，再了结它。"), ("The comment suggests no words, so there is nothing to take over.", "Change the draft yourself, then settle it.")),
        D::CommentSettled => to.say(("这条批注已经了结。", "还有意见的，另写一条。"), ("The comment is settled.", "Write another one if there is more to say.")),
        D::NotYourComment => to.say(("批注由写批注的人或者起草文书的人了结。", "可以在下面回复。"), ("Its author, or whoever writes the draft, settles a comment.", "You can answer it.")),
        D::PassageChanged => to.say(("稿子里已经没有这段文字，或者它不止一处。", "请看最新的稿子，重新选定文字。"), ("The draft no longer has these words, or has them more than once.", "Look at the newest version and choose the words again.")),
        D::Stage { fault } => stage(to, fault),
    }
}

fn part_name(lang: Lang, part: &str) -> &str {
    match part {
        "found_facts" => lang.pick("经审理查明", "facts found"),
        "reasoning" => lang.pick("本院认为", "reasoning"),
        "legal_basis" => lang.pick("法律依据", "law applied"),
        "orders" => lang.pick("判项", "orders"),
        "costs" => lang.pick("诉讼费用负担", "costs"),
        other => other,
    }
}

pub(super) fn no_document(to: To<'_>) -> Said {
    to.say(("没有这份文书。", "请回到文书页选择。"), ("There is no such document.", "Go back to the documents."))
}

pub(super) fn issuing(to: To<'_>, fault: &IssuingRefusal) -> Said {
    use IssuingRefusal as I;
    match fault {
        I::Unknown => no_document(to),
        I::NotPutForward => {
            to.say(("还没有送签。", "请先送签。"), ("It was not put forward.", "Put it forward first."))
        }
        I::OriginalChanged => to.say(
            ("原本与您阅读的不是同一份。", "请重新阅读再签名。"),
            ("The original is not the one you read.", "Read it again, then sign."),
        ),
        I::NotASigner => to.say(
            ("只有审理本案的审判人员和书记员签名。", "请由他们签名。"),
            ("Only those who decide the case and its clerk sign.", "Let them sign."),
        ),
        I::SignaturesMissing { missing } => {
            let names: Vec<String> = missing.iter().map(|person| to.name(*person)).collect();
            let names = names.join(to.lang.pick("、", ", "));
            to.say(
                (&format!("还差{names}的签名。"), "签齐后才能用印签发。"),
                (&format!("Signatures missing: {names}."), "It is issued once all have signed."),
            )
        }
        I::PresidingLast => to.say(
            ("审判长在合议庭其他成员之后签署（《关于人民法院合议庭工作的若干规定》第十五条）。", "等其他成员签完再签。"),
            ("The presiding judge signs after the members.", "Sign once they have."),
        ),
        I::ClerkLast => to.say(
            ("书记员在审判人员之后签署。", "等审判人员签完再签。"),
            ("The clerk signs after those who decide.", "Sign once they have."),
        ),
        I::NoClerk => to.say(
            ("本案现在没有书记员，而判决书、裁定书由书记员一并署名（《民事诉讼法》第一百五十五条、第一百五十七条）。", "请先确定书记员，由其签署。"),
            ("The case has no clerk now, who signs judgments and rulings as well.", "Name a clerk, who then signs."),
        ),
        I::ReadingMissing { turn } => {
            let post = t(to.lang, nav::post(*turn));
            to.say(
                (&format!("还要由{post}审阅。"), "审阅以后才能用印签发。"),
                (&format!("It is yet to be read by: {post}."), "It is issued once that is done."),
            )
        }
        I::NotYourTurn => to.say(
            ("现在不由您审阅这份文书。", "请看文书页上列出的环节。"),
            ("It is not your turn to read this document.", "The page of the document shows the chain."),
        ),
        I::NoReason => to.reason(),
        I::DoubtedAlready => to.say(
            ("您已经建议复议过一次；审判组织复议后的结论，审阅人不能改变（《关于人民法院合议庭工作的若干规定》第十七条）。", "仍有异议的，提请院长审核；没有异议的，写明意见后通过。"),
            ("You asked once already; what the tribunal concludes upon it is not yours to change.", "Lay the case before the president, or let it pass with your words."),
        ),
        I::CertificateEnded { whose } => to.say(
            (&format!("{whose}的签名证书今天不在有效期内，没有签名。"), "请换发证书以后再签；文书和已有的签名都还在。"),
            (&format!("The certificate of {whose} does not hold today; nothing was signed."), "Have it renewed, then sign; the document and the signatures on record are as they were."),
        ),
        I::NoTimeStamp => to.say(
            ("时间戳服务机构没有应答，或者应答不成立，文书没有签发。", "签名都还在，文书等在“待签署”里；请过一会儿再办，长时间不通的，请联系系统管理员。"),
            ("The time-stamp authority did not answer, or its answer does not hold; the document was not issued.", "The signatures are on record and the document waits; try again in a while, and tell the system administrator if it lasts."),
        ),
        I::IssuedAlready => to.say(("已经签发。", "不用再办。"), ("It was issued already.", "Nothing more is needed.")),
        I::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn supervision(to: To<'_>, fault: &SupervisionRefusal) -> Said {
    use SupervisionRefusal as S;
    match fault {
        S::NoGround => to.say(
            ("没有选是哪一类（法发〔2021〕30号第二条）。", "请至少选一类。"),
            ("None of the four kinds was chosen (法发〔2021〕30号 第二条).", "Choose one at least."),
        ),
        S::NoReason => to.reason(),
        S::NotSupervised => to.say(
            ("本案没有标注为四类案件。", "不用解除。"),
            ("The case is not marked as one of the four kinds.", "There is nothing to take off."),
        ),
        S::Stage { fault } => stage(to, fault),
    }
}
