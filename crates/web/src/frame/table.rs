//! Dense tables that become lists on a phone, with sortable headers, groups, ticks and paging.

use maud::{Markup, html};

use super::icon::Icon;
use crate::messages::{Lang, frame, t};

/// What a column becomes on a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnPhone {
    /// The first line: what it is.
    Title,
    /// At the right end of the first line: the state.
    State,
    /// Part of the second line.
    Second,
    /// The verb, under the rest.
    Act,
    /// Not shown.
    Hidden,
}

impl OnPhone {
    const fn class(self) -> &'static str {
        match self {
            OnPhone::Title => "title",
            OnPhone::State => "state",
            OnPhone::Second => "second",
            OnPhone::Act => "act",
            OnPhone::Hidden => "desk-only",
        }
    }
}

/// One column.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    /// Its heading.
    pub words: &'a str,
    /// The key it sorts by (`?sort=key`, `?sort=-key`); nothing where it does not sort.
    pub sort: Option<&'a str>,
    /// What it becomes on a phone.
    pub phone: OnPhone,
    /// Amounts and counts stand right.
    pub right: bool,
    /// The heading goes before the value on a phone (`页 1–4`).
    pub named: bool,
}

impl<'a> Column<'a> {
    /// A column with its place on a phone.
    pub fn new(words: &'a str, phone: OnPhone) -> Self {
        Self { words, sort: None, phone, right: false, named: false }
    }

    /// Sorts by `key`.
    pub fn sorts(mut self, key: &'a str) -> Self {
        self.sort = Some(key);
        self
    }

    /// Numbers, standing right.
    pub fn right(mut self) -> Self {
        self.right = true;
        self
    }

    /// Its heading goes with it on a phone.
    pub fn named(mut self) -> Self {
        self.named = true;
        self
    }
}

/// One row: as many cells as columns.
#[derive(Clone, Debug, Default)]
pub struct TableRow<'a> {
    /// The cells, in the order of the columns.
    pub cells: Vec<Markup>,
    /// Its id, for links that lead to it.
    pub id: Option<&'a str>,
    /// The value of its tick; nothing where it cannot be ticked.
    pub tick: Option<&'a str>,
    /// Ticked already.
    pub ticked: bool,
    /// A heading before it: a new group begins.
    pub group: Option<&'a str>,
    /// New since the last visit.
    pub fresh: bool,
    /// Replaced or withdrawn: stays, crossed out.
    pub struck: bool,
    /// A sum.
    pub total: bool,
}

impl TableRow<'_> {
    /// A plain row.
    pub fn new(cells: Vec<Markup>) -> Self {
        Self { cells, ..Self::default() }
    }
}

/// A table.
#[derive(Clone, Debug, Default)]
pub struct Table<'a> {
    /// What it lists, for readers who hear the page.
    pub caption: &'a str,
    /// Columns.
    pub columns: Vec<Column<'a>>,
    /// Rows.
    pub rows: Vec<TableRow<'a>>,
    /// Path and query of this list without `sort` and `page`: `/cases?stage=trial`.
    pub base: &'a str,
    /// The present order: `due` or `-due`.
    pub order: &'a str,
    /// The name of the tick boxes; stands inside a form then.
    pub ticks: Option<&'a str>,
    /// Rows of 28 px, for desks with many.
    pub dense: bool,
    /// Stays a table on a phone (few narrow columns).
    pub keep: bool,
}

impl Table<'_> {
    /// The table; one wider than its sheet, as in very large type, scrolls within it.
    pub fn show(&self, lang: Lang) -> Markup {
        if self.rows.is_empty() {
            return html! { div.in { p.muted { (t(lang, frame::Key::NoRows)) } } };
        }
        html! {
            div.scroller { table.table.dense[self.dense].keep[self.keep] role="table" {
                caption.unseen { (self.caption) }
                thead role="rowgroup" { tr role="row" {
                    @if self.ticks.is_some() { th.tick role="columnheader" scope="col" { label.tick-label { input.check type="checkbox" data-tick-all aria-label=(t(lang, frame::Key::SelectAll)); } } }
                    @for column in &self.columns { (self.heading(column)) }
                } }
                tbody role="rowgroup" { @for row in &self.rows { (self.row(lang, row)) } }
            } }
        }
    }

    fn heading(&self, column: &Column<'_>) -> Markup {
        let class = if column.right { "amount" } else { "" };
        let Some(key) = column.sort else {
            return html! { th role="columnheader" scope="col" class=[(!class.is_empty()).then_some(class)] { (column.words) } };
        };
        let (sorted, next) = turn(self.order, key);
        let href = with_query(self.base, "sort", &next);
        html! {
            th role="columnheader" scope="col" class=[(!class.is_empty()).then_some(class)] aria-sort=[sorted] {
                a href=(href) { (column.words) @match sorted { Some("ascending") => (Icon::Up), Some(_) => (Icon::Down), None => (Icon::Sort) } }
            }
        }
    }

    fn row(&self, lang: Lang, row: &TableRow<'_>) -> Markup {
        let width = self.columns.len() + usize::from(self.ticks.is_some());
        html! {
            @if let Some(group) = row.group { tr.group role="row" { td.group-cell role="cell" colspan=(width) { (group) } } }
            tr.fresh[row.fresh].struck[row.struck].total[row.total].here[row.ticked] id=[row.id] role="row" data-row {
                @if let Some(name) = self.ticks { td.tick role="cell" {
                    label.tick-label { input.check type="checkbox" name=(name) value=[row.tick] checked[row.ticked] disabled[row.tick.is_none()] aria-label=(t(lang, frame::Key::SelectRow)); }
                } }
                @for (column, cell) in self.columns.iter().zip(&row.cells) {
                    td role="cell" class={ (column.phone.class()) @if column.right { " amount" } } data-label=[phone_label(column)] { (cell) }
                }
            }
        }
    }
}

/// A heading that the style writes before the value on a phone alone.
fn phone_label<'a>(column: &Column<'a>) -> Option<&'a str> {
    column.named.then_some(column.words)
}

/// How the column is sorted now, and what a press on its heading asks for.
fn turn(order: &str, key: &str) -> (Option<&'static str>, String) {
    match order.strip_prefix('-') {
        Some(down) if down == key => (Some("descending"), key.to_owned()),
        None if order == key => (Some("ascending"), format!("-{key}")),
        _ => (None, key.to_owned()),
    }
}

/// `base` with one more parameter.
pub fn with_query(base: &str, name: &str, value: &str) -> String {
    let joint = if base.contains('?') { '&' } else { '?' };
    format!("{base}{joint}{name}={value}")
}

/// Where one is in a long list.
#[derive(Clone, Copy, Debug)]
pub struct Paging<'a> {
    /// The page shown, from 1.
    pub page: usize,
    /// How many pages.
    pub pages: usize,
    /// How many rows in all.
    pub total: usize,
    /// Path and query without `page`.
    pub base: &'a str,
}

/// The line under a list: how many, which page, on and back.
pub fn paging(lang: Lang, at: Paging<'_>) -> Markup {
    let to = |page: usize| with_query(at.base, "page", &page.to_string());
    html! {
        div.paging {
            span { (frame::rows_in_all(lang, at.total)) }
            @if at.pages > 1 {
                nav aria-label=(t(lang, frame::Key::Pages)) {
                    @if at.page > 1 { a.btn href=(to(at.page - 1)) rel="prev" { (Icon::Previous) (t(lang, frame::Key::Previous)) } }
                    span { (frame::page_of(lang, at.page, at.pages)) }
                    @if at.page < at.pages { a.btn href=(to(at.page + 1)) rel="next" { (t(lang, frame::Key::Next)) (Icon::Next) } }
                }
            }
        }
    }
}

/// The bar under a table with ticks: how many are ticked, what is left out, and the verbs.
pub fn batch(words_before: &str, ticked: usize, words_after: &str, note: &str, verbs: Markup) -> Markup {
    html! {
        div.batch { b { (words_before) " " span data-ticked { (ticked) } " " (words_after) } span.muted.grow { (note) } (verbs) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_press_on_a_heading_turns_the_order() {
        assert_eq!(turn("", "due"), (None, "due".to_owned()));
        assert_eq!(turn("due", "due"), (Some("ascending"), "-due".to_owned()));
        assert_eq!(turn("-due", "due"), (Some("descending"), "due".to_owned()));
        assert_eq!(turn("-overdue", "due"), (None, "due".to_owned()));
    }

    #[test]
    fn filters_survive_sorting_and_paging() {
        assert_eq!(with_query("/cases", "page", "2"), "/cases?page=2");
        assert_eq!(with_query("/cases?stage=trial", "sort", "-due"), "/cases?stage=trial&sort=-due");
    }
}
