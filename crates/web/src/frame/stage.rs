//! The stage line: where a case stands. On a phone one bar with the step in words.

use maud::{Markup, html};

use super::tag::State;
use crate::messages::{Lang, frame, t};

/// One stage of the way.
#[derive(Clone, Debug)]
pub struct Stage<'a> {
    /// Its name.
    pub name: &'a str,
    /// When it was, or by when.
    pub when: &'a str,
    /// Whether it was left out: it shows as such, never as gone through.
    pub skipped: bool,
}

/// The whole way, with stage `at` (from 0) as the present one.
pub fn stages(lang: Lang, stages: &[Stage<'_>], at: usize) -> Markup {
    let next = stages.get(at + 1).map(|s| s.name);
    html! {
        ol.stages.on-desk aria-label=(t(lang, frame::Key::Stages)) {
            @for (i, stage) in stages.iter().enumerate() {
                li.past[i < at && !stage.skipped] aria-current=[(i == at).then_some("step")] { (stage.name) small { (stage.when) } }
            }
        }
        // Where everything is over no stage is the present one: the bar then stands at its last.
        div.on-phone { (step_bar(lang, (at + 1).min(stages.len()), stages.len(), stages.get(at).or(stages.last()).map_or("", |s| s.name), next.unwrap_or(""))) }
    }
}

/// `第4步，共6步：等对方答辩` with a bar; `next` names what follows, if anything.
pub fn step_bar(lang: Lang, step: usize, steps: usize, name: &str, next: &str) -> Markup {
    step_bar_with(
        lang,
        step,
        steps,
        name,
        html! { @if !next.is_empty() { span.muted { (t(lang, frame::Key::NextStep)) " " (next) } } },
    )
}

/// The same with something else at its right end, such as the mark of the draft.
pub fn step_bar_with(lang: Lang, step: usize, steps: usize, name: &str, end: Markup) -> Markup {
    let counted = frame::step_of(lang, step, steps);
    html! {
        div.steps {
            div.line {
                b { (counted) @if !name.is_empty() { (lang.pick("：", ": ")) (name) } }
                span.push { (end) }
            }
            progress value=(step) max=(steps) aria-label=(counted) {}
        }
    }
}

/// The bar of a form in parts: `counted` says which part and which page of it, and leads to the list of all; the bar
/// itself shows how far one is of all pages.
pub fn parts_bar(counted: &str, (at, all): (usize, usize), list: &str, end: Markup) -> Markup {
    html! {
        div.steps {
            div.line { b { a href=(list) { (counted) } } span.push { (end) } }
            progress value=(at) max=(all) aria-label=(counted) {}
        }
    }
}

/// A step of a form, for the list beside it.
#[derive(Clone, Debug)]
pub struct WayStep<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where it can be gone back to, once answered.
    pub href: Option<&'a str>,
}

/// A step that one goes to by sending the form, so that what was typed is kept also without a script.
#[derive(Clone, Debug)]
pub struct WaySent<'a> {
    /// Its name.
    pub name: &'a str,
    /// What the form says then.
    pub value: String,
    /// The state it is in: done, or wanting something; nothing yet if neither.
    pub state: Option<State>,
}

/// The steps of the form `form` with the present one (from 0) marked; each is a verb of the form, called `then`.
pub fn way_sent(form: &str, steps: &[WaySent<'_>], at: usize) -> Markup {
    use super::icon::Icon;
    html! {
        ol.way {
            @for (i, step) in steps.iter().enumerate() {
                li.now[i == at].later[step.state.is_none()].soon[step.state == Some(State::Soon)] aria-current=[(i == at).then_some("step")] {
                    @match step.state { _ if i == at => (Icon::Pencil), Some(State::Done) => (Icon::Done), Some(_) => (Icon::Alert), None => (Icon::More) }
                    @if i == at { (step.name) }
                    @else { button.link type="submit" form=(form) name="then" value=(step.value) { (step.name) } }
                }
            }
        }
    }
}

/// The steps of a form with the present one (from 0) marked: what is behind, what comes.
pub fn way(steps: &[WayStep<'_>], at: usize) -> Markup {
    use super::icon::Icon;
    html! {
        ol.way {
            @for (i, step) in steps.iter().enumerate() {
                li.now[i == at].later[i > at] aria-current=[(i == at).then_some("step")] {
                    @if i < at { (Icon::Done) } @else if i == at { (Icon::Pencil) } @else { (Icon::More) }
                    @if let (Some(href), true) = (step.href, i != at) { a href=(href) { (step.name) } } @else { (step.name) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_all_is_over_the_bar_stands_at_the_last_step() {
        let all = ["开庭", "调查", "辩论"].map(|name| Stage { name, when: "", skipped: false });
        assert!(stages(Lang::Zh, &all, 3).into_string().contains("第3步，共3步"));
        assert!(stages(Lang::Zh, &all, 1).into_string().contains("第2步，共3步"));
    }
}
