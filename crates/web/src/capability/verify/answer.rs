//! The check page for people: one large plain answer, then what is proven and what is not.

use xiezhi_app::verify::{After, Entered, KnownPaper};
use xiezhi_domain::verify::{Followed, VersionStanding};

use super::{Finding, VerifyView};
use crate::{
    frame::prelude::*,
    http::{prelude::*, showing::PageParts},
    messages::{
        Lang, correcting, day,
        kinds::kind_name,
        moment, moment_exact, t,
        verify::{self as words, Key},
    },
};

impl View for VerifyView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        let parts = PageParts { islands: vec![Island::Check], ..PageParts::default() };
        to.page_with(title, parts, html! {
            h1 { (title) }
            (self.answer(to))
            (explain(t(lang, Key::How), html! { p { (t(lang, Key::HowWords)) } }))
            p.help { (t(lang, Key::NotPrivate)) " " a href="/log" { (t(lang, Key::WhoVouches)) } }
        })
    }
}

impl VerifyView {
    fn answer(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        match &self.finding {
            Finding::Asked => html! { p { (t(lang, Key::Lead)) } (form_to(to, "/verify", true)) },
            Finding::Genuine { paper } => html! {
                (self.genuine(to, paper))
                (another(to))
            },
            Finding::Known { paper, by_proof } => html! {
                @if *by_proof { (note_of(Standing::Done, html! { p { (t(lang, Key::ProofHolds)) } })) }
                (Sheet::new(kind_name(lang, paper.kind)).body(html! {
                    p { (t(lang, Key::KnownWords)) }
                    (facts(to, paper))
                    @if !paper.after.is_empty() { ul.points { @for after in &paper.after { li { (since(lang, after)) } } } }
                }))
                h2 { (t(lang, Key::Compare)) }
                (form_to(to, &format!("/verify/{}", paper.code), false))
            },
            Finding::Changed { paper } => html! {
                (say(Standing::Overdue, "", t(lang, Key::Changed), html! { p { (t(lang, Key::ChangedWords)) } (facts(to, paper)) }))
                (another(to))
            },
            Finding::BadProof => html! {
                (say(Standing::Overdue, "", t(lang, Key::BadProof), html! { p { (t(lang, Key::BadProofWords)) } }))
                (another(to))
            },
            Finding::Unknown => html! {
                (say(Standing::Soon, "", t(lang, Key::Unknown), html! {
                    p { (t(lang, Key::UnknownWords)) }
                    p { (t(lang, Key::Call)) " " a href={ "tel:" (to.settings.hotline) } { (to.settings.hotline) } }
                }))
                (another(to))
            },
        }
    }

    fn genuine(&self, to: &Showing, paper: &KnownPaper) -> Markup {
        let lang = to.lang();
        let (state, big) = match paper.standing {
            _ if paper.after.iter().any(|after| after.what == Followed::Revoked) => (Standing::Soon, Key::GenuineRevoked),
            VersionStanding::Newest if !paper.after.is_empty() => (Standing::Soon, Key::GenuineCorrected),
            VersionStanding::Newest => (Standing::Done, Key::Genuine),
            VersionStanding::Superseded => (Standing::Soon, Key::GenuineSuperseded),
            VersionStanding::Struck => (Standing::Soon, Key::GenuineStruck),
        };
        say(state, "", t(lang, big), html! {
            (facts(to, paper))
            @if !paper.after.is_empty() { ul.points { @for after in &paper.after { li { (since(lang, after)) } } } }
            h3 { (t(lang, if paper.entered.proof.is_signed() { Key::ProvenTitle } else { Key::RecordedTitle })) }
            ul.points { @for said in self.proven(lang, paper) { li { (said) } } }
            h3 { (t(lang, Key::NotProvenTitle)) }
            ul.points { @for key in not_proven(&paper.entered) { li { (t(lang, key)) } } }
        })
    }

    /// What is proven, never more than is true.
    fn proven(&self, lang: Lang, paper: &KnownPaper) -> Vec<Markup> {
        let entered = &paper.entered;
        let standing = match paper.standing {
            VersionStanding::Newest => words::newest_as_of(lang, &moment_exact(self.as_of)),
            VersionStanding::Superseded => t(lang, Key::SupersededWords).to_owned(),
            VersionStanding::Struck => t(lang, Key::StruckWords).to_owned(),
        };
        let mut told = vec![
            html! { (t(lang, Key::ProvesBytes)) },
            html! { (words::entered_on(lang, &moment(entered.at), entered.position)) },
            html! { (proof_mark(lang, entered.proof)) " " (proof_words(lang, entered.proof).1) },
        ];
        told.extend(entered.seen.iter().map(|seen| {
            let at = seen.at.map(moment_exact).unwrap_or_default();
            html! { (words::proves_seen(lang, &seen.witness, &at)) }
        }));
        told.extend(entered.stamped.iter().map(|stamped| {
            html! { (words::proves_stamped(lang, &stamped.authority, &moment_exact(stamped.at))) }
        }));
        told.push(html! { (standing) });
        told
    }
}

/// What a good answer does not say, so that nobody reads it into it.
pub(super) fn not_proven(entered: &Entered) -> Vec<Key> {
    let mut keys = vec![Key::NotEffect, Key::NotLater, Key::NotWho];
    if !matches!(entered.proof, Proof::Witnessed { .. }) {
        keys.push(Key::NotWitnessed);
    }
    if matches!(entered.proof, Proof::Witnessed { demonstration: true, .. }) {
        keys.push(Key::NotInEarnest);
    }
    if let Some(stamped) = &entered.stamped {
        keys.push(Key::NotBeforeStamp);
        if stamped.demonstration {
            keys.push(Key::StampNotInEarnest);
        }
    }
    keys
}

fn form_to(to: &Showing, action: &str, by_words: bool) -> Markup {
    let lang = to.lang();
    bare_sheet(form(FormTo { action, files: true, wide: true, ..FormTo::default() }, html! {
        (paper_check(&PaperCheck {
            label: t(lang, Key::File),
            help: t(lang, Key::FileHelp),
            here: t(lang, Key::FileHere),
            working: t(lang, Key::FileWorking),
            ready: t(lang, Key::FileReady),
            proof: t(lang, Key::FileIsProof),
            failed: t(lang, Key::FileFailed),
        }))
        @if by_words { (Field::new("typed", t(lang, Key::Typed)).help(t(lang, Key::TypedHelp)).optional(lang).max_length(200).text()) }
        (Verb::submit(t(lang, Key::Check)).primary())
    }))
}

fn another(to: &Showing) -> Markup {
    acts(&[Verb::go(t(to.lang(), Key::Another), "/verify")])
}

/// What followed the paper, on which day, by which other.
fn since(lang: Lang, after: &After) -> Markup {
    html! {
        (day(after.on)) " " (t(lang, correcting::followed(after.what)))
        @if let Some(code) = after.code { " " a href={ "/verify/" (code) } { code { (code) } } }
    }
}

fn facts(to: &Showing, paper: &KnownPaper) -> Markup {
    let lang = to.lang();
    pairs(&[
        (t(lang, Key::Kind), html! { (kind_name(lang, paper.kind)) }),
        (t(lang, Key::Number), html! { (paper.number.as_deref().unwrap_or("—")) }),
        (t(lang, Key::Court), html! { span lang="zh-CN" { (to.settings.court_name) } }),
        (t(lang, Key::EnteredAt), html! { span.number { (moment(paper.entered.at)) } }),
        (t(lang, Key::Pages), html! { (paper.pages) }),
        (t(lang, Key::Fingerprint), html! { code.hash { (paper.sha256) } }),
    ])
}
