//! Days and amounts in digits and in Chinese numerals. What is ambiguous is none: `86.400元` may be a misread comma.

use jiff::civil::{Date, date};

/// Years of papers that a court meets.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2100;

/// The value of a numeral from 0 to 9, in digits, small or capital numerals.
fn digit(letter: char) -> Option<i64> {
    const SMALL: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    const CAPITAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
    let place = |row: &[char; 10]| row.iter().position(|known| *known == letter);
    match letter {
        '0'..='9' => letter.to_digit(10).map(i64::from),
        '○' | 'O' => Some(0),
        '两' => Some(2),
        _ => place(&SMALL).or_else(|| place(&CAPITAL)).and_then(|value| i64::try_from(value).ok()),
    }
}

/// Whether a letter is a digit or a small numeral, as days are written with.
pub(super) fn is_digit(letter: char) -> bool {
    digit(letter).is_some() && letter != 'O'
}

fn unit(letter: char) -> Option<i64> {
    match letter {
        '十' | '拾' => Some(10),
        '百' | '佰' => Some(100),
        '千' | '仟' => Some(1_000),
        _ => None,
    }
}

fn group(letter: char) -> Option<i64> {
    match letter {
        '万' | '萬' => Some(10_000),
        '亿' | '億' => Some(100_000_000),
        _ => None,
    }
}

/// Whether a letter is part of a number in words.
pub(super) fn is_of_number(letter: char) -> bool {
    !letter.is_ascii() && (digit(letter).is_some() || unit(letter).is_some() || group(letter).is_some())
}

/// Reads a day: `2024年6月1日`, `2024-06-01`, `2024/6/1`, `2024.6.1`, `二〇二四年六月一日`. Returns it and where it ends.
pub(super) fn day(letters: &[char], at: usize) -> Option<(Date, usize)> {
    let year: Vec<i64> = letters.get(at..at + 4)?.iter().map(|letter| digit(*letter)).collect::<Option<_>>()?;
    let year =
        i16::try_from(year.iter().fold(0, |year, digit| year * 10 + digit)).ok().filter(|year| YEARS.contains(year))?;
    let first = *letters.get(at + 4)?;
    let (second, last) = match first {
        '年' => ('月', Some('日')),
        '-' | '/' | '.' => (first, None),
        _ => return None,
    };
    let (month, after) = small_number(letters, at + 5)?;
    if letters.get(after) != Some(&second) {
        return None;
    }
    let (day, after) = small_number(letters, after + 1)?;
    let until = match last {
        Some(last) if letters.get(after) == Some(&last) => after + 1,
        Some(_) => return None,
        None => after,
    };
    let day = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
    (day >= date(1900, 1, 1)).then_some((day, until))
}

/// A number up to 99, in one or two digits or in words such as `二十一`.
fn small_number(letters: &[char], at: usize) -> Option<(i64, usize)> {
    let mut until = at;
    let is_part = |letter: char| digit(letter).is_some() || matches!(letter, '十' | '拾');
    while until < at + 3 && letters.get(until).is_some_and(|letter| is_part(*letter)) {
        until += 1;
    }
    let value = match letters.get(at..until)? {
        [ten] if unit(*ten) == Some(10) => 10,
        [one] => digit(*one)?,
        [ten, one] if unit(*ten) == Some(10) => 10 + digit(*one)?,
        [tens, ten] if unit(*ten) == Some(10) => digit(*tens)? * 10,
        [tens, one] => digit(*tens)? * 10 + digit(*one)?,
        [tens, ten, one] if unit(*ten) == Some(10) => digit(*tens)? * 10 + digit(*one)?,
        _ => return None,
    };
    Some((value, until))
}

/// Reads an amount with its unit: `150000元`, `18,745.20元`, `15万元`, `¥1,600.00`, `壹拾伍万元整`, in fen. Returns it and
/// where it ends.
pub(super) fn amount(letters: &[char], at: usize) -> Option<(i64, usize)> {
    match letters.get(at)? {
        '¥' => {
            let (fen, until) = in_digits(letters, at + 1, 1)?;
            Some((fen, until + usize::from(letters.get(until) == Some(&'元'))))
        }
        letter if letter.is_ascii_digit() => {
            let after = number_end(letters, at);
            let scale = letters.get(after).and_then(|letter| group(*letter));
            let (fen, _) = in_digits(letters, at, scale.unwrap_or(1))?;
            let after = after + usize::from(scale.is_some());
            (letters.get(after) == Some(&'元')).then_some((fen, after + 1))
        }
        letter if is_of_number(*letter) => in_words(letters, at),
        _ => None,
    }
}

fn number_end(letters: &[char], at: usize) -> usize {
    let is_part =
        |at: &usize| letters.get(*at).is_some_and(|letter| letter.is_ascii_digit() || matches!(letter, ',' | '.'));
    let end = (at..).find(|at| !is_part(at)).unwrap_or(letters.len());
    // A stop after the number ends its sentence.
    if end > at && matches!(letters[end - 1], ',' | '.') { end - 1 } else { end }
}

/// Commas part groups of three, a stop one or two decimals of yuan; as many as there are noughts of a larger unit.
fn in_digits(letters: &[char], at: usize, scale: i64) -> Option<(i64, usize)> {
    let until = number_end(letters, at);
    let text: String = letters[at.min(until)..until].iter().collect();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let groups: Vec<&str> = whole.split(',').collect();
    let well_grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    let most = if scale == 1 { 2 } else { 6 };
    if whole.is_empty() || !well_grouped || groups.iter().any(|group| group.is_empty()) || decimals.len() > most {
        return None;
    }
    let whole: i64 = groups.concat().parse().ok()?;
    let parts: i64 = format!("{decimals:0<6}").parse().ok()?;
    let fen = whole.checked_mul(scale)?.checked_mul(100)?.checked_add(parts.checked_mul(scale)? / 10_000)?;
    Some((fen, until))
}

fn in_words(letters: &[char], at: usize) -> Option<(i64, usize)> {
    let (mut total, mut section, mut last) = (0_i64, 0_i64, None);
    let mut place = at;
    loop {
        let letter = *letters.get(place)?;
        if let Some(scale) = group(letter) {
            let below = section + last.take().unwrap_or(0);
            total = if scale == 100_000_000 {
                (total + below).checked_mul(scale)?
            } else {
                total.checked_add(below.checked_mul(scale)?)?
            };
            section = 0;
        } else if let Some(unit) = unit(letter) {
            section += last.take().unwrap_or(1).checked_mul(unit)?;
        } else if let Some(value) = digit(letter).filter(|_| !letter.is_ascii()) {
            // Two numerals in a row are a number told digit by digit: no sum of money.
            if last.replace(value).is_some_and(|before| before != 0) {
                return None;
            }
        } else {
            break;
        }
        place += 1;
    }
    if !matches!(letters.get(place), Some('元' | '圆')) {
        return None;
    }
    let yuan = total.checked_add(section)?.checked_add(last.unwrap_or(0))?;
    let (fen, until) = small_change(letters, place + 1);
    Some((yuan.checked_mul(100)?.checked_add(fen)?, until))
}

/// `伍角`, `伍角贰分`, `零伍分`, `整`.
fn small_change(letters: &[char], at: usize) -> (i64, usize) {
    let (mut fen, mut place) = (0, at);
    if letters.get(place) == Some(&'零') {
        place += 1;
    }
    for (word, worth) in [('角', 10), ('分', 1)] {
        if let (Some(value), Some(unit)) =
            (letters.get(place).and_then(|letter| digit(*letter)), letters.get(place + 1))
            && *unit == word
        {
            fen += value * worth;
            place += 2;
        }
    }
    if fen == 0 {
        place = at;
    }
    (fen, place + usize::from(matches!(letters.get(place), Some('整' | '正'))))
}
