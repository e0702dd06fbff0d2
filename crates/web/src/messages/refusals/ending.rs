//! Words for refusals from deliberation to the archive, and of the course of proceedings.

use xiezhi_domain::{
    appeal::AppealRefusal,
    approval::ApprovalRefusal,
    archive::{ArchiveRefusal, Missing},
    closing::ClosingRefusal,
    deliberation::DeliberationRefusal,
    drafting::DraftingRefusal,
    issuing::IssuingRefusal,
    procedure::ProcedureRefusal,
    pronouncing::PronouncingRefusal,
};

use super::{Telling, Words, stage};
use crate::messages::{Lang, amount, archive as words_of_archive, day_in_full, nav, t};

pub(super) fn deliberation(to: Telling<'_>, refusal: &DeliberationRefusal) -> Words {
    match refusal {
        DeliberationRefusal::NoPanel => to.say(
            ["独任审理的案件不用评议。", "请直接制作文书。"],
            ["A sole judge does not deliberate.", "Go on to the document."],
        ),
        DeliberationRefusal::PresidingOnly => to.say(
            ["评议由审判长主持和总结。", "请由审判长办理。"],
            ["Only the presiding judge opens and sums up.", "Leave it to the presiding judge."],
        ),
        DeliberationRefusal::MembersOnly => to.say(
            ["只有合议庭成员可以发言和签名。", "请由合议庭成员办理。"],
            ["Only members of the panel speak and sign.", "Leave it to a member."],
        ),
        DeliberationRefusal::NotOpen => to.say(
            ["评议没有在进行。", "由审判长开始评议。"],
            ["Deliberation is not going on.", "The presiding judge opens it."],
        ),
        DeliberationRefusal::NoQuestions => {
            to.say(["没有提出要评议的问题。", "请至少列一个问题。"], ["No question was put.", "Put one at least."])
        }
        DeliberationRefusal::UnknownQuestion => to.unknown("个问题", "question"),
        DeliberationRefusal::NotYourTurn { turn } => {
            let name = to.name(*turn);
            to.say(
                [&format!("现在轮到{name}发言。"), "请等轮到您时再发言。"],
                [&format!("It is {name}'s turn."), "Speak when it is yours."],
            )
        }
        DeliberationRefusal::AllSpoken => to.say(
            ["这个问题所有成员都已发言。", "请看下一个问题，或者由审判长总结。"],
            ["Everyone has spoken on this question.", "Go on to the next, or let the presiding judge sum up."],
        ),
        DeliberationRefusal::OpenAlready => to.say(
            ["已经有成员发言，这次评议还没有结束。", "先总结这次评议，再开始新的。"],
            ["Members have spoken in this session.", "Conclude it before a new one begins."],
        ),
        DeliberationRefusal::NoReasons => to.empty("理由", "The reasons"),
        DeliberationRefusal::NotComplete => to.say(
            ["还有成员没有发言。", "等全体成员发言后再总结。"],
            ["Someone has not spoken yet.", "Sum up when all have."],
        ),
        DeliberationRefusal::NoMajority => to.say(
            ["有一个问题没有形成多数意见。（民事诉讼法第四十五条）", "请继续评议，或者提请审判委员会讨论。"],
            ["A question has no majority (Civil Procedure Law, Article 45).", "Deliberate on, or refer it."],
        ),
        DeliberationRefusal::NotConcluded => to
            .say(["评议还没有总结。", "总结后再签名。"], ["Deliberation has not been concluded.", "Sign once it has."]),
        DeliberationRefusal::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn drafting(to: Telling<'_>, refusal: &DraftingRefusal) -> Words {
    match refusal {
        DraftingRefusal::Unknown => to.unknown("份文书", "document"),
        DraftingRefusal::NotDraftable => to.say(
            ["这一类文书由系统生成，不用手工起草。", "请选择其他文书种类。"],
            ["Documents of this kind are not drafted by hand.", "Choose another kind."],
        ),
        DraftingRefusal::NewerVersion { newest } => to.say(
            [&format!("别人已经保存了更新的第 {newest} 稿。"), "请对照新稿，合并后再保存；您写的还在。"],
            [&format!("Someone saved a newer version, number {newest}."), "Compare, put both together and save again."],
        ),
        DraftingRefusal::PutForwardAlready => to.say(
            ["文书已经提交签发，不能再改。", "要改的，先请签发人退回。"],
            ["The document was put forward for signing.", "Have it returned first."],
        ),
        DraftingRefusal::IssuedAlready => to.say(
            ["文书已经签发。", "有笔误的，用裁定补正。"],
            ["The document was issued.", "A slip is put right by a ruling."],
        ),
        DraftingRefusal::Incomplete { what } => {
            let parts: Vec<&str> = what.iter().map(|part| part_words(to.lang, part)).collect();
            let parts = parts.join(to.lang.pick("、", ", "));
            to.say(
                [&format!("文书还缺：{parts}。"), "请补全后再提交。"],
                [&format!("The document still lacks: {parts}."), "Complete it and send it again."],
            )
        }
        DraftingRefusal::NoHearing => to.say(
            ["还没有开完庭，不能判决。", "先开庭审理。"],
            ["A judgment needs a hearing that is done.", "Hold the hearing first."],
        ),
        DraftingRefusal::NotDeliberated => to.say(
            ["合议庭还没有评议。", "先评议并形成结论。"],
            ["The panel has not deliberated.", "Deliberate and conclude first."],
        ),
        DraftingRefusal::NoWithdrawalAsked => to.say(
            ["原告没有申请撤诉。", "收到撤诉申请后再作裁定。"],
            ["The plaintiff did not ask to withdraw.", "Rule once that was asked."],
        ),
        DraftingRefusal::NoGroundForDeemedWithdrawal => to.say(
            ["没有按撤诉处理的事由：费用没有逾期，原告也到庭了。", "请继续审理。"],
            [
                "There is no ground to treat the suit as withdrawn: the fee is not overdue and the plaintiff came.",
                "Go on with the trial.",
            ],
        ),
        DraftingRefusal::NotSmallClaims => to.say(
            ["有反诉或者鉴定，不适用小额诉讼程序。", "先转换程序。"],
            ["A counterclaim or an appraisal does not go with small-claims procedure.", "Convert first."],
        ),
        DraftingRefusal::NotPutForward => not_put_forward(to),
        DraftingRefusal::NoReason => to.empty("理由", "The reason"),
        DraftingRefusal::Stage { fault } => stage(to, fault),
    }
}

fn part_words(lang: Lang, part: &str) -> &str {
    match part {
        "found_facts" => lang.pick("查明的事实", "facts found"),
        "reasoning" => lang.pick("本院认为", "reasoning"),
        "legal_basis" => lang.pick("法律依据", "legal basis"),
        "orders" => lang.pick("判决主文", "orders"),
        "costs" => lang.pick("诉讼费用负担", "costs"),
        other => other,
    }
}

fn not_put_forward(to: Telling<'_>) -> Words {
    to.say(
        ["文书还没有提交签发。", "由承办法官先提交。"],
        ["The document was not put forward.", "The judge in charge does so first."],
    )
}

pub(super) fn issuing(to: Telling<'_>, refusal: &IssuingRefusal) -> Words {
    match refusal {
        IssuingRefusal::Unknown => to.unknown("份文书", "document"),
        IssuingRefusal::NotPutForward => not_put_forward(to),
        IssuingRefusal::OriginalChanged => to.say(
            ["原本与您阅读的不是同一份。", "请重新阅读，再签名。"],
            ["These are not the bytes you read.", "Read the document again before you sign."],
        ),
        IssuingRefusal::NotASigner => to.say(
            ["只有审理本案的审判人员可以签名。", "请由审判组织成员签名。"],
            ["Only those who decide the case sign.", "Leave it to the tribunal."],
        ),
        IssuingRefusal::SignaturesMissing { missing } => {
            let names: Vec<String> = missing.iter().map(|person| to.name(*person)).collect();
            let names = names.join(to.lang.pick("、", ", "));
            to.say(
                [&format!("{names}还没有签名。"), "全部签名后再用印。"],
                [&format!("Signatures are missing: {names}."), "Seal it once all have signed."],
            )
        }
        IssuingRefusal::IssuedAlready => to.say(
            ["文书已经用印签发。", "不用重复办理。"],
            ["The document was issued already.", "Nothing more is needed."],
        ),
        IssuingRefusal::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn pronouncing(to: Telling<'_>, refusal: &PronouncingRefusal) -> Words {
    match refusal {
        PronouncingRefusal::Unknown => to.unknown("份文书", "document"),
        PronouncingRefusal::NotIssued => to.say(
            ["文书还没有签发用印，不能宣判。", "先签发用印。"],
            ["The document was not issued yet.", "Issue it first."],
        ),
        PronouncingRefusal::NoRecord => to.say(
            ["宣判记录不完整。", "请写明谁到场，以及已告知上诉权利、期限和上诉法院。"],
            ["The record is incomplete.", "Say who came, and that the right, period and court of appeal were told."],
        ),
        PronouncingRefusal::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn approval(to: Telling<'_>, refusal: &ApprovalRefusal) -> Words {
    match refusal {
        ApprovalRefusal::Unknown => to.unknown("件审批", "request"),
        ApprovalRefusal::PendingAlready => {
            to.say(["同样的申请正在审批。", "请等结果。"], ["The same request is pending.", "Wait for its answer."])
        }
        ApprovalRefusal::DecidedAlready => to.say(
            ["这件审批已经有了结果。", "请在审批页查看。"],
            ["It was decided already.", "See the page of requests."],
        ),
        ApprovalRefusal::NotYourTurn { turn } => {
            let post = t(to.lang, nav::post(*turn));
            to.say(
                [&format!("现在该由{post}审批。"), "请等前一级审批后再办。"],
                [&format!("It is the turn of: {post}."), "Wait until that answer is given."],
            )
        }
        ApprovalRefusal::MovedOn => to.say(
            ["审批在您查看之后已有进展。", "请重新打开查看，再决定。"],
            ["It moved on since you read it.", "Open it again, then decide."],
        ),
        ApprovalRefusal::NoReason => to.empty("理由", "The reason"),
        ApprovalRefusal::NaturalPersonsOnly => to.say(
            ["免交诉讼费用只适用于自然人。（诉讼费用交纳办法第四十四条）", "可以申请减交或者缓交。"],
            [
                "Only a natural person can be relieved of fees altogether (Measures on Litigation Fees, Article 44).",
                "Ask for a reduction or for time.",
            ],
        ),
        ApprovalRefusal::NoFeeDue => to
            .say(["没有等待交纳的费用。", "请在费用页核对。"], ["No fee is waiting to be paid.", "See the fees page."]),
        ApprovalRefusal::WrongReduction { most } => {
            let most = amount(to.lang, most.0);
            to.say(
                [&format!("减交比例不得低于百分之三十，减后最多 {most}，并应当有余额。（诉讼费用交纳办法第四十七条）"), "请改正金额。"],
                [
                    &format!("A reduction takes off thirty per cent at least: at most {most} may remain, and something must (Measures on Litigation Fees, Article 47)."),
                    "Put the amount right.",
                ],
            )
        }
        ApprovalRefusal::NoSuchPaper => to.unknown("份材料", "paper"),
        ApprovalRefusal::WrongDates => to.say(
            ["起止日期颠倒，或者不在审理期间内。", "请改正日期。"],
            ["The dates are the wrong way round, or outside the trial.", "Put them right."],
        ),
        ApprovalRefusal::TooLong { most_months } => to.say(
            [&format!("延长审限最多 {most_months} 个月。"), "请缩短，或者另报上级法院批准。"],
            [&format!("At most {most_months} months may be granted."), "Ask for less, or apply to the court above."],
        ),
        ApprovalRefusal::NoTrialPeriod => to.say(
            ["现在没有在计算的审限。", "不用申请延长或者扣除。"],
            ["No trial period is running.", "There is nothing to extend."],
        ),
        ApprovalRefusal::Course { fault } => procedure(to, fault),
        ApprovalRefusal::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn procedure(to: Telling<'_>, refusal: &ProcedureRefusal) -> Words {
    match refusal {
        ProcedureRefusal::NotStayed => to.say(
            ["诉讼没有中止，不用恢复。", "请看案件概览。"],
            ["Proceedings are not stayed.", "See the overview of the case."],
        ),
        ProcedureRefusal::StayedAlready => {
            to.say(["诉讼已经中止。", "恢复后再办。"], ["Proceedings are stayed already.", "Resume them first."])
        }
        ProcedureRefusal::NotSmallClaims => to.say(
            ["本案不是小额诉讼程序。", "请选择其他程序变更。"],
            ["The case is not on small-claims procedure.", "Choose another change."],
        ),
        ProcedureRefusal::NoWayBack => to.say(
            ["普通程序不能转回，简易程序也不能转为小额诉讼程序。", "请按现在的程序审理。"],
            [
                "There is no way back from ordinary procedure, nor from summary to small-claims procedure.",
                "Go on in the present procedure.",
            ],
        ),
        ProcedureRefusal::PeriodOver { last_on } => {
            let last = day_in_full(to.lang, *last_on);
            to.say(
                [&format!("审限已于{last}届满，转换程序应当在届满前裁定。"), "请尽快结案，并向庭长说明。"],
                [
                    &format!("The trial period ended on {last}; a change must be ruled before."),
                    "Close the case soon and tell the head of division.",
                ],
            )
        }
        ProcedureRefusal::SameProcedure => to.say(
            ["案件已经适用这个程序。", "不用转换。"],
            ["The case is on that procedure already.", "No change is needed."],
        ),
        ProcedureRefusal::NoReason => to.empty("理由", "The reason"),
        ProcedureRefusal::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn closing(to: Telling<'_>, refusal: &ClosingRefusal) -> Words {
    match refusal {
        ClosingRefusal::NotPlaintiff => to.say(
            ["只有原告可以申请撤诉。", "被告不同意诉讼请求的，请答辩。"],
            ["Only a plaintiff withdraws the suit.", "A defendant answers it."],
        ),
        ClosingRefusal::AskedAlready => to.say(
            ["已经申请过撤诉。", "请等法院裁定。"],
            ["Withdrawal was asked already.", "Wait for the court's ruling."],
        ),
        ClosingRefusal::NoReason => to.empty("理由", "The reason"),
        ClosingRefusal::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn appeal(to: Telling<'_>, refusal: &AppealRefusal) -> Words {
    match refusal {
        AppealRefusal::NotAppealable => to.say(
            ["这份裁判一作出就生效，不能上诉。", "认为有错误的，可以申请再审。"],
            ["This decision is final.", "If you think it wrong, ask for a retrial."],
        ),
        AppealRefusal::UnknownParty => to.unknown("名当事人", "party"),
        AppealRefusal::NotServedYet => to.say(
            ["裁判文书还没有送达这名当事人，上诉期还没有开始。", "收到文书后再上诉。"],
            ["The decision was not served on this party yet; the period has not begun.", "Appeal once it was."],
        ),
        AppealRefusal::PeriodOver { last_on } => {
            let last = day_in_full(to.lang, *last_on);
            to.say(
                [
                    &format!("上诉期已于{last}届满。（民事诉讼法第一百七十一条）"),
                    "因不可抗拒的事由耽误的，可以在障碍消除后十日内申请顺延。",
                ],
                [
                    &format!("The time to appeal ended on {last} (Civil Procedure Law, Article 171)."),
                    "Where force majeure kept you, ask for more time within ten days after it ended.",
                ],
            )
        }
        AppealRefusal::AppealedAlready => to.say(
            ["这名当事人已经上诉。", "不用再交。"],
            ["This party has appealed already.", "Nothing more is needed."],
        ),
        AppealRefusal::DecisionNotServed { .. } => to.say(
            ["还有当事人没有收到裁判文书，案卷不能移送。", "先送达全部当事人。"],
            ["A party was not served with the decision: the file stays here.", "Serve everyone first."],
        ),
        AppealRefusal::CopyNotServed { .. } => to.say(
            ["还有当事人没有收到上诉状副本。", "先送达副本，再移送。"],
            ["A party was not served with a copy of the petition.", "Serve it before the file goes up."],
        ),
        AppealRefusal::NoWords => to.empty("上诉请求和理由", "The petition"),
        AppealRefusal::InFuture => to.say(
            ["日期晚于今天。", "请填写实际发生的日期。"],
            ["The day lies in the future.", "Enter the day it happened."],
        ),
        AppealRefusal::Stage { fault } => stage(to, fault),
    }
}

pub(super) fn archive(to: Telling<'_>, refusal: &ArchiveRefusal) -> Words {
    match refusal {
        ArchiveRefusal::NotReady { missing } => not_ready(to, missing),
        ArchiveRefusal::NoMarks => to.empty("退回的问题", "What is to be mended"),
        ArchiveRefusal::NoPurpose => to.empty("借阅用途", "The purpose of the loan"),
        ArchiveRefusal::WrongLength => to.say(
            ["借阅期限应当是 1 至 90 天。", "请改正天数。"],
            ["A loan lasts from 1 to 90 days.", "Put the days right."],
        ),
        ArchiveRefusal::LentAlready => to.say(
            ["案卷已经借给这个人。", "归还后可以再借。"],
            ["The file is lent to this person already.", "Lend it anew once it was returned."],
        ),
        ArchiveRefusal::NotLent => to.say(
            ["案卷没有借给这个人。", "请在借阅列表里核对。"],
            ["The file is not lent to this person.", "See the list of loans."],
        ),
        ArchiveRefusal::Stage { fault } => stage(to, fault),
    }
}

fn not_ready(to: Telling<'_>, missing: &[Missing]) -> Words {
    let named: Vec<String> = missing.iter().map(|missing| words_of_archive::missing(to.lang, missing)).collect();
    let named = named.join(to.lang.pick("；", "; "));
    to.say(
        [&format!("案卷还不能归档：{named}。"), "请在归档页逐项处理。"],
        [&format!("The file is not ready for the archive: {named}."), "Mend each item from the archive page."],
    )
}
