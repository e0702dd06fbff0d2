//! The page of the search: what is asked on top, what was found below, the older of it one click away.

use xiezhi_app::{access::Look, rows::code_of, traces::Traces};

use super::{Asked, PAGE, TraceLine, TracesView, look_words};
use crate::{
    frame::prelude::*,
    http::prelude::*,
    messages::{
        lingering, moment, moment_exact, nav, t,
        traces::{KINDS, Key},
    },
};

const LOOKS: [Look; 6] = [Look::Case, Look::Page, Look::Download, Look::Search, Look::Export, Look::Trace];

impl View for TracesView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        let csv = self.asked.address("/traces.csv", None);
        let export = html! { @if self.closed.is_none() { (Verb::go(t(lang, Key::Csv), &csv).icon(Icon::Download)) } };
        let note = t(lang, if self.in_words { Key::WordsWords } else { Key::WordsMarks });
        to.page(title, html! {
            (page_head(title, note, export))
            (stack(html! {
                (self.asking(to))
                @if let Some(case) = self.closed { (self.reason(to, &case.to_string())) } @else { (self.found(to)) }
            }))
        })
    }
}

impl TracesView {
    fn asking(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let asked = &self.asked;
        let wrong = |is: bool, key: Key| is.then(|| t(lang, key));
        let both = [(Traces::Acts, Key::Acts), (Traces::Looks, Key::Looks)];
        let places = both.map(|(of, _)| Asked { of, kind: String::new(), ..asked.clone() }.address(PAGE, None));
        let chips: Vec<Tab<'_>> = both
            .iter()
            .zip(&places)
            .map(|((of, name), href)| Tab { name: t(lang, *name), href, count: "", here: *of == asked.of })
            .collect();
        let codes: Vec<(String, &str)> = match asked.of {
            Traces::Acts => KINDS.map(|(code, key)| (code.to_owned(), t(lang, key))).to_vec(),
            Traces::Looks => LOOKS.map(|look| (code_of(&look), t(lang, look_words(look)))).to_vec(),
        };
        let any = Choice::new("", t(lang, Key::AnyKind));
        let choices: Vec<Choice<'_>> = std::iter::once(any).chain(codes.iter().map(|(code, name)| Choice::new(code, name))).collect();
        html! {
            section.sheet {
                (filters(lang, None, &chips, html! {}))
                div.in {
                    p.muted { (t(lang, Key::Recorded)) }
                    (form_get(PAGE, html! {
                        input type="hidden" name="of" value=(code_of(&asked.of));
                        (side_by_side(html! {
                            (Field::new("person", t(lang, Key::Person)).help(t(lang, Key::PersonHelp)).value(&asked.person).error(wrong(self.unknown_person, Key::UnknownPerson)).optional(lang).text())
                            (Field::new("case", t(lang, Key::Case)).value(&asked.case).error(wrong(self.unknown_case, Key::UnknownCase)).optional(lang).text())
                        }))
                        (side_by_side(html! {
                            (Field::new("from", t(lang, Key::From)).value(&asked.from).optional(lang).date())
                            (Field::new("until", t(lang, Key::Until)).value(&asked.until).optional(lang).date())
                        }))
                        (Field::new("kind", t(lang, Key::Kind)).value(&asked.kind).select(lang, &choices))
                        (Verb::submit(t(lang, Key::Search)).icon(Icon::Search).primary())
                    }))
                }
            }
        }
    }

    /// A restricted case opens with a reason.
    fn reason(&self, to: &Showing, case: &str) -> Markup {
        let lang = to.lang();
        say(Standing::Stopped, t(lang, Key::Restricted), t(lang, Key::SayWhy), html! {
            p { (t(lang, Key::RestrictedWords)) }
            (form(FormTo { action: "/traces/openings", ..FormTo::default() }, html! {
                (to.command_field())
                input type="hidden" name="case" value=(case);
                input type="hidden" name="of" value=(code_of(&self.asked.of));
                (Field::new("reason", t(lang, Key::Reason)).help(t(lang, Key::ReasonHelp)).required().textarea(2))
                (Verb::submit(t(lang, Key::Open)).icon(Icon::Lock))
            }))
        })
    }

    fn found(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let older = self.below.map(|below| self.asked.address(PAGE, Some(below)));
        if self.traces.is_empty() && older.is_none() {
            return Blank::empty(Icon::Search, t(lang, Key::None), t(lang, Key::NoneWords)).sheet();
        }
        let columns = vec![
            Column::new(t(lang, Key::When), OnPhone::Second),
            Column::new(t(lang, Key::Who), OnPhone::Title),
            Column::new(t(lang, Key::Case), OnPhone::Second),
            Column::new(t(lang, Key::What), OnPhone::Second),
            Column::new(t(lang, Key::Position), OnPhone::Hidden).right(),
        ];
        let rows = self.traces.iter().map(|line| self.row(to, line)).collect();
        let title = t(lang, if self.asked.of == Traces::Acts { Key::Acts } else { Key::Looks });
        Sheet::new(title).flush(html! {
            @if self.traces.is_empty() { div.in { p.muted { (t(lang, Key::GoOn)) } } }
            @else { (Table { caption: title, columns, rows, dense: true, ..Table::default() }.show(lang)) }
            @if let Some(older) = older { div.paging { span {} nav aria-label=(t(lang, Key::Older)) { a.btn href=(older) rel="next" { (t(lang, Key::Older)) (Icon::Next) } } } }
        })
    }

    fn row<'a>(&self, to: &Showing, line: &TraceLine) -> TableRow<'a> {
        let lang = to.lang();
        let asked = |id: String| Asked { case: id, of: self.asked.of, ..Asked::default() }.address(PAGE, None);
        let number = line.number.clone().unwrap_or_else(|| "—".to_owned());
        TableRow::new(vec![
            html! { span.number { (moment(line.at)) } },
            html! { span lang="zh-CN" { (line.who) } @if let Some(post) = line.post { " " span.muted.small { (t(lang, nav::post(post))) } } },
            html! {
                @if let Some(case) = line.case { a.number href=(asked(case.to_string())) lang="zh-CN" { (number) } }
                @if let (Some(case), Some(person), false) = (line.case, line.times_of, line.closed) { " " a.small href={ "/cases/" (case) "/looks/" (person) } { (t(lang, lingering::Key::Times)) } }
                @if line.closed { " " (tag(Standing::Stopped, t(lang, Key::Restricted))) }
            },
            html! {
                @if let Some(kind_words) = &line.kind { (kind(kind_words)) " " span lang="zh-CN" { (line.words) } } @else { span.muted { (t(lang, Key::SayWhy)) } }
            },
            html! { (line.position) },
        ])
    }
}

/// The lines as a spreadsheet reads them.
pub(super) fn csv(to: &Showing, lines: &[TraceLine]) -> String {
    let lang = to.lang();
    let heads = [Key::Position, Key::When, Key::Who, Key::Case, Key::Kind, Key::What].map(|key| cell(t(lang, key)));
    // The mark that tells spreadsheets of its encoding.
    let mut text = format!("\u{feff}{}\r\n", heads.join(","));
    for line in lines {
        let kind = line.kind.clone().unwrap_or_else(|| t(lang, Key::Restricted).to_owned());
        let cells = [
            line.position.to_string(),
            moment_exact(line.at),
            line.who.clone(),
            line.number.clone().or_else(|| line.case.map(|case| case.to_string())).unwrap_or_default(),
            kind,
            line.words.clone(),
        ];
        text.push_str(&cells.map(|value| cell(&value)).join(","));
        text.push_str("\r\n");
    }
    text
}

/// A cell, in quotes where it needs them; what a spreadsheet would take for a formula is said to be text.
fn cell(value: &str) -> String {
    let value = if value.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{value}") } else { value.to_owned() };
    if value.contains([',', '"', '\n', '\r']) { format!("\"{}\"", value.replace('"', "\"\"")) } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula_and_never_two_cells() {
        for (given, expected) in [
            ("民事起诉状", "民事起诉状"),
            ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
            ("a,b", "\"a,b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("-1", "'-1"),
            ("", ""),
        ] {
            assert_eq!(cell(given), expected);
        }
    }

    #[test]
    fn an_address_carries_what_was_asked_and_no_more() {
        let asked = Asked { person: "纪真".to_owned(), of: Traces::Looks, ..Asked::default() };
        let address = asked.address(PAGE, Some(77));
        assert!(address.starts_with("/traces?of=looks&person=") && address.ends_with("&below=77"), "{address}");
        assert_eq!(Asked::default().address(PAGE, None), "/traces?of=acts");
    }

    #[test]
    fn every_kind_of_act_has_words() {
        for (code, key) in KINDS {
            let said = crate::messages::traces::kind(crate::messages::Lang::Zh, &format!("{code}.happened.v1"));
            assert_eq!(said, t(crate::messages::Lang::Zh, key));
        }
    }
}
