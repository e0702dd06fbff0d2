//! How courts write sums of money: digits in running text, capitals where a form asks. Integer fen only.

const CAPITALS: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const PLACES: [&str; 4] = ["", "拾", "佰", "仟"];
const GROUPS: [&str; 5] = ["", "万", "亿", "兆", "京"];

/// Writes an amount in digits without its unit: 150000, 18745.20.
///
/// Whole yuan carry no decimals, everything else carries two; there is no grouping comma.
pub fn yuan(amount_fen: i64) -> String {
    let (sign, fen) = (if amount_fen < 0 { "-" } else { "" }, amount_fen.unsigned_abs());
    match fen % 100 {
        0 => format!("{sign}{}", fen / 100),
        rest => format!("{sign}{}.{rest:02}", fen / 100),
    }
}

/// Writes an amount in capitals (大写金额): 壹仟玖佰零伍元整, 壹仟叁佰玖拾柒元伍角.
///
/// # Panics
/// Below zero: no form asks for a negative sum in words.
pub fn amount_in_words(amount_fen: i64) -> String {
    assert!(amount_fen >= 0, "a sum in words is not negative");
    let fen = amount_fen.unsigned_abs();
    let (whole, jiao, rest) = (fen / 100, (fen / 10 % 10) as usize, (fen % 10) as usize);
    let mut text = if whole > 0 || fen == 0 { format!("{}元", integer_in_words(whole)) } else { String::new() };
    match (jiao, rest) {
        (0, 0) => text.push('整'),
        (0, _) if whole > 0 => text.push_str(&format!("零{}分", CAPITALS[rest])),
        (0, _) => text.push_str(&format!("{}分", CAPITALS[rest])),
        (_, 0) => text.push_str(&format!("{}角", CAPITALS[jiao])),
        _ => text.push_str(&format!("{}角{}分", CAPITALS[jiao], CAPITALS[rest])),
    }
    text
}

/// Reads an amount in yuan with at most two decimals, as forms and the examples write it; `None` if it isn't one.
pub fn parse_yuan(text: &str) -> Option<i64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.chars().all(|c| c.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(decimals) || decimals.len() > 2 {
        return None;
    }
    let cents: i64 = format!("{decimals:0<2}").parse().ok()?;
    whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)
}

/// Groups of four digits, each with its unit; one 零 stands for any run of empty places inside.
fn integer_in_words(number: u64) -> String {
    if number == 0 {
        return CAPITALS[0].to_string();
    }
    let groups: Vec<u64> = (0..GROUPS.len() as u32).map(|at| number / 10_000_u64.pow(at) % 10_000).collect();
    let mut text = String::new();
    let mut skipped = false;
    for (at, &group) in groups.iter().enumerate().rev() {
        if group == 0 {
            skipped = !text.is_empty();
            continue;
        }
        if !text.is_empty() && (skipped || group < 1_000) {
            text.push(CAPITALS[0]);
        }
        text.push_str(&group_in_words(group));
        text.push_str(GROUPS[at]);
        skipped = false;
    }
    text
}

fn group_in_words(group: u64) -> String {
    let mut text = String::new();
    let mut skipped = false;
    for at in (0..4).rev() {
        let digit = (group / 10_u64.pow(at as u32) % 10) as usize;
        if digit == 0 {
            skipped = !text.is_empty();
            continue;
        }
        if skipped {
            text.push(CAPITALS[0]);
            skipped = false;
        }
        text.push(CAPITALS[digit]);
        text.push_str(PLACES[at]);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_carry_decimals_only_when_there_are_fen() {
        assert_eq!([15_000_000, 1_874_520, 5, 0, -250].map(yuan), ["150000", "18745.20", "0.05", "0", "-2.50"]);
    }

    #[test]
    fn words_follow_the_bank_form() {
        let words = |fen| amount_in_words(fen);
        assert_eq!(words(190_500), "壹仟玖佰零伍元整");
        assert_eq!(words(139_750), "壹仟叁佰玖拾柒元伍角");
        assert_eq!(words(10_010_005), "壹拾万零壹佰元零伍分");
        assert_eq!(words(1_000_000_000), "壹仟万元整");
        assert_eq!(words(1_000_000_100), "壹仟万零壹元整");
        assert_eq!(words(10_000_000_000_000), "壹仟亿元整");
        assert_eq!(words(10_000_200_000), "壹亿零贰仟元整");
        assert_eq!(words(1_234), "壹拾贰元叁角肆分");
        assert_eq!(words(7), "柒分");
        assert_eq!(words(0), "零元整");
    }

    #[test]
    fn amounts_with_more_than_two_decimals_are_refused() {
        assert_eq!(parse_yuan("175500.00"), Some(17_550_000));
        assert_eq!(parse_yuan("8.5"), Some(850));
        assert_eq!(["1.005", "", ".5", "1,000", "-3", "1元"].map(parse_yuan), [None; 6]);
    }
}
