//! A corrected copy of an issued document (补正后重新出具): the document with the slips put right that rulings named, and
//! a sentence that says which one it replaces.

use xiezhi_documents::{
    structure::{Block, Document, Span},
    wording::date_in_text,
};
use xiezhi_domain::{
    case::CaseState,
    correcting::{ELSEWHERE, Slip},
    decision::{About, PaperOrder},
    ids::DocumentId,
    verify,
};

/// Puts the slips right, if the paper is a corrected copy. What a ruling names and the copy still says is a gap: such a
/// copy is not signed.
pub(super) fn copy(paper: &mut Document, case: &CaseState, order: &PaperOrder) {
    let About::Document(document) = &order.about else { return };
    let Some(replaced) = case.correcting.copies.get(document) else { return };
    let slips = case.correcting.slips_of(*replaced);
    for slip in slips.iter().filter(|slip| slip.part == ELSEWHERE) {
        paper.blocks.iter_mut().for_each(|block| put_right(block, slip));
    }
    let left = slips.iter().filter(|slip| paper.blocks.iter().any(|block| words(block).contains(&slip.wrong)));
    let left: Vec<Block> = left.filter(|slip| !slip.right.contains(&slip.wrong)).map(still_there).collect();
    paper.blocks.extend(left);
    paper.blocks.push(Block::text(told(case, *replaced)));
}

fn still_there(slip: &Slip) -> Block {
    Block::Gap { what: format!("“{}”还没有改为“{}”", slip.wrong, slip.right) }
}

/// Which document it replaces, and by which rulings.
fn told(case: &CaseState, replaced: DocumentId) -> String {
    let days = case.correcting.issued_on(replaced).filter_map(|(_, ruling)| ruling.issued_on);
    let days: Vec<String> = days.map(date_in_text).collect();
    let issued = case.drafts.get(&replaced).and_then(|draft| draft.issued).and_then(|id| case.materials.get(&id));
    let code = issued.map(|paper| verify::code_of(case, paper).to_string()).unwrap_or_default();
    format!("（本件按本院{}作出的补正裁定补正，替换文书验证码为{code}的原文书。）", days.join("、"))
}

fn words(block: &Block) -> String {
    block.spans().map(|span| span.text.as_str()).collect()
}

/// Puts the right words in the place of the wrong ones, also where these reach from one run into the next.
fn put_right(block: &mut Block, slip: &Slip) {
    let (Block::Paragraph { spans, .. } | Block::Order { spans, .. } | Block::Speech { spans, .. }) = block else {
        return;
    };
    let mut from = 0;
    loop {
        let whole: String = spans.iter().map(|span| span.text.as_str()).collect();
        let Some(at) = whole[from..].find(&slip.wrong).map(|at| at + from) else { return };
        replace(spans, at, at + slip.wrong.len(), &slip.right);
        from = at + slip.right.len();
    }
}

/// Replaces the bytes from `start` to `end` of all runs together; the first run that has some of them gets the words.
fn replace(spans: &mut [Span], start: usize, end: usize, right: &str) {
    let (mut at, mut words) = (0, Some(right));
    for span in spans {
        let length = span.text.len();
        let (from, to) = (start.clamp(at, at + length) - at, end.clamp(at, at + length) - at);
        if from < to {
            span.text.replace_range(from..to, words.take().unwrap_or_default());
        }
        at += length;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(runs: &[&str]) -> Block {
        Block::paragraph(runs.iter().map(|run| Span::text(*run)).collect::<Vec<_>>())
    }

    #[test]
    fn words_are_put_right_wherever_runs_begin_and_end() {
        let slip =
            Slip { part: ELSEWHERE.to_owned(), wrong: "烟台市莱州区".into(), right: "烟台市莱山区".into() };
        for runs in
            [&["住烟台市莱州区某街。"][..], &["住烟台", "市莱州", "区某街。"], &["住", "烟台市莱州区", "某街。"]]
        {
            let mut paragraph = block(runs);
            put_right(&mut paragraph, &slip);
            assert_eq!(words(&paragraph), "住烟台市莱山区某街。", "{runs:?}");
        }
        let twice = Slip { wrong: "甲".into(), right: "甲甲".into(), ..slip };
        let mut paragraph = block(&["甲", "乙甲"]);
        put_right(&mut paragraph, &twice);
        assert_eq!(words(&paragraph), "甲甲乙甲甲");
    }
}
