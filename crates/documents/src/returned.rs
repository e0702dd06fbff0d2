//! A draft that comes back from Word (文书稿回传): its lines are put back into the parts that a judge writes. What the
//! case fills in stays the case's; where Word has it otherwise that is told, and nothing is taken over on the quiet.

use serde::Serialize;
use xiezhi_domain::drafting::{DraftContent, cleaned};

use crate::{
    compare::{Change, Passage, compare},
    rows,
    structure::{Block, Document},
    wording::{count_in_chinese, date_in_chinese},
};

/// The name of the property that carries the number of the version a file was written from.
pub const VERSION_MARK: &str = "xiezhi-version";
/// The name of the property that carries the document's identifier.
pub const DOCUMENT_MARK: &str = "xiezhi-document";

/// What stands in a file of a word processor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Its paragraphs.
    pub lines: Vec<WrittenLine>,
    /// Changes that were tracked; the lines have them accepted.
    pub tracked: Vec<Tracked>,
    /// Comments beside it: who and what.
    pub comments: Vec<(String, String)>,
    /// Pictures in it.
    pub pictures: u32,
    /// Boxes and notes.
    pub boxes: u32,
    /// Tables that had to be made even; every table stands among the lines, a row a line.
    pub tables: u32,
    /// Properties that came back with it.
    pub marks: Vec<(String, String)>,
}

/// A paragraph of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WrittenLine {
    /// The number that the program counted before it.
    pub number: String,
    /// Its text.
    pub text: String,
}

/// A change that was tracked (修订).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = TrackedInWord)]
pub struct Tracked {
    /// Who changed it.
    pub by: String,
    /// Whether the words came; they went otherwise.
    pub added: bool,
    /// The words.
    pub text: String,
}

/// Something that whoever takes the file over should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(tag = "note", rename_all = "snake_case")]
#[schema(as = ReturnedNote)]
pub enum Note {
    /// The words that begin a part are gone, so that it was not found: it stays as it was.
    PartNotFound {
        /// Its code.
        part: &'static str,
    },
    /// The orders are counted otherwise than one after another: they are counted anew.
    OrdersRecounted {
        /// As they were numbered.
        written: Vec<String>,
    },
    /// A part was still to be written and nobody wrote it: the gap stays.
    GapStays {
        /// Its code.
        part: &'static str,
    },
    /// The mark of a gap stood among words: it was left out.
    GapLeftOut {
        /// Its code.
        part: &'static str,
    },
    /// Characters that nobody sees were taken out.
    HiddenTakenOut {
        /// How many.
        count: usize,
    },
    /// Pictures were left out.
    Pictures {
        /// How many.
        count: u32,
    },
    /// Boxes and notes were left out.
    Boxes {
        /// How many.
        count: u32,
    },
    /// Tables whose cells were put together, or held other tables, were made even: each row has its cells, nothing spans
    /// two.
    Tables {
        /// How many.
        count: u32,
    },
    /// Rows of tables among articles, orders or costs, which are no table, were read as words.
    Rows {
        /// How many.
        count: u32,
    },
}

/// What comes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    /// The draft as Word has it.
    pub content: DraftContent,
    /// What is to be known about it.
    pub notes: Vec<Note>,
    /// What the case fills in against what Word has in its place; nothing where they agree.
    pub case_words: Vec<Passage>,
}

/// What a line belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    /// What the case fills in.
    Case,
    Found,
    Reasoning,
    Law,
    Orders,
    Costs,
}

const FOUND: &[&str] =
    &["根据当事人陈述和经审查确认的证据，本院认定事实如下", "本院经审理认定事实如下", "本院认定事实如下", "经审理查明"];
const REASONING: &[&str] = &["本院经审查认为", "本院认为"];
const LAW: &[&str] = &["判决如下", "裁定如下"];
/// What stands between the parts and is the case's.
const BETWEEN: &[&str] = &["本案的争议焦点为", "如果未按本判决", "如未按本判决"];
/// What follows the last part.
const CLOSING: &[&str] = &[
    "如不服本",
    "本判决为终审",
    "本裁定",
    "审判长",
    "审判员",
    "代理审判员",
    "人民陪审员",
    "法官助理",
    "书记员",
    "二〇",
    "【待补：落款日期】",
    "文书验证码",
];
const COSTS: &[&str] = &["受理费", "诉讼费用", "诉讼费", "保全费", "申请费"];
/// Stops that the document writes itself.
const STOPS: [char; 3] = ['。', '；', ';'];
const GAP: &str = "【待补：";

/// Puts what came back into the parts of the draft. `paper` is the document as it was written out, `was` what the judge
/// had written in it. A part that nobody touched stays to the letter.
pub fn take_back(paper: &Document, was: &DraftContent, written: &Written) -> Returned {
    let ours = sorted(&lines_of(paper), &[]);
    let frame: Vec<String> =
        ours.iter().filter(|(at, _)| *at == At::Case).map(|(_, line)| squeezed(&line.whole())).collect();
    let mut notes = vec![];
    let lines = clean(&written.lines, &mut notes);
    let mut theirs = sorted(&lines, &frame);
    let rows = flattened(&mut theirs);
    let mut content = was.clone();
    for (at, code) in PARTS {
        let (before, after) = (of(&ours, at), of(&theirs, at));
        if before.is_empty() && after.is_empty() {
            continue;
        }
        if after.is_empty() {
            notes.push(Note::PartNotFound { part: code });
            continue;
        }
        Part { code, was, before: &before, after: &after }.take(&mut content, &mut notes);
    }
    notes.extend(left_out(written));
    notes.extend((rows > 0).then_some(Note::Rows { count: rows }));
    Returned { content, notes, case_words: case_words(&ours, &theirs) }
}

const PARTS: [(At, &str); 5] = [
    (At::Found, "found_facts"),
    (At::Reasoning, "reasoning"),
    (At::Law, "legal_basis"),
    (At::Orders, "orders"),
    (At::Costs, "costs"),
];

fn left_out(written: &Written) -> impl Iterator<Item = Note> {
    let (pictures, boxes, tables) = (written.pictures, written.boxes, written.tables);
    let all = [
        (pictures, Note::Pictures { count: pictures }),
        (boxes, Note::Boxes { count: boxes }),
        (tables, Note::Tables { count: tables }),
    ];
    all.into_iter().filter(|(count, _)| *count > 0).map(|(_, note)| note)
}

/// The document as the lines of a word processor.
fn lines_of(paper: &Document) -> Vec<WrittenLine> {
    let plain = |text: String| WrittenLine { number: String::new(), text };
    let head = [Some(&paper.court), Some(&paper.title), paper.number.as_ref()];
    let head = head.into_iter().flatten().filter(|text| !text.is_empty()).cloned().map(plain);
    let body = paper.blocks.iter().flat_map(lines_of_block);
    let under = paper.signatures.iter().flat_map(|block| {
        let person = |person: &crate::structure::Signatory| plain(format!("{}　{}", person.role, person.name));
        let day = block.dated_on.map_or_else(|| format!("{GAP}落款日期】"), date_in_chinese);
        let above = block.above.iter().map(person);
        above.chain([plain(day)]).chain(block.below.iter().map(person)).collect::<Vec<_>>()
    });
    let annex = paper.annex.iter().flat_map(lines_of_block);
    let code = paper.verify_code.iter().map(|code| plain(format!("文书验证码 {}", code.id)));
    head.chain(body).chain(under).chain(annex).chain(code).collect()
}

fn lines_of_block(block: &Block) -> Vec<WrittenLine> {
    let words = |spans: &[crate::structure::Span]| spans.iter().map(crate::structure::Span::shown).collect::<String>();
    let (number, text) = match block {
        Block::Order { no, spans } => (format!("{}、", count_in_chinese(u32::from(*no))), words(spans)),
        Block::Paragraph { spans, .. } => (String::new(), words(spans)),
        Block::Heading { text } | Block::Code { text } => (String::new(), text.clone()),
        Block::Gap { what } => (String::new(), format!("{GAP}{what}】")),
        Block::Speech { speaker, spans } => (String::new(), format!("{speaker}：{}", words(spans))),
        Block::Table { head, rows, .. } => {
            let rows = rows.iter().map(|row| row.iter().map(|cell| words(cell)).collect());
            return [head.clone()].into_iter().chain(rows).map(row_of).collect();
        }
        Block::KeyValue { rows } => {
            return rows.iter().map(|(label, cell)| row_of(vec![label.clone(), words(cell)])).collect();
        }
    };
    let mut number = Some(number);
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.map(|line| WrittenLine { number: number.take().unwrap_or_default(), text: line.to_owned() }).collect()
}

fn row_of(cells: Vec<String>) -> WrittenLine {
    WrittenLine { number: String::new(), text: rows::line_of(cells) }
}

/// Articles, orders and costs are no table: what stands in one there is read as words, and counted.
fn flattened(lines: &mut [(At, WrittenLine)]) -> u32 {
    let mut count = 0;
    for (_, line) in lines.iter_mut().filter(|(at, _)| matches!(at, At::Law | At::Orders | At::Costs)) {
        if let Some(cells) = rows::cells_of(&line.text) {
            let words: Vec<&str> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
            line.text = words.join("，");
            count += 1;
        }
    }
    count
}

impl WrittenLine {
    fn whole(&self) -> String {
        format!("{}{}", self.number, self.text)
    }
}

/// A text without its spaces: programs set names apart and indent as they like.
fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

/// The same without the stop at its end, which the document writes itself.
fn bare(text: &str) -> String {
    squeezed(text).trim_end_matches(STOPS).to_owned()
}

fn clean(lines: &[WrittenLine], notes: &mut Vec<Note>) -> Vec<WrittenLine> {
    let mut count = 0;
    let one = |line: &WrittenLine| {
        let (text, hidden) = cleaned(&line.text);
        count += hidden;
        WrittenLine { number: line.number.trim().to_owned(), text: text.trim().to_owned() }
    };
    let lines: Vec<WrittenLine> = lines.iter().map(one).filter(|line| !line.text.is_empty()).collect();
    if count > 0 {
        notes.push(Note::HiddenTakenOut { count });
    }
    lines
}

fn starts(text: &str, with: &[&str]) -> bool {
    with.iter().any(|opening| text.starts_with(opening))
}

/// Each line with what it belongs to: the official form begins every part with words of its own. What the case wrote and
/// Word left as it was is the case's wherever it stands.
fn sorted(lines: &[WrittenLine], case: &[String]) -> Vec<(At, WrittenLine)> {
    let (mut at, mut over) = (At::Case, false);
    let place = |line: &WrittenLine| {
        let text = squeezed(&line.text);
        if starts(&text, CLOSING) {
            (at, over) = (At::Case, true);
        }
        if over || starts(&text, BETWEEN) || case.contains(&squeezed(&line.whole())) {
            return At::Case;
        }
        match at {
            At::Case if starts(&text, FOUND) => at = At::Found,
            At::Case | At::Found if starts(&text, REASONING) => at = At::Reasoning,
            At::Case | At::Found | At::Reasoning if ends_law(&text) => {
                at = At::Orders;
                return At::Law;
            }
            At::Orders if is_costs(line, &text) => at = At::Costs,
            _ => {}
        }
        at
    };
    lines.iter().map(place).zip(lines).map(|(at, line)| (at, line.clone())).collect()
}

fn ends_law(text: &str) -> bool {
    LAW.iter().any(|end| text.trim_end_matches(['：', ':']).ends_with(end))
}

/// Who bears what is told in a line without a number.
fn is_costs(line: &WrittenLine, text: &str) -> bool {
    let told = text.contains("负担") && (text.starts_with(GAP) || COSTS.iter().any(|word| text.contains(word)));
    told && line.number.is_empty() && typed_number(&line.text).is_none()
}

fn of(sorted: &[(At, WrittenLine)], part: At) -> Vec<WrittenLine> {
    sorted.iter().filter(|(at, _)| *at == part).map(|(_, line)| line.clone()).collect()
}

fn case_words(ours: &[(At, WrittenLine)], theirs: &[(At, WrittenLine)]) -> Vec<Passage> {
    let told = |lines: &[(At, WrittenLine)]| {
        let lines = lines.iter().filter(|(at, _)| *at == At::Case).map(|(_, line)| squeezed(&line.whole()));
        lines.collect::<Vec<_>>().join("\n")
    };
    let passages = compare(&told(ours), &told(theirs));
    if passages.iter().all(|passage| passage.change == Change::Kept) { vec![] } else { passages }
}

/// The number that was typed at the head of a line: 一、 （二） 3.
fn typed_number(text: &str) -> Option<(&str, &str)> {
    let inner = text.trim_start_matches(['（', '(']);
    let opened = inner.len() < text.len();
    let rest = inner.trim_start_matches(is_numeral);
    let digits = &inner[..inner.len() - rest.len()];
    let mut stop = rest.chars();
    let stopped = match stop.next()? {
        '）' | ')' => opened,
        '、' | '．' => !opened,
        // 3.5 is no number of a line.
        '.' => !opened && !stop.as_str().starts_with(|letter: char| letter.is_ascii_digit()),
        _ => false,
    };
    (stopped && !digits.is_empty() && digits.chars().count() <= 4).then(|| {
        let after = stop.as_str();
        let after = after.strip_prefix('、').unwrap_or(after);
        (&text[..text.len() - after.len()], after.trim_start())
    })
}

fn is_numeral(letter: char) -> bool {
    "一二三四五六七八九十百零〇".contains(letter) || letter.is_ascii_digit()
}

/// The way a number is written: 一、 differs from （一） and 1.
fn manner(number: &str) -> (bool, bool) {
    (number.starts_with(['（', '(']), number.contains(|letter: char| letter.is_ascii_digit()))
}

/// A part in its lines as they were and as they are.
struct Part<'a> {
    code: &'static str,
    was: &'a DraftContent,
    before: &'a [WrittenLine],
    after: &'a [WrittenLine],
}

impl Part<'_> {
    fn take(&self, content: &mut DraftContent, notes: &mut Vec<Note>) {
        let same = |(before, after): (&WrittenLine, &WrittenLine)| bare(&before.whole()) == bare(&after.whole());
        if self.before.len() == self.after.len() && self.before.iter().zip(self.after).all(same) {
            if self.after.iter().any(|line| line.text.contains(GAP)) {
                notes.push(Note::GapStays { part: self.code });
            }
            return;
        }
        match self.code {
            "found_facts" => content.found_facts = self.text(FOUND, notes),
            "reasoning" => content.reasoning = self.text(REASONING, notes),
            "legal_basis" => content.legal_basis = self.law(notes),
            "orders" => content.orders = self.orders(notes),
            _ => content.costs = self.text(&[], notes),
        }
    }

    /// A line without marks of gaps.
    fn ungapped(&self, text: &str, notes: &mut Vec<Note>) -> String {
        let (mut rest, mut kept, mut gone) = (text, String::new(), false);
        while let Some(at) = rest.find(GAP) {
            let Some(end) = rest[at..].find('】') else { break };
            kept.push_str(&rest[..at]);
            rest = &rest[at + end + '】'.len_utf8()..];
            gone = true;
        }
        kept.push_str(rest);
        let said = kept.contains(|letter: char| letter.is_alphanumeric());
        if gone {
            notes.push(if said { Note::GapLeftOut { part: self.code } } else { Note::GapStays { part: self.code } });
        }
        if said { kept } else { String::new() }
    }

    /// Running text, line by line; a line that stayed is the judge's own to the letter.
    fn text(&self, openings: &[&str], notes: &mut Vec<Note>) -> String {
        let own = self.was.part(self.code);
        let own: Vec<&str> = own.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let mut lines = vec![];
        for (at, line) in self.after.iter().enumerate() {
            let whole = line.whole();
            let text = if at == 0 { unopened(&whole, openings) } else { whole.as_str() };
            let kept = own.iter().find(|own| bare(unopened(own, openings)) == bare(text));
            let text = kept.map_or_else(|| self.ungapped(text, notes), |own| (*own).to_owned());
            lines.extend(Some(text).filter(|text| !text.trim().is_empty()));
        }
        lines.join("\n")
    }

    /// The articles between 依照 and 规定，判决如下.
    fn law(&self, notes: &mut Vec<Note>) -> Vec<String> {
        let text: String = self.after.iter().map(|line| line.whole()).collect();
        let text = self.ungapped(&squeezed(&text), notes);
        let text =
            ["依照", "根据"].iter().find_map(|word| text.split_once(word)).map_or(text.as_str(), |(_, rest)| rest);
        let end = ["之规定，", "的规定，", "规定，", "，"].iter().find_map(|word| text.rsplit_once(word));
        let articles = end.map_or("", |(articles, _)| articles);
        let mut cited: Vec<String> = vec![];
        for article in articles.split(['、', '，']).filter(|article| !article.is_empty()) {
            match cited.last_mut() {
                Some(last) if !article.starts_with('《') => last.push_str(&format!("、{article}")),
                _ => cited.push(article.to_owned()),
            }
        }
        let own = |article: String| {
            let known = self
                .was
                .legal_basis
                .iter()
                .find(|own| bare(&own.replace(['《', '》'], "")) == bare(&article.replace(['《', '》'], "")));
            known.cloned().unwrap_or(article)
        };
        cited.into_iter().map(own).collect()
    }

    /// One order to a number; a line without one, or with one of another manner, goes on with the order before.
    fn orders(&self, notes: &mut Vec<Note>) -> Vec<String> {
        let numbered: Vec<(String, String)> = self.after.iter().map(numbered).collect();
        let first = numbered.iter().map(|(number, _)| number).find(|number| !number.is_empty());
        let first = first.map(|number| manner(number));
        let (mut orders, mut numbers): (Vec<String>, Vec<String>) = (vec![], vec![]);
        for (number, text) in numbered {
            let begins = first.is_none() || (!number.is_empty() && Some(manner(&number)) == first);
            match orders.last_mut().filter(|_| !begins) {
                Some(order) => order.push_str(&format!("{number}{text}")),
                None => {
                    orders.push(text);
                    numbers.extend(Some(number).filter(|number| !number.is_empty()));
                }
            }
        }
        let counted = (1..).zip(&numbers).all(|(no, number)| {
            let written: String = number.chars().filter(|letter| is_numeral(*letter)).collect();
            written == count_in_chinese(no) || written == no.to_string()
        });
        if !counted {
            notes.push(Note::OrdersRecounted { written: numbers });
        }
        let stopped = self.was.orders.iter().any(|order| order.trim().ends_with(STOPS));
        let own = |order: String| {
            let kept = self.was.orders.iter().find(|own| bare(own) == bare(&order));
            let written = if stopped { order.as_str() } else { order.trim_end_matches(STOPS) };
            kept.cloned().unwrap_or_else(|| self.ungapped(written, notes))
        };
        orders.into_iter().map(own).filter(|order| !order.trim().is_empty()).collect()
    }
}

/// The number of a line, whoever wrote it, and the rest.
fn numbered(line: &WrittenLine) -> (String, String) {
    if !line.number.is_empty() {
        return (line.number.clone(), line.text.clone());
    }
    match typed_number(&line.text) {
        Some((number, text)) => (number.to_owned(), text.to_owned()),
        None => (String::new(), line.text.clone()),
    }
}

/// A line without the words that open its part; the document writes them itself.
fn unopened<'a>(text: &'a str, openings: &[&str]) -> &'a str {
    let opened = openings.iter().find_map(|opening| text.strip_prefix(opening));
    opened.map_or(text, |rest| rest.trim_start_matches(['，', '：', ':', ',']))
}

#[cfg(test)]
mod tests;
