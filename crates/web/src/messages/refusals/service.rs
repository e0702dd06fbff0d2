//! Service.

use xiezhi_domain::service::ServiceRefusal;

use super::{Said, To};
use crate::messages::day_in_full;

pub(super) fn service(to: To<'_>, fault: &ServiceRefusal) -> Said {
    use ServiceRefusal as S;
    let day = |day| day_in_full(to.lang, day);
    match fault {
        S::Unknown => to.say(
            ("没有这次送达。", "请回到送达页重新选择。"),
            ("There is no such attempt at service.", "Go back to the service page."),
        ),
        S::UnknownParty => to.no_party(),
        S::NothingChosen => {
            to.say(("没有选择要送的文书。", "请先勾选文书。"), ("No paper was chosen.", "Tick the papers first."))
        }
        S::NotInFile { .. } => to.say(
            ("有一份文书还没有入卷，不能送达。", "请先入卷再送。"),
            ("A paper is not in the file and can't be served.", "Take it into the file first."),
        ),
        S::SecondaryVolume => to.say(
            ("副卷材料不能送达当事人。", "请只选正卷文书。"),
            ("Papers of the secondary volume are never served.", "Choose papers of the main volume only."),
        ),
        S::NoConsent => to.say(
            ("受送达人没有同意电子送达（《民事诉讼法》第九十条）。", "请改用邮寄或直接送达。"),
            ("The party did not consent to electronic service (《民事诉讼法》第九十条).", "Serve by post or by hand."),
        ),
        S::NoAddress => to.say(
            ("没有可以送达的地址。", "请先查明并登记地址。"),
            ("No address is known to serve at.", "Find one and enter it first."),
        ),
        S::NotElectronic => to.say(
            ("这次送达不是电子送达。", "请登记相应方式的结果。"),
            ("It did not go electronically.", "Enter the outcome of the channel it went by."),
        ),
        S::NotOnPaper => to.say(
            ("这次送达是电子送达，结果由系统记录。", "不用人工登记。"),
            ("It went electronically; the outcome is recorded by the system.", "Nothing need be entered."),
        ),
        S::ArrivedBeforeDispatch { dispatched_on, arrived_on } => {
            let (left, came) = (day(*dispatched_on), day(*arrived_on));
            to.say(
                (&format!("送达日{came}早于发出日{left}。"), "请核对回证上的日期。"),
                (
                    &format!("It is said to have come on {came}, before it left on {left}."),
                    "Check the day on the receipt.",
                ),
            )
        }
        S::InFuture => to.say(
            ("日期在今天以后。", "请填实际送达的日期。"),
            ("The day lies in the future.", "Give the day it was really served."),
        ),
        S::MediationStatementInPerson => to.say(
            (
                "调解书要直接送达本人，不能留置或公告（《民诉法解释》第一百三十三条）。",
                "请直接送达；拒收的视为调解不成，及时判决。",
            ),
            (
                "A mediation statement must reach the party's own hand (《民诉法解释》第一百三十三条).",
                "Serve it by hand; if it is refused, mediation has failed and judgment follows.",
            ),
        ),
        S::AnnouncementNeedsOrdinary => to.say(
            ("公告送达的案件不适用简易程序（《民诉法解释》第一百四十条）。", "请先转为普通程序。"),
            (
                "A case with service by announcement can't stay in summary procedure (《民诉法解释》第一百四十条).",
                "Convert to ordinary procedure first.",
            ),
        ),
        S::AnnouncementTooEarly => to.say(
            ("还没有用过其他方式，不能公告送达（《民事诉讼法》第九十五条）。", "请先用其他方式送达并记录结果。"),
            (
                "Announcement is the last resort (《民事诉讼法》第九十五条).",
                "Try another channel first and record its outcome.",
            ),
        ),
        S::AnnouncementRunning => to.say(
            ("公告期还没有满，到期自动视为送达。", "请等公告期满。"),
            ("The announcement counts by itself once its days are full.", "Wait until then."),
        ),
        S::NoRecipient => to.say(
            ("调解书要写明由谁签收。", "请按回证填写签收人。"),
            ("The receipt must say who took the statement.", "Enter the name on the receipt."),
        ),
        S::NotInThisWay => to.say(
            ("这种送达方式不会有这样的结果。", "请选择与送达方式相符的签收情况。"),
            ("Papers sent in this way can't end so.", "Choose how they were taken in."),
        ),
        S::NoName => to.say(
            ("没有写签收人。", "请按回证填写签收人姓名。"),
            ("It is not said who took the papers.", "Enter the name on the receipt."),
        ),
        S::NoRelation => to.say(
            ("没有写签收人与受送达人的关系或者职务。", "请写明，例如“配偶”“收发室”。"),
            ("It is not said what that person is to the party.", "Give the relation or the post, such as \"spouse\", \"mail room\"."),
        ),
        S::NotOfThisParty => to.say(
            ("自然人才有同住成年家属，单位才有负责收件的人（《民事诉讼法》第八十八条）。", "请重新选择签收情况。"),
            (
                "A natural person has family, an organisation has posts (《民事诉讼法》第八十八条).",
                "Choose again who took the papers.",
            ),
        ),
        S::NotAnAgent { name } => to.say(
            (&format!("{name}不是受送达人在本案的诉讼代理人。"), "请核对姓名；委托手续还没有入卷的，先办入卷。"),
            (
                &format!("{name} is not the party's agent in this case."),
                "Check the name; if the power of attorney is not in the file, take it in first.",
            ),
        ),
        S::NotNominated { name } => to.say(
            (&format!("{name}不是受送达人指定的代收人。"), "请核对送达地址确认书。"),
            (
                &format!("{name} is not whom the party named to take papers in."),
                "Check the confirmation of address.",
            ),
        ),
        S::TakenByOtherSide { name } => to.say(
            (&format!("{name}是对方当事人一方，代收无效（《简易程序规定》第十一条）。"), "这次不算送达，请重新送达。"),
            (
                &format!("{name} is of the other side: that is no service (《简易程序规定》第十一条)."),
                "Serve again.",
            ),
        ),
        S::LeavingNotShown => to.say(
            ("留置送达要记明拒收事由，并有见证人或者照片、录像（《民事诉讼法》第八十九条）。", "请补写事由，填见证人或者附照片。"),
            (
                "Leaving papers needs the reason of the refusal, and a witness or a picture (《民事诉讼法》第八十九条).",
                "Give the reason, and a witness or a picture.",
            ),
        ),
        S::ReturnedFromUnconfirmed => to.say(
            ("受送达人没有确认过这个地址，退回的邮件不能视为送达。", "请登记为送达不成功，换方式再送。"),
            (
                "The party never confirmed this address: post that came back is no service.",
                "Enter a failure and try another way.",
            ),
        ),
        S::NotPosted => {
            to.say(("这次送达不是邮寄。", "不用登记邮件号码。"), ("It did not go by post.", "It has no consignment number."))
        }
        S::TrackingMalformed => to.say(
            ("邮件号码是 8 到 30 位字母或数字。", "请照面单重新填写或者扫码。"),
            ("A consignment number has 8 to 30 letters or digits.", "Type it from the label, or scan it."),
        ),
        S::NotAnnounced => to.say(
            ("这次送达不是公告。", "不用登记刊登情况。"),
            ("It was not announced.", "There is no publication to enter."),
        ),
        S::AnnouncedAlready => to.say(
            ("公告期已满，已经视为送达。", "不用再登记刊登。"),
            ("The days of the announcement are full; it counts.", "No publication need be entered."),
        ),
        S::TriedInFuture => to.say(
            ("联系时间在现在以后。", "请填实际联系的时间。"),
            ("The moment lies in the future.", "Give the time at which it really was."),
        ),
        S::NotByHand => to.say(
            ("平台、短信、邮件的结果由系统记录。", "请选择电话、上门或者投递。"),
            ("What the platform sends by itself is recorded by the system.", "Choose a call, a visit or the carrier."),
        ),
        S::NoOutcome => to.say(
            ("没有写联系的结果。", "请写明，例如“无人接听”。"),
            ("What came of it is not said.", "Say it, such as \"no answer\"."),
        ),
        S::NotServed => to.say(
            ("这次送达还没有算作送达，无从核实。", "请看这次送达现在的状态。"),
            ("This service does not count yet: there is nothing to find.", "See where it stands now."),
        ),
        S::OpenedByParty => to.say(
            ("当事人已经打开或者签收，说明已经到达。", "不能认定没有送达。"),
            ("The party opened the papers or signed for them: they arrived.", "It can't be found that they did not."),
        ),
        S::Overtaken => to.say(
            (
                "当事人已经据此答辩、到庭或者上诉，或者案卷已经移送上级法院，不能再认定没有送达。",
                "当事人有异议的，由承办法官或者上级法院处理。",
            ),
            (
                "The party answered, came or appealed upon these papers, or the file has gone to the court above: it can't be found that they did not arrive.",
                "Objections are for the judge in charge or the court above.",
            ),
        ),
        S::InForce => to.say(
            ("裁判已经生效，不能再改动这次送达。", "当事人没有收到的，告知其依法申请再审。"),
            (
                "The decision took effect: its service stands.",
                "Tell the party that a retrial can be asked for.",
            ),
        ),
        S::NotAddressee => to.say(
            ("只有受送达人本人或其代理人可以签收。", "请由受送达人办理。"),
            ("It is for the party served, nobody else.", "Let that party sign for it."),
        ),
        S::NoReason => to.reason(),
        S::EffectedAlready { on } => {
            let on = day(*on);
            to.say(
                (&format!("已经登记在{on}送达，以该记录为准。"), "确有错误的，向承办法官说明。"),
                (
                    &format!("It is on record as served on {on}; that stands."),
                    "If it is wrong, tell the judge in charge.",
                ),
            )
        }
    }
}
