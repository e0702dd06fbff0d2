//! The text of scans, held against RapidOCR, which runs the same networks in another engine: letters read wrongly,
//! processor time, memory. The pages are the court's own papers, aged as a bad scanner would, so that what stands on
//! them is known to the letter.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, ensure};
use serde::Deserialize;
use xiezhi_documents::{
    facts::CaseFacts,
    kinds::{DocumentKind, Inputs, fill},
};
use xiezhi_reading::{Reader, TextRun};
use xiezhi_typeset::Typesetter;

use super::{
    processor::{self, Whose},
    reading::Peer,
    verdict::Line,
};
use crate::compose;

/// Cases whose judgments are scanned.
const FACTS: [&str; 4] = [
    include_str!("../../../../examples/ex1_private_lending.json"),
    include_str!("../../../../examples/ex2_sale_contract.json"),
    include_str!("../../../../examples/ex4_traffic_accident.json"),
    include_str!("../../../../examples/ex6_property_service.json"),
];
/// Pages of each.
const PAGES: u32 = 2;
/// A page of A4 at 200 dpi.
const WIDTH_PX: u32 = 1_654;
/// A scanned page is searchable so soon after its turn came, on one core.
const SCAN_SECONDS: f64 = 8.0;
/// Points of a hundred that we may be worse by, and how much longer the processor may take.
const WORSE_BY: f64 = 0.1;
const LONGER_BY: f64 = 1.1;
/// What a recogniser may hold, in megabytes.
const MOST_MB: f64 = 250.0;

/// A scan, and what stands on it.
struct Scan {
    file: PathBuf,
    text: Vec<char>,
}

/// What one reader made of them.
#[derive(Default)]
struct Reading {
    wrong: usize,
    seconds: f64,
}

#[derive(Deserialize)]
struct Recognised {
    text: String,
    seconds: f64,
}

#[derive(Deserialize)]
struct Peak {
    megabytes: f64,
}

/// Measures scans that are made in `folder`.
pub async fn measure(reader: &Reader, peer: &Peer, folder: &Path) -> anyhow::Result<Vec<Line>> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let scans = made(reader, peer, folder).await?;
    let letters: usize = scans.iter().map(|scan| scan.text.len()).sum();
    let files: Vec<&Path> = scans.iter().map(|scan| &*scan.file).collect();
    let theirs: Vec<Recognised> = peer.told("recognise", &files)?;
    ensure!(theirs.len() == scans.len(), "RapidOCR read {} of {} pages", theirs.len(), scans.len());
    let (mut own, mut other) = (Reading::default(), Reading::default());
    for (scan, told) in scans.iter().zip(&theirs) {
        let begun = processor::seconds(Whose::Children)?;
        let read = reader.scan(&scan.file, &[0]).await?.pop().context("a page is told of")?.1?;
        own.seconds += processor::seconds(Whose::Children)? - begun;
        own.wrong += apart(&scan.text, &letters_of(&read.runs));
        other.seconds += told.seconds;
        other.wrong += apart(&scan.text, &plain(&told.text));
    }
    let share = |wrong: usize| wrong as f64 * 100.0 / letters as f64;
    let pages = scans.len() as f64;
    let why = format!("RapidOCR and {WORSE_BY}; {letters} letters on {} pages", scans.len());
    let mut lines = vec![
        Line::at_most("letters of scans read wrongly", share(own.wrong), share(other.wrong) + WORSE_BY, "%", why),
        Line::at_most(
            "a scanned page, processor time",
            own.seconds / pages,
            (other.seconds / pages * LONGER_BY).min(SCAN_SECONDS),
            "s",
            format!("{LONGER_BY} × RapidOCR on one thread, and {SCAN_SECONDS} s"),
        ),
    ];
    let program = std::env::current_exe().context("this program can't find itself")?;
    let scanning = [&*program, Path::new("read"), Path::new("--ocr"), Path::new("--json"), &scans[0].file];
    let peak: Peak = peer.told("peak", &scanning)?.pop().context("the peak is told")?;
    lines.push(Line::at_most("memory of a recogniser", peak.megabytes, MOST_MB, "MB", "250 MB"));
    fs::remove_dir_all(folder)?;
    Ok(lines)
}

/// Judgments, printed, drawn and aged.
async fn made(reader: &Reader, peer: &Peer, folder: &Path) -> anyhow::Result<Vec<Scan>> {
    let press = Typesetter::new(&compose::fonts(None)?).context("the fonts can't be read; run ./setup.sh fonts")?;
    let kind = DocumentKind::from_id("civil_judgment_first_summary").context("the kind is known")?;
    let mut scans = vec![];
    for (no, facts) in FACTS.iter().enumerate() {
        let facts =
            CaseFacts::from_example(facts).map_err(|fault| anyhow::anyhow!("an example can't be read: {fault}"))?;
        let printed = press
            .print(&fill(kind, &facts, &Inputs::given(kind, &facts)))
            .map_err(|fault| anyhow::anyhow!("a judgment is not printed: {fault}"))?;
        let pdf = folder.join(format!("{no}.pdf"));
        fs::write(&pdf, &printed.pdf)?;
        for page in 0..PAGES {
            let (clean, file) =
                (folder.join(format!("{no}-{page}-clean.jpg")), folder.join(format!("{no}-{page}.jpg")));
            fs::write(&clean, reader.page_image(&pdf, page, WIDTH_PX).await?)?;
            let seed = (no as u32 * PAGES + page).to_string();
            peer.told::<serde_json::Value>("age", &[&*clean, &*file, Path::new(&seed)])?;
            scans.push(Scan { file, text: letters_of(&reader.page_text(&pdf, page).await?) });
        }
    }
    Ok(scans)
}

fn letters_of(runs: &[TextRun]) -> Vec<char> {
    runs.iter().flat_map(|run| plain(&run.text)).collect()
}

/// Letters alone, of one width: a wide comma and a narrow one are the same mark to a reader.
fn plain(text: &str) -> Vec<char> {
    let narrow = |letter: char| match letter {
        '！'..='～' => char::from_u32(letter as u32 - 0xfee0).unwrap_or(letter),
        letter => letter,
    };
    text.chars().filter(|letter| !letter.is_whitespace()).map(narrow).collect()
}

/// Letters that must be changed, put in or left out to make one text of the other.
fn apart(expected: &[char], found: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=found.len()).collect();
    for (at, wanted) in expected.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], at + 1);
        for (place, letter) in found.iter().enumerate() {
            let changed = diagonal + usize::from(letter != wanted);
            diagonal = row[place + 1];
            row[place + 1] = changed.min(diagonal + 1).min(row[place] + 1);
        }
    }
    row[found.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_changed_left_out_or_put_in_counts_once_and_width_and_spaces_do_not() {
        let wrong = |found: &str| apart(&plain("案件受理费，由被告负担。"), &plain(found));
        assert_eq!(wrong("案件受理费,由 被告负担。"), 0);
        assert_eq!(wrong("案件受理费，由彼告负担。"), 1);
        assert_eq!(wrong("案件受理费由被告负担"), 2);
        assert_eq!(wrong("案件受理费，，由被告负担。"), 1);
    }
}
