//! Fonts for files that bring none of their own, chosen from a folder by the style the file names.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use hayro::hayro_interpret::font::{FallbackFontQuery, FontData, FontQuery};
use hayro::hayro_interpret::hayro_cmap::CidFamily;
use hayro::hayro_interpret::{FontResolverFn, InterpreterSettings};

/// How deep the folder is searched.
const DEPTH: u32 = 4;
/// Collections of five or more hold Japanese, Korean, simplified Chinese … in this order.
const SIMPLIFIED_IN_COLLECTION: u32 = 2;

/// The four styles of Chinese type, by the names that files and font files give them.
const STYLES: [Style; 4] = [
    Style { asked: &["fang", "仿宋"], files: &["fandolfang", "fangsong", "simfang", "stfang"] },
    Style { asked: &["kai", "楷"], files: &["fandolkai", "kaiti", "simkai", "wenkai"] },
    Style {
        asked: &["hei", "黑", "gothic", "sans"],
        files: &["fandolhei", "simhei", "notosanscjk", "notosanssc", "sourcehansans"],
    },
    Style {
        asked: &["song", "sun", "宋", "ming", "serif"],
        files: &["fandolsong", "simsun", "notoserifcjk", "notoserifsc", "sourcehanserif"],
    },
];

struct Style {
    asked: &'static [&'static str],
    files: &'static [&'static str],
}

/// Settings of the interpreter with the fonts of `folder` for Chinese, and its own for Latin.
pub(crate) fn settings(folder: Option<&Path>) -> InterpreterSettings {
    InterpreterSettings { font_resolver: resolver(folder), ..InterpreterSettings::default() }
}

fn resolver(folder: Option<&Path>) -> FontResolverFn {
    let mut files = Vec::new();
    if let Some(folder) = folder {
        collect(folder, DEPTH, &mut files);
    }
    files.sort();
    Arc::new(move |query| match query {
        FontQuery::Standard(font) => Some(font.get_font_data()),
        FontQuery::Fallback(query) => {
            chinese(query, &files).or_else(|| Some(query.pick_standard_font().get_font_data()))
        }
    })
}

fn collect(folder: &Path, depth: u32, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && depth > 0 {
            collect(&path, depth - 1, files);
        } else if is_font(&path) {
            files.push(path);
        }
    }
}

fn is_font(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ["ttf", "otf", "ttc", "otc"].iter().any(|known| ending == *known))
}

fn chinese(query: &FallbackFontQuery, files: &[PathBuf]) -> Option<(FontData, u32)> {
    let asked = asked_name(query);
    if !is_east_asian(query) && !names_a_chinese_font(&asked) {
        return None;
    }
    let is_bold = query.is_bold || query.font_weight >= 600 || asked.contains("bold");
    let bytes = std::fs::read(choose(&asked, is_bold, files)?).ok()?;
    let index = index_of_simplified(&bytes);
    Some((Arc::new(bytes), index))
}

fn asked_name(query: &FallbackFontQuery) -> String {
    let names = [&query.post_script_name, &query.font_name, &query.font_family];
    let names: Vec<&str> = names.into_iter().flatten().map(String::as_str).collect();
    names.join(" ").to_lowercase()
}

fn is_east_asian(query: &FallbackFontQuery) -> bool {
    let family = query.character_collection.as_ref().map(|collection| &collection.family);
    let families = [CidFamily::AdobeGB1, CidFamily::AdobeCNS1, CidFamily::AdobeJapan1, CidFamily::AdobeKorea1];
    family.is_some_and(|family| families.contains(family))
}

/// Only names that no Latin font has.
fn names_a_chinese_font(asked: &str) -> bool {
    let names = ["simsun", "simhei", "simfang", "simkai", "fangsong", "kaiti", "heiti", "songti", "stsong"];
    names.iter().any(|name| asked.contains(name)) || asked.chars().any(|letter| letter >= '\u{4e00}')
}

/// The style that is asked for, then Song, then any: a paper in the wrong style can still be read.
fn choose<'a>(asked: &str, is_bold: bool, files: &'a [PathBuf]) -> Option<&'a PathBuf> {
    let own = STYLES.iter().filter(|style| style.asked.iter().any(|name| asked.contains(name)));
    let patterns = own.chain(STYLES.iter().rev()).flat_map(|style| style.files);
    patterns.into_iter().find_map(|pattern| best(pattern, is_bold, files))
}

fn best<'a>(pattern: &str, is_bold: bool, files: &'a [PathBuf]) -> Option<&'a PathBuf> {
    let matching = || files.iter().filter(|path| file_name(path).contains(pattern));
    let right_weight = matching().find(|path| file_name(path).contains("bold") == is_bold);
    right_weight.or_else(|| matching().next())
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().to_lowercase()
}

fn index_of_simplified(font: &[u8]) -> u32 {
    let count = font.get(8..12).and_then(|count| count.try_into().ok()).map_or(0, u32::from_be_bytes);
    match font.starts_with(b"ttcf") && count >= 5 {
        true => SIMPLIFIED_IN_COLLECTION,
        false => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(asked: &str, is_bold: bool, names: &[&str]) -> Option<String> {
        let files: Vec<PathBuf> = names.iter().map(PathBuf::from).collect();
        choose(asked, is_bold, &files).map(|path| path.display().to_string())
    }

    #[test]
    fn the_style_that_is_asked_for_is_taken() {
        let files = ["FandolFang-Regular.otf", "FandolHei-Bold.otf", "FandolHei-Regular.otf", "FandolSong.otf"];
        assert_eq!(chosen("fangsong_gb2312", false, &files).as_deref(), Some("FandolFang-Regular.otf"));
        assert_eq!(chosen("simhei", true, &files).as_deref(), Some("FandolHei-Bold.otf"));
        assert_eq!(chosen("stsong-light", false, &files).as_deref(), Some("FandolSong.otf"));
    }

    #[test]
    fn a_missing_style_falls_back_to_song() {
        let files = ["NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc"];
        assert_eq!(chosen("fangsong", false, &files).as_deref(), Some("NotoSerifCJK-Regular.ttc"));
        assert_eq!(chosen("anything", true, &files).as_deref(), Some("NotoSerifCJK-Regular.ttc"));
        assert_eq!(chosen("anything", false, &[]), None);
    }

    #[test]
    fn a_latin_font_is_not_taken_for_a_chinese_one() {
        assert!(!names_a_chinese_font("arial kaiser sunset"));
        assert!(names_a_chinese_font("仿宋_gb2312"));
    }
}
