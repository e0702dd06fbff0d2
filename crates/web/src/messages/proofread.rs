//! What proofreading found, in words: what is wrong, and what to do.

use xiezhi_documents::{
    amount::yuan,
    proofread::{Finding, Slip, SlipKind},
};

use super::Lang;

crate::messages! {
    Title => "校对", "Proofreading";
    Nothing => "没有发现问题。文书的内容仍由您负责。", "Nothing found. What it says remains yours.";
    Note => "机器校对：名称、号码、日期、金额、判项、法条和标点。改不改由您决定。", "Checked by machine: names, numbers, days, sums, orders, articles and punctuation. Whether to change anything is yours.";
    Head => "首部", "Head";
    Whole => "全文", "Whole paper";
}

crate::phrases! {
    block(no: usize) => "第{no}段", "Part {no}";
    instead(written: &str, fix: &str) => "“{written}”应为“{fix}”", "“{written}” should be “{fix}”";
}

/// A finding in words.
#[must_use]
pub fn finding(lang: Lang, finding: &Finding) -> String {
    let say = |zh: String, en: String| match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    match finding {
        Finding::Gap { what, .. } => say(format!("还缺：{what}"), format!("Still missing: {what}")),
        Finding::NumberDiffers { written, expected } => {
            let (written, expected) = (written.as_deref().unwrap_or("—"), expected.as_deref().unwrap_or("—"));
            say(
                format!("案号是“{written}”，本案是“{expected}”"),
                format!("The number is “{written}”, the case's is “{expected}”"),
            )
        }
        Finding::PartyNotNamed { name } => {
            say(format!("没有写到当事人{name}"), format!("{name}, a party, is not named"))
        }
        Finding::UnknownIdentity { written, .. } => {
            say(format!("{written}不是本案当事人的号码"), format!("{written} is the number of no party"))
        }
        Finding::ClaimsUnanswered { claims, orders } => say(
            format!("诉讼请求{claims}项，判项{orders}项，又没有驳回其余请求"),
            format!("{claims} claims, {orders} orders, and the rest is not rejected"),
        ),
        Finding::OrdersMisnumbered { written, expected, .. } => say(
            format!("判项编号是{written}，应为{expected}"),
            format!("The order is numbered {written}; it should be {expected}"),
        ),
        Finding::OrderBindsNobody { .. } => {
            say("判项没有写明由谁履行".into(), "The order names nobody whom it binds".into())
        }
        Finding::AmountsDisagree { sum_fen, stated_fen, .. } => say(
            format!("各项相加是{}元，标的额是{}元", yuan(*sum_fen), yuan(*stated_fen)),
            format!("The items add up to {} yuan, the amount in dispute is {} yuan", yuan(*sum_fen), yuan(*stated_fen)),
        ),
        Finding::AwardAboveClaim { what, awarded_fen, claimed_fen, .. } => say(
            format!(
                "判给{what}{}元，多于请求的{}元；应不超过请求，或者写明增加诉讼请求的经过",
                yuan(*awarded_fen),
                yuan(*claimed_fen)
            ),
            format!(
                "{what} {} yuan are awarded, more than the {} yuan claimed: keep within the claim, or tell when it was raised",
                yuan(*awarded_fen),
                yuan(*claimed_fen)
            ),
        ),
        Finding::OrderBindsItself { name, .. } => say(
            format!("判项让{name}对自己履行；请核对权利人和义务人"),
            format!("The order binds {name} to itself; check who owes and who is owed"),
        ),
        Finding::LatePerformanceMissing => say(
            "判令给付金钱，缺迟延履行利息的告知".into(),
            "Money is ordered, but the clause on late performance is missing".into(),
        ),
        Finding::AppealClauseWrong { expected_days: 0 } => say(
            "小额诉讼一审终审，不应告知上诉".into(),
            "A small-claims judgment is final: no appeal is offered".into(),
        ),
        Finding::AppealClauseWrong { expected_days } => say(
            format!("上诉告知有误，上诉期应为{expected_days}日"),
            format!("The appeal clause is wrong: the period is {expected_days} days"),
        ),
        Finding::HigherCourtWrong { expected, .. } => {
            say(format!("上诉法院应为{expected}"), format!("The court above is {expected}"))
        }
        Finding::ProcedureLawNotLast => {
            say("程序法应列在实体法之后".into(), "Procedural law stands after substantive law".into())
        }
        Finding::Slip(slip) => {
            let what = kind(lang, slip.kind);
            format!("{what}{}{}", lang.pick("：", ": "), told(lang, slip))
        }
    }
}

fn told(lang: Lang, slip: &Slip) -> String {
    match (&slip.fix, slip.kind) {
        (Some(by), SlipKind::LawNotInForce) => match lang {
            Lang::Zh => format!("{}（依{by}废止；法律事实发生在废止以前的除外）", slip.written),
            Lang::En => format!("{} (ended by {by}; facts of before excepted)", slip.written),
        },
        (Some(fix), kind) if kind != SlipKind::HiddenCharacter => instead(lang, &slip.written, fix),
        _ => lang.pick("“", "“").to_owned() + &slip.written + "”",
    }
}

fn kind(lang: Lang, kind: SlipKind) -> &'static str {
    match kind {
        SlipKind::HalfWidthMark => lang.pick("半角标点", "Half-width punctuation"),
        SlipKind::DoubledMark => lang.pick("标点重复", "Two marks where one belongs"),
        SlipKind::UnpairedMark => lang.pick("括号或者引号不成对", "A mark without its partner"),
        SlipKind::FullWidthCharacter => lang.pick("全角数字或者字母", "Full-width digits or letters"),
        SlipKind::HiddenCharacter => lang.pick("看不见的字符，应删去", "A character nobody sees; delete it"),
        SlipKind::RepeatedWords => lang.pick("词语重复", "Words repeated"),
        SlipKind::ImpossibleDate => lang.pick("没有这一天", "No such day"),
        SlipKind::CaseNumberForm => lang.pick("案号写法不合规则", "A case number is written otherwise"),
        SlipKind::AmountsDiffer => lang.pick("大写金额与小写金额不一致", "The sum in words is not the one in digits"),
        SlipKind::NameNearly => lang.pick("与当事人名称差一个字", "One character away from a party's name"),
        SlipKind::IdentityWrong => lang.pick("证件号码的校验位不对", "The identity number's check digit is wrong"),
        SlipKind::IdentityDiffers => lang.pick("与证件号码所载不一致", "Not what the identity number says"),
        SlipKind::DayDiffers => lang.pick("与本案的日期不一致", "Not the day of this case"),
        SlipKind::ArticleUnknown => lang.pick("没有这一条", "No such article"),
        SlipKind::LawNotInForce => lang.pick("当日不在施行", "Not in force on the day of the paper"),
    }
}
