//! Words for refusals from the application to a case with parties, fee and judge.

use xiezhi_domain::{
    assignment::AssignmentRefusal, consent::ConsentRefusal, fees::FeeRefusal, filing::FilingRefusal,
    parties::PartiesRefusal, review::ReviewRefusal,
};

use super::{Telling, Words, stage};
use crate::messages::amount;

pub(super) fn filing(to: Telling<'_>, refusal: &FilingRefusal) -> Words {
    match refusal {
        FilingRefusal::UnknownCause => to.say(
            ["没有这个案由。", "请在案由表里搜索并选择一个。"],
            ["There is no such cause of action.", "Search the list of causes and choose one."],
        ),
        FilingRefusal::CauseTooGeneral => to.say(
            ["选的案由太宽，不能直接立案。", "请在它下面再选更具体的一级。"],
            ["The cause chosen is too general.", "Choose a more precise one below it."],
        ),
        FilingRefusal::NoPlaintiff => to.say(
            ["还没有填写原告。（民事诉讼法第一百二十二条）", "请至少填写一名原告。"],
            ["No plaintiff is named (Civil Procedure Law, Article 122).", "Name at least one plaintiff."],
        ),
        FilingRefusal::NoDefendant => to.say(
            ["没有明确的被告。（民事诉讼法第一百二十二条）", "请至少填写一名被告的姓名或者名称。"],
            ["No definite defendant is named (Civil Procedure Law, Article 122).", "Name at least one defendant."],
        ),
        FilingRefusal::NoName { .. } => to.say(
            ["有一名当事人没有姓名或者名称。", "请到“当事人”一步补上。"],
            ["One of the parties has no name.", "Add it in the step about parties."],
        ),
        FilingRefusal::WrongIdNumber { .. } => to.say(
            ["有一名当事人的身份证号码不对。", "请对照证件核对 18 位号码；不知道的可以先留空。"],
            [
                "The ID number of one of the parties is wrong.",
                "Compare all 18 characters with the card, or leave it empty.",
            ],
        ),
        FilingRefusal::BirthInFuture { .. } => to.say(
            ["出生日期晚于今天。", "请改正出生日期。"],
            ["The date of birth lies in the future.", "Put the date right."],
        ),
        FilingRefusal::SamePersonOnBothSides { .. } => to.say(
            ["同一个证件号码既是原告方又是被告方。", "请核对双方的证件号码。"],
            ["The same ID number stands on both sides.", "Compare the ID numbers of both sides."],
        ),
        FilingRefusal::NoClaim => to.say(
            ["没有诉讼请求。（民事诉讼法第一百二十二条）", "请写明要法院判什么，至少一项。"],
            [
                "No claim is made (Civil Procedure Law, Article 122).",
                "Write what the court should order: one claim at least.",
            ],
        ),
        FilingRefusal::NoFacts => to.say(
            ["没有事实和理由。（民事诉讼法第一百二十二条）", "请写明发生了什么，为什么这样请求。"],
            [
                "Facts and reasons are missing (Civil Procedure Law, Article 122).",
                "Write what happened and why you claim this.",
            ],
        ),
        FilingRefusal::NoAddress { .. } => to.say(
            ["原告方还没有确认送达地址。", "请填写收件地址和电话并确认；法院按这个地址送达。"],
            [
                "The filing side has not confirmed an address for service.",
                "Give a postal address and a telephone, and confirm them.",
            ],
        ),
        FilingRefusal::UnknownParty { .. } => to.say(
            ["有一名代理人或者一个地址对不上申请里的当事人。", "请重新选择它属于哪一名当事人。"],
            [
                "An agent or an address belongs to no party of the application.",
                "Choose again to which party it belongs.",
            ],
        ),
        FilingRefusal::ReceivedInFuture => to.say(
            ["收到材料的日期晚于今天。", "请填写实际收到的日期。"],
            ["The day of receipt lies in the future.", "Enter the day the papers really came."],
        ),
        FilingRefusal::NegativeAmount => {
            to.say(["金额不能小于零。", "请改正金额。"], ["An amount can't be below zero.", "Put the amount right."])
        }
        FilingRefusal::SubmittedAlready => to.say(
            ["这份申请已经提交过了，原来的回执有效。", "请到“我的案件”查看进度，不用再交。"],
            [
                "This application was submitted already; its receipt stands.",
                "See how it goes on among your cases; nothing more is needed.",
            ],
        ),
        FilingRefusal::TooMany => to.say(
            ["一份申请里的当事人、请求或者材料太多了。", "请合并或者减少几项；立案后还可以再交材料。"],
            [
                "There are more parties, claims or papers than one application carries.",
                "Take some out; papers can be added after filing.",
            ],
        ),
    }
}

pub(super) fn review(to: Telling<'_>, refusal: &ReviewRefusal) -> Words {
    match refusal {
        ReviewRefusal::TakenByAnother { clerk } => {
            let name = to.name(*clerk);
            to.say(
                [&format!("这份申请已由{name}领取审查。"), "请另领一份，或者与对方商量。"],
                [&format!("{name} has taken this application."), "Take another one, or settle it between you."],
            )
        }
        ReviewRefusal::CorrectionAskedAlready => to.say(
            ["已经要求过一次补正；需要补正的内容应当一次性告知。", "请按现有材料作出审查决定。"],
            ["Correction was asked before: everything must be told at once.", "Decide on the papers there are."],
        ),
        ReviewRefusal::NothingToCorrect => to.say(
            ["没有写明要补正什么。", "请至少列一项，并写明怎样补。"],
            ["Nothing to correct was named.", "Name one item at least, and how to mend it."],
        ),
        ReviewRefusal::ConditionMissing => to.say(
            [
                "起诉条件还没有全部满足，不能立案。（民事诉讼法第一百二十二条）",
                "请核对四项条件；缺的要求补正，或者裁定不予受理。",
            ],
            [
                "The conditions for filing are not all met (Civil Procedure Law, Article 122).",
                "Check the four conditions; ask for correction or rule against acceptance.",
            ],
        ),
        ReviewRefusal::NoReason => to.empty("理由", "The reason"),
        ReviewRefusal::FiledAlready { number } => to.say(
            [&format!("这份申请已经立案，案号为{number}。"), "请直接打开该案。"],
            [&format!("This application is filed already, as {number}."), "Open that case."],
        ),
        ReviewRefusal::NotSmallClaims => to.say(
            ["本案不适用小额诉讼程序。", "请选择简易程序或者普通程序。"],
            ["Small-claims procedure does not fit this suit.", "Choose summary or ordinary procedure."],
        ),
        ReviewRefusal::CorrectionStillRunning => to.say(
            ["补正期限还没有届满。", "等当事人补正，或者期限届满后再决定。"],
            ["The time for correction is still running.", "Wait for the correction or for the end of its time."],
        ),
        ReviewRefusal::NoEligibleJudge => no_judge(to),
        ReviewRefusal::NoDayKey => no_key(to),
        ReviewRefusal::Application { fault } => filing(to, fault),
        ReviewRefusal::Stage { fault } => stage(to, fault),
    }
}

fn no_judge(to: Telling<'_>) -> Words {
    to.say(
        ["审判庭里没有可以承办本案的法官。", "请由庭长指定承办法官，并写明理由。"],
        ["No judge of the division may be given this case.", "Let the head of division name one, with reasons."],
    )
}

fn no_key(to: Telling<'_>) -> Words {
    to.say(
        ["今天的分案随机数还没有确定，不能随机分案。", "请稍后再试；仍然不行的，联系系统管理员。"],
        [
            "The key of today's draws was not fixed, so none can be drawn.",
            "Try again shortly, or ask the system administrator.",
        ],
    )
}

pub(super) fn assignment(to: Telling<'_>, refusal: &AssignmentRefusal) -> Words {
    match refusal {
        AssignmentRefusal::NoEligibleJudge => no_judge(to),
        AssignmentRefusal::NoDayKey => no_key(to),
        AssignmentRefusal::EvenPanel => to.say(
            ["合议庭的人数必须是单数，至少三人。（民事诉讼法第四十条）", "请增加或者减少一名成员。"],
            [
                "A panel has an odd number of members, three at least (Civil Procedure Law, Article 40).",
                "Add or take out a member.",
            ],
        ),
        AssignmentRefusal::NoPresiding => to.say(
            ["合议庭还没有审判长。", "请指定一名审判员担任审判长；独任审理的，去掉其他成员。"],
            ["The panel has no presiding judge.", "Name one; for a sole judge, take the members out."],
        ),
        AssignmentRefusal::SoleJudgeOnly => to.say(
            ["简易程序和小额诉讼程序由审判员一人独任审理。", "需要合议庭的，先转为普通程序。"],
            [
                "In summary and small-claims procedure one judge sits alone.",
                "For a panel, convert to ordinary procedure first.",
            ],
        ),
        AssignmentRefusal::AssessorCannotPreside => to.say(
            ["人民陪审员不能担任审判长或者承办法官。", "请另选一名审判员。"],
            ["A people's assessor can't preside or be in charge.", "Choose a judge."],
        ),
        AssignmentRefusal::NotAJudge { person } => {
            let name = to.name(*person);
            to.say(
                [&format!("{name}不是本院审判员或者人民陪审员。"), "请从名单里另选。"],
                [&format!("{name} is neither a judge nor an assessor of this court."), "Choose another from the list."],
            )
        }
        AssignmentRefusal::WrongPost { person } => {
            let name = to.name(*person);
            to.say(
                [&format!("{name}的岗位不是法官助理或者书记员。"), "请从对应岗位的名单里另选。"],
                [&format!("{name} holds another post."), "Choose someone on the post the role asks for."],
            )
        }
        AssignmentRefusal::Interested { person } => {
            let name = to.name(*person);
            to.say(
                [&format!("{name}是本案当事人或者代理人，应当回避。（民事诉讼法第四十七条）"), "请另选一人。"],
                [
                    &format!("{name} is a party to the case or acts for one (Civil Procedure Law, Article 47)."),
                    "Choose someone else.",
                ],
            )
        }
        AssignmentRefusal::NoReason => to.empty("理由", "The reason"),
        AssignmentRefusal::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn fees(to: Telling<'_>, refusal: &FeeRefusal) -> Words {
    match refusal {
        FeeRefusal::NothingDue => to.say(
            ["现在没有要交的费用。", "已经交过的不用再交；可以在费用页查看凭证。"],
            ["No fee is due.", "If you paid, nothing more is needed: the fees page has the receipt."],
        ),
        FeeRefusal::WrongAmount { due } => {
            let due = amount(to.lang, due.0);
            to.say(
                [&format!("金额与应交的不一致，应交 {due}。"), "请按这个金额交。"],
                [&format!("The amount differs from what is due: {due}."), "Pay exactly this amount."],
            )
        }
        FeeRefusal::NoRefundDue => to.say(
            ["现在没有要退的费用。", "请在费用页核对退费情况。"],
            ["No refund is due.", "See the fees page for what was refunded."],
        ),
    }
}

pub(super) fn parties(to: Telling<'_>, refusal: &PartiesRefusal) -> Words {
    match refusal {
        PartiesRefusal::UnknownParty => to.unknown("名当事人", "party"),
        PartiesRefusal::LinkedToAnother => to.say(
            ["这名当事人已经关联到另一个账号。", "如果不是您本人关联的，请联系本案书记员。"],
            ["This party is linked to another account.", "If that was not you, tell the clerk of the case."],
        ),
        PartiesRefusal::NotThisPerson => to.say(
            ["您的姓名或者证件号码与这名当事人不一致。", "请核对案号和身份；登记有误的，请书记员改正。"],
            [
                "Your name or ID number differs from this party's.",
                "Check the case number; if the court has it wrong, tell the clerk.",
            ],
        ),
        PartiesRefusal::AddressIncomplete => to.say(
            ["送达地址不完整。", "请填写收件地址和电话。"],
            ["The address for service is incomplete.", "Give a postal address and a telephone."],
        ),
        PartiesRefusal::TooManyAgents => to.say(
            ["一名当事人最多委托两名代理人。（民事诉讼法第六十一条）", "请先解除一名代理人的委托。"],
            ["A party has at most two agents (Civil Procedure Law, Article 61).", "Dismiss one first."],
        ),
        PartiesRefusal::UnknownAgent => to.unknown("名代理人", "agent"),
        PartiesRefusal::ActsForOtherSide => to.say(
            ["这名代理人已经代理对方，不能同时代理双方。", "请另行委托。"],
            ["This agent acts for the other side already.", "Choose another agent."],
        ),
    }
}

pub(super) fn consent(to: Telling<'_>, refusal: &ConsentRefusal) -> Words {
    match refusal {
        ConsentRefusal::UnknownParty => to.unknown("名当事人", "party"),
        ConsentRefusal::NoStep => to.say(
            ["没有选择任何一个环节。", "请至少选一个愿意在线办理的环节。"],
            ["No step was chosen.", "Choose at least one step."],
        ),
        ConsentRefusal::NothingToWithdraw => to.say(
            ["这个环节没有可以撤回的同意。", "不同意在线办理的环节，本来就在线下办。"],
            [
                "There is no consent to take back for this step.",
                "Steps you did not consent to are held in person anyway.",
            ],
        ),
        ConsentRefusal::TooLate => to.say(
            ["这个环节正在进行，不能再撤回同意。", "有困难的，马上告诉书记员或者法官。"],
            [
                "The step is going on: it is too late to take consent back.",
                "If there is a difficulty, tell the clerk or the judge at once.",
            ],
        ),
    }
}
