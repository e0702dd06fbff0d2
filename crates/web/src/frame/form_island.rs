//! Islands: places where a script earns its keep. Each holds the plain control that works without it.

use maud::{Markup, html};

use super::{form::field_id, icon::Icon};
use crate::messages::{Lang, frame, t};

/// A place to upload files, several at once, resumable by parts.
#[derive(Clone, Copy, Debug)]
pub struct Upload<'a> {
    /// Name of the plain file field, sent with the form where no script runs.
    pub name: &'a str,
    /// Name of the hidden fields that carry the ids of what was uploaded by parts.
    pub field: &'a str,
    /// What it asks for.
    pub label: &'a str,
    /// Help with an example.
    pub help: &'a str,
    /// What is accepted: `.pdf,.jpg,image/*`.
    pub accept: &'a str,
    /// The largest file.
    pub max_bytes: u64,
    /// What is wrong with what was sent.
    pub error: Option<&'a str>,
}

/// `<xz-upload>`; the page needs `Island::Upload`. See `ui/src/islands/upload.ts` for what it speaks with `/uploads`.
pub fn upload(lang: Lang, it: Upload<'_>) -> Markup {
    let words = |key| t(lang, key);
    let id = field_id(it.name);
    html! {
        div.field {
            label for=(id) { (it.label) }
            @if let Some(error) = it.error { p.error id={ (id) "-error" } { (Icon::Alert) span { (error) } } }
            xz-upload.drop data-url="/uploads" data-field=(it.field) data-max-bytes=(it.max_bytes)
                data-done=(words(frame::Key::UploadDone)) data-waiting=(words(frame::Key::UploadWaiting)) data-failed=(words(frame::Key::UploadFailed))
                data-empty=(words(frame::Key::UploadEmpty)) data-too-large=(words(frame::Key::UploadTooLarge)) data-again=(words(frame::Key::UploadAgain)) {
                input type="file" id=(id) name=(it.name) accept=(it.accept) multiple aria-describedby=[(!it.help.is_empty()).then(|| format!("{id}-help"))];
            }
            @if !it.help.is_empty() { p.help id={ (id) "-help" } { (it.help) } }
        }
    }
}

/// `<xz-signature>`: a place to write one's name by hand; the page needs `Island::Signature`. The form then sends
/// `strokes` (JSON), empty where nothing was drawn. Nobody has to draw: the verb of the form signs by itself, so
/// that it works by keyboard and without a script, where the pad does not show.
pub fn signature_pad(lang: Lang, name: &str, error: Option<&str>) -> Markup {
    let words = |key| t(lang, key);
    html! {
        xz-signature data-label=(words(frame::Key::SignHere)) {
            @if let Some(error) = error { p.error { (Icon::Alert) span { (error) } } }
            input type="hidden" name="strokes" data-strokes;
            div data-pad hidden {
                div.line { b.grow { (words(frame::Key::SignHere)) (lang.pick("：", ": ")) span lang="zh-CN" { (name) } } button.btn.quiet type="button" data-clear { (Icon::Refresh) (words(frame::Key::SignClear)) } }
                div data-place {}
                p.help { (words(frame::Key::SignByHand)) }
            }
        }
    }
}

/// The record of a hearing as it is typed.
#[derive(Clone, Copy, Debug)]
pub struct Transcript<'a> {
    /// Where it is kept, by script (JSON) and by the form's verb.
    pub url: &'a str,
    /// What stands in it.
    pub text: &'a str,
    /// Its revision; a stale one is refused.
    pub revision: u64,
    /// What the field is called, for readers who hear the page.
    pub label: &'a str,
    /// Opening words of speakers, reached by Alt and a digit.
    pub phrases: &'a [&'a str],
    /// When it was kept last.
    pub saved_at: Option<&'a str>,
    /// The words of the verb that keeps it where no script runs.
    pub keep: &'a str,
}

/// `<xz-transcript>`; the page needs `Island::Transcript`.
pub fn transcript(lang: Lang, it: Transcript<'_>) -> Markup {
    html! {
        xz-transcript data-url=(it.url) {
            form method="post" action=(it.url) data-again {
                input type="hidden" name="revision" value=(it.revision);
                div.line.wrap {
                    @for (i, phrase) in it.phrases.iter().enumerate() { span.tag.word data-phrase=(phrase) { kbd { "Alt " (i + 1) } (phrase) } }
                    span.push { (super::form::draft_mark(lang, it.saved_at)) }
                    button.btn type="submit" { (it.keep) }
                }
                textarea.input.transcript name="text" aria-label=(it.label) spellcheck="false" { (it.text) }
            }
        }
    }
}
