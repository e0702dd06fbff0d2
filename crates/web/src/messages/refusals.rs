//! What each refusal says to whoever meets it: why, and what can be done. Exhaustive: a refusal without
//! words does not compile.

mod ending;
mod opening;
mod trial;

use xiezhi_domain::{
    Refusal,
    access::Denial,
    ids::PersonId,
    party::SpecialAuthority,
    people::Directory,
    stage::{Stage, StageRefusal},
};

use super::{Lang, case, t};

/// Why, and what can be done.
pub type Words = (String, String);

/// Who reads: the language, and the names of people where they are known.
#[derive(Clone, Copy)]
struct Telling<'a> {
    lang: Lang,
    people: Option<&'a Directory>,
}

impl Telling<'_> {
    /// The texts of the reader's language.
    fn say(self, zh: [&str; 2], en: [&str; 2]) -> Words {
        let [why, next] = self.lang.pick(zh, en);
        (why.to_owned(), next.to_owned())
    }

    /// The name of a person, or a word for one whose name is not at hand.
    fn name(self, person: PersonId) -> String {
        match self.people {
            Some(people) => people.name(person).to_owned(),
            None => self.lang.pick("该人员", "That person").to_owned(),
        }
    }

    /// The person, party or paper named in the form is not in this case.
    fn unknown(self, zh: &str, en: &str) -> Words {
        let why_en = format!("This case has no such {en}.");
        self.say(
            [&format!("本案没有这{zh}。"), "页面可能已经过时：请回到案件重新打开再选。"],
            [&why_en, "The page may be out of date: open the case again and choose anew."],
        )
    }

    /// Something that must be written was left empty.
    fn empty(self, zh: &str, en: &str) -> Words {
        let why_en = format!("{en} must be written.");
        self.say(
            [&format!("还没有填写{zh}。"), "填写后再提交；您已填的内容都还在。"],
            [&why_en, "Write it and send the form again; what you typed is still there."],
        )
    }

    fn stages(self, stages: &[Stage]) -> String {
        let names: Vec<&str> = stages.iter().map(|stage| t(self.lang, case::stage(*stage))).collect();
        names.join(self.lang.pick("、", ", "))
    }
}

/// Why it was refused, and what can be done, in the reader's language.
pub fn words(lang: Lang, refusal: &Refusal, people: Option<&Directory>) -> Words {
    let to = Telling { lang, people };
    match refusal {
        Refusal::Stage(fault) => stage(to, fault),
        Refusal::Access(denial) => access(to, denial),
        Refusal::Filing(refusal) => opening::filing(to, refusal),
        Refusal::Review(refusal) => opening::review(to, refusal),
        Refusal::Assignment(refusal) => opening::assignment(to, refusal),
        Refusal::Fees(refusal) => opening::fees(to, refusal),
        Refusal::Parties(refusal) => opening::parties(to, refusal),
        Refusal::Consent(refusal) => opening::consent(to, refusal),
        Refusal::Material(refusal) => trial::material(to, refusal),
        Refusal::Service(refusal) => trial::service(to, refusal),
        Refusal::Evidence(refusal) => trial::evidence(to, refusal),
        Refusal::Scheduling(refusal) => trial::scheduling(to, refusal),
        Refusal::Hearing(refusal) => trial::hearing(to, refusal),
        Refusal::Mediation(refusal) => trial::mediation(to, refusal),
        Refusal::Deliberation(refusal) => ending::deliberation(to, refusal),
        Refusal::Drafting(refusal) => ending::drafting(to, refusal),
        Refusal::Issuing(refusal) => ending::issuing(to, refusal),
        Refusal::Pronouncing(refusal) => ending::pronouncing(to, refusal),
        Refusal::Approval(refusal) => ending::approval(to, refusal),
        Refusal::Procedure(refusal) => ending::procedure(to, refusal),
        Refusal::Closing(refusal) => ending::closing(to, refusal),
        Refusal::Appeal(refusal) => ending::appeal(to, refusal),
        Refusal::Archive(refusal) => ending::archive(to, refusal),
    }
}

fn stage(to: Telling<'_>, refusal: &StageRefusal) -> Words {
    match refusal {
        StageRefusal::WrongStage { now, needed } => {
            let (now, needed) = (to.stages(&[*now]), to.stages(needed));
            to.say(
                [&format!("案件现在处于“{now}”，这件事要在“{needed}”时办。"), "请打开案件概览，看下一步该办什么。"],
                [
                    &format!("The case stands at “{now}”; this is done at “{needed}”."),
                    "Open the overview of the case to see what comes next.",
                ],
            )
        }
        StageRefusal::Stayed => to.say(
            [
                "诉讼已经中止，暂时不能办这件事。（民事诉讼法第一百五十三条）",
                "中止的原因消除后，由承办法官恢复诉讼，再办。",
            ],
            [
                "Proceedings are stayed, so this can't be done now (Civil Procedure Law, Article 153).",
                "Once the reason for the stay is gone, the judge in charge resumes proceedings.",
            ],
        ),
        StageRefusal::ClosedAlready => to.say(
            ["案件已经结案，电子卷只接收规定的几类补充材料。", "确有需要的，向承办法官提出。"],
            [
                "The case is closed; its file takes only the listed additions.",
                "If something still has to be done, ask the judge in charge.",
            ],
        ),
        StageRefusal::Sealed => to.say(
            ["案卷已经归档封存，不能再改动。", "需要查看的，向档案部门申请借阅。"],
            ["The file is archived under seal and can't be changed.", "To read it, ask the archive for a loan."],
        ),
    }
}

fn access(to: Telling<'_>, denial: &Denial) -> Words {
    match denial {
        Denial::NotAllowed { .. } => to.say(
            ["以您在本案中的身份，现在不能办这件事。", "如果这件事应当由您办，请向本案书记员或者承办法官确认。"],
            [
                "In your position in this case, you can't do this now.",
                "If it should be yours to do, ask the clerk or the judge of the case.",
            ],
        ),
        Denial::NotThisParty => to.say(
            ["这件事只能由当事人本人或者其代理人办，您代表的是另一方。", "请回到“我的案件”，从自己一方办理。"],
            [
                "Only that party or its agent may do this; you stand on another side.",
                "Go back to your case and act for your own side.",
            ],
        ),
        Denial::NoSpecialAuthority { authority } => {
            let (zh, en) = authority_words(*authority);
            to.say(
                [
                    &format!("您的授权里没有“{zh}”这一项特别授权。（民事诉讼法第六十二条）"),
                    "请由当事人本人办理，或者提交写明这一项的授权委托书。",
                ],
                [
                    &format!("Your authority does not cover {en} (Civil Procedure Law, Article 62)."),
                    "Let the client do it in person, or hand in a power of attorney that names it.",
                ],
            )
        }
    }
}

fn authority_words(authority: SpecialAuthority) -> (&'static str, &'static str) {
    match authority {
        SpecialAuthority::Admit => ("承认诉讼请求", "admitting claims"),
        SpecialAuthority::Waive => ("放弃诉讼请求", "waiving claims"),
        SpecialAuthority::ChangeClaim => ("变更诉讼请求", "changing claims"),
        SpecialAuthority::Settle => ("进行和解、调解", "settling or mediating"),
        SpecialAuthority::Counterclaim => ("提起反诉", "bringing a counterclaim"),
        SpecialAuthority::Appeal => ("提起上诉", "appealing"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use xiezhi_domain::{archive::ArchiveRefusal, fees::FeeRefusal};

    #[test]
    fn a_refusal_says_why_and_what_can_be_done_in_both_languages() {
        let refusals: [Refusal; 3] = [
            StageRefusal::WrongStage { now: Stage::Filed, needed: vec![Stage::Pretrial, Stage::Scheduled] }.into(),
            ArchiveRefusal::Stage { fault: StageRefusal::Stayed }.into(),
            FeeRefusal::NothingDue.into(),
        ];
        for refusal in &refusals {
            let (zh, en) = (words(Lang::Zh, refusal, None), words(Lang::En, refusal, None));
            assert!(!zh.0.is_empty() && !zh.1.is_empty() && zh != en, "{refusal:?}");
        }
    }

    #[test]
    fn a_wrong_stage_is_named_in_words() {
        let refusal = StageRefusal::WrongStage { now: Stage::Filed, needed: vec![Stage::Pretrial] }.into();
        assert!(words(Lang::Zh, &refusal, None).0.contains("已立案"));
        assert!(words(Lang::En, &refusal, None).0.contains("Pretrial"));
    }
}
