//! What the orders of a judgment give, held against what was asked, and whom they bind to whom. Words alone are read: a
//! sum that is a base, a limit, a part of another or counted on for ever is not held against anything.

use super::{Finding, Place};
use crate::amount::parse_yuan;
use crate::facts::CaseFacts;
use crate::structure::{Block, Document};

/// A sum that words give, and what it is given for: 借款本金, 货款.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sum {
    what: String,
    amount_fen: i64,
}

/// Sums beyond what was asked, and orders that bind a party to itself.
pub(super) fn beyond(paper: &Document, facts: &CaseFacts) -> Vec<Finding> {
    let orders = paper.blocks.iter().enumerate().filter_map(|(at, block)| match block {
        Block::Order { spans, .. } => Some((at, spans.iter().map(|span| span.text.as_str()).collect::<String>())),
        _ => None,
    });
    let orders: Vec<(usize, String)> = orders.collect();
    let names = names(facts);
    let mut findings = above_claim(&orders, &names, facts);
    for (at, text) in &orders {
        let itself = clauses(text).find_map(|clause| bound_to_itself(clause, &names));
        findings.extend(itself.map(|name| Finding::OrderBindsItself { place: Place::Block(*at), name }));
    }
    findings
}

/// Names of the parties, the longest first, so that one within another is not taken for it.
fn names(facts: &CaseFacts) -> Vec<String> {
    let mut names: Vec<String> = facts.parties.iter().filter_map(|party| party.name.clone()).collect();
    names.retain(|name| !name.is_empty());
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names
}

/// First each thing by itself, where the words name the same thing on both sides; else all together.
///
/// Source: 《民事诉讼法》第十三条第二款 (不告不理); 第二百一十一条第十一项 (超出诉讼请求).
fn above_claim(orders: &[(usize, String)], names: &[String], facts: &CaseFacts) -> Vec<Finding> {
    let counterclaims = facts.counterclaim.iter().flat_map(|counterclaim| &counterclaim.claims);
    let claims: Vec<&str> = facts.claims.iter().chain(counterclaims).map(|claim| claim.text.as_str()).collect();
    let asked: Vec<Sum> = claims.iter().flat_map(|claim| sums(claim, names)).collect();
    let open_ended = claims.iter().any(|claim| goes_on(claim));
    let counts = |sum: &Sum| !(open_ended && grows(&sum.what));
    let mut findings = vec![];
    let mut given = vec![];
    for (at, text) in orders {
        for sum in sums(text, names).into_iter().filter(counts) {
            let same: Vec<&Sum> = asked.iter().filter(|known| !sum.what.is_empty() && known.what == sum.what).collect();
            if let [one] = same.as_slice()
                && sum.amount_fen > one.amount_fen
            {
                findings.push(Finding::AwardAboveClaim {
                    place: Place::Block(*at),
                    what: sum.what.clone(),
                    awarded_fen: sum.amount_fen,
                    claimed_fen: one.amount_fen,
                });
            }
            given.push((*at, sum));
        }
    }
    if !findings.is_empty() || facts.counterclaim.is_some() {
        return findings;
    }
    given.retain(|(_, sum)| !is_cost(&sum.what));
    let awarded_fen = given.iter().map(|(_, sum)| sum.amount_fen).sum();
    let claimed_fen = asked.iter().map(|sum| sum.amount_fen).sum::<i64>().max(facts.amount_in_dispute_fen.unwrap_or(0));
    match given.last() {
        Some((at, _)) if claimed_fen > 0 && awarded_fen > claimed_fen => {
            let place = Place::Block(*at);
            vec![Finding::AwardAboveClaim { place, what: String::new(), awarded_fen, claimed_fen }]
        }
        _ => vec![],
    }
}

/// Whether a claim counts on until it is paid.
fn goes_on(claim: &str) -> bool {
    ["暂计", "至实际", "至付清", "至清偿", "付清之日", "清偿之日"].iter().any(|word| claim.contains(word))
}

/// What grows with time.
fn grows(what: &str) -> bool {
    ["利息", "违约金", "罚息", "复利", "占用费", "滞纳金"].iter().any(|word| what.contains(word))
}

/// Costs are shared out by the court whether asked or not.
fn is_cost(what: &str) -> bool {
    ["受理费", "保全", "公告费", "鉴定费", "诉讼费", "评估费"].iter().any(|word| what.contains(word))
}

fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split(['，', '；', '。', ',', ';'])
}

/// The sums that words give: none of a base, a limit, a debt of another, a part told in brackets, what was paid before,
/// or what comes back every month.
fn sums(text: &str, names: &[String]) -> Vec<Sum> {
    let outside = without_brackets(text);
    let told = |clause: &&str| {
        !["连带", "补充责任", "其中", "每月", "每年", "每日", "按月", "扣除", "已付", "已支付", "抵扣"]
            .iter()
            .any(|word| clause.contains(word))
    };
    clauses(&outside).filter(told).flat_map(|clause| sums_of(clause, names)).collect()
}

fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    let keep = |letter: &char| match letter {
        '（' | '(' => {
            depth += 1;
            false
        }
        '）' | ')' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    };
    text.chars().filter(keep).collect()
}

fn sums_of(clause: &str, names: &[String]) -> Vec<Sum> {
    let letters: Vec<char> = clause.chars().collect();
    let is_figure = |letter: &char| letter.is_ascii_digit() || *letter == '.';
    let mut found = vec![];
    let mut at = 0;
    while at < letters.len() {
        if !letters[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let figures: String = letters[at..].iter().take_while(|letter| is_figure(letter)).collect();
        let mut end = at + figures.len();
        let many = letters.get(end) == Some(&'万');
        end += usize::from(many);
        let behind: String = letters[end.min(letters.len())..].iter().skip(1).take(5).collect();
        let limits = ["为基数", "为本金", "为限", "范围", "限额", "为标准", "以内", "×", "/"];
        let bound = limits.iter().any(|limit| behind.starts_with(limit));
        if letters.get(end) == Some(&'元')
            && !bound
            && let Some(amount) = parse_yuan(&figures)
        {
            let before: String = letters[..at].iter().collect();
            let amount_fen = if many { amount * 10_000 } else { amount };
            found.push(Sum { what: named_before(&before, names), amount_fen });
        }
        at = end.max(at + 1);
    }
    found
}

/// What stands right before a sum: the words behind the last verb, name, 的 or figure.
fn named_before(before: &str, names: &[String]) -> String {
    let bare = before.trim_end_matches(['为', '计']);
    let bare = ["人民币", "合计", "共计", "￥"].iter().fold(bare, |text, word| text.strip_suffix(word).unwrap_or(text));
    let marks = ["支付", "偿还", "返还", "赔偿", "给付", "退还", "清偿", "补偿", "的", "和", "及", "、"];
    let after = |mark: &str| bare.rfind(mark).map_or(0, |at| at + mark.len());
    let behind_words = marks.iter().map(|mark| after(mark)).max().unwrap_or(0);
    let behind_names = names.iter().map(|name| after(name)).max().unwrap_or(0);
    let figure = bare.rfind(|letter: char| letter.is_ascii_digit()).map_or(0, |at| at + 1);
    let noun = &bare[behind_words.max(behind_names).max(figure)..];
    // 补偿 and 赔偿 are things as well as verbs: 经济补偿.
    if noun.is_empty() && bare.ends_with("经济补偿") { "经济补偿".to_owned() } else { noun.trim().to_owned() }
}

/// The party that a clause binds to itself: it stands at the head of the clause, alone before 向, 对, 与, and again
/// right behind it.
fn bound_to_itself(clause: &str, names: &[String]) -> Option<String> {
    let head = clause.trim().trim_start_matches("判令").trim_start_matches("由");
    let (subject, mut rest) = party_at(head, names)?;
    loop {
        let next = ["向", "给", "对", "与", "和", "、"].iter().filter_map(|word| Some((rest.find(word)?, word.len())));
        let (at, len) = next.min()?;
        if names.iter().any(|name| *name != subject && rest[..at].contains(name.as_str())) {
            return None;
        }
        rest = &rest[at + len..];
        match party_at(rest, names) {
            Some((other, _)) if other == subject => return Some(subject),
            Some(_) => return None,
            None => {}
        }
    }
}

/// The party that a text begins with, behind its role; and what follows.
fn party_at<'a>(text: &'a str, names: &[String]) -> Option<(String, &'a str)> {
    let roles = ["反诉原告", "反诉被告", "原告", "被告", "第三人"];
    let bare = roles.iter().find_map(|role| text.strip_prefix(role)).unwrap_or(text);
    names.iter().find_map(|name| Some((name.clone(), bare.strip_prefix(name.as_str())?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parties() -> Vec<String> {
        ["贾借出", "易欠款", "保连带"].map(str::to_owned).to_vec()
    }

    #[test]
    fn a_sum_is_read_with_what_it_is_for() {
        let read =
            |text: &str| sums(text, &parties()).into_iter().map(|sum| (sum.what, sum.amount_fen)).collect::<Vec<_>>();
        let one = |what: &str, yuan: i64| vec![(what.to_owned(), yuan * 100)];
        assert_eq!(read("判令被告易欠款偿还借款本金150000元"), one("借款本金", 150_000));
        assert_eq!(read("被告易欠款于十日内偿还原告贾借出借款本金15万元"), one("借款本金", 150_000));
        assert_eq!(read("支付截至2026年2月28日的利息25500元，并以150000元为基数按年利率12%支付"), one("利息", 25_500));
        assert_eq!(read("被告保连带对上述150000元承担连带清偿责任"), vec![]);
        assert_eq!(read("支付解除劳动合同经济补偿15750元（6300元×2.5个月）"), one("经济补偿", 15_750));
        assert_eq!(read("在50000元范围内赔偿，每月支付抚养费2000元"), vec![]);
    }

    #[test]
    fn a_party_bound_to_itself_is_found_and_no_other() {
        let bound = |clause: &str| bound_to_itself(clause, &parties());
        for clause in [
            "被告易欠款于本判决生效之日起十日内向被告易欠款返还借款",
            "由被告保连带对被告保连带的上述债务承担连带清偿责任",
            "被告易欠款、易欠款共同偿还",
        ] {
            assert!(bound(clause).is_some(), "{clause}");
        }
        for clause in [
            "被告易欠款于收到原告贾借出退还设备之日起十日内向原告贾借出支付",
            "并于收到原告贾借出退还设备之日起十日内向原告贾借出支付",
            "被告易欠款、保连带共同偿还",
            "被告保连带对被告易欠款的上述债务承担连带清偿责任",
            "被告保连带承担保证责任后有权向被告易欠款追偿",
            "原告贾借出对登记在原告贾借出名下的房屋享有所有权",
        ] {
            assert_eq!(bound(clause), None, "{clause}");
        }
    }
}
