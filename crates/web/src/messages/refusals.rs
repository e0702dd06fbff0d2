//! What each refusal says to whoever meets it: why, and what can be done. Exhaustive: a refusal without
//! words does not compile.

mod after;
mod committee;
mod entrance;
mod parties;
mod service;
mod trial;

use xiezhi_domain::{
    Refusal, access::Denial, ids::PersonId, people::Directory, stage::StageRefusal, together::TogetherRefusal,
};

use super::{Lang, case, t};

/// Why, and what can be done.
type Said = (String, String);

/// Why it was refused, and what can be done, in the reader's language.
pub fn words(lang: Lang, refusal: &Refusal, people: Option<&Directory>) -> (String, String) {
    let to = To { lang, people };
    match refusal {
        Refusal::Stage(fault) => stage(to, fault),
        Refusal::Filing(fault) => entrance::filing(to, fault),
        Refusal::Review(fault) => entrance::review(to, fault),
        Refusal::Assignment(fault) => entrance::assignment(to, fault),
        Refusal::Fees(fault) => entrance::fees(to, fault),
        Refusal::Parties(fault) => parties::parties(to, fault),
        Refusal::Consent(fault) => parties::consent(to, fault),
        Refusal::Material(fault) => parties::material(to, fault),
        Refusal::Annotation(fault) => parties::annotation(to, fault),
        Refusal::Service(fault) => service::service(to, fault),
        Refusal::Evidence(fault) => parties::evidence(to, fault),
        Refusal::Scheduling(fault) => trial::scheduling(to, fault),
        Refusal::Hearing(fault) => trial::hearing(to, fault),
        Refusal::Mediation(fault) => trial::mediation(to, fault),
        Refusal::Deliberation(fault) => trial::deliberation(to, fault),
        Refusal::Committee(fault) => committee::committee(to, fault),
        Refusal::Drafting(fault) => trial::drafting(to, fault),
        Refusal::Issuing(fault) => trial::issuing(to, fault),
        Refusal::Supervision(fault) => trial::supervision(to, fault),
        Refusal::Correcting(fault) => after::correcting(to, fault),
        Refusal::Series(fault) => after::series(to, fault),
        Refusal::Sharing(fault) => after::sharing(to, fault),
        Refusal::Pronouncing(fault) => after::pronouncing(to, fault),
        Refusal::Approval(fault) => after::approval(to, fault),
        Refusal::Procedure(fault) => after::procedure(to, fault),
        Refusal::Closing(fault) => after::closing(to, fault),
        Refusal::Appeal(fault) => after::appeal(to, fault),
        Refusal::Archive(fault) => after::archive(to, fault),
        Refusal::Destruction(fault) => after::destruction(to, fault),
        Refusal::Unusual(fault) => after::unusual(to, fault),
        Refusal::Scanning(fault) => after::scanning(to, fault),
        Refusal::OnPaper(fault) => parties::on_paper(to, fault),
        Refusal::Counter(fault) => parties::counter(to, fault),
        Refusal::Together(fault) => together(to, fault),
        Refusal::Access(fault) => access(to, fault),
    }
}

/// To whom it is said.
#[derive(Clone, Copy)]
struct To<'a> {
    lang: Lang,
    people: Option<&'a Directory>,
}

impl To<'_> {
    /// Why and what to do, first in Chinese, then in English.
    fn say(self, zh: (&str, &str), en: (&str, &str)) -> Said {
        let (why, what) = self.lang.pick(zh, en);
        (why.to_owned(), what.to_owned())
    }

    fn name(self, person: PersonId) -> String {
        let known = self.people.map(|people| people.name(person)).filter(|name| !name.is_empty());
        known.unwrap_or(self.lang.pick("另一人", "someone else")).to_owned()
    }

    /// Words are needed in an empty field.
    fn reason(self) -> Said {
        self.say(
            ("还没有写理由。", "请写明理由后再提交。"),
            ("No reason was written.", "Write the reason and send it again."),
        )
    }

    fn no_party(self) -> Said {
        self.say(
            ("本案没有这名当事人。", "请回到案件页，从列出的当事人中选择。"),
            ("There is no such party in this case.", "Go back to the case and choose one of the parties listed."),
        )
    }
}

fn stage(to: To<'_>, fault: &StageRefusal) -> Said {
    match fault {
        StageRefusal::WrongStage { now, needed } => {
            let lang = to.lang;
            let now = t(lang, case::stage(*now));
            let needed: Vec<&str> = needed.iter().map(|stage| t(lang, case::stage(*stage))).collect();
            let needed = needed.join(lang.pick("、", ", "));
            to.say(
                (&format!("案件现在是“{now}”，这一步要在“{needed}”时办。"), "请打开案件概览，先办列出的下一步。"),
                (
                    &format!("The case stands at “{now}”; this step belongs to: {needed}."),
                    "Open the overview of the case and take the next step shown there.",
                ),
            )
        }
        StageRefusal::Stayed => to.say(
            (
                "案件已中止诉讼，中止期间不办这一步（《民事诉讼法》第一百五十三条）。",
                "中止的原因消除后，由法官恢复审理再办。",
            ),
            (
                "Proceedings are stayed; this step can't be taken meanwhile (《民事诉讼法》第一百五十三条).",
                "Once the ground is gone, the judge resumes the case.",
            ),
        ),
        StageRefusal::ClosedAlready => to.say(
            ("案件已经结案，只能补充规定列明的材料。", "请看归档页列出的缺项；判决有笔误的，用裁定补正。"),
            (
                "The case is closed; only the listed additions are accepted.",
                "See what the archive page still lacks; a slip in a judgment is corrected by a ruling.",
            ),
        ),
        StageRefusal::Sealed => to.say(
            ("案卷已归档封存，不能再改动。", "确需查阅的，向档案管理员申请借阅。"),
            ("The file is archived and sealed; it can't be changed.", "To read it, ask the archivist for a loan."),
        ),
    }
}

fn together(to: To<'_>, fault: &TogetherRefusal) -> Said {
    match fault {
        TogetherRefusal::SomeonePresents => to.say(
            ("已经有人在向这些人主讲。", "可以跟随，或者等对方结束后再讲。"),
            ("Someone presents to them already.", "Follow along, or present once they have ended."),
        ),
        TogetherRefusal::NotPresenting => to.say(
            ("您现在没有在主讲：已经结束，或者由别人接着讲。", "要继续的，请在阅卷页重新开始主讲。"),
            ("You do not present now: it ended, or someone else goes on.", "To go on, begin anew beside the page."),
        ),
    }
}

fn access(to: To<'_>, fault: &Denial) -> Said {
    match fault {
        Denial::NotAllowed { .. } => to.say(
            ("这一步现在不由您办理。", "请由承办这一步的人办理；不清楚找谁的，请看案件概览或拨打法院电话。"),
            (
                "This step is not yours to take now.",
                "Whoever is in charge of it must take it; the overview of the case says who.",
            ),
        ),
        Denial::ReasonNeeded { .. } => to.say(
            (
                "这是受限案件（不公开审理或者涉及家庭），您不在办案团队里。",
                "说明理由后才能打开；理由记入这个案件的查阅记录，一天内有效。",
            ),
            (
                "This case is restricted (heard in private, or about a family), and you do not work on it.",
                "It opens once you say why; the reason goes on the log of this case and holds for a day.",
            ),
        ),
        Denial::NotThisParty => to.say(
            ("您只能代表自己一方办理。", "请从“我的案件”进入您这一方的页面再办。"),
            ("You can act for your own side only.", "Open the page of your own side from “My cases”."),
        ),
        Denial::NoSpecialAuthority { .. } => to.say(
            (
                "您的委托书没有这项特别授权（《民事诉讼法》第六十二条）。",
                "请当事人本人办理，或提交载明这项特别授权的委托书。",
            ),
            (
                "Your power of attorney does not reach that far (《民事诉讼法》第六十二条).",
                "Let your client act, or hand in a power of attorney that names this authority.",
            ),
        ),
    }
}
