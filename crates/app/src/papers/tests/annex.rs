//! The articles applied, behind the signatures.

use jiff::civil::date;
use xiezhi_documents::structure::{Block, Document, Layout};
use xiezhi_domain::{
    drafting::DraftContent,
    law::instrument::{Instrument, Library},
};

use crate::papers::annex;

fn library() -> Library {
    let mut library = Library::default();
    let text = "# 示例借款条例\n\n第一条 借款应当返还。\n利息依约定。\n第二条 可以催告。\n";
    library.add(Instrument::read(text).expect("it reads"));
    library
}

fn annexed(annex_law: bool, legal_basis: &[&str]) -> Vec<Block> {
    let legal_basis = legal_basis.iter().map(|&law| law.to_owned()).collect();
    let content = DraftContent { legal_basis, annex_law, ..DraftContent::default() };
    let mut paper = Document::new("civil_judgment", Layout::Judgment, "法院", "民事判决书");
    annex(&mut paper, &content, &library(), date(2026, 3, 2));
    paper.annex
}

#[test]
fn the_articles_applied_stand_behind_the_signatures_in_their_own_words_and_once() {
    let heading = |text: &str| Block::Heading { text: text.to_owned() };
    let found = annexed(true, &["《示例借款条例》第一条、第二条第一款", "《示例借款条例》第一条"]);
    let wanted = vec![
        heading("附：本裁判适用的法律条文"),
        heading("《示例借款条例》第一条"),
        Block::text("借款应当返还。"),
        Block::text("利息依约定。"),
        heading("《示例借款条例》第二条"),
        Block::text("可以催告。"),
    ];
    assert_eq!(found, wanted);
}

#[test]
fn what_the_court_does_not_have_is_not_written_from_memory() {
    assert_eq!(annexed(true, &["《别的条例》第一条", "《示例借款条例》第九条"]), vec![]);
    assert_eq!(annexed(false, &["《示例借款条例》第一条"]), vec![]);
}
