//! What the papers share: lines of spans, names, sums and days, the bench and the seal.

use jiff::civil::{Date, DateTime};

use crate::amount::{amount_in_words, yuan};
use crate::facts::{CaseFacts, Party, PartyKind, Role, TribunalForm};
use crate::structure::{Align, Block, Cell, Signatory, SignatureBlock, Span};
use crate::wording::date_in_text;

/// The body of a paper and who stands under it.
pub(super) struct Filled {
    pub blocks: Vec<Block>,
    pub signatures: Option<SignatureBlock>,
}

/// A run of spans under construction.
#[derive(Default)]
pub(super) struct Line(Vec<Span>);

impl Line {
    pub fn say(text: impl Into<String>) -> Self {
        Self::default().then(text)
    }

    pub fn of(span: Span) -> Self {
        Self(vec![span])
    }

    /// Fixed words; none leave no span behind.
    pub fn then(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.0.push(Span::text(text));
        }
        self
    }

    pub fn put(mut self, span: Span) -> Self {
        self.0.push(span);
        self
    }

    pub fn put_all(mut self, spans: impl IntoIterator<Item = Span>) -> Self {
        self.0.extend(spans);
        self
    }

    pub fn last_character(&self) -> Option<char> {
        self.0.last().and_then(|span| span.text.chars().last())
    }

    pub fn block(self) -> Block {
        Block::paragraph(self.0)
    }

    pub fn left(self) -> Block {
        Block::Paragraph { spans: self.0, align: Align::Left }
    }

    pub fn order(self, no: usize) -> Block {
        Block::Order { no: u16::try_from(no).unwrap_or(u16::MAX), spans: self.0 }
    }

    pub fn cell(self) -> Cell {
        self.0
    }
}

/// Fixed wording as numbered items, from 1.
pub(super) fn numbered(lines: impl IntoIterator<Item = Line>) -> Vec<Block> {
    lines.into_iter().enumerate().map(|(at, line)| line.order(at + 1)).collect()
}

/// A row of a ruled sheet.
pub(super) fn row(label: &str, span: Span) -> (String, Cell) {
    (label.to_owned(), vec![span])
}

/// A row of a ruled sheet with several spans.
pub(super) fn row_of(label: &str, cell: impl Into<Cell>) -> (String, Cell) {
    (label.to_owned(), cell.into())
}

/// Lists of spans with one separator between them.
pub(super) fn joined(parts: impl IntoIterator<Item = Vec<Span>>, separator: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    for part in parts {
        if !spans.is_empty() {
            spans.push(Span::text(separator));
        }
        spans.extend(part);
    }
    spans
}

/// Words without the stop a person may have put at their end.
pub(super) fn unstopped(text: &str) -> &str {
    text.trim().trim_end_matches(['。', '；', ';', '.'])
}

/// What an item proves, without the verb that the sentence around it has.
pub(super) fn proves(purpose: &str) -> &str {
    let purpose = unstopped(purpose);
    let bare = purpose.trim_start_matches("用以").trim_start_matches("用于").trim_start_matches("证明");
    if bare.trim().is_empty() { purpose } else { bare.trim_start() }
}

pub(super) fn court(facts: &CaseFacts) -> Span {
    facts.span_or_gap("court.name", facts.court.name.as_deref(), "法院名称")
}

pub(super) fn number(facts: &CaseFacts) -> Span {
    facts.span_or_gap("number", facts.number.as_deref(), "案号")
}

pub(super) fn cause(facts: &CaseFacts) -> Span {
    facts.span_or_gap("cause", facts.cause.as_deref(), "案由")
}

pub(super) fn higher_court(facts: &CaseFacts) -> Span {
    facts.span_or_gap("court.higher_court", facts.court.higher_court.as_deref(), "上一级人民法院名称")
}

/// A date in running text, or a gap.
pub(super) fn day(facts: &CaseFacts, path: &str, date: Option<Date>, what: &str) -> Span {
    facts.span_or_gap(path, date.map(date_in_text), what)
}

/// A moment as papers tell it: 2026年4月10日15时20分.
pub(super) fn moment_in_text(at: DateTime) -> String {
    format!("{}{}时{:02}分", date_in_text(at.date()), at.hour(), at.minute())
}

pub(super) fn moment(facts: &CaseFacts, path: &str, at: Option<DateTime>, what: &str) -> Span {
    facts.span_or_gap(path, at.map(moment_in_text), what)
}

/// A sum in digits with its unit, or a gap.
pub(super) fn sum(facts: &CaseFacts, path: &str, fen: Option<i64>, what: &str) -> Span {
    facts.span_or_gap(path, fen.map(|fen| format!("{}元", yuan(fen))), what)
}

/// A sum in digits and in capitals, where a form asks for both.
pub(super) fn sum_in_words(facts: &CaseFacts, path: &str, fen: Option<i64>, what: &str) -> Span {
    let both = |fen| format!("{}元（大写：人民币{}）", yuan(fen), amount_in_words(fen));
    facts.span_or_gap(path, fen.filter(|fen| *fen >= 0).map(both), what)
}

/// The role of a party with what a counterclaim makes of it: 被告（反诉原告）.
pub(super) fn role(facts: &CaseFacts, party: &Party) -> String {
    let label = party.role.label();
    let Some(counterclaim) = &facts.counterclaim else {
        return label.to_owned();
    };
    match (party.role, &party.name) {
        (Role::Plaintiff, _) => format!("{label}（反诉被告）"),
        (Role::Defendant, Some(name)) if counterclaim.by.contains(name) => {
            format!("{label}（反诉原告）")
        }
        _ => label.to_owned(),
    }
}

/// The name of the party at a place of the list.
pub(super) fn name(facts: &CaseFacts, at: usize) -> Span {
    let party = &facts.parties[at];
    let what = format!("{}{}", party.role.label(), if party.kind == PartyKind::Natural { "姓名" } else { "名称" });
    facts.span_or_gap(&format!("parties.{at}.name"), party.name.as_deref(), &what)
}

/// The names of one side with their role: 被告易欠款、保连带. A side that nobody stands on is a gap.
pub(super) fn side(facts: &CaseFacts, wanted: Role) -> Vec<Span> {
    let people: Vec<_> = facts.on_side(wanted).collect();
    let Some((_, first)) = people.first() else {
        return vec![Span::gap(wanted.label())];
    };
    let same_role = people.iter().all(|(_, party)| role(facts, party) == role(facts, first));
    if same_role {
        let names = joined(people.iter().map(|(at, _)| vec![name(facts, *at)]), "、");
        return Line::say(role(facts, first)).put_all(names).cell();
    }
    let with_role = |(at, party): &(usize, &Party)| vec![Span::text(role(facts, party)), name(facts, *at)];
    joined(people.iter().map(with_role), "、")
}

/// The names of one side without their role, for a row that tells the role itself.
pub(super) fn names(facts: &CaseFacts, wanted: Role) -> Vec<Span> {
    let all = joined(facts.on_side(wanted).map(|(at, _)| vec![name(facts, at)]), "、");
    if all.is_empty() { vec![Span::gap(wanted.label())] } else { all }
}

/// Who sues whom for what: 原告贾借出与被告易欠款、保连带民间借贷纠纷一案.
pub(super) fn case_title(facts: &CaseFacts) -> Vec<Span> {
    let mut line =
        Line::default().put_all(side(facts, Role::Plaintiff)).then("与").put_all(side(facts, Role::Defendant));
    if facts.on_side(Role::ThirdParty).next().is_some() {
        line = line.then("、").put_all(side(facts, Role::ThirdParty));
    }
    line.put(cause(facts)).then("一案").cell()
}

/// 你 to a person, 你单位 to a unit.
pub(super) fn you(facts: &CaseFacts, addressee: Option<&str>) -> &'static str {
    let kind = addressee.and_then(|name| facts.party(name)).map(|(_, party)| party.kind);
    if kind.is_none_or(|kind| kind == PartyKind::Natural) { "你" } else { "你单位" }
}

/// The line that opens a letter: 贾借出：.
pub(super) fn to(facts: &CaseFacts, addressee: Option<&str>) -> Block {
    Line::of(addressed(facts, addressee)).then("：").left()
}

/// The name of the addressee, or a gap.
pub(super) fn addressed(facts: &CaseFacts, addressee: Option<&str>) -> Span {
    let at = addressee.and_then(|name| facts.party(name)).map_or(String::new(), |(at, _)| format!("parties.{at}.name"));
    facts.span_or_gap(&at, addressee, "受送达人")
}

/// The court's seal over the date (落款).
pub(super) fn sealed(dated_on: Option<Date>) -> Option<SignatureBlock> {
    Some(SignatureBlock { dated_on, sealed: true, ..SignatureBlock::default() })
}

/// People under a paper, in order, without the court's seal.
pub(super) fn signed(above: Vec<Signatory>, dated_on: Option<Date>) -> Option<SignatureBlock> {
    Some(SignatureBlock { above, dated_on, ..SignatureBlock::default() })
}

/// The tribunal under a judgment or ruling (审判人员署名), and what is missing of it.
///
/// Source: 《民事诉讼法》第一百五十五条第二款.
pub(super) fn bench(facts: &CaseFacts, dated_on: Option<Date>) -> (Option<SignatureBlock>, Vec<Block>) {
    let tribunal = &facts.tribunal;
    let above = tribunal.members.iter().map(|member| Signatory::new(member.role.label(), &member.name)).collect();
    let below = [("法官助理", &tribunal.judge_assistant), ("书记员", &tribunal.clerk)];
    let below = below.iter().filter_map(|(role, name)| name.as_deref().map(|name| Signatory::new(role, name)));
    let block = SignatureBlock { above, dated_on, below: below.collect(), sealed: true };
    let lacks = [(tribunal.members.is_empty(), "审判人员"), (tribunal.clerk.is_none(), "书记员")];
    let gaps = lacks.iter().filter(|(lacking, _)| *lacking).map(|(_, what)| Block::Gap { what: (*what).to_owned() });
    (Some(block), gaps.collect())
}

/// The members with their roles in one line: 审判长程公允、审判员甄明理.
pub(super) fn members(facts: &CaseFacts) -> Span {
    let one = |member: &crate::facts::Member| format!("{}{}", member.role.label(), member.name);
    let all: Vec<String> = facts.tribunal.members.iter().map(one).collect();
    facts.span_or_gap("tribunal", Some(all.join("、")), "审判人员")
}

/// 独任 or 合议庭, or a gap.
pub(super) fn tribunal_form(facts: &CaseFacts) -> Span {
    let form = facts.tribunal.form.map(|form| if form == TribunalForm::Sole { "独任审判" } else { "合议庭审判" });
    facts.span_or_gap("tribunal.form", form, "审判组织形式")
}

/// The judge in charge, or a gap.
pub(super) fn judge_in_charge(facts: &CaseFacts) -> Span {
    facts.span_or_gap("tribunal.in_charge", facts.tribunal.in_charge.as_deref(), "承办法官")
}

/// The clerk, or a gap.
pub(super) fn clerk(facts: &CaseFacts) -> Span {
    facts.span_or_gap("tribunal.clerk", facts.tribunal.clerk.as_deref(), "书记员")
}

/// The telephone under which the court can be asked, or a gap.
pub(super) fn court_phone(facts: &CaseFacts) -> Span {
    facts.span_or_gap("court.phone", facts.court.phone.as_deref(), "法院联系电话")
}

/// A list of claims in one line: 1.…；2.…. Empty is a gap.
pub(super) fn claims_in_line(facts: &CaseFacts, claims: &[crate::facts::Claim], path: &str, what: &str) -> Vec<Span> {
    if claims.is_empty() {
        return vec![Span::gap(what)];
    }
    let one = |(at, claim): (usize, &crate::facts::Claim)| {
        let said =
            facts.span_or_gap(&format!("{path}.{at}"), Some(unstopped(&claim.text)), &format!("{what}第{}项", at + 1));
        if claims.len() == 1 { vec![said] } else { vec![Span::text(format!("{}.", at + 1)), said] }
    };
    joined(claims.iter().enumerate().map(one), "；")
}
