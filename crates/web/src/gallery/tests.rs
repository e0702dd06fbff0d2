//! Every sample of every view, in both languages, read as a browser reads it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use scraper::{ElementRef, Html, Selector};

use super::{Piece, pieces};
use crate::{frame::look::Look, messages::Lang};

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn text(element: ElementRef<'_>) -> String {
    element.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of an element that eyes can see; those for the ear alone may name people and papers.
fn seen(element: ElementRef<'_>) -> String {
    let unseen: BTreeSet<_> =
        element.select(&Selector::parse(".unseen").expect("a selector")).map(|it| it.id()).collect();
    let said = element.descendants().filter(|node| node.ancestors().all(|above| !unseen.contains(&above.id())));
    said.filter_map(|node| node.value().as_text().map(|text| text.trim().to_owned())).collect::<Vec<_>>().join(" ")
}

/// Reads every page in both languages; `find` tells what is wrong with one.
fn every_page(find: impl Fn(&Piece, Lang, &Html) -> Vec<String>) {
    let mut faults = vec![];
    for lang in Lang::ALL {
        for piece in pieces(lang) {
            let page = Html::parse_document(&piece.page(Look { lang, ..Look::default() }).into_string());
            let found = find(piece, lang, &page);
            faults.extend(found.into_iter().map(|fault| format!("{} ({}): {fault}", piece.name, lang.code())));
        }
    }
    assert!(faults.is_empty(), "{} faults\n{}", faults.len(), faults.join("\n"));
}

/// Where a view belongs and its name: `fees MoneyView`.
fn known_as(path: &[&str], name: &str) -> String {
    let place = if path[0] == "capability" { path[1] } else { path[0] };
    format!("{place} {name}")
}

/// Every `impl View for …` of the sources.
fn views_of_the_sources() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let (mut views, mut ahead) = (BTreeSet::new(), vec![root.clone()]);
    while let Some(folder) = ahead.pop() {
        for entry in std::fs::read_dir(folder).expect("the sources are there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                ahead.push(path);
                continue;
            }
            let below = path.strip_prefix(&root).expect("below").with_extension("");
            let place: Vec<&str> = below.iter().filter_map(|part| part.to_str()).collect();
            let text = std::fs::read_to_string(&path).expect("a source is text");
            let named = text.lines().filter_map(|line| line.strip_prefix("impl View for "));
            views.extend(named.filter_map(|line| Some(known_as(&place, line.split([' ', '<']).next()?))));
        }
    }
    views
}

#[test]
fn every_view_hangs_in_the_gallery() {
    let of = |piece: &Piece| {
        let path: Vec<&str> = piece.of.split("::").skip(1).collect();
        let (name, place) = path.split_last().expect("a type has a name");
        known_as(place, name)
    };
    let hung: BTreeSet<String> = pieces(Lang::Zh).iter().map(of).collect();
    let missing: Vec<_> = views_of_the_sources().difference(&hung).cloned().collect();
    assert!(missing.is_empty(), "without samples: {missing:?}");
}

#[test]
fn every_sample_has_a_name_of_its_own() {
    let mut names = BTreeSet::new();
    for piece in pieces(Lang::Zh) {
        assert!(names.insert(piece.name), "{} hangs twice", piece.name);
        assert!(piece.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'), "{}", piece.name);
    }
    assert!(pieces(Lang::En).iter().all(|piece| names.contains(piece.name)));
}

#[test]
fn every_page_is_nested_as_html_has_it() {
    every_page(|_, _, page| page.errors.iter().map(ToString::to_string).collect());
}

#[test]
fn every_page_has_one_first_heading_one_main_part_and_a_title() {
    every_page(|_, lang, page| {
        let mut faults = vec![];
        for (selector, many) in [("h1", 1), ("main", 1), ("head > title", 1), ("a.skip", 1)] {
            let found = select(page, selector).len();
            if found != many {
                faults.push(format!("{found} × {selector}"));
            }
        }
        let silent = "[aria-hidden=true], .tick, .tick-label";
        let silent: BTreeSet<_> = select(page, silent).iter().map(|it| it.id()).collect();
        let speaking = select(page, "h1, h2, h3, title, button, a, label, th, legend, summary").into_iter();
        let speaking = speaking.filter(|it| !silent.contains(&it.id()));
        let empty = speaking.filter(|it| text(*it).is_empty() && it.value().attr("aria-label").is_none());
        faults.extend(empty.map(|it| format!("says nothing: {}", it.html())));
        let tag = select(page, "html").first().and_then(|html| html.value().attr("lang")).map(str::to_owned);
        if tag.as_deref() != Some(lang.tag()) {
            faults.push(format!("is marked as {tag:?}"));
        }
        faults
    });
}

#[test]
fn every_field_has_a_label_and_every_identifier_is_given_once() {
    every_page(|_, _, page| {
        let mut faults = vec![];
        let mut ids: BTreeMap<&str, usize> = BTreeMap::new();
        for it in select(page, "[id]") {
            *ids.entry(it.value().attr("id").unwrap_or_default()).or_default() += 1;
        }
        faults.extend(ids.iter().filter(|(_, times)| **times > 1).map(|(id, times)| format!("#{id} × {times}")));
        let labelled: BTreeSet<&str> =
            select(page, "label[for]").iter().filter_map(|it| it.value().attr("for")).collect();
        let wrapped: BTreeSet<_> =
            select(page, "label input, label select, label textarea").iter().map(|it| it.id()).collect();
        for field in select(page, "input:not([type=hidden]), select, textarea") {
            let named = field.value().attr("aria-label").or(field.value().attr("aria-labelledby")).is_some();
            let by_id = field.value().attr("id").is_some_and(|id| labelled.contains(id));
            if !named && !by_id && !wrapped.contains(&field.id()) {
                faults.push(format!("has no label: {}", field.html()));
            }
        }
        for attribute in ["for", "aria-describedby", "aria-labelledby", "aria-controls", "form"] {
            for it in select(page, &format!("[{attribute}]")) {
                let named = it.value().attr(attribute).unwrap_or_default().split(' ').filter(|id| !id.is_empty());
                faults.extend(
                    named.filter(|id| !ids.contains_key(id)).map(|id| format!("{attribute}=\"{id}\" leads nowhere")),
                );
            }
        }
        faults
    });
}

/// What may be sent any number of times by its nature: it asks, or ends what is ended.
const FREE: &[&str] = &["/look", "/sign-in", "/sign-out", "/verify", "/people/", "/tokens/"];

#[test]
fn every_link_stays_in_the_court_and_every_form_that_acts_can_be_sent_twice() {
    every_page(|_, _, page| {
        let mut faults = vec![];
        for link in select(page, "a[href]") {
            let href = link.value().attr("href").unwrap_or_default();
            let inside = href.starts_with('/') && !href.starts_with("//");
            let place = href
                .strip_prefix('#')
                .is_some_and(|id| !id.is_empty() && !select(page, &format!("[id=\"{id}\"]")).is_empty());
            if !inside && !place && !href.starts_with("tel:") {
                faults.push(format!("leads to {href:?}: {}", text(link)));
            }
        }
        for form in select(page, "form[method=post]") {
            let action = form.value().attr("action").unwrap_or_default();
            let command = Selector::parse("input[name=command]").expect("a selector");
            let safe = FREE.iter().any(|free| action.starts_with(free)) || action.ends_with("/seen");
            if !action.starts_with('/') {
                faults.push(format!("posts to {action:?}"));
            }
            if !safe && form.select(&command).next().is_none() {
                faults.push(format!("{action} has no command"));
            }
        }
        faults
    });
}

/// Names of the program that no reader should meet: `under_review`, `UnderReview`, `Some(`, `—None`.
fn is_of_the_program(word: &str) -> bool {
    if word == "kB" || word == "OpenAPI" {
        return false;
    }
    let ascii = word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    let snake = word.contains('_') && word.chars().any(|c| c.is_ascii_lowercase());
    let humps = word.chars().zip(word.chars().skip(1)).any(|(a, b)| a.is_ascii_lowercase() && b.is_ascii_uppercase());
    ascii && (snake || humps)
}

#[test]
fn no_page_says_a_name_of_the_program_or_leaves_a_hole() {
    every_page(|_, _, page| {
        let mut faults = vec![];
        let quoted: BTreeSet<_> = select(page, "code, pre, [lang=en], textarea, script, style")
            .iter()
            .flat_map(|it| it.descendants().map(|node| node.id()))
            .collect();
        for node in page.tree.nodes().filter(|node| !quoted.contains(&node.id())) {
            let Some(said) = node.value().as_text() else { continue };
            let words = said.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
            faults.extend(
                words.filter(|word| is_of_the_program(word)).map(|word| format!("says {word:?} in {:?}", said.trim())),
            );
            for hole in ["Some(", "None", "{}", "null", "undefined", "NaN", "（）", "()"] {
                if said.split_whitespace().any(|word| word == hole)
                    || (hole.contains(['(', '（', '{']) && said.contains(hole))
                {
                    faults.push(format!("has a hole {hole:?} in {:?}", said.trim()));
                }
            }
        }
        faults
    });
}

#[test]
fn what_one_can_press_is_said_in_the_readers_language() {
    every_page(|_, lang, page| {
        let chinese = |said: &str| said.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        let pressed = select(page, "button:not([lang]), .btn:not([lang])").into_iter();
        let pressed = pressed.filter(|it| it.select(&Selector::parse("[lang]").expect("a selector")).next().is_none());
        let wrong = pressed.map(seen).filter(|said| match lang {
            Lang::Zh => !chinese(said) && said.chars().any(char::is_alphabetic),
            Lang::En => chinese(said),
        });
        wrong.map(|said| format!("says {said:?}")).collect()
    });
}

#[test]
fn every_view_is_plain_data_for_programs() {
    for piece in pieces(Lang::Zh) {
        let json = piece.json();
        assert!(json.is_object() || json.is_string(), "{}: {json}", piece.name);
    }
}
