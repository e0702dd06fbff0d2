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
                data-photo=(words(frame::Key::UploadPhoto)) data-crop-title=(words(frame::Key::CropTitle)) data-crop-skew=(words(frame::Key::CropSkew))
                data-cropleft=(words(frame::Key::CropLeft)) data-cropright=(words(frame::Key::CropRight)) data-croptop=(words(frame::Key::CropTop)) data-cropbottom=(words(frame::Key::CropBottom))
                data-crop-turn=(words(frame::Key::CropTurn)) data-crop-send=(words(frame::Key::CropSend)) data-crop-as-is=(words(frame::Key::CropAsIs)) data-crop-leave=(words(frame::Key::CropLeave))
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

/// A paper whose fingerprint is asked for.
#[derive(Clone, Copy, Debug)]
pub struct PaperCheck<'a> {
    /// What it asks for.
    pub label: &'a str,
    /// What happens to the file where no script runs.
    pub help: &'a str,
    /// What happens to it where one does.
    pub here: &'a str,
    /// While the fingerprint is computed.
    pub working: &'a str,
    /// When it is there.
    pub ready: &'a str,
    /// When a proof was chosen instead of the paper.
    pub proof: &'a str,
    /// When the file can't be read.
    pub failed: &'a str,
}

/// `<xz-check>`; the page needs `Island::Check`. The script computes the fingerprint of the file and sends it instead
/// of the file (`sha256`); without one the file itself is sent (`file`), and the help says so.
pub fn paper_check(it: &PaperCheck<'_>) -> Markup {
    let id = field_id("file");
    html! {
        div.field {
            label for=(id) { (it.label) }
            xz-check.drop data-here=(it.here) data-working=(it.working) data-ready=(it.ready) data-proof=(it.proof) data-failed=(it.failed) {
                input type="file" id=(id) name="file" aria-describedby={ (id) "-help" };
                output data-state {}
            }
            p.help id={ (id) "-help" } { (it.help) }
        }
    }
}

/// The record of a hearing as it is typed.
#[derive(Clone, Debug)]
pub struct Transcript<'a> {
    /// Where it is kept, by script (JSON) and by the form's verb.
    pub url: &'a str,
    /// Where the script asks what stands in it now.
    pub now: &'a str,
    /// What stands in it.
    pub text: &'a str,
    /// The hash of that; what is written on another text is refused.
    pub sha256: &'a str,
    /// What the field is called, for readers who hear the page.
    pub label: &'a str,
    /// Opening words of speakers, reached by Alt and a digit.
    pub speakers: &'a [String],
    /// Headings of parts, reached by Alt, Shift and a digit.
    pub parts: &'a [String],
    /// Hidden fields of the form.
    pub hidden: Markup,
    /// The words of the verb that keeps it where no script runs.
    pub keep: &'a str,
}

/// `<xz-transcript>`; the page needs `Island::Transcript`, and a live `#transcript-now` whose `data-sha256` tells
/// when somebody else wrote. The speakers' keys show with the script alone.
pub fn transcript(lang: Lang, it: &Transcript<'_>) -> Markup {
    html! {
        xz-transcript data-url=(it.url) data-now=(it.now) {
            form.stack method="post" action=(it.url) data-again {
                (it.hidden)
                input type="hidden" name="based_on" value=(it.sha256);
                (phrases(t(lang, frame::Key::Speakers), "data-speakers", "Alt", it.speakers))
                (phrases(t(lang, frame::Key::RecordParts), "data-parts", "Alt Shift", it.parts))
                textarea.input.transcript name="text" aria-label=(it.label) lang="zh-CN" spellcheck="false" autocomplete="off" { "\n" (it.text) }
                div.line.wrap { (record_mark(lang)) span.push { button.btn type="submit" { (it.keep) } } }
                (conflict(lang))
            }
        }
    }
}

/// Words that begin a line, each a button with its keys.
fn phrases(label: &str, group: &str, keys: &str, phrases: &[String]) -> Markup {
    html! {
        div.line.wrap hidden role="group" aria-label=(label) data-speakers[group == "data-speakers"] data-parts[group == "data-parts"] {
            @for (i, phrase) in phrases.iter().enumerate() {
                button.btn.quiet.small type="button" data-phrase=(phrase) { span lang="zh-CN" { (phrase) } @if i < 9 { kbd.on-desk { (keys) " " (i + 1) } } }
            }
        }
    }
}

/// Whether the court has what was typed. It changes every few seconds, so that it is not read out.
fn record_mark(lang: Lang) -> Markup {
    let words = |key| t(lang, key);
    html! {
        span.draft.is-new data-draft-mark data-saving=(words(frame::Key::DraftSaving)) data-saved=(words(frame::Key::DraftSaved)) data-failed=(words(frame::Key::RecordFailed)) data-conflict=(words(frame::Key::RecordConflict)) {
            (Icon::Cloud) span { (words(frame::Key::RecordNew)) }
        }
    }
}

/// What somebody else wrote meanwhile, below one's own words, until the writer decides.
fn conflict(lang: Lang) -> Markup {
    let words = |key| t(lang, key);
    html! {
        div.conflict hidden data-two-texts role="alert" {
            p { b { (words(frame::Key::RecordConflict)) } " " (words(frame::Key::RecordConflictNote)) }
            div.paper lang="zh-CN" data-theirs {}
            div.acts {
                button.btn.primary type="button" data-both { (words(frame::Key::RecordBoth)) }
                button.btn type="button" data-other { (words(frame::Key::RecordOther)) }
            }
        }
    }
}
