//! Letters that nobody sees, laid where they stand on a page that is put together (文字层): so that a scan can be
//! searched and its words chosen, in any program that shows PDF.

use std::fmt::Write as _;

use lopdf::{Dictionary, Document as Pdf, Object, ObjectId, Stream, dictionary};

use crate::TextRun;
use crate::ask::Letters;
use crate::sheets::{advance, to_unicode};

/// The name of their font in the resources of a page.
pub(crate) const FONT: &str = "XzLetters";
/// Where the line of writing lies in the box of a line, from its upper edge.
const BASELINE: f32 = 0.8;
/// A line is at most so far drawn out or pressed together.
const STRETCH: (f32, f32) = (0.01, 10.0);
/// A line of two letters and more that is so much higher than wide runs downwards.
const DOWNWARDS: f32 = 1.6;

/// The font: no shapes, for nobody sees them; codes are letters, and each is as wide as type is set.
pub(crate) fn font(pdf: &mut Pdf) -> ObjectId {
    let mut map = Stream::new(Dictionary::new(), to_unicode().into_bytes());
    // What cannot be pressed stays as it is.
    let _ = map.compress();
    let map = pdf.add_object(map);
    let descriptor = pdf.add_object(dictionary! {
        "Type" => "FontDescriptor", "FontName" => "SimSun", "Flags" => 4, "ItalicAngle" => 0, "Ascent" => 859,
        "Descent" => -140, "CapHeight" => 683, "StemV" => 80,
        "FontBBox" => vec![0.into(), (-200).into(), 1000.into(), 900.into()],
    });
    let latin: Vec<Object> = (' '..='~').map(|letter| Object::Real(advance(letter) * 1000.0)).collect();
    let letters = pdf.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "SimSun", "DW" => 1000,
        "W" => vec![32.into(), Object::Array(latin)], "FontDescriptor" => descriptor,
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"),
            "Ordering" => Object::string_literal("Identity"),
            "Supplement" => 0,
        },
    });
    pdf.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "SimSun", "Encoding" => "Identity-H",
        "DescendantFonts" => vec![letters.into()], "ToUnicode" => map,
    })
}

/// The drawing of letters. `seen` is the part of the page that is shown: left, lower, right, upper; `turn` how the page
/// is turned, clockwise, before the letters want it turned on.
pub(crate) fn drawing(letters: &Letters, seen: [f32; 4], turn: i64) -> String {
    let [left, lower, right, upper] =
        [seen[0].min(seen[2]), seen[1].min(seen[3]), seen[0].max(seen[2]), seen[1].max(seen[3])];
    let (wide, tall) = (right - left, upper - lower);
    // From the upper left corner of the page as the letters want it, to the right and up.
    let ([a, b, c, d], (e, f), (wide, tall)) = match (turn + i64::from(letters.turn)).rem_euclid(360) {
        90 => ([0, 1, -1, 0], (left, lower), (tall, wide)),
        180 => ([-1, 0, 0, -1], (right, lower), (wide, tall)),
        270 => ([0, -1, 1, 0], (right, upper), (tall, wide)),
        _ => ([1, 0, 0, 1], (left, upper), (wide, tall)),
    };
    let mut drawn = format!("q {a} {b} {c} {d} {e:.2} {f:.2} cm\n");
    for run in &letters.runs {
        let on_page = TextRun { x: run.x * wide, y: run.y * tall, w: run.w * wide, h: run.h * tall, ..run.clone() };
        line(&mut drawn, &on_page);
    }
    drawn.push_str("Q\n");
    drawn
}

/// A line of writing, from the upper left corner of where it is drawn.
pub(crate) fn line(drawn: &mut String, run: &TextRun) {
    let letters: Vec<char> = run.text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let fits = [run.x, run.y, run.w, run.h].into_iter().all(f32::is_finite) && run.w > 0.0 && run.h > 0.0;
    if !fits || letters.is_empty() {
        return;
    }
    if run.h > run.w * DOWNWARDS && letters.len() > 1 {
        return downwards(drawn, run, &letters);
    }
    let starts = starts(run, &letters);
    let _ = write!(
        drawn,
        "BT 3 Tr /{FONT} {:.2} Tf {:.2} {:.2} Td",
        run.h,
        run.x + starts[0] * run.w,
        -(run.y + run.h * BASELINE)
    );
    // Each letter reaches to the next one: a gap would be taken for a space.
    let stretch = |at: usize| {
        let until = starts.get(at + 1).copied().unwrap_or(1.0);
        let reach = (until - starts[at]).max(0.0) * run.w / (width(letters[at]) * run.h);
        (reach.clamp(STRETCH.0, STRETCH.1) * 1000.0).round()
    };
    let places: Vec<usize> = (0..letters.len()).collect();
    for alike in places.chunk_by(|one, next| stretch(*one) == stretch(*next)) {
        let codes: String = alike.iter().map(|at| code(letters[*at])).collect();
        let _ = write!(drawn, " {:.1} Tz <{codes}> Tj", stretch(alike[0]) / 10.0);
    }
    drawn.push_str(" ET\n");
}

/// Letters one under the other.
fn downwards(drawn: &mut String, run: &TextRun, letters: &[char]) {
    let starts = starts(run, letters);
    for (at, letter) in letters.iter().enumerate() {
        let until = starts.get(at + 1).copied().unwrap_or(1.0);
        let (y, h) = (run.y + starts[at] * run.h, (until - starts[at]) * run.h);
        line(drawn, &TextRun { text: letter.to_string(), y, h, starts: vec![], ..run.clone() });
    }
}

/// Where each letter begins, in shares of its line: where it was seen, else as type is set.
fn starts(run: &TextRun, letters: &[char]) -> Vec<f32> {
    if run.starts.len() == letters.len() {
        return run.starts.iter().map(|start| f32::from(*start) / 1000.0).collect();
    }
    let whole: f32 = letters.iter().map(|letter| width(*letter)).sum();
    let mut before = 0.0;
    let mut start = |letter: &char| {
        let start = before / whole;
        before += width(*letter);
        start
    };
    letters.iter().map(&mut start).collect()
}

/// How far a letter reaches in this font, in shares of its size: one beyond the first plane takes two codes.
fn width(letter: char) -> f32 {
    advance(letter) * letter.len_utf16() as f32
}

fn code(letter: char) -> String {
    letter.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("{unit:04X}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, starts: Vec<u16>) -> TextRun {
        TextRun { text: text.to_owned(), x: 0.1, y: 0.1, w: 0.5, h: 0.02, starts, unsure: vec![], sure: None }
    }

    fn drawn(turn: u16, page_turn: i64) -> String {
        let letters = Letters { leaf: 0, turn, runs: vec![run("借条", vec![])] };
        drawing(&letters, [0.0, 0.0, 600.0, 800.0], page_turn)
    }

    #[test]
    fn letters_lie_on_the_page_as_they_want_it_turned() {
        assert!(drawn(0, 0).starts_with("q 1 0 0 1 0.00 800.00 cm"), "{}", drawn(0, 0));
        assert!(drawn(90, 0).starts_with("q 0 1 -1 0 0.00 0.00 cm"));
        assert!(drawn(90, 90).starts_with("q -1 0 0 -1 600.00 0.00 cm"), "the page itself may be turned already");
        assert!(drawn(0, 270).starts_with("q 0 -1 1 0 600.00 800.00 cm"));
    }

    #[test]
    fn each_letter_reaches_from_where_it_was_seen_to_the_next() {
        let mut drawn = String::new();
        let run = TextRun { x: 100.0, y: 50.0, w: 100.0, h: 20.0, ..run("今借到", vec![0, 400, 600]) };
        line(&mut drawn, &run);
        // 40, 20 and 40 points of letters that are 20 points high.
        let said = "100.00 -66.00 Td 200.0 Tz <4ECA> Tj 100.0 Tz <501F> Tj 200.0 Tz <5230> Tj ET\n";
        assert!(drawn.ends_with(said), "{drawn}");
    }

    #[test]
    fn a_downward_line_has_its_letters_one_under_the_other() {
        let mut drawn = String::new();
        let run = TextRun { x: 500.0, y: 100.0, w: 20.0, h: 60.0, ..run("原告甲", vec![]) };
        line(&mut drawn, &run);
        let places: Vec<&str> =
            drawn.lines().filter_map(|line| line.split(" Tf ").nth(1)?.split(" Td").next()).collect();
        assert_eq!(places, ["500.00 -116.00", "500.00 -136.00", "500.00 -156.00"]);
    }

    #[test]
    fn what_has_no_place_is_left_out() {
        let mut drawn = String::new();
        line(&mut drawn, &TextRun { w: f32::NAN, ..run("借条", vec![]) });
        line(&mut drawn, &TextRun { h: 0.0, ..run("借条", vec![]) });
        line(&mut drawn, &run("", vec![]));
        assert!(drawn.is_empty(), "{drawn}");
    }
}
