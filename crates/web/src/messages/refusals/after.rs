//! Pronouncement, approvals, course, closing, appeal, archive.

use xiezhi_domain::{
    appeal::AppealRefusal, approval::ApprovalRefusal, archive::ArchiveRefusal, closing::ClosingRefusal,
    correcting::CorrectingRefusal, destruction::DestructionRefusal, procedure::ProcedureRefusal,
    pronouncing::PronouncingRefusal, scanning::ScanRefusal, series::SeriesRefusal, sharing::SharingRefusal,
    unusual::UnusualRefusal,
};

use super::{
    Said, To, stage,
    trial::{drafting, no_document},
};
use crate::messages::{amount, archive as archive_words, day_in_full, nav, t};

pub(super) fn pronouncing(to: To<'_>, fault: &PronouncingRefusal) -> Said {
    use PronouncingRefusal as P;
    match fault {
        P::Unknown => no_document(to),
        P::NotIssued => to.say(
            ("文书还没有签发。", "请先签名、用印签发，再宣判。"),
            ("It was not issued yet.", "Sign and issue it first."),
        ),
        P::NoRecord => to.say(
            ("没有写宣判记录。", "请写明谁到场，以及已告知上诉权利、期限和法院（《民事诉讼法》第一百五十一条）。"),
            (
                "The record is empty.",
                "Say who came and that the right, period and court of appeal were told (《民事诉讼法》第一百五十一条).",
            ),
        ),
        P::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn series(to: To<'_>, fault: &SeriesRefusal) -> Said {
    use SeriesRefusal as S;
    match fault {
        S::NotInSeries => to.say(
            ("本案不在这个系列里。", "请回到系列案页查看。"),
            ("The case does not belong to this set.", "Go back to the set."),
        ),
        S::InAnother => to.say(
            ("本案已经在另一个系列里。", "要换的，先从那个系列移出。"),
            ("The case belongs to another set.", "Take it out of that one first."),
        ),
        S::NoName => to.say(("还没有名称。", "请给这一批起个名字。"), ("The set has no name.", "Give it one.")),
        S::NotAlike => to.say(
            ("原告或者案由不一样，不能并在一起办。", "只选原告和案由都相同的案件。"),
            ("Its plaintiffs or its cause differ.", "Choose cases that have both in common."),
        ),
        S::Unfilled { missing } => {
            let missing = missing.join(to.lang.pick("、", ", "));
            to.say(
                (&format!("这些占位在案件里没有内容：{missing}。"), "请在案件里补上，或者移出去单独写。"),
                (
                    &format!("Nothing in the case fills: {missing}."),
                    "Complete the case, or take it out and write it by itself.",
                ),
            )
        }
        S::WrittenByHand => to.say(
            ("本案的文书稿已经有人单独写过，没有套用。", "在本案里接着写；要用共同稿的，先移出再另行处理。"),
            ("Someone has written in the draft of this case; it was not applied.", "Go on writing in the case itself."),
        ),
        S::Draft { fault } => drafting(to, fault),
        S::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn correcting(to: To<'_>, fault: &CorrectingRefusal) -> Said {
    use CorrectingRefusal as C;
    match fault {
        C::Unknown => to.say(("没有这份文书。", "请回到文书页选择。"), ("There is no such document.", "Go back to the documents.")),
        C::NotIssued => to.say(("文书还没有签发。", "直接改稿子；已经送签的先退回。"), ("It was not issued yet.", "Change the draft; have it returned if it was put forward.")),
        C::NotPronounced => to.say(("还没有宣判或者交付送达，不用裁定补正。", "宣判以后再办。"), ("It was not pronounced or released yet; nobody has it.", "Come back once it was.")),
        C::PutForwardAlready => to.say(("补正裁定已经送签或者签发。", "要改的，先退回；已经签发的，另作一份裁定。"), ("The ruling was put forward or issued already.", "Have it returned, or make another.")),
        C::NothingMarked => to.say(("没有标出笔误。", "请写明原来的文字和正确的文字。"), ("No slip was marked.", "Write the words that stand there and those that should.")),
        C::TooMuch => to.say(("笔误太多、太长，或者同样的字到处都是：一份裁定最多50处，每处最多300字，同样的字最多出现100次。", "改得这样多，请先看是不是实质内容。"), ("Too many slips, too long, or words that stand everywhere: 50 in a ruling, 300 letters each, the same words at 100 places.", "So much is probably more than slips.")),
        C::NothingChanged { slip } => to.say((&format!("第{slip}处前后一样，或者有一边是空的。"), "请写全。"), (&format!("Slip {slip}: the words are the same, or one side is empty."), "Write both.")),
        C::NotThere { slip } => to.say((&format!("第{slip}处：这一部分里没有这样的文字。"), "请照原文抄写；不在裁判内容里的，位置选“其他部分”。"), (&format!("Slip {slip}: these words do not stand in that part."), "Copy them as they stand; for what is elsewhere choose “elsewhere”.")),
        C::Substance { slip, word } => to.say(
            (&format!("第{slip}处涉及“{word}”，改的是裁判的实质内容，不能用裁定补正（《民诉法解释》第二百四十五条）。"), "裁定只补正误写、误算、漏写费用等笔误；裁判确有错误的，通过上诉或者审判监督程序解决。"),
            (&format!("Slip {slip} touches “{word}”: it changes what was decided, which no ruling on slips does (《民诉法解释》第二百四十五条)."), "A ruling puts right what was miswritten or miscounted; a wrong decision is for appeal or retrial."),
        ),
        C::NothingCorrected => to.say(("这份文书还没有签发的补正裁定。", "先作补正裁定，再重新出具。"), ("No ruling on slips was issued on it.", "Issue the ruling first.")),
        C::CopyBegun => to.say(("补正后的文书已经在办。", "请到文书页继续。"), ("A corrected copy is on its way already.", "Go on with it among the documents.")),
        C::NotRevocable => to.say(("这类文书不能撤销：裁判文书的错误用补正裁定、上诉或者审判监督程序解决，笔录和回证保持原样。", "通知书、传票、函件等可以撤销。"), ("Papers of this kind are not revoked: a decision is corrected, appealed or retried; records and receipts stay as they are.", "Notices, summonses and letters can be.")),
        C::NotArchived => to.say(("案卷还没有归档，补正不用另行审批。", "请直接标出笔误。"), ("The file is not archived: no approval is needed.", "Mark the slips.")),
        C::OpenedAlready => to.say(("已经批准归档后补正。", "请标出笔误。"), ("It was approved already.", "Mark the slips.")),
        C::RevokedAlready => to.say(("已经撤销。", "不用再办。"), ("It was revoked already.", "Nothing more is needed.")),
    }
}

pub(super) fn approval(to: To<'_>, fault: &ApprovalRefusal) -> Said {
    use ApprovalRefusal as A;
    match fault {
        A::Unknown => {
            to.say(("没有这项审批。", "请回到审批页选择。"), ("There is no such request.", "Go back to the approvals."))
        }
        A::PendingAlready => {
            to.say(("同样的审批正在进行。", "请等结果。"), ("The same is pending already.", "Wait for the answer."))
        }
        A::DecidedAlready => to.say(
            ("这项审批已经有结果。", "请刷新页面查看。"),
            ("It was decided already.", "Open the page again to see how."),
        ),
        A::NotYourTurn { turn } => {
            let turn = t(to.lang, nav::post(*turn));
            to.say(
                (&format!("现在由{turn}审批。"), "请等轮到您时再办。"),
                (&format!("It is the turn of: {turn}."), "Answer when it comes to you."),
            )
        }
        A::MovedOn => to.say(
            ("您打开以后，这项审批有了新的意见。", "请重新看过再答复。"),
            ("It moved on since you read it.", "Look again, then answer."),
        ),
        A::AskAnew => to.say(
            ("提请以后案件已经结案或者移交归档，还需要其他部门审批。", "请写明理由不同意这一项，再重新提请。"),
            (
                "The case was closed or its file handed over since it was asked, and more have to agree now.",
                "Say no with that reason, and have it asked anew.",
            ),
        ),
        A::NoReason => to.reason(),
        A::NaturalPersonsOnly => to.say(
            ("免交诉讼费用只适用于自然人（《诉讼费用交纳办法》第四十五条）。", "单位可以申请缓交或减交。"),
            (
                "Only a natural person can be relieved of fees altogether (《诉讼费用交纳办法》第四十五条).",
                "A body may ask to pay later or less.",
            ),
        ),
        A::NoFeeDue => to.say(
            ("现在没有待交的费用。", "不用申请。"),
            ("No fee is waiting to be paid.", "There is nothing to ask for."),
        ),
        A::WrongReduction { most } => {
            let most = amount(to.lang, most.0);
            to.say((&format!("减交不得低于百分之三十，减后最多交{most}，并应大于零（《诉讼费用交纳办法》第四十六条）。"), "请改正金额。"), (&format!("A reduction takes off thirty per cent at least: more than nothing and at most {most} may remain (《诉讼费用交纳办法》第四十六条)."), "Correct the amount."))
        }
        A::NoSuchPaper => to.say(
            ("卷内没有这份材料。", "请从电子卷中选择。"),
            ("There is no such paper in the file.", "Choose one from the e-file."),
        ),
        A::WrongDates => to.say(
            ("日期先后颠倒，或不在审理期间内。", "请改正日期。"),
            ("The dates are the wrong way round or outside the trial.", "Correct them."),
        ),
        A::TooLong { most_months } => to.say(
            (&format!("最多可以批准延长{most_months}个月。"), "请缩短时间；确需更长的，报请上级法院。"),
            (&format!("At most {most_months} months may be granted here."), "Ask for less, or ask the court above."),
        ),
        A::NoTrialPeriod => to.say(
            ("现在没有在计算的审限。", "不用申请延长。"),
            ("No trial period is running.", "There is nothing to extend."),
        ),
        A::Revocation { fault } => correcting(to, fault),
        A::Course { fault } => procedure(to, fault),
        A::Sharing { fault } => sharing(to, fault),
        A::Committee { fault } => super::committee::committee(to, fault),
        A::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn sharing(to: To<'_>, fault: &SharingRefusal) -> Said {
    use SharingRefusal as S;
    match fault {
        S::Unknown => {
            to.say(("没有这项共享。", "请刷新页面查看。"), ("There is no such share.", "Open the page again."))
        }
        S::NotNamed => to.say(
            ("没有写明共享给谁。", "请填写姓名和单位。"),
            ("It is not said with whom.", "Give the name and the organisation."),
        ),
        S::NotReachable => to.say(
            ("查阅码没有地方可发。", "请填写11位手机号或者邮箱。"),
            ("The code can't be sent anywhere.", "Give a mobile number of 11 digits or a mail address."),
        ),
        S::NoPurpose => to.say(
            ("没有写用途。", "请写明为什么共享。"),
            ("It is not said for what.", "Say why the papers are shared."),
        ),
        S::WrongTerm => to.say(
            ("共享的期限不对。", "请选今天起90天以内的日期。"),
            ("The term is wrong.", "Choose a day within 90 days from today."),
        ),
        S::NothingChosen => to.say(
            ("没有选择材料，或者选得太多。", "请勾选要共享的材料，一次不超过200份。"),
            ("Nothing was chosen, or too much.", "Tick the papers to share, 200 at most."),
        ),
        S::NotInFile => to.say(
            ("有的材料不在卷内。", "请只选已经入卷的材料。"),
            ("A paper is not in the file.", "Choose only papers that are."),
        ),
        S::SecondaryVolume => to.say(
            ("副卷材料不能共享给卷外人员。", "请只选正卷材料。"),
            ("Papers of the secondary volume are never shared.", "Choose papers of the main volume only."),
        ),
        S::NeedsApproval => to.say(
            ("本院设置：共享须经审批。", "请提请审批，批准后自动生效。"),
            ("In this court a share needs approval.", "Ask for it; the share begins when it is given."),
        ),
        S::NoReason => to.reason(),
        S::WrongCode => to.say(
            ("查阅码不对，或者共享已经到期、撤回。", "请核对查阅码；仍然打不开的，请联系共享材料的法院。"),
            (
                "The code is wrong, or the share is over or was taken back.",
                "Check the code; if it still fails, ask the court that shared.",
            ),
        ),
    }
}

pub(super) fn procedure(to: To<'_>, fault: &ProcedureRefusal) -> Said {
    use ProcedureRefusal as P;
    match fault {
        P::NotStayed => {
            to.say(("案件没有中止。", "不用恢复。"), ("Proceedings are not stayed.", "There is nothing to resume."))
        }
        P::StayedAlready => {
            to.say(("案件已经中止。", "不用再办。"), ("Proceedings are stayed already.", "Nothing more is needed."))
        }
        P::NotSmallClaims => to.say(
            ("本案不是小额诉讼程序。", "请看案件现在的程序。"),
            ("The case is not on small-claims procedure.", "See which procedure applies now."),
        ),
        P::NoWayBack => to.say(
            (
                "已按普通程序审理的不能再转回，简易程序也不能转为小额诉讼程序（《民诉法解释》第二百六十条）。",
                "请按现在的程序继续。",
            ),
            ("There is no way back to a lighter procedure (《民诉法解释》第二百六十条).", "Go on as the case stands."),
        ),
        P::PeriodOver { last_on } => {
            let on = day_in_full(to.lang, *last_on);
            to.say(
                (&format!("审限已于{on}届满，转换程序应在届满前裁定。"), "请向审管办说明情况。"),
                (
                    &format!("The trial period ended on {on}; a change must be ruled before that."),
                    "Tell the trial-management office.",
                ),
            )
        }
        P::SameProcedure => {
            to.say(("已经是这一程序。", "不用转换。"), ("It is on that procedure already.", "Nothing need be changed."))
        }
        P::NoReason => to.reason(),
        P::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn closing(to: To<'_>, fault: &ClosingRefusal) -> Said {
    use ClosingRefusal as C;
    match fault {
        C::NotPlaintiff => to.say(
            ("只有原告可以申请撤诉。", "被告可以答辩或请求调解。"),
            ("Only a plaintiff withdraws the suit.", "A defendant may answer or ask for mediation."),
        ),
        C::AskedAlready => {
            to.say(("已经申请过撤诉。", "请等法院裁定。"), ("It was asked already.", "Wait for the court's ruling."))
        }
        C::NoReason => to.reason(),
        C::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn appeal(to: To<'_>, fault: &AppealRefusal) -> Said {
    use AppealRefusal as A;
    match fault {
        A::NotAppealable => to.say(
            ("这份裁判一审终审，不能上诉。", "认为确有错误的，可以申请再审。"),
            ("This decision is final.", "A retrial may be asked for instead."),
        ),
        A::UnknownParty => to.no_party(),
        A::NotServedYet => to.say(
            ("裁判还没有送达，上诉期还没有开始。", "请等送达后再上诉。"),
            ("The decision was not served on you yet; the period has not begun.", "Wait until it is served."),
        ),
        A::PeriodOver { last_on } => {
            let on = day_in_full(to.lang, *last_on);
            to.say(
                (
                    &format!("上诉期已于{on}届满（《民事诉讼法》第一百七十一条）。"),
                    "因不可抗拒的事由耽误的，可在障碍消除后十日内申请顺延。",
                ),
                (
                    &format!("The period for appeal ended on {on} (《民事诉讼法》第一百七十一条)."),
                    "If a force beyond your control kept you, ask for more time within ten days after it ends.",
                ),
            )
        }
        A::AppealedAlready => to.say(
            ("已经提起上诉。", "请在案件页查看进度。"),
            ("This party has appealed already.", "See how it goes on the page of the case."),
        ),
        A::DecisionNotServed { .. } => to.say(
            ("还有当事人没有收到裁判。", "送达齐全后再移送案卷。"),
            ("A party has not been served with the decision yet.", "The file goes up once all have been."),
        ),
        A::CopyNotServed { .. } => to.say(
            ("还有当事人没有收到上诉状副本。", "送达后再移送案卷。"),
            ("A party has not been served with a copy of the petition.", "The file goes up once all have been."),
        ),
        A::NoWords => to.say(
            ("上诉状没有内容。", "请写明上诉请求和理由。"),
            ("The petition has no words.", "Say what you ask and why."),
        ),
        A::InFuture => to.say(("日期在今天以后。", "请改正日期。"), ("The day lies in the future.", "Correct it.")),
        A::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn archive(to: To<'_>, fault: &ArchiveRefusal) -> Said {
    use ArchiveRefusal as A;
    match fault {
        A::NotReady { missing } => {
            let items: Vec<String> = missing.iter().map(|item| archive_words::missing(to.lang, item)).collect();
            let items = items.join(to.lang.pick("；", "; "));
            to.say(
                (&format!("还不能归档：{items}。"), "请在归档页逐项补齐。"),
                (&format!("Not ready for the archive: {items}."), "Put each right from the archive page."),
            )
        }
        A::NoMarks => {
            to.say(("退回要写明哪里要补。", "请逐项写明。"), ("A return needs marks.", "Say what is to be put right."))
        }
        A::NoPurpose => {
            to.say(("没有写借阅用途。", "请写明用途。"), ("A loan needs a purpose.", "Write what it is for."))
        }
        A::WrongLength => to.say(
            ("借阅期限为1至90天。", "请改正天数。"),
            ("A loan lasts from 1 to 90 days.", "Correct the number of days."),
        ),
        A::LentAlready => {
            to.say(("已经借给此人。", "请先归还再借。"), ("It is lent to this person already.", "End that loan first."))
        }
        A::AskedAlready => to.say(
            ("已经申请过，档案管理员还没有答复。", "请等档案管理员答复。"),
            ("You asked already; the archivist has not answered yet.", "Wait for the answer."),
        ),
        A::NotAsked => to.say(
            ("没有等待答复的借阅申请。", "请刷新页面查看。"),
            ("No request of this person waits.", "Open the page again."),
        ),
        A::SecondaryNotLent => to.say(
            ("副卷不能这样借阅。", "查阅副卷须经领导审批；这里只能申请正卷。"),
            (
                "The secondary volume is not lent this way.",
                "Reading it takes the leaders' approval; ask for the main volume here.",
            ),
        ),
        A::NoReason => to.say(("没有写理由。", "请写明理由。"), ("A reason is needed.", "Write why.")),
        A::NotIdentified => to.say(
            ("没有写明查阅人和出示的证件。", "请核对身份后填写姓名和证件号码。"),
            ("Whoever reads at the counter has a name and shows a paper.", "Check them and write both down."),
        ),
        A::NotInMainVolume => to.say(
            ("只能复制正卷里的材料。", "请改选正卷材料。"),
            ("Copies are of papers of the main volume.", "Choose others."),
        ),
        A::LinkedAlready => to.say(
            ("已经关联，或者就是本案。", "请核对案号。"),
            ("That case is linked already, or is this one.", "Check the number."),
        ),
        A::NotLent => {
            to.say(("没有借给此人。", "请刷新页面查看。"), ("It is not lent to this person.", "Open the page again."))
        }
        A::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn unusual(to: To<'_>, fault: &UnusualRefusal) -> Said {
    match fault {
        UnusualRefusal::OwnAccess => to.say(
            ("这是您自己的查阅。", "请由别的院庭长或者审管办核查。"),
            ("This is your own access.", "Another of those who oversee examines it."),
        ),
        UnusualRefusal::NoNote => to.say(
            ("没有写核查结果。", "请写明看到了什么、怎么处理。"),
            ("The note is empty.", "Write what you found and what came of it."),
        ),
    }
}

pub(super) fn scanning(to: To<'_>, fault: &ScanRefusal) -> Said {
    match fault {
        ScanRefusal::NotYourAct => to.say(
            ("扫描件由立案人员或书记员分拣。", "请交给他们办理。"),
            ("Scans are sorted by filing clerks and court clerks.", "Leave it to them."),
        ),
        ScanRefusal::NothingChosen => to.say(
            ("没有勾选页面。", "请先勾选属于同一份材料的页。"),
            ("No page was ticked.", "Tick the pages of one paper first."),
        ),
        ScanRefusal::NotWaiting => to.say(
            ("有一页已经分到案件、已经弃置，或者是分隔页。", "请刷新页面，按现在的样子再做一次。"),
            (
                "A page went to a case already, was put away, or is a cover sheet.",
                "Open the page again and act on what it shows.",
            ),
        ),
        ScanRefusal::NoReason => to.reason(),
        ScanRefusal::NoSuchCase => to.say(
            ("没有这个案号的案件，或者这个案件不能再收材料；分隔页也可能已过期。", "请核对案号，再手工分拣。"),
            (
                "There is no case of this number that takes papers; or the cover sheet is no longer good.",
                "Check the number and sort the pages by hand.",
            ),
        ),
    }
}

pub(super) fn destruction(to: To<'_>, fault: &DestructionRefusal) -> Said {
    use DestructionRefusal as D;
    match fault {
        D::NotYourAct => to.say(
            ("这一步不由您办理。", "清册由档案管理员造具，副院长主持鉴定，院长批准，另两人监销。"),
            ("This step is another's.", "The archivist draws the list up, a vice president leads the appraisal, the president approves, two others supervise."),
        ),
        D::StillKept { archive_no } => to.say(
            (&format!("{archive_no}还在保管期限内，或者正在借阅。"), "请从清册中去掉。"),
            (&format!("{archive_no} must still be kept, or is lent."), "Draw up a list without it."),
        ),
        D::NothingListed => to.say(
            ("没有保管期限届满的案卷。", "期限届满以后再造具清册。"),
            ("No file's retention is over.", "Come back when one is."),
        ),
        D::NotItsTurn => to.say(
            ("前一步还没有办，或者这一步已经办过。", "请刷新页面查看进度。"),
            ("What comes before is not done yet, or this was done already.", "Open the page again."),
        ),
        D::NoWords => to.say(("没有写意见或者理由。", "请写明。"), ("Words are needed.", "Write the opinion or the reason.")),
        D::NotApart => to.say(
            ("造册、鉴定、批准和监销要由不同的人办理。", "请由没有参与的人监销。"),
            ("Drawing up, appraising, approving and supervising are different people's.", "Someone who took no part supervises."),
        ),
    }
}
