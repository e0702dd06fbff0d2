//! Pages that are put together, as the confined reader is asked for them.

use xiezhi_app::ports::{Binding, ComposedLeaf, Heading, LaidLetters, LinkTo, TextRun};

/// Pages, counted from zero.
pub fn as_leaves(leaves: &[ComposedLeaf]) -> Vec<xiezhi_reading::Leaf> {
    let leaf = |leaf: &ComposedLeaf| xiezhi_reading::Leaf {
        source: leaf.source,
        page: leaf.page.saturating_sub(1),
        turn: leaf.turn,
        skew_tenths: leaf.skew_tenths,
    };
    leaves.iter().map(leaf).collect()
}

/// What binds them, counted from zero.
pub fn as_binding(binding: &Binding) -> xiezhi_reading::Binding {
    let heading = |it: &Heading| xiezhi_reading::Heading {
        title: it.title.clone(),
        level: it.level,
        page: it.page.saturating_sub(1),
    };
    let link = |it: &LinkTo| {
        let (page, to) = (it.page.saturating_sub(1), it.to.saturating_sub(1));
        xiezhi_reading::Link { page, x: it.spot.x, y: it.spot.y, w: it.spot.w, h: it.spot.h, to }
    };
    xiezhi_reading::Binding {
        numbered: binding.numbered,
        headings: binding.headings.iter().map(heading).collect(),
        links: binding.links.iter().map(link).collect(),
        letters: binding.letters.iter().map(letters).collect(),
        mark: binding.mark.clone(),
    }
}

fn letters(it: &LaidLetters) -> xiezhi_reading::Letters {
    let run = |run: &TextRun| xiezhi_reading::TextRun {
        text: run.text.clone(),
        x: run.x,
        y: run.y,
        w: run.w,
        h: run.h,
        starts: run.starts.clone(),
        // Whether a letter may be another is nothing that a page shows.
        unsure: vec![],
        sure: None,
    };
    xiezhi_reading::Letters { leaf: it.leaf, turn: it.turn, runs: it.runs.iter().map(run).collect() }
}
