//! How courts write numbers, dates and names in their papers. Pure text, no layout.

use jiff::civil::Date;

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Returns a date as it stands under a court document (落款日期): 二〇二六年十一月二十二日.
///
/// Source: 《人民法院民事裁判文书制作规范》 "落款" (日期用小写汉字, 年份逐位书写).
pub fn date_in_chinese(date: Date) -> String {
    format!(
        "{}年{}月{}日",
        digits_in_chinese(date.year().unsigned_abs().into()),
        count_in_chinese(date.month().unsigned_abs().into()),
        count_in_chinese(date.day().unsigned_abs().into()),
    )
}

/// Returns a date as running text writes it: 2026年11月22日.
pub fn date_in_text(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// Writes each decimal digit by itself (逐位书写), the way years are written: 2026 is 二〇二六.
pub fn digits_in_chinese(number: u32) -> String {
    let digit = |c: char| DIGITS[c.to_digit(10).expect("a decimal number has decimal digits") as usize];
    number.to_string().chars().map(digit).collect()
}

/// Writes a count in Chinese (小写汉字): 10 is 十, 22 is 二十二, 105 is 一百零五. From ten thousand on, which no paper
/// counts that people write, it stays in digits.
pub fn count_in_chinese(number: u32) -> String {
    const UNITS: [(u32, &str); 4] = [(1_000, "千"), (100, "百"), (10, "十"), (1, "")];
    if number >= 10_000 {
        return number.to_string();
    }
    if number == 0 {
        return DIGITS[0].to_string();
    }
    let mut text = String::new();
    let mut is_skipped = false;
    for (unit, name) in UNITS {
        let digit = number / unit % 10;
        match digit {
            0 => is_skipped = !text.is_empty(),
            // Ten alone is 十, not 一十.
            1 if unit == 10 && text.is_empty() => text.push_str(name),
            _ => {
                if std::mem::take(&mut is_skipped) {
                    text.push('零');
                }
                text.push(DIGITS[digit as usize]);
                text.push_str(name);
            }
        }
    }
    text
}

/// Opens a two-character name (姓名) to three cells, so that names under one another align: 张　三.
pub fn spaced_name(name: &str) -> String {
    let mut characters = name.chars();
    match (characters.next(), characters.next(), characters.next()) {
        (Some(family), Some(given), None) if is_han(family) && is_han(given) => {
            format!("{family}\u{3000}{given}")
        }
        _ => name.to_owned(),
    }
}

/// Says whether a character is written in a full cell of the court's grid (汉字).
pub fn is_han(character: char) -> bool {
    matches!(character, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{323af}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn dates_are_written_as_under_a_judgment() {
        assert_eq!(date_in_chinese(date(2026, 11, 22)), "二〇二六年十一月二十二日");
        assert_eq!(date_in_chinese(date(2030, 1, 10)), "二〇三〇年一月十日");
        assert_eq!(date_in_chinese(date(2009, 10, 31)), "二〇〇九年十月三十一日");
    }

    #[test]
    fn counts_follow_the_spoken_form() {
        let counts: Vec<_> = [0, 1, 10, 11, 20, 21, 99].map(count_in_chinese).into();
        assert_eq!(counts, ["〇", "一", "十", "十一", "二十", "二十一", "九十九"]);
        let many: Vec<_> =
            [100, 101, 110, 115, 320, 999, 1_000, 1_001, 1_010, 1_100, 9_999].map(count_in_chinese).into();
        assert_eq!(
            many,
            [
                "一百",
                "一百零一",
                "一百一十",
                "一百一十五",
                "三百二十",
                "九百九十九",
                "一千",
                "一千零一",
                "一千零一十",
                "一千一百",
                "九千九百九十九"
            ]
        );
        assert_eq!(
            [10_000, u32::MAX].map(count_in_chinese),
            ["10000", "4294967295"],
            "no count is too large to be written"
        );
    }

    #[test]
    fn only_han_names_of_two_characters_are_opened() {
        assert_eq!(spaced_name("张三"), "张\u{3000}三");
        assert_eq!(spaced_name("欧阳明"), "欧阳明");
        assert_eq!(spaced_name("李"), "李");
        assert_eq!(spaced_name("Li"), "Li");
    }
}
