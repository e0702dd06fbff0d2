//! Papers are printed, written as OFD and read back. Needs the fonts that `setup.sh fonts` brings.

use std::{
    io::{Cursor, Read as _},
    path::PathBuf,
};

use xiezhi_documents::structure::{Align, Block, Document, Layout, Signatory, SignatureBlock, Span, VerifyCode};
use xiezhi_typeset::{FontsError, PrintError, Typesetter};

const COURT: &str = "烟台经济技术开发区人民法院";

fn font_dir() -> PathBuf {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let home = || folder("HOME").expect("tests run for a user").join(".cache");
    let cache = || folder("XDG_CACHE_HOME").unwrap_or_else(home).join("xiezhi");
    folder("XIEZHI_CACHE").unwrap_or_else(cache).join("fonts")
}

fn typesetter() -> Typesetter {
    Typesetter::new(&font_dir()).expect("run ./setup.sh fonts first")
}

fn judgment(paragraphs: usize) -> Document {
    let mut paper = Document::new("civil_judgment", Layout::Judgment, COURT, "民事判决书");
    paper.number = Some("（2026）鲁0691民初101号".into());
    let text =
        "原告贾借出与被告易欠款民间借贷纠纷一案，本院于2026年3月2日立案后，依法适用简易程序，公开开庭进行了审理。";
    paper.blocks = std::iter::repeat_with(|| Block::text(text)).take(paragraphs).collect();
    paper.blocks.push(Block::Order { no: 1, spans: vec![Span::text("被告偿还原告借款86400元。")] });
    paper.signatures = Some(SignatureBlock {
        above: vec![Signatory::new("审判员", "甄明理")],
        dated_on: Some(jiff::civil::date(2026, 11, 22)),
        below: vec![Signatory::new("书记员", "纪实")],
        sealed: true,
    });
    let id = "01930b5e-7c1e-7aa0-8000-000000000001";
    paper.verify_code = Some(VerifyCode { id: id.into(), url: format!("https://court.example/verify/{id}") });
    paper.watermark = Some("演示法院·非真实文书".into());
    paper
}

/// The words of a paper without blanks: where a run ends is the reader's guess.
fn text_of(pdf: &[u8]) -> String {
    let paper = lopdf::Document::load_mem(pdf).expect("a printed paper is a PDF");
    let pages: Vec<u32> = paper.get_pages().keys().copied().collect();
    let text = paper.extract_text(&pages).expect("its text reads back");
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

#[test]
fn the_same_facts_give_the_same_bytes() {
    let (first, second) = (typesetter().print(&judgment(9)), typesetter().print(&judgment(9)));
    assert_eq!(first.expect("it prints").pdf, second.expect("it prints").pdf);
}

/// A paper that a party signs in the place of the name.
fn record(hand: Option<&str>) -> Document {
    let mut paper = Document::new("hearing_transcript", Layout::Transcript, COURT, "庭审笔录");
    paper.blocks = vec![Block::text("以上笔录已经阅读，记录无误。")];
    let mut signatory = Signatory::new("贾借出", "贾借出").by_hand(hand.map(|_| "00"));
    if let (Some(kept), Some(svg)) = (&mut signatory.hand, hand) {
        kept.svg = svg.to_owned();
    }
    paper.signatures = Some(SignatureBlock { above: vec![signatory], ..SignatureBlock::default() });
    paper
}

#[test]
fn a_signature_by_hand_is_drawn_in_the_place_of_the_name() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 90 40\"><path d=\"M2 2Q20 30 80 36\" \
               fill=\"none\" stroke=\"#14171c\" stroke-width=\"3\"/></svg>";
    let text = |hand| text_of(&typesetter().print(&record(hand)).expect("it prints").pdf);
    assert!(text(None).contains("贾借出：贾借出"));
    let drawn = text(Some(svg));
    assert!(drawn.contains("贾借出：") && !drawn.contains("贾借出：贾借出"), "{drawn}");
}

#[test]
fn the_words_read_back_and_marks_are_no_words() {
    let text = text_of(&typesetter().print(&judgment(1)).expect("it prints").pdf);
    for words in [COURT, "民事判决书", "一、被告偿还原告借款86400元。", "二〇二六年十一月二十二日"]
    {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    assert!(!text.contains("演示"), "the mark is drawn, not written");
}

#[test]
fn a_word_longer_than_a_line_ends_lines_where_it_must_and_loses_no_letter() {
    let mut paper = judgment(1);
    paper.blocks.push(Block::text("q".repeat(40_000)));
    let printed = typesetter().print(&paper).expect("it prints");
    let letters = text_of(&printed.pdf).chars().filter(|letter| *letter == 'q').count();
    assert_eq!(letters, 40_000);
    typesetter().ofd(&paper).expect("it is written as OFD");
}

#[test]
fn a_name_never_becomes_markup() {
    let mut paper = judgment(1);
    paper.blocks.insert(0, Block::text("#panic(1)*粗*$y$\\u{4e00}"));
    let text = text_of(&typesetter().print(&paper).expect("it prints").pdf);
    assert!(text.contains("#panic(1)*粗*$y$\\u{4e00}"), "{text}");
}

#[test]
fn rare_names_come_from_the_second_font() {
    let mut paper = judgment(1);
    paper.blocks.insert(0, Block::text("堃玥喆昇彧祎翀垚㛃𠅤"));
    let printed = typesetter().print(&paper).expect("every character has a glyph");
    assert!(text_of(&printed.pdf).contains("堃玥喆"));
}

#[test]
fn characters_without_a_glyph_are_named_and_nothing_prints() {
    let mut paper = judgment(1);
    paper.blocks.insert(0, Block::text("张\u{e000}三\u{e001}\u{e000}"));
    let printed = typesetter().print(&paper).map(|printed| printed.pages);
    assert_eq!(printed, Err(PrintError::MissingGlyphs { characters: "\u{e000}\u{e001}".into() }));
}

#[test]
fn data_entry_hears_of_missing_characters_early() {
    assert_eq!(typesetter().missing_characters("张\u{e000}三\n𠅤"), "\u{e000}");
}

#[test]
fn the_seal_stands_on_the_date_and_never_alone_on_a_page() {
    for paragraphs in 5..12 {
        let printed = typesetter().print(&judgment(paragraphs)).expect("it prints");
        let spot = printed.seal_spot.expect("a sealed paper has a place for the seal");
        assert_eq!(spot.page, printed.pages);
        assert!((300.0..520.0).contains(&spot.x_pt) && spot.y_pt > 99.0, "{spot:?}");
        let paper = lopdf::Document::load_mem(&printed.pdf).expect("a PDF");
        let last = paper.extract_text(&[printed.pages]).expect("text");
        assert!(last.contains("被告偿还"), "text stands above the seal: {last}");
    }
}

#[test]
fn judges_sign_behind_their_names() {
    let spots = typesetter().print(&judgment(2)).expect("it prints").signature_spots;
    let roles: Vec<_> = spots.iter().map(|spot| spot.role.as_str()).collect();
    assert_eq!(roles, ["审判员", "书记员"]);
    assert!(spots[0].y_pt > spots[1].y_pt, "{spots:?}");
    // Behind the names, with room for a signature before the edge of the paper.
    assert!(spots.iter().all(|spot| (480.0..530.0).contains(&spot.x_pt)), "{spots:?}");
}

#[test]
fn every_layout_prints_with_gaps_shown() {
    for layout in [Layout::Notice, Layout::Table, Layout::Transcript, Layout::Complaint] {
        let mut paper = Document::new("sample", layout, COURT, "样张");
        paper.blocks = every_block();
        paper.signatures =
            Some(SignatureBlock { above: vec![Signatory::new("具状人", "")], ..SignatureBlock::default() });
        let printed = typesetter().print(&paper).unwrap_or_else(|error| panic!("{layout:?}: {error}"));
        let text = text_of(&printed.pdf);
        for words in ["【待补：本金数额】", "【待补：落款日期】", "证据名称", "审判员："] {
            assert!(text.contains(words), "{layout:?}: {words} is not in {text}");
        }
        assert_eq!(printed.seal_spot, None);
        assert_eq!(printed.signature_spots.len(), 1);
    }
}

fn every_block() -> Vec<Block> {
    let cell = |text: &str| vec![Span::text(text)];
    vec![
        Block::KeyValue { rows: vec![("原告".into(), cell("贾借出")), ("住址".into(), cell(""))] },
        Block::heading("诉讼请求"),
        Block::Order { no: 1, spans: vec![Span::text("偿还借款"), Span::gap("本金数额")] },
        Block::Table {
            head: vec!["序号".into(), "证据名称".into()],
            widths: vec![1, 5],
            rows: vec![vec![cell("1"), cell("借条")], vec![cell("2")]],
        },
        Block::Speech { speaker: "审判员".into(), spans: cell("现在开庭。\n请坐。") },
        Block::Gap { what: "事实与理由".into() },
        Block::Paragraph { spans: cell("此致"), align: Align::Left },
        Block::Paragraph { spans: cell("居中"), align: Align::Centred },
        Block::Paragraph { spans: cell("居右"), align: Align::Right },
    ]
}

#[test]
fn without_fonts_nothing_opens() {
    let opened = Typesetter::new(std::path::Path::new("/nonexistent"));
    assert!(matches!(opened, Err(FontsError::File { .. })));
}

/// The parts of an OFD, by name.
fn parts_of(ofd: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(ofd)).expect("an OFD is an archive");
    let read = |at| {
        let mut part = archive.by_index(at).expect("the part is there");
        let mut bytes = vec![];
        part.read_to_end(&mut bytes).expect("it reads");
        (part.name().expect("a name of ours").into_owned(), bytes)
    };
    let count = zip::ZipArchive::new(Cursor::new(ofd)).expect("an OFD is an archive").len();
    (0..count).map(read).collect()
}

#[test]
fn an_ofd_has_the_pages_and_the_words_of_the_pdf_and_the_same_bytes_for_the_same_facts() {
    let paper = judgment(30);
    let (printed, ofd) =
        (typesetter().print(&paper).expect("it prints"), typesetter().ofd(&paper).expect("it is written"));
    assert_eq!(ofd, typesetter().ofd(&paper).expect("it is written"));
    let (mut words, mut pages) = (String::new(), 0);
    for (name, bytes) in parts_of(&ofd).iter().filter(|(name, _)| name.ends_with(".xml")) {
        let text = std::str::from_utf8(bytes).expect("it is text");
        let xml = roxmltree::Document::parse(text).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        pages += u32::from(name.ends_with("Content.xml"));
        let codes = xml.descendants().filter(|node| node.tag_name().name() == "TextCode");
        words
            .extend(codes.filter_map(|node| node.text()).flat_map(str::chars).filter(|letter| !letter.is_whitespace()));
    }
    assert_eq!(pages, printed.pages);
    assert_eq!(words, text_of(&printed.pdf));
}

#[test]
fn an_ofd_brings_the_fonts_of_its_letters_and_no_more_of_them_than_it_uses() {
    let ofd = typesetter().ofd(&judgment(3)).expect("it is written");
    assert!(ofd.len() < 200_000, "{} bytes", ofd.len());
    let parts = parts_of(&ofd);
    let part = |ending: &str| &parts.iter().find(|(name, _)| name.ends_with(ending)).expect("the part is there").1;
    let xml = |ending: &str| String::from_utf8(part(ending).clone()).expect("it is text");
    let (resources, content) = (xml("PublicRes.xml"), xml("Page_0/Content.xml"));
    let (resources, content) = (
        roxmltree::Document::parse(&resources).expect("it is XML"),
        roxmltree::Document::parse(&content).expect("it is XML"),
    );
    let mut checked = 0;
    for text in content.descendants().filter(|node| node.tag_name().name() == "TextObject") {
        let font = resources.descendants().find(|node| node.attribute("ID") == text.attribute("Font"));
        let file = font.and_then(|font| font.descendants().find_map(|node| node.text())).expect("the font has a file");
        let face = ttf_parser::Face::parse(part(file), 0).expect("it is a font");
        let code = text.children().find(|node| node.tag_name().name() == "TextCode").expect("it has letters");
        let letters: Vec<char> = code.text().expect("it has letters").chars().collect();
        let steps = code.attribute("DeltaX").map_or(0, |steps| steps.split(' ').count());
        assert_eq!(steps, letters.len() - 1);
        for letter in letters.iter().filter(|letter| !letter.is_whitespace()) {
            let glyph = face.glyph_index(*letter).unwrap_or_else(|| panic!("{letter} has no glyph"));
            assert!(glyph.0 > 0 && face.glyph_hor_advance(glyph).is_some_and(|wide| wide > 0), "{letter}");
            checked += 1;
        }
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn every_layout_is_written_as_ofd_and_a_character_without_a_glyph_is_named() {
    for layout in [Layout::Judgment, Layout::Notice, Layout::Complaint, Layout::Transcript, Layout::Table] {
        let mut paper = Document::new("test", layout, COURT, "样张");
        paper.blocks = every_block();
        typesetter().ofd(&paper).unwrap_or_else(|fault| panic!("{layout:?}: {fault}"));
    }
    let mut paper = judgment(1);
    paper.blocks.push(Block::text("\u{10FFFD}"));
    assert!(matches!(typesetter().ofd(&paper), Err(PrintError::MissingGlyphs { .. })));
}
