//! Filing, review, assignment, fees.

use xiezhi_domain::{assignment::AssignmentRefusal, fees::FeeRefusal, filing::FilingRefusal, review::ReviewRefusal};

use super::{Said, To, stage};
use crate::messages::amount;

pub(super) fn filing(to: To<'_>, fault: &FilingRefusal) -> Said {
    use FilingRefusal as F;
    match fault {
        F::UnknownCause => to.say(
            ("没有这个案由。", "请从案由表中选择。"),
            ("There is no such cause of action.", "Choose one from the list of causes."),
        ),
        F::CauseTooGeneral => to.say(
            ("这个案由太宽。", "请选它下面更具体的一项。"),
            ("This cause is too general.", "Choose a more specific one below it."),
        ),
        F::NoPlaintiff => to.say(
            ("还没有写原告。", "请至少填写一名原告。"),
            ("There is no plaintiff.", "Name at least one plaintiff."),
        ),
        F::NoDefendant => to.say(
            ("还没有明确的被告（《民事诉讼法》第一百二十二条）。", "请填写被告的姓名或者名称、住所等信息。"),
            (
                "There is no definite defendant (《民事诉讼法》第一百二十二条).",
                "Give the defendant's name and where they live or sit.",
            ),
        ),
        F::NoName { .. } => to.say(
            ("有一名当事人没有写姓名或名称。", "请补上后再提交。"),
            ("A party has no name.", "Write it and send again."),
        ),
        F::WrongIdNumber { .. } => to.say(
            ("有一个身份证号码不对。", "请对照证件核对每一位，尤其是末位。"),
            ("An ID-card number is wrong.", "Check every digit against the card, above all the last."),
        ),
        F::BirthInFuture { .. } => {
            to.say(("出生日期在今天以后。", "请改正出生日期。"), ("A date of birth lies in the future.", "Correct it."))
        }
        F::SamePersonOnBothSides { .. } => to.say(
            ("同一个人既是原告方又是被告方。", "请核对双方的身份证号码。"),
            ("The same person stands on both sides.", "Compare the ID numbers of both sides."),
        ),
        F::NoClaim => to.say(
            ("还没有写诉讼请求（《民事诉讼法》第一百二十二条）。", "请写明要法院判什么，一项一项写。"),
            (
                "No claim was written (《民事诉讼法》第一百二十二条).",
                "Say what the court is asked to order, one claim at a time.",
            ),
        ),
        F::NoFacts => to.say(
            ("还没有写事实和理由。", "请写清发生了什么、为什么这样请求。"),
            ("No facts and reasons were written.", "Say what happened and why you ask for this."),
        ),
        F::NoAddress { .. } => to.say(
            ("起诉一方还没有确认送达地址。", "请填写并确认地址和电话，法院文书会送到那里。"),
            (
                "The filing side has confirmed no address for service.",
                "Fill in and confirm an address and a telephone; papers will go there.",
            ),
        ),
        F::UnknownParty { .. } => to.say(
            ("有代理人或地址没有对应的当事人。", "请选好他属于哪一名当事人。"),
            ("An agent or an address belongs to nobody named here.", "Choose the party they belong to."),
        ),
        F::ReceivedInFuture => to.say(
            ("收到日期在今天以后。", "请改成实际收到的日期。"),
            ("The day of receipt lies in the future.", "Give the day it really came."),
        ),
        F::NegativeAmount => {
            to.say(("金额不能是负数。", "请改正金额。"), ("An amount can't be negative.", "Correct it."))
        }
        F::SubmittedAlready => to.say(
            ("这份申请已经提交过了，收据有效。", "请在“我的案件”中查看进度。"),
            ("This application was submitted already; the receipt stands.", "See how it goes under “My cases”."),
        ),
        F::TooMany => to.say(
            ("当事人、请求或材料的数量超过一次申请的上限。", "请分开提交，或到立案窗口办理。"),
            (
                "More parties, claims or papers than one application may carry.",
                "Send them apart, or come to the filing counter.",
            ),
        ),
    }
}

pub(super) fn review(to: To<'_>, fault: &ReviewRefusal) -> Said {
    use ReviewRefusal as R;
    match fault {
        R::TakenByAnother { clerk } => {
            let name = to.name(*clerk);
            to.say(
                (&format!("{name}正在审查这份申请。"), "请办下一份，或请对方退回后再接。"),
                (&format!("{name} is reviewing this application."), "Take the next one, or ask them to give it back."),
            )
        }
        R::CorrectionAskedAlready => to.say(
            ("已经通知补正过一次；要补的应当一次写全。", "请等补正，或直接作出处理。"),
            ("Correction was asked before; everything must stand in one notice.", "Wait for it, or decide."),
        ),
        R::NothingToCorrect => to.say(
            ("没有写要补正什么。", "请逐项写明要补正的内容。"),
            ("Nothing to correct was named.", "Name each thing to be put right."),
        ),
        R::ConditionMissing => to.say(
            (
                "起诉条件还没有全部核对为具备（《民事诉讼法》第一百二十二条）。",
                "请逐项核对；不具备的，通知补正或作不予受理裁定。",
            ),
            (
                "A condition of 《民事诉讼法》第一百二十二条 is not met.",
                "Check each; where one is missing, ask for correction or refuse the suit.",
            ),
        ),
        R::NoReason => to.reason(),
        R::FiledAlready { number } => to.say(
            (&format!("已经立案，案号{number}。"), "请打开该案。"),
            (&format!("It was filed already as {number}."), "Open that case."),
        ),
        R::RulingIssued => to.say(
            ("不予受理的裁定已经签发。", "请交付送达；起诉人可以上诉。"),
            ("The ruling of non-acceptance was issued.", "Release it for service; the filer may appeal."),
        ),
        R::NotSmallClaims => to.say(
            ("本案不适用小额诉讼程序（《民事诉讼法》第一百六十五条、第一百六十六条）。", "请改选简易程序或普通程序。"),
            (
                "Small-claims procedure does not fit this suit (《民事诉讼法》第一百六十五条、第一百六十六条).",
                "Choose summary or ordinary procedure.",
            ),
        ),
        R::CorrectionStillRunning => to.say(
            ("补正期限还没有届满。", "请等期满，或等当事人补正。"),
            ("The time for correction is still running.", "Wait until it ends or the correction comes."),
        ),
        R::NoEligibleJudge => to.say(
            ("没有可以随机分案的法官。", "请由庭长指定承办法官。"),
            ("No judge may be drawn for this case.", "Let the division head name one."),
        ),
        R::NoDayKey => to.say(
            ("今天的分案随机数还没有固定。", "请稍后再试；仍不行的，联系系统管理员。"),
            ("No key was fixed for today's draws.", "Try again in a while, or call the system administrator."),
        ),
        R::Application { fault } => filing(to, fault),
        R::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn assignment(to: To<'_>, fault: &AssignmentRefusal) -> Said {
    use AssignmentRefusal as A;
    match fault {
        A::NoEligibleJudge => to.say(
            ("本庭没有可以承办此案的法官。", "请从其他庭指定。"),
            ("No judge of the division may be given this case.", "Name one from another division."),
        ),
        A::NoDayKey => to.say(
            ("今天的分案随机数还没有固定。", "请稍后再试；仍不行的，联系系统管理员。"),
            ("No key was fixed for today's draws.", "Try again in a while, or call the system administrator."),
        ),
        A::EvenPanel => to.say(
            ("合议庭人数应为三人以上的单数（《民事诉讼法》第四十条）。", "请增减一名成员。"),
            ("A panel has an odd number of members, three at least (《民事诉讼法》第四十条).", "Add or leave out one."),
        ),
        A::NoPresiding => to.say(
            ("合议庭还没有审判长；独任审理则不列其他成员。", "请指定审判长，或去掉其他成员。"),
            ("A panel needs a presiding judge; a sole judge sits alone.", "Name one, or leave out the members."),
        ),
        A::SoleJudgeOnly => to.say(
            ("简易程序和小额诉讼程序由一名法官独任审理。", "要组成合议庭的，先转为普通程序。"),
            ("In summary and small-claims procedure one judge sits alone.", "Convert to ordinary procedure first."),
        ),
        A::AssessorCannotPreside => to.say(
            ("人民陪审员不能担任审判长或承办人。", "请改由法官担任。"),
            ("A people's assessor can't preside or be in charge.", "Name a judge."),
        ),
        A::NotAJudge { person } => {
            let name = to.name(*person);
            to.say(
                (&format!("{name}不是本院的法官或人民陪审员。"), "请另选一人。"),
                (&format!("{name} is neither a judge nor an assessor here."), "Choose someone else."),
            )
        }
        A::WrongPost { person } => {
            let name = to.name(*person);
            to.say(
                (&format!("{name}的岗位不是法官助理或书记员。"), "请另选一人。"),
                (&format!("{name} is no assistant or court clerk."), "Choose someone else."),
            )
        }
        A::Interested { person } => {
            let name = to.name(*person);
            to.say(
                (&format!("{name}是本案当事人或代理人，应当回避（《民事诉讼法》第四十七条）。"), "请另选一人。"),
                (
                    &format!("{name} is a party or acts for one and must stand aside (《民事诉讼法》第四十七条)."),
                    "Choose someone else.",
                ),
            )
        }
        A::NoReason => to.reason(),
        A::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn fees(to: To<'_>, fault: &FeeRefusal) -> Said {
    match fault {
        FeeRefusal::NothingDue => to.say(
            ("现在没有要交的费用。", "请在费用页查看已交的情况。"),
            ("No fee is due now.", "See the fees page for what was paid."),
        ),
        FeeRefusal::WrongAmount { due } => {
            let due = amount(to.lang, due.0);
            to.say(
                (&format!("金额不符，应交{due}。"), "请按应交金额一次交足。"),
                (&format!("The amount due is {due}."), "Pay exactly that, in one payment."),
            )
        }
        FeeRefusal::NoRefundDue => to.say(
            ("现在没有要退的费用。", "裁判生效后，应退的费用会列在费用页。"),
            (
                "No refund is due now.",
                "What is to be refunded is listed on the fees page once the decision is in force.",
            ),
        ),
    }
}
