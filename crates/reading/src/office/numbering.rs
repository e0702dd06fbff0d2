//! Numbers that a word processor writes before paragraphs: 一、 （二） 3. (d).

use std::collections::HashMap;

use roxmltree::Node;

use super::package::parse;

/// Levels of a list.
const LEVELS: usize = 9;

/// A level: how its number looks, what stands around it, where it begins.
#[derive(Clone, Debug)]
struct Level {
    format: String,
    text: String,
    start: u32,
}

/// The lists of a document, and how far each is counted.
#[derive(Default)]
pub(super) struct Numbering {
    lists: HashMap<String, HashMap<usize, Level>>,
    kinds: HashMap<String, String>,
    counted: HashMap<String, [u32; LEVELS]>,
}

fn is(node: &Node<'_, '_>, name: &str) -> bool {
    node.tag_name().name() == name
}

fn attribute<'a>(node: &Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

fn value<'a>(node: &Node<'a, '_>, child: &str) -> Option<&'a str> {
    attribute(&node.children().find(|node| is(node, child))?, "val")
}

impl Numbering {
    /// Reads the lists; without any there are no numbers.
    pub(super) fn parse(xml: &str) -> Self {
        let mut numbering = Self::default();
        let Ok(document) = parse(xml) else { return numbering };
        for kind in document.descendants().filter(|node| is(node, "abstractNum")) {
            let Some(id) = attribute(&kind, "abstractNumId") else { continue };
            let levels = kind.children().filter(|node| is(node, "lvl")).filter_map(level);
            numbering.lists.insert(id.to_owned(), levels.collect());
        }
        for list in document.descendants().filter(|node| is(node, "num")) {
            if let (Some(id), Some(kind)) = (attribute(&list, "numId"), value(&list, "abstractNumId")) {
                numbering.kinds.insert(id.to_owned(), kind.to_owned());
            }
        }
        numbering
    }

    /// The number of the next paragraph of a list.
    pub(super) fn next(&mut self, list: &str, level: usize) -> Option<String> {
        let kind = self.kinds.get(list)?;
        let levels = self.lists.get(kind)?;
        let level = level.min(LEVELS - 1);
        let own = levels.get(&level)?;
        let counted = self.counted.entry(kind.clone()).or_default();
        counted[level] = if counted[level] == 0 { own.start } else { counted[level].saturating_add(1) };
        counted[level + 1..].fill(0);
        let mut text = own.text.clone();
        for (at, counted) in counted.iter().enumerate().take(level + 1) {
            let format = levels.get(&at).map_or("decimal", |level| &level.format);
            let value = if *counted == 0 { levels.get(&at).map_or(1, |level| level.start) } else { *counted };
            text = text.replace(&format!("%{}", at + 1), &written(value, format));
        }
        let text: String = text.chars().map(|letter| if is_private(letter) { '·' } else { letter }).collect();
        Some(if text.ends_with(['、', '）', '，']) || text.is_empty() { text } else { text + " " })
    }
}

/// Bullets are often letters of a font of symbols.
fn is_private(letter: char) -> bool {
    ('\u{e000}'..='\u{f8ff}').contains(&letter)
}

fn level(node: Node<'_, '_>) -> Option<(usize, Level)> {
    let at = attribute(&node, "ilvl")?.parse().ok()?;
    let level = Level {
        format: value(&node, "numFmt").unwrap_or("decimal").to_owned(),
        text: value(&node, "lvlText").unwrap_or("").to_owned(),
        start: value(&node, "start").and_then(|start| start.parse().ok()).unwrap_or(1),
    };
    Some((at, level))
}

fn written(number: u32, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "chineseLegalSimplified" => chinese(number),
        "lowerLetter" => letter(number, b'a'),
        "upperLetter" => letter(number, b'A'),
        "lowerRoman" => roman(number).to_lowercase(),
        "upperRoman" => roman(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => char::from_u32(0x2460 + number.saturating_sub(1))
            .filter(|_| (1..=20).contains(&number))
            .map_or_else(|| number.to_string(), String::from),
        "bullet" => "·".to_owned(),
        _ => number.to_string(),
    }
}

fn letter(number: u32, first: u8) -> String {
    let at = u8::try_from(number.saturating_sub(1) % 26).unwrap_or(0);
    char::from(first + at).to_string()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let (mut left, mut roman) = (number.min(3_999), String::new());
    for (worth, sign) in SIGNS {
        while left >= worth {
            roman.push_str(sign);
            left -= worth;
        }
    }
    roman
}

/// Up to 99 as people say it; beyond digit by digit.
fn chinese(number: u32) -> String {
    const DIGITS: [&str; 10] = ["〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |digit: u32| DIGITS[digit as usize % 10];
    match (number / 10, number % 10) {
        (0, one) => digit(one).to_owned(),
        (1, 0) => "十".to_owned(),
        (1, one) => format!("十{}", digit(one)),
        (tens @ 2..=9, 0) => format!("{}十", digit(tens)),
        (tens @ 2..=9, one) => format!("{}十{}", digit(tens), digit(one)),
        _ => number.to_string().bytes().map(|byte| digit(u32::from(byte - b'0'))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_counted_level_by_level() {
        let level = |at: u32, format: &str, text: &str| {
            format!(r#"<lvl ilvl="{at}"><start val="1"/><numFmt val="{format}"/><lvlText val="{text}"/></lvl>"#)
        };
        let xml = format!(
            r#"<numbering><abstractNum abstractNumId="7">{}{}</abstractNum><num numId="2"><abstractNumId val="7"/></num></numbering>"#,
            level(0, "chineseCounting", "%1、"),
            level(1, "decimal", "%1.%2")
        );
        let mut numbering = Numbering::parse(&xml);
        let said: Vec<_> = [0, 1, 1, 0, 1].map(|level| numbering.next("2", level).expect("a list")).into();
        assert_eq!(said, ["一、", "一.1 ", "一.2 ", "二、", "二.1 "]);
        assert_eq!(numbering.next("3", 0), None);
    }

    #[test]
    fn numbers_are_written_as_lists_write_them() {
        assert_eq!([1, 10, 11, 20, 99, 105].map(chinese), ["一", "十", "十一", "二十", "九十九", "一〇五"]);
        assert_eq!((roman(14).as_str(), letter(3, b'a').as_str()), ("XIV", "c"));
        assert_eq!(written(3, "decimalEnclosedCircle"), "③");
    }
}
