//! What the pages say, in two languages; a message without one of them does not compile.
//!
//! Each capability has its file in `messages/`. Names of law and court papers stay Chinese in both languages.
//!
//! ```
//! use xiezhi_web::messages::{Lang, frame, t};
//! assert_eq!(t(Lang::Zh, frame::Key::Search), "搜索");
//! assert_eq!(frame::days_left(Lang::En, 2), "2 days left");
//! ```

use jiff::{
    Timestamp,
    civil::{Date, Time, Weekday},
};
use serde::{Deserialize, Serialize};
use xiezhi_domain::moment::court_offset;

/// Declares the messages of one capability.
///
/// `Key => "中文", "English";` is a plain message, a variant of the generated `Key`.
#[macro_export]
macro_rules! messages {
    ( $( $key:ident => $zh:literal, $en:literal; )* ) => {
        /// The plain messages of this capability.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Key {
            $( #[doc = $zh] $key, )*
        }

        impl Key {
            /// Every message, for tests.
            pub const ALL: &'static [Key] = &[ $( Key::$key, )* ];
        }

        impl $crate::messages::Message for Key {
            fn zh(self) -> &'static str {
                match self { $( Key::$key => $zh, )* }
            }
            fn en(self) -> &'static str {
                match self { $( Key::$key => $en, )* }
            }
        }
    };
}

/// Declares messages with arguments: `days_left(days: i64) => "剩{days}天", "{days} days left";` is a function `days_left(lang, days)`.
#[macro_export]
macro_rules! phrases {
    ( $( $name:ident( $( $arg:ident : $ty:ty ),+ ) => $fzh:literal, $fen:literal; )* ) => {
        $(
            #[doc = $fzh]
            #[must_use]
            pub fn $name(lang: $crate::messages::Lang, $( $arg: $ty ),+) -> String {
                match lang {
                    $crate::messages::Lang::Zh => format!($fzh),
                    $crate::messages::Lang::En => format!($fen),
                }
            }
        )*
    };
}

pub mod annotation;
pub mod api;
pub mod appeal;
pub mod approval;
pub mod archive;
pub mod audit;
pub mod bank;
pub mod bundle;
pub mod case;
pub mod cases;
pub mod closing;
pub mod comments;
pub mod committee;
pub mod consent;
pub mod correcting;
pub mod counter;
pub mod deliberation;
pub mod demonstration;
pub mod destruction;
pub mod drafting;
pub mod elements;
pub mod entrance;
pub mod evidence;
pub mod faults;
pub mod fees;
pub mod fields;
pub mod filing;
pub mod frame;
pub mod gallery;
pub mod hearing;
pub mod help;
pub mod home;
pub mod kinds;
pub mod lingering;
pub mod material;
pub mod mediation;
pub mod names;
pub mod nav;
pub mod notices;
pub mod on_paper;
pub mod oversight;
pub mod overview;
pub mod package;
pub mod parties;
pub mod past;
pub mod people;
pub mod problems;
pub mod procedure;
pub mod proofread;
pub mod provenance;
pub mod quarantine;
pub mod record;
pub mod redaction;
pub mod refusals;
pub mod review;
pub mod roles;
pub mod routes;
pub mod scanning;
pub mod scheduling;
pub mod searching;
pub mod series;
pub mod service;
pub mod sharing;
pub mod signing;
pub mod snippets;
pub mod sources;
pub mod staging;
pub mod statutes;
pub mod supervision;
pub mod together;
pub mod tokens;
pub mod tools;
pub mod trace;
pub mod traces;
pub mod unusual;
pub mod uploads;
pub mod verify;
pub mod word;
pub mod workbench;

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese (中文), the language of the proceedings.
    #[default]
    Zh,
    /// English, for reading along.
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The short code, as cookies and forms carry it.
    pub const fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }

    /// The value of `<html lang>` and `Content-Language`.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    /// The other language.
    pub const fn other(self) -> Lang {
        match self {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }

    /// Reads a code or a language tag; anything unknown is nothing.
    pub fn from_code(code: &str) -> Option<Lang> {
        let code = code.trim().to_ascii_lowercase();
        match code.split(['-', '_']).next() {
            Some("zh") => Some(Lang::Zh),
            Some("en") => Some(Lang::En),
            _ => None,
        }
    }

    /// The first language of `Accept-Language` that we speak, else Chinese.
    pub fn from_accept(header: &str) -> Lang {
        let mut wishes: Vec<(f32, Lang)> = header.split(',').filter_map(wish).collect();
        wishes.sort_by(|a, b| b.0.total_cmp(&a.0));
        wishes.first().map_or(Lang::Zh, |(_, lang)| *lang)
    }

    /// Says a message.
    pub fn say(self, message: impl Message) -> &'static str {
        t(self, message)
    }

    /// Picks one of two texts that are data rather than messages.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// One entry of `Accept-Language`, as its weight and the language, if we speak it.
fn wish(entry: &str) -> Option<(f32, Lang)> {
    let (code, weight) = entry.split_once(";q=").unwrap_or((entry, "1"));
    let weight = weight.trim().parse().ok().filter(|w: &f32| *w > 0.0)?;
    Some((weight, Lang::from_code(code)?))
}

/// A message with both its texts.
pub trait Message: Copy {
    /// In Chinese.
    fn zh(self) -> &'static str;
    /// In English.
    fn en(self) -> &'static str;
}

/// The text of `message` in `lang`.
pub fn t(lang: Lang, message: impl Message) -> &'static str {
    match lang {
        Lang::Zh => message.zh(),
        Lang::En => message.en(),
    }
}

/// An English count with its noun: `1 day`, `2 days`.
pub fn counted(count: i64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A day as tables show it: `2026-11-22`.
pub fn day(date: Date) -> String {
    date.to_string()
}

/// A day as a sentence says it: `11月22日（周日）`, `22 Nov (Sun)`.
pub fn day_spoken(lang: Lang, date: Date) -> String {
    match lang {
        Lang::Zh => format!("{}月{}日（{}）", date.month(), date.day(), weekday(lang, date)),
        Lang::En => format!("{} {} ({})", date.day(), month_en(date), weekday(lang, date)),
    }
}

/// A day with its year: `2026年11月22日（周日）`, `22 Nov 2026 (Sun)`.
pub fn day_in_full(lang: Lang, date: Date) -> String {
    match lang {
        Lang::Zh => format!("{}年{}", date.year(), day_spoken(lang, date)),
        Lang::En => format!("{} {} {} ({})", date.day(), month_en(date), date.year(), weekday(lang, date)),
    }
}

/// The day of the week: `周日`, `Sun`.
pub fn weekday(lang: Lang, date: Date) -> &'static str {
    let (zh, en) = match date.weekday() {
        Weekday::Monday => ("周一", "Mon"),
        Weekday::Tuesday => ("周二", "Tue"),
        Weekday::Wednesday => ("周三", "Wed"),
        Weekday::Thursday => ("周四", "Thu"),
        Weekday::Friday => ("周五", "Fri"),
        Weekday::Saturday => ("周六", "Sat"),
        Weekday::Sunday => ("周日", "Sun"),
    };
    lang.pick(zh, en)
}

fn month_en(date: Date) -> &'static str {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    MONTHS[usize::from(date.month().unsigned_abs()) - 1]
}

/// A time of day: `09:41`.
pub fn clock(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// An instant at the court, to the minute: `2026-03-06 16:20`.
pub fn moment(at: Timestamp) -> String {
    let here = court_offset().to_datetime(at);
    format!("{} {}", here.date(), clock(here.time()))
}

/// An instant at the court, to the second, for certificates: `2026-03-06 16:20:14`.
pub fn moment_exact(at: Timestamp) -> String {
    let here = court_offset().to_datetime(at);
    format!("{}:{:02}", moment(at), here.second())
}

/// The time of day at the court: `16:20`.
pub fn clock_of(at: Timestamp) -> String {
    clock(court_offset().to_datetime(at).time())
}

/// An amount with its unit: `1,600.00 元`, `CNY 1,600.00`.
pub fn amount(lang: Lang, amount_fen: i64) -> String {
    match lang {
        Lang::Zh => format!("{} 元", figures(amount_fen)),
        Lang::En => format!("CNY {}", figures(amount_fen)),
    }
}

/// An amount without its unit, for columns that name it: `1,600.00`.
pub fn figures(amount_fen: i64) -> String {
    let sign = if amount_fen < 0 { "-" } else { "" };
    let fen = amount_fen.unsigned_abs();
    format!("{sign}{}.{:02}", grouped(fen / 100), fen % 100)
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A size for people: `640 B`, `12 kB`, `3.4 MB`.
pub fn size(size_bytes: u64) -> String {
    match size_bytes {
        0..=999 => format!("{size_bytes} B"),
        1_000..=999_999 => format!("{} kB", size_bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", size_bytes / 1_000_000, size_bytes % 1_000_000 / 100_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_said_as_each_language_says_them() {
        let sunday = date(2026, 11, 22);
        assert_eq!(day(sunday), "2026-11-22");
        assert_eq!(day_spoken(Lang::Zh, sunday), "11月22日（周日）");
        assert_eq!(day_spoken(Lang::En, sunday), "22 Nov (Sun)");
        assert_eq!(day_in_full(Lang::Zh, sunday), "2026年11月22日（周日）");
        assert_eq!(day_in_full(Lang::En, sunday), "22 Nov 2026 (Sun)");
    }

    #[test]
    fn instants_are_told_at_the_courts_clock() {
        let at: Timestamp = "2026-03-06T08:20:14Z".parse().expect("a well-formed instant");
        assert_eq!(moment(at), "2026-03-06 16:20");
        assert_eq!(moment_exact(at), "2026-03-06 16:20:14");
        assert_eq!(clock_of(at), "16:20");
    }

    #[test]
    fn amounts_are_grouped_and_keep_two_decimals() {
        let table = [
            (0, "0.00"),
            (5, "0.05"),
            (160_000, "1,600.00"),
            (100_000_000_099, "1,000,000,000.99"),
            (-12_345, "-123.45"),
        ];
        for (fen, expected) in table {
            assert_eq!(figures(fen), expected);
        }
        assert_eq!(amount(Lang::Zh, 160_000), "1,600.00 元");
        assert_eq!(amount(Lang::En, 160_000), "CNY 1,600.00");
    }

    #[test]
    fn the_readers_first_language_that_we_speak_is_taken() {
        assert_eq!(Lang::from_accept("fr, en-GB;q=0.8, zh;q=0.5"), Lang::En);
        assert_eq!(Lang::from_accept("zh-CN,zh;q=0.9,en;q=0.8"), Lang::Zh);
        assert_eq!(Lang::from_accept("fr"), Lang::Zh);
        assert_eq!(Lang::from_accept("en;q=0"), Lang::Zh);
    }

    #[test]
    fn no_message_of_the_frame_is_empty() {
        for key in frame::Key::ALL {
            assert!(!key.zh().is_empty() && !key.en().is_empty(), "{key:?}");
        }
    }
}
