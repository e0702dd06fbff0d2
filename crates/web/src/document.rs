//! A court document as a page: the same structure that is printed.

use maud::{Markup, html};
use xiezhi_documents::structure::{Block, Document, Source, Span};
use xiezhi_documents::wording::{count_in_chinese, date_in_chinese};

/// Where a fact stands: the address, and what is there in words.
pub type Standing<'a> = &'a dyn Fn(&Source, &str) -> Option<(String, String)>;

/// The document, as it will stand on paper. Court papers stay Chinese.
pub fn document(document: &Document) -> Markup {
    sourced(document, &|_, _| None)
}

/// The same, with each fact a way to where it stands, for those who write it.
pub fn sourced(document: &Document, at: Standing<'_>) -> Markup {
    html! {
        article.paper lang="zh-CN" {
            @if !document.court.is_empty() { p.center { (document.court) } }
            h2.center { (document.title) }
            @if let Some(number) = &document.number { p.right { (number) } }
            @for block in &document.blocks { (block_of(block, at)) }
            @if let Some(under) = &document.signatures {
                @for person in &under.above { p.right { (person.role) "　" (person.name) } }
                @if let Some(day) = under.dated_on { p.right { (date_in_chinese(day)) } }
                @for person in &under.below { p.right { (person.role) "　" (person.name) } }
            }
            @for block in &document.annex { (block_of(block, at)) }
        }
    }
}

fn spans(spans: &[Span], at: Standing<'_>) -> Markup {
    html! {
        @for span in spans {
            @if span.gap { mark { (span.shown()) } }
            @else if let Some((href, words)) = span.source.as_ref().and_then(|source| at(source, &span.text)) { a.source href=(href) title=(words) { (span.text) } }
            @else { (span.text) }
        }
    }
}

fn block_of(block: &Block, at: Standing<'_>) -> Markup {
    let spans = |text: &[Span]| spans(text, at);
    match block {
        Block::Paragraph { spans: text, .. } => html! { p { (spans(text)) } },
        Block::Heading { text } => html! { h3 { (text) } },
        Block::Order { no, spans: text } => html! { p { (count_in_chinese(u32::from(*no))) "、" (spans(text)) } },
        Block::Speech { speaker, spans: text } => html! { p { (speaker) "：" (spans(text)) } },
        Block::Table { head, rows, .. } => html! {
            div.scroll tabindex="0" role="group" aria-label=(head.join("、")) {
                table.table {
                    thead { tr { @for title in head { th scope="col" { (title) } } } }
                    tbody { @for row in rows { tr { @for cell in row { td { (spans(cell)) } } } } }
                }
            }
        },
        Block::KeyValue { rows } => html! {
            dl { @for (name, value) in rows { dt { (name) } dd { (spans(value)) } } }
        },
        Block::Code { text } => html! { p { code { (text) } } },
        Block::Gap { what } => html! { p { mark { "【待补：" (what) "】" } } },
    }
}
