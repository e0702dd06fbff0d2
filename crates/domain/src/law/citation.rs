//! Citations of articles (引用法条): 第六百六十七条、第六百七十四条第一款和第六百七十五条.

/// Articles in a row at the beginning of a text, each with its number and as it is written.
pub fn cited_articles(text: &str) -> Vec<(u16, String)> {
    let mut cited = vec![];
    let mut rest = text;
    while let Some(behind) = rest.strip_prefix('第') {
        let Some((number, sign)) =
            behind.char_indices().find(|(_, c)| "条款项目".contains(*c)).map(|(at, c)| (&behind[..at], c))
        else {
            break;
        };
        let Some(read) = read_count(number) else { break };
        if sign == '条' {
            cited.push((read, format!("第{number}条")));
        }
        rest = behind[number.len() + sign.len_utf8()..].trim_start_matches(['、', '和', '及', '至', '，', '到', '与']);
    }
    cited
}

/// A count in Chinese or Arabic digits, up to 9,999: 一千二百六十, 1260.
pub fn read_count(text: &str) -> Option<u16> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let (mut total, mut digit) = (0_u16, 0_u16);
    for c in text.chars() {
        match "〇一二三四五六七八九".chars().position(|one| one == c) {
            Some(value) => digit = u16::try_from(value).ok()?,
            None => {
                let unit = match c {
                    '零' => 0,
                    '十' => 10,
                    '百' => 100,
                    '千' => 1000,
                    _ => return None,
                };
                // 十五 is one ten and five.
                let tens = if digit == 0 && unit == 10 { 1 } else { digit };
                total = total.checked_add(tens.checked_mul(unit)?)?;
                digit = 0;
            }
        }
    }
    (!text.is_empty()).then(|| total.checked_add(digit))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_reads_in_both_kinds_of_digits_and_nothing_else_does() {
        for (text, count) in [("1260", 1260), ("一千二百六十", 1260), ("十五", 15), ("二十", 20), ("一百零一", 101)]
        {
            assert_eq!(read_count(text), Some(count), "{text}");
        }
        for text in ["", "甲", "第三", "99999"] {
            assert_eq!(read_count(text), None, "{text}");
        }
    }

    #[test]
    fn articles_in_a_row_are_read_until_something_else_comes() {
        let numbers = |text| cited_articles(text).into_iter().map(|(number, _)| number).collect::<Vec<_>>();
        assert_eq!(numbers("第六百六十七条、第六百七十四条第一款和第675条规定，第九条"), [667, 674, 675]);
        assert!(numbers("规定").is_empty());
    }
}
