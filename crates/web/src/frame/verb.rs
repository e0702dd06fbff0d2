//! Verbs: what can be done here. A link goes, a form acts.

use maud::{Markup, Render, html};

use super::icon::Icon;

/// How a verb travels.
#[derive(Clone, Debug)]
enum Travel<'a> {
    Get(&'a str),
    Post {
        to: &'a str,
        fields: Vec<(&'a str, &'a str)>,
    },
    /// Sends the form it stands in; with a name, its value tells the form's verbs apart.
    Submit {
        name: Option<(&'a str, &'a str)>,
        form: Option<&'a str>,
        to: Option<&'a str>,
    },
}

/// Weight of a verb on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weight {
    Primary,
    Plain,
    Row,
    Quiet,
    Danger,
}

/// One thing that can be done, as a button or a link.
#[derive(Clone, Debug)]
pub struct Verb<'a> {
    words: &'a str,
    travel: Travel<'a>,
    weight: Weight,
    icon: Option<Icon>,
    keys: Option<&'a str>,
    off: bool,
    about: Option<&'a str>,
}

impl<'a> Verb<'a> {
    fn new(words: &'a str, travel: Travel<'a>) -> Self {
        Self { words, travel, weight: Weight::Plain, icon: None, keys: None, off: false, about: None }
    }

    /// A link to `to`: it only shows.
    pub fn go(words: &'a str, to: &'a str) -> Self {
        Self::new(words, Travel::Get(to))
    }

    /// A form of its own that posts to `to`: it acts. Works outside other forms only.
    pub fn act(words: &'a str, to: &'a str) -> Self {
        Self::new(words, Travel::Post { to, fields: vec![] })
    }

    /// Sends the form around it.
    pub fn submit(words: &'a str) -> Self {
        Self::new(words, Travel::Submit { name: None, form: None, to: None })
    }

    /// Sends the form around it with `name=value`, to tell several verbs apart.
    pub fn submit_as(words: &'a str, name: &'a str, value: &'a str) -> Self {
        Self::new(words, Travel::Submit { name: Some((name, value)), form: None, to: None })
    }

    /// Sends the form whose id is `form`, from outside of it (the bar at the bottom of a phone).
    pub fn submit_form(words: &'a str, form: &'a str) -> Self {
        Self::new(words, Travel::Submit { name: None, form: Some(form), to: None })
    }

    /// A hidden field for [`Verb::act`], such as the hash of what was seen.
    pub fn with(mut self, name: &'a str, value: &'a str) -> Self {
        if let Travel::Post { fields, .. } = &mut self.travel {
            fields.push((name, value));
        }
        self
    }

    /// Sends the form around it to `to` instead of the form's own action.
    pub fn sent_to(mut self, address: &'a str) -> Self {
        if let Travel::Submit { to, .. } = &mut self.travel {
            *to = Some(address);
        }
        self
    }

    /// The one primary verb of the page. Ctrl Enter presses it.
    pub fn primary(mut self) -> Self {
        self.weight = Weight::Primary;
        self
    }

    /// The verb of a row.
    pub fn row(mut self) -> Self {
        self.weight = Weight::Row;
        self
    }

    /// A verb that stands back.
    pub fn quiet(mut self) -> Self {
        self.weight = Weight::Quiet;
        self
    }

    /// A verb that takes something away.
    pub fn danger(mut self) -> Self {
        self.weight = Weight::Danger;
        self
    }

    /// An icon before the word.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// The keys that press it, shown after the word.
    pub fn keys(mut self, keys: &'a str) -> Self {
        self.keys = Some(keys);
        self
    }

    /// Not now; say beside it why.
    pub fn off(mut self, off: bool) -> Self {
        self.off = off;
        self
    }

    /// What the verb is about, for readers who hear the page (`签收：传票`).
    pub fn about(mut self, about: &'a str) -> Self {
        self.about = Some(about);
        self
    }

    fn class(&self) -> &'static str {
        match self.weight {
            Weight::Primary => "btn primary",
            Weight::Plain => "btn",
            Weight::Row => "btn verb",
            Weight::Quiet => "btn quiet",
            Weight::Danger => "btn danger",
        }
    }

    fn face(&self) -> Markup {
        html! {
            @if let Some(icon) = self.icon { (icon) }
            span { (self.words) }
            @if let Some(about) = self.about { span.unseen { " " (about) } }
            @if let Some(keys) = self.keys { kbd.on-desk { (keys) } }
        }
    }

    /// The verb as an entry of a menu: without a frame of its own.
    pub(super) fn entry(&self) -> Markup {
        self.draw("")
    }

    fn draw(&self, class: &str) -> Markup {
        let class = (!class.is_empty()).then_some(class);
        let primary = (self.weight == Weight::Primary).then_some("");
        match &self.travel {
            Travel::Get(to) => html! {
                a class=[class] href=[(!self.off).then_some(to)] aria-disabled=[self.off.then_some("true")] data-primary=[primary] { (self.face()) }
            },
            Travel::Post { to, fields } => html! {
                form.inline method="post" action=(to) {
                    @for (name, value) in fields { input type="hidden" name=(name) value=(value); }
                    button class=[class] type="submit" disabled[self.off] data-primary=[primary] { (self.face()) }
                }
            },
            Travel::Submit { name, form, to } => html! {
                button class=[class] type="submit" name=[name.map(|n| n.0)] value=[name.map(|n| n.1)] form=[*form] formaction=[*to] disabled[self.off] data-primary=[primary] { (self.face()) }
            },
        }
    }
}

impl Render for Verb<'_> {
    fn render(&self) -> Markup {
        self.draw(self.class())
    }
}

/// The verb that Enter presses in a form whose first visible one does something else. Stands first in the form.
pub fn verb_of_enter() -> Markup {
    html! { button.unseen type="submit" tabindex="-1" aria-hidden="true" {} }
}

/// Several verbs in a line; on a party's phone one under the other.
pub fn acts(verbs: &[Verb<'_>]) -> Markup {
    html! { div.acts { @for verb in verbs { (verb) } } }
}
