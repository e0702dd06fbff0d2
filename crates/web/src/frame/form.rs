//! Forms: one column, label above, help below, the error at its field and all of them summed on top.

use maud::{Markup, html};

use super::icon::Icon;
use crate::messages::{Lang, frame, t};

/// One field: what it asks, what stands in it, what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Field<'a> {
    name: &'a str,
    label: &'a str,
    help: &'a str,
    value: &'a str,
    error: Option<&'a str>,
    asked: Option<&'a str>,
    optional: Option<&'a str>,
    required: bool,
    placeholder: &'a str,
    autocomplete: Option<&'a str>,
    inputmode: Option<&'a str>,
    max_length: Option<usize>,
    readonly: bool,
    among: Option<usize>,
}

impl<'a> Field<'a> {
    /// A field called `name` that asks `label`.
    pub fn new(name: &'a str, label: &'a str) -> Self {
        Self { name, label, ..Self::default() }
    }

    /// Help with an example, below.
    pub fn help(mut self, help: &'a str) -> Self {
        self.help = help;
        self
    }

    /// What stands in it.
    pub fn value(mut self, value: &'a str) -> Self {
        self.value = value;
        self
    }

    /// What is wrong with it.
    pub fn error(mut self, error: Option<&'a str>) -> Self {
        self.error = error;
        self
    }

    /// What the court asked to be corrected here.
    pub fn asked(mut self, words: Option<&'a str>) -> Self {
        self.asked = words;
        self
    }

    /// It may be left out, and says so.
    pub fn optional(mut self, lang: Lang) -> Self {
        self.optional = Some(t(lang, frame::Key::Optional));
        self
    }

    /// The browser asks for it too.
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// A faint example inside.
    pub fn placeholder(mut self, words: &'a str) -> Self {
        self.placeholder = words;
        self
    }

    /// What the browser may fill in: `name`, `tel`, `street-address`, `one-time-code`.
    pub fn autocomplete(mut self, what: &'a str) -> Self {
        self.autocomplete = Some(what);
        self
    }

    /// Which keyboard a phone shows: `numeric`, `tel`, `decimal`.
    pub fn keyboard(mut self, mode: &'a str) -> Self {
        self.inputmode = Some(mode);
        self
    }

    /// At most so many characters.
    pub fn max_length(mut self, characters: usize) -> Self {
        self.max_length = Some(characters);
        self
    }

    /// Shown, not to be changed.
    pub fn readonly(mut self) -> Self {
        self.readonly = true;
        self
    }

    /// The place of its form among several of one kind on the page, so that its id stays its own.
    pub fn among(mut self, place: usize) -> Self {
        self.among = Some(place);
        self
    }

    /// The id of its control: `f-name`. Error summaries lead there.
    pub fn id(&self) -> String {
        let id = field_id(self.name);
        self.among.map_or(id.clone(), |place| format!("{id}-{place}"))
    }

    fn described(&self) -> Option<String> {
        let id = self.id();
        let parts = [(self.asked.is_some(), "asked"), (self.error.is_some(), "error"), (!self.help.is_empty(), "help")];
        let ids: Vec<String> = parts.iter().filter(|(is, _)| *is).map(|(_, part)| format!("{id}-{part}")).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn around(&self, control: Markup) -> Markup {
        html! {
            div.field {
                label for=(self.id()) { (self.label) @if let Some(words) = self.optional { span.optional { (words) } } }
                (self.wrong())
                (control)
                (self.helped())
            }
        }
    }

    fn around_group(&self, control: Markup) -> Markup {
        html! {
            fieldset.field id=(self.id()) aria-describedby=[self.described()] tabindex="-1" {
                legend { (self.label) @if let Some(words) = self.optional { span.optional { (words) } } }
                (self.wrong())
                (control)
                (self.helped())
            }
        }
    }

    fn wrong(&self) -> Markup {
        html! {
            @if let Some(words) = self.asked { p.asked id={ (self.id()) "-asked" } { (Icon::Pencil) span { (words) } } }
            @if let Some(error) = self.error { p.error id={ (self.id()) "-error" } { (Icon::Alert) span { (error) } } }
        }
    }

    fn helped(&self) -> Markup {
        html! { @if !self.help.is_empty() { p.help id={ (self.id()) "-help" } { (self.help) } } }
    }

    fn input(&self, kind: &str, class: &str) -> Markup {
        html! {
            input class={ "input" @if !class.is_empty() { " " (class) } } type=(kind) id=(self.id()) name=(self.name) value=(self.value)
                placeholder=[(!self.placeholder.is_empty()).then_some(self.placeholder)] autocomplete=[self.autocomplete] inputmode=[self.inputmode]
                maxlength=[self.max_length] required[self.required] readonly[self.readonly]
                aria-describedby=[self.described()] aria-invalid=[self.error.map(|_| "true")];
        }
    }

    /// A day and a time of day.
    pub fn moment(&self) -> Markup {
        self.around(self.input("datetime-local", "date"))
    }

    /// One line of text.
    pub fn text(&self) -> Markup {
        self.around(self.input("text", ""))
    }

    /// A secret.
    pub fn password(&self) -> Markup {
        self.around(self.input("password", ""))
    }

    /// A day.
    pub fn date(&self) -> Markup {
        self.around(self.input("date", "date"))
    }

    /// A time of day.
    pub fn time(&self) -> Markup {
        self.around(self.input("time", "date"))
    }

    /// An amount with its unit; `in_words` repeats it in capitals (`壹拾伍万元整`) where known.
    pub fn money(&self, lang: Lang, in_words: &str) -> Markup {
        let field = Self { inputmode: Some("decimal"), ..self.clone() };
        self.around(html! {
            div.unit { (field.input("text", "money")) span { (t(lang, frame::Key::Yuan)) } }
            @if !in_words.is_empty() { div.in-words { (in_words) } }
        })
    }

    /// A number with a unit after it: `1 %`, `3 份`.
    pub fn number(&self, unit: &str) -> Markup {
        let field = Self { inputmode: Some("decimal"), ..self.clone() };
        self.around(html! { div.unit { (field.input("text", "money")) span { (unit) } } })
    }

    /// Several lines.
    pub fn textarea(&self, rows: usize) -> Markup {
        self.around(html! {
            textarea.input id=(self.id()) name=(self.name) rows=(rows) maxlength=[self.max_length] required[self.required] readonly[self.readonly]
                placeholder=[(!self.placeholder.is_empty()).then_some(self.placeholder)]
                aria-describedby=[self.described()] aria-invalid=[self.error.map(|_| "true")] { (self.value) }
        })
    }

    /// One of many, in a list that folds.
    pub fn select(&self, lang: Lang, choices: &[Choice<'_>]) -> Markup {
        self.around(html! {
            select.input id=(self.id()) name=(self.name) required[self.required] aria-describedby=[self.described()] aria-invalid=[self.error.map(|_| "true")] {
                @if !choices.iter().any(|c| c.value == self.value) { option value="" { (t(lang, frame::Key::Choose)) } }
                @for choice in choices { option value=(choice.value) selected[choice.value == self.value] { (choice.words) } }
            }
        })
    }

    /// One of a few, all in sight.
    pub fn choice(&self, choices: &[Choice<'_>]) -> Markup {
        self.around_group(picks(self.name, "radio", choices, &[self.value], false))
    }

    /// One of a few short ones, side by side.
    pub fn choice_across(&self, choices: &[Choice<'_>]) -> Markup {
        self.around_group(picks(self.name, "radio", choices, &[self.value], true))
    }

    /// Any of several; `chosen` are the values that are ticked.
    pub fn several(&self, choices: &[Choice<'_>], chosen: &[&str]) -> Markup {
        self.around_group(picks(self.name, "checkbox", choices, chosen, false))
    }

    /// Any of several that may be many: links over them tick all, or nothing.
    pub fn several_of_many(&self, lang: Lang, links: [&str; 2], choices: &[Choice<'_>], chosen: &[&str]) -> Markup {
        let picks = picks(self.name, "checkbox", choices, chosen, false);
        self.around_group(html! { (tick_links(lang, links)) (picks) })
    }

    /// A plain field for files, which works without a script; see [`super::form_island::upload`] for the better one.
    pub fn file(&self, accept: &str, several: bool) -> Markup {
        self.around(html! {
            input.input type="file" id=(self.id()) name=(self.name) accept=(accept) multiple[several] required[self.required] aria-describedby=[self.described()] aria-invalid=[self.error.map(|_| "true")];
        })
    }
}

/// The id of the control of field `name`.
pub fn field_id(name: &str) -> String {
    format!("f-{}", name.replace(['[', ']', '.', ' '], "-"))
}

/// One answer.
#[derive(Clone, Copy, Debug, Default)]
pub struct Choice<'a> {
    /// What is sent.
    pub value: &'a str,
    /// What is read.
    pub words: &'a str,
    /// What it means.
    pub note: &'a str,
    /// The key that ticks it; none if empty.
    pub key: &'a str,
}

impl<'a> Choice<'a> {
    /// An answer.
    pub fn new(value: &'a str, words: &'a str) -> Self {
        Self { value, words, note: "", key: "" }
    }

    /// What it means, in smaller words.
    pub fn note(mut self, note: &'a str) -> Self {
        self.note = note;
        self
    }

    /// The key that ticks it, shown at its end.
    pub fn key(mut self, key: &'a str) -> Self {
        self.key = key;
        self
    }
}

fn picks(name: &str, kind: &str, choices: &[Choice<'_>], chosen: &[&str], across: bool) -> Markup {
    html! {
        div.picks.across[across] {
            @for choice in choices {
                label.pick {
                    input type=(kind) name=(name) value=(choice.value) checked[chosen.contains(&choice.value)] data-key=[(!choice.key.is_empty()).then_some(choice.key)];
                    span { (choice.words) @if !choice.note.is_empty() { small { (choice.note) } } }
                    @if !choice.key.is_empty() { kbd.on-desk { (choice.key) } }
                }
            }
        }
    }
}

/// Links over the boxes of a fieldset that tick all of them, or nothing: without a script by coming again to the page,
/// with one where they stand.
pub fn tick_links(lang: Lang, [all, nothing]: [&str; 2]) -> Markup {
    html! {
        p.line.wrap.small {
            a href=(all) data-tick="all" { (t(lang, frame::Key::SelectAll)) }
            a href=(nothing) data-tick="none" { (t(lang, frame::Key::SelectNothing)) }
        }
    }
}

/// One box to tick, with its sentence.
pub fn checkbox(name: &str, words: Markup, checked: bool, error: Option<&str>) -> Markup {
    let id = field_id(name);
    html! {
        div.field {
            @if let Some(error) = error { p.error id={ (id) "-error" } { (Icon::Alert) span { (error) } } }
            label.pick for=(id) {
                input type="checkbox" id=(id) name=(name) value="yes" checked[checked] aria-invalid=[error.map(|_| "true")] aria-describedby=[error.map(|_| format!("{id}-error"))];
                span { (words) }
            }
        }
    }
}

/// A tick that must be set before the form is sent: the browser asks for it, and the court refuses without it.
pub fn confirmation(name: &str, words: &str) -> Markup {
    let id = field_id(name);
    html! {
        div.field {
            label.pick for=(id) {
                input type="checkbox" id=(id) name=(name) value="yes" required;
                span { (words) }
            }
        }
    }
}

/// What is wrong, summed up at the top of a form: field names with their errors. Nothing if nothing is.
pub fn error_summary(lang: Lang, errors: &[(&str, &str)]) -> Markup {
    html! {
        @if !errors.is_empty() {
            div.errors role="alert" tabindex="-1" {
                h2 { (t(lang, frame::Key::ErrorsTitle)) }
                ul { @for (name, words) in errors { li { a href={ "#" (field_id(name)) } { (words) } } } }
            }
        }
    }
}

/// Where a form goes and where its draft is kept.
#[derive(Clone, Copy, Debug, Default)]
pub struct FormTo<'a> {
    /// The id, for a verb outside of it.
    pub id: Option<&'a str>,
    /// Where it is sent.
    pub action: &'a str,
    /// Where each change is kept; nothing keeps no draft.
    pub draft: Option<&'a str>,
    /// Carries files.
    pub files: bool,
    /// As wide as its place.
    pub wide: bool,
}

/// A form that posts. Put [`error_summary`] first in `body` and the verbs last.
pub fn form(to: FormTo<'_>, body: Markup) -> Markup {
    html! {
        form.form.wide[to.wide] id=[to.id] method="post" action=(to.action) data-draft=[to.draft] enctype=[to.files.then_some("multipart/form-data")] novalidate { (body) }
    }
}

/// A form that only asks: filters, calculators.
pub fn form_get(action: &str, body: Markup) -> Markup {
    html! { form.form method="get" action=(action) { (body) } }
}

/// Several fields side by side where there is room.
pub fn side_by_side(body: Markup) -> Markup {
    html! { div.pair { (body) } }
}

/// `已保存 09:41`: the mark beside a form that keeps drafts; `saved_at` is the time of the last draft.
pub fn draft_mark(lang: Lang, saved_at: Option<&str>) -> Markup {
    draft_mark_for(lang, "", saved_at)
}

/// The mark of the form whose id is `form`, where it stands outside of it.
pub fn draft_mark_for(lang: Lang, form: &str, saved_at: Option<&str>) -> Markup {
    let words = |key| t(lang, key);
    html! {
        span.draft.is-new[saved_at.is_none()] role="status" data-draft-mark=(form) data-saving=(words(frame::Key::DraftSaving)) data-saved=(words(frame::Key::DraftSaved)) data-failed=(words(frame::Key::DraftFailed)) data-conflict=(words(frame::Key::DraftConflict)) {
            (Icon::Cloud)
            span { @match saved_at { Some(time) => (frame::saved_at(lang, time)), None => (words(frame::Key::DraftNew)) } }
        }
    }
}
