//! The record on the page: typed by one, read by the others as it grows; then corrected, signed or refused.

use maud::{Markup, html};
use xiezhi_domain::hearing::{HearingPart, HearingStatus};

use crate::{
    capability::{
        hearing::{CorrectionFacts, HearingFacts, SignerFacts},
        signature::hand,
    },
    frame::prelude::*,
    http::showing::Showing,
    messages::{
        hearing::{self as words, Key},
        t,
    },
};

fn send(to: &Showing, action: &str, body: Markup) -> Markup {
    form(FormTo { action, ..FormTo::default() }, html! { (to.command_field()) (body) })
}

/// One line of text with an id of its own.
fn line(id: &str, name: &str, label: &str) -> Markup {
    html! { div.field { label for=(id) { (label) } input.input type="text" id=(id) name=(name) autocomplete="off"; } }
}

/// Whether there is a record: from the moment the court sits.
fn has_record(it: &HearingFacts) -> bool {
    it.opened_at.is_some() || !it.transcript.is_empty()
}

fn sheet(to: &Showing, it: &HearingFacts, base: &str, body: Markup) -> Markup {
    let lang = to.lang();
    let printed = it.paper.map(|paper| format!("{}/file/{paper}", base.split("/hearings").next().unwrap_or_default()));
    let sheet = Sheet::new(t(lang, Key::Transcript));
    match &printed {
        Some(printed) => sheet.more(t(lang, Key::Printed), printed).body(body),
        None => sheet.body(body),
    }
}

/// The record for those who read it: it grows as it is typed.
pub(super) fn read(to: &Showing, it: &HearingFacts, base: &str) -> Markup {
    if !has_record(it) {
        return html! {};
    }
    let lang = to.lang();
    let growing = it.status == HearingStatus::Open;
    sheet(to, it, base, html! {
        @if it.transcript.trim().is_empty() { p.faint { (t(lang, Key::NothingYet)) } } @else { (lines(&it.transcript)) }
        @if growing { p.help { (t(lang, Key::Grows)) } }
        @if !to.is_outside() && !it.is_signed() && growing { p { a href={ (base) "?write=yes" } { (t(lang, Key::TakeOver)) } } }
    })
}

fn lines(text: &str) -> Markup {
    html! { div.paper.record #hearing-record lang="zh-CN" { @for line in text.lines() { p { (line) } } } }
}

/// The record for whoever types it.
pub(super) fn typed(to: &Showing, it: &HearingFacts, base: &str, unsaved: Option<&str>) -> Markup {
    if !it.may_type {
        return html! {};
    }
    sheet(to, it, base, match unsaved {
        Some(mine) => both(to, it, base, mine),
        None => island(to, it, base),
    })
}

fn island(to: &Showing, it: &HearingFacts, base: &str) -> Markup {
    let lang = to.lang();
    let parts: Vec<String> = HearingPart::ALL.iter().map(|part| format!("【{}】", part.name_zh())).collect();
    transcript(lang, &Transcript {
        url: &format!("{base}/transcript"),
        now: base,
        text: &it.transcript,
        sha256: &it.transcript_sha256,
        label: t(lang, Key::Transcript),
        speakers: &it.speakers,
        parts: &parts,
        hidden: to.command_field(),
        keep: t(lang, Key::Save),
    })
}

/// Without a script: what stands there now, and below it what was typed on another text, to be put together.
fn both(to: &Showing, it: &HearingFacts, base: &str, mine: &str) -> Markup {
    let lang = to.lang();
    html! {
        (note_of(Standing::Soon, html! { (t(lang, Key::Both)) }))
        h3 { (t(lang, Key::Theirs)) }
        (lines(&it.transcript))
        h3 { (t(lang, Key::Mine)) }
        form.stack method="post" action={ (base) "/transcript" } {
            (to.command_field())
            input type="hidden" name="based_on" value=(it.transcript_sha256);
            textarea.input.transcript name="text" aria-label=(t(lang, Key::Transcript)) lang="zh-CN" spellcheck="false" { "\n" (mine) }
            (Verb::submit(t(lang, Key::Save)).primary())
        }
    }
}

/// Who signed and who has not, what was to be corrected; and for the reader, to do either.
pub(super) fn signing(to: &Showing, it: &HearingFacts, base: &str, topic: &str, may_run: bool) -> Markup {
    let lang = to.lang();
    if !it.is_over() {
        // It holds no form, so that it may turn into the place to sign while one looks.
        let later = Sheet::new(t(lang, Key::Signatures)).body(html! { p.faint { (t(lang, Key::SignLater)) } });
        return live("hearing-signing", topic, None, html! { @if has_record(it) { (later) } });
    }
    let known = live("hearing-signers", topic, None, html! {
        ul.plain { @for one in &it.signers { (signer(to, one)) } }
        @if !it.corrections.is_empty() {
            h3 { (t(lang, Key::Corrections)) }
            ul.plain { @for one in &it.corrections { (correction(to, one)) } }
        }
    });
    html! {
        div.stack #hearing-signing {
            @if it.may_sign { (own(to, it, base)) }
            (Sheet::new(t(lang, Key::Signatures)).body(html! {
                (known)
                @if it.may_correct && !may_run { (unfold(t(lang, Key::AskCorrection), ask(to, base))) }
                @if may_run { (answers(to, it, base)) (on_paper(to, it, base)) }
            }))
        }
    }
}

fn signer(to: &Showing, one: &SignerFacts) -> Markup {
    let lang = to.lang();
    html! {
        li {
            span lang="zh-CN" { (one.name) } " "
            @if one.signed { (tag(Standing::Done, t(lang, Key::Signed))) }
            @else if let Some(why) = &one.refused_because { (tag(Standing::Stopped, t(lang, Key::Refused))) " " span.muted lang="zh-CN" { (why) } }
            @else { (tag(Standing::Waiting, t(lang, Key::NotSigned))) }
            @if let Some(picture) = &one.hand { " " (hand(lang, &one.name, picture)) }
        }
    }
}

fn correction(to: &Showing, one: &CorrectionFacts) -> Markup {
    let lang = to.lang();
    html! {
        li {
            span lang="zh-CN" { (one.name) (lang.pick("：", ": ")) (one.wish) } " "
            @match one.granted {
                None => { (tag(Standing::Waiting, t(lang, Key::CorrectionWaits))) }
                Some(true) => { (tag(Standing::Done, t(lang, Key::CorrectionMade))) }
                Some(false) => { (tag(Standing::Stopped, t(lang, Key::CorrectionRefused))) }
            }
            @if !one.words.is_empty() { " " span.muted lang="zh-CN" { (one.words) } }
        }
    }
}

/// To sign and to refuse, with what each means.
fn own(to: &Showing, it: &HearingFacts, base: &str) -> Markup {
    let lang = to.lang();
    let name = to.person.as_ref().map_or("", |person| person.name.as_str());
    Sheet::new(t(lang, Key::SignTitle)).body(html! {
        (send(to, &format!("{base}/signature"), html! {
            input type="hidden" name="transcript_sha256" value=(it.transcript_sha256);
            p { (t(lang, Key::SignNote)) }
            (signature_pad(lang, name, None))
            (Verb::submit(t(lang, Key::Sign)).primary())
        }))
        (unfold(t(lang, Key::RefuseToSign), send(to, &format!("{base}/refusal"), html! {
            p { (t(lang, Key::RefuseNote)) }
            (Field::new("because", t(lang, Key::RefuseWhy)).text())
            (Verb::submit(t(lang, Key::RefuseToSign)))
        })))
    })
}

fn ask(to: &Showing, base: &str) -> Markup {
    let lang = to.lang();
    send(to, &format!("{base}/corrections"), html! {
        p { (t(lang, Key::CorrectionNote)) }
        (Field::new("wish", t(lang, Key::Wish)).help(t(lang, Key::WishHelp)).textarea(3))
        (Verb::submit(t(lang, Key::AskCorrection)))
    })
}

/// The clerk answers wishes, and notes those that came in court.
fn answers(to: &Showing, it: &HearingFacts, base: &str) -> Markup {
    let lang = to.lang();
    html! {
        @for one in it.corrections.iter().filter(|one| one.granted.is_none()) {
            @let action = format!("{base}/corrections/{}", one.no);
            (unfold(&words::answer(lang, &one.name), send(to, &action, html! {
                p lang="zh-CN" { (one.wish) }
                (line(&format!("f-answer-{}", one.no), "answer", t(lang, Key::AnswerWords)))
                (acts(&[
                    Verb::submit_as(t(lang, Key::Correct), "granted", "yes"),
                    Verb::submit_as(t(lang, Key::LeaveAsIs), "granted", "no"),
                ]))
            })))
        }
        @if !it.transcript.trim().is_empty() {
            (unfold(t(lang, Key::NoteCorrection), send(to, &format!("{base}/corrections"), html! {
                (Field::new("name", t(lang, Key::Who)).text())
                (Field::new("wish", t(lang, Key::Wish)).textarea(2))
                (checkbox("granted", html! { (t(lang, Key::CorrectionMade)) }, false, None))
                (Verb::submit(t(lang, Key::Record)))
            })))
        }
    }
}

/// What was signed or refused on paper.
fn on_paper(to: &Showing, it: &HearingFacts, base: &str) -> Markup {
    let lang = to.lang();
    let open = it.signers.iter().filter(|one| !one.signed);
    let waiting: Vec<(String, &str)> = open
        .filter_map(|one| Some((format!("{}/{}", one.party?, one.name), one.name.as_str())))
        .collect();
    if !it.is_over() || waiting.is_empty() {
        return html! {};
    }
    let choices: Vec<Choice<'_>> = waiting.iter().map(|(code, name)| Choice::new(code, name)).collect();
    unfold(t(lang, Key::NoteSignature), send(to, &format!("{base}/noted-signature"), html! {
        (Field::new("party", t(lang, Key::Who)).select(lang, &choices))
        (Field::new("refused", t(lang, Key::RefusedWhy)).optional(lang).text())
        (Verb::submit(t(lang, Key::Record)))
    }))
}
