//! States: colour, icon and word, never one without the others.

use jiff::civil::Date;
use maud::{Markup, Render, html};

use super::icon::Icon;
use crate::messages::{Lang, frame, t};

/// The five states of anything a court does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Finished (已完成).
    Done,
    /// Waiting for someone (等待).
    Waiting,
    /// Due soon, or wanting attention (快到期).
    Soon,
    /// Past its day (逾期). The only state that is red.
    Overdue,
    /// Stopped, suspended, secret (中止、保密).
    Stopped,
}

impl State {
    /// All five, for galleries and tests.
    pub const ALL: [State; 5] = [State::Done, State::Waiting, State::Soon, State::Overdue, State::Stopped];

    /// The class that carries its colour.
    pub const fn class(self) -> &'static str {
        match self {
            State::Done => "is-done",
            State::Waiting => "is-wait",
            State::Soon => "is-soon",
            State::Overdue => "is-over",
            State::Stopped => "is-stop",
        }
    }

    /// Its icon where nothing nearer to the matter is chosen.
    pub const fn icon(self) -> Icon {
        match self {
            State::Done => Icon::Done,
            State::Waiting => Icon::Waiting,
            State::Soon => Icon::Clock,
            State::Overdue => Icon::Overdue,
            State::Stopped => Icon::Stopped,
        }
    }
}

/// A state in words: `tag(State::Done, "已送达")`.
pub fn tag(state: State, words: &str) -> Markup {
    tag_with(state, state.icon(), words)
}

/// A state with an icon that says more than the usual one.
pub fn tag_with(state: State, icon: Icon, words: &str) -> Markup {
    html! { span class={ "tag " (state.class()) } { (icon) (words) } }
}

/// Where something stands now, in the colour of action: `评议中`, `新`.
pub fn now(icon: Icon, words: &str) -> Markup {
    html! { span.tag.is-act { (icon) (words) } }
}

/// What something is, without a state: `原告`, `材料`.
pub fn kind(words: &str) -> Markup {
    html! { span.tag.word { (words) } }
}

/// A day by which something is due, judged against today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last day.
    pub on: Date,
    /// Today at the court.
    pub today: Date,
    /// From how many days left on it counts as soon.
    pub soon_days: i64,
}

impl Due {
    /// Due `on`; the last three days are soon.
    pub fn new(on: Date, today: Date) -> Self {
        Self { on, today, soon_days: 3 }
    }

    /// Days left; negative once it is past.
    pub fn days_left(self) -> i64 {
        i64::from((self.on - self.today).get_days())
    }

    /// Its state: overdue, soon, or waiting.
    pub fn state(self) -> State {
        match self.days_left() {
            left if left < 0 => State::Overdue,
            left if left <= self.soon_days => State::Soon,
            _ => State::Waiting,
        }
    }

    /// `逾期1天`, `今天`, `明天`, `剩7天`.
    pub fn words(self, lang: Lang) -> String {
        match self.days_left() {
            left if left < 0 => frame::overdue_by(lang, -left),
            0 => t(lang, frame::Key::Today).to_owned(),
            1 => t(lang, frame::Key::Tomorrow).to_owned(),
            left => frame::days_left(lang, left),
        }
    }

    /// As a tag; a day that is far off is plain words, so that colour keeps its meaning.
    pub fn tag(self, lang: Lang) -> Markup {
        match self.state() {
            State::Waiting => html! { span.muted { (self.words(lang)) } },
            state => tag(state, &self.words(lang)),
        }
    }
}

/// A number on a dark ground, for what is new: notices, unread.
pub struct Count(pub u32);

impl Render for Count {
    fn render(&self) -> Markup {
        html! { span.count { (self.0) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_is_overdue_the_day_after_it() {
        let on = date(2026, 4, 23);
        let told = |today| (Due::new(on, today).state(), Due::new(on, today).words(Lang::Zh));
        assert_eq!(told(date(2026, 4, 24)), (State::Overdue, "逾期1天".to_owned()));
        assert_eq!(told(date(2026, 4, 23)), (State::Soon, "今天".to_owned()));
        assert_eq!(told(date(2026, 4, 22)), (State::Soon, "明天".to_owned()));
        assert_eq!(told(date(2026, 4, 20)), (State::Soon, "剩3天".to_owned()));
        assert_eq!(told(date(2026, 3, 23)), (State::Waiting, "剩31天".to_owned()));
    }
}
