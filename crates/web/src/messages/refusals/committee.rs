//! The adjudication committee.

use xiezhi_domain::committee::CommitteeRefusal;

use super::{Said, To, stage};

pub(super) fn committee(to: To<'_>, fault: &CommitteeRefusal) -> Said {
    use CommitteeRefusal as C;
    match fault {
        C::NoPanel => to.say(
            ("独任审理的案件不直接提交审判委员会。", "需要提交的，先转由合议庭审理。"),
            ("A sole judge lays no case before the committee.", "Have a panel try it first."),
        ),
        C::NotDeliberated => to.say(
            (
                "合议庭还没有评议完（《关于人民法院合议庭工作的若干规定》第十二条）。",
                "请先评议，每名成员对每项发表意见。",
            ),
            ("The panel has not deliberated yet.", "Deliberate first; every member speaks on every question."),
        ),
        C::NoQuestions => {
            to.say(("没有写提请讨论的问题。", "请至少写一项。"), ("No question was put.", "Put at least one."))
        }
        C::DecidedAlready => to.say(
            ("审判委员会已经对本案作出决定，合议庭应当执行。", "有异议的，可以提请院长提交复议一次。"),
            (
                "The committee decided this case; the panel carries it out.",
                "Whoever doubts may ask the president once.",
            ),
        ),
        C::NotReferred => to.say(
            ("本案没有提交审判委员会。", "由审判长提请，庭长审核，院长决定提交。"),
            ("The case was not laid before the committee.", "The presiding judge asks, the president decides."),
        ),
        C::NotDecided => {
            to.say(("审判委员会还没有作出决定。", "请等决定作出。"), ("The committee has not decided.", "Wait for it."))
        }
        C::ReconsideredAlready => to.say(
            (
                "审判委员会已经复议过一次（《关于人民法院合议庭工作的若干规定》第十三条）。",
                "请按复议后的决定制作文书。",
            ),
            ("The committee thought again once already.", "Write upon what it decided then."),
        ),
        C::GivenBackAlready => to.say(
            ("已经退回合议庭复议过一次。", "请讨论并作出决定。"),
            ("It was given back once already.", "Discuss it and decide."),
        ),
        C::NotEnough { needed } => to.say(
            (
                &format!("应当有过半数的委员出席，至少{needed}人（《人民法院组织法》第三十八条）。"),
                "请等委员到齐再开会。",
            ),
            (&format!("More than half of the members have to be there: at least {needed}."), "Wait for them."),
        ),
        C::NotAMember => to.say(
            ("所列人员中有人不是审判委员会委员。", "请只选本院审判委员会委员。"),
            ("Somebody named does not sit in the committee.", "Choose members only."),
        ),
        C::OpenAlready => to.say(
            ("已经有委员发表意见。", "请先完成这次讨论。"),
            ("Members have spoken; this session goes on.", "Bring it to its end first."),
        ),
        C::NotOpen => to.say(
            ("没有在开会。", "由院长或者受委托的副院长主持召开。"),
            ("No session is going on.", "The president, or a vice president, opens one."),
        ),
        C::ChairOnly => to.say(
            ("由主持人记明决定。", "请主持人办理。"),
            ("Only whoever presides puts it down.", "Let whoever presides do so."),
        ),
        C::MembersOnly => to.say(
            ("只有出席的委员发表意见和签名。", "请委员本人办理。"),
            ("Only those who sat speak and sign.", "Let a member do so."),
        ),
        C::UnknownQuestion => {
            to.say(("没有这个问题。", "请刷新页面。"), ("There is no such question.", "Open the page again."))
        }
        C::NotYourTurn { turn } => {
            let name = to.name(*turn);
            to.say(
                (&format!("现在轮到{name}发言；主持人最后发表意见。"), "请等轮到您时再发表。"),
                (&format!("It is {name}'s turn; whoever presides speaks last."), "Speak when your turn comes."),
            )
        }
        C::AllSpoken => to.say(
            ("这个问题委员都已发表意见。", "请看下一个，或由主持人记明决定。"),
            ("Everyone has spoken on this question.", "Go on to the next, or let the decision be put down."),
        ),
        C::NoReasons => to.reason(),
        C::NotComplete => to.say(
            ("还有委员没有发表意见。", "请等每人对每个问题都发表意见。"),
            ("Someone has not spoken yet.", "Wait until everyone has spoken on everything."),
        ),
        C::NoMajority { question } => to.say(
            (&format!("第{question}个问题没有形成全体委员过半数的意见。"), "请再次开会，或者退回合议庭复议。"),
            (
                &format!("On question {question} no side has more than half of all members."),
                "Meet again, or give it back to the panel.",
            ),
        ),
        C::Stage { fault } => stage(to, fault),
    }
}
