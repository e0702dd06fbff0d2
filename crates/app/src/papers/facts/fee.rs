//! The court fee, step by step as it was computed when it was noticed.

use xiezhi_documents::{
    facts::{Fee, FeeStep},
    wording::count_in_chinese,
};
use xiezhi_domain::{
    case::CaseState,
    fees::FeeStatus,
    law::{
        fee::{FeeWorking, HalvingGround, WorkingLine},
        money::Fen,
        rate::{Exact, Rate},
    },
};

const MEASURES: &str = "《诉讼费用交纳办法》";

/// The fee; none before it was noticed.
pub(super) fn of(case: &CaseState) -> Option<Fee> {
    let working = case.fees.working.as_ref()?;
    let steps = steps(working);
    let halved = working.lines.iter().position(|line| matches!(line, WorkingLine::Halved { .. }));
    let full = working.lines[..halved.unwrap_or(working.lines.len())].iter().fold(Exact::from(Fen::ZERO), sum);
    Some(Fee {
        full_fen: Some(full.rounded(working.rounding).0),
        charged_fen: Some(case.fees.due.0),
        basis: Some(basis(case, working)),
        working: steps,
        preservation_fen: None,
        paid_fen: Some(case.fees.paid.0),
    })
}

fn steps(working: &FeeWorking) -> Vec<FeeStep> {
    let mut before = Exact::from(Fen::ZERO);
    let mut steps = vec![];
    for line in &working.lines {
        let after = sum(before, line);
        let rounded = |amount: Exact| amount.rounded(working.rounding);
        steps.push(step(line, rounded(before), rounded(after), rounded(own(line))));
        // What takes a share takes it of the fee as it is printed.
        before = if is_share(line) { rounded(after).into() } else { after };
    }
    steps
}

fn is_share(line: &WorkingLine) -> bool {
    matches!(line, WorkingLine::Fraction { .. } | WorkingLine::Halved { .. } | WorkingLine::Capped { .. })
}

/// What a line adds by itself.
fn own(line: &WorkingLine) -> Exact {
    match line {
        WorkingLine::Flat { amount, .. } | WorkingLine::Base { amount, .. } => (*amount).into(),
        WorkingLine::Bracket { amount, rate, quick_add, .. } => {
            Exact::from(*amount).at(*rate).plus((*quick_add).into())
        }
        WorkingLine::Slice { part, rate, .. } => Exact::from(*part).at(*rate),
        WorkingLine::Fraction { .. } | WorkingLine::Capped { .. } | WorkingLine::Halved { .. } => Fen::ZERO.into(),
    }
}

fn sum(before: Exact, line: &WorkingLine) -> Exact {
    match line {
        WorkingLine::Fraction { of, .. } => before.at(*of),
        WorkingLine::Capped { cap, .. } => before.capped(*cap),
        WorkingLine::Halved { .. } => before.at(Rate::new(1, 2)),
        adding => before.plus(own(adding)),
    }
}

fn step(line: &WorkingLine, before: Fen, after: Fen, own: Fen) -> FeeStep {
    let (what, working, amount) = match line {
        WorkingLine::Flat { amount, .. } => ("按件交纳".to_owned(), format!("每件{}元", amount.in_document()), own),
        WorkingLine::Base { amount, .. } => ("基本费用".to_owned(), format!("每件{}元", amount.in_document()), own),
        WorkingLine::Bracket { amount, rate, quick_add, .. } => {
            let sign = if quick_add.0 < 0 { "−" } else { "＋" };
            let add = Fen(quick_add.0.abs()).in_document();
            let rate = rate.percent();
            ("案件受理费全额".to_owned(), format!("{}×{rate}%{sign}{add}", amount.in_document()), own)
        }
        WorkingLine::Slice { part, over, rate, .. } => {
            let working = format!("{}×{}%", part.in_document(), rate.percent());
            (format!("超过{}元的部分", over.in_document()), working, own)
        }
        WorkingLine::Fraction { of, .. } => {
            ("按比例交纳".to_owned(), format!("{}×{}/{}", before.in_document(), of.numerator, of.denominator), after)
        }
        WorkingLine::Capped { cap, .. } => ("最高限额".to_owned(), format!("不超过{}元", cap.in_document()), after),
        WorkingLine::Halved { grounds } => {
            (format!("{}减半交纳", halving(grounds)), format!("{}÷2", before.in_document()), after)
        }
    };
    FeeStep { what, working, amount_fen: amount.0, source: Some(source(line)) }
}

fn halving(grounds: &[HalvingGround]) -> String {
    let words = grounds.iter().map(|ground| match ground {
        HalvingGround::Mediated => "调解结案",
        HalvingGround::Withdrawn => "申请撤诉",
        HalvingGround::SummaryProcedure => "适用简易程序",
        HalvingGround::JoinedClaim => "合并审理的反诉或者第三人请求",
        HalvingGround::Stated => "依法",
    });
    words.collect::<Vec<_>>().join("、")
}

fn article(line: &WorkingLine) -> String {
    match line {
        WorkingLine::Flat { article, .. }
        | WorkingLine::Base { article, .. }
        | WorkingLine::Bracket { article, .. }
        | WorkingLine::Slice { article, .. }
        | WorkingLine::Fraction { article, .. }
        | WorkingLine::Capped { article, .. } => article.clone(),
        WorkingLine::Halved { grounds } => halving_article(grounds).to_owned(),
    }
}

/// Source: 《诉讼费用交纳办法》第十五条、第十六条、第十八条.
fn halving_article(grounds: &[HalvingGround]) -> &'static str {
    match grounds.first() {
        Some(HalvingGround::Mediated | HalvingGround::Withdrawn) => "第十五条",
        Some(HalvingGround::JoinedClaim) => "第十八条",
        _ => "第十六条",
    }
}

fn source(line: &WorkingLine) -> String {
    format!("{MEASURES}{}", cited(&article(line)))
}

/// The law data says `13(2)1` where papers write 第十三条第二项第一目.
fn cited(article: &str) -> String {
    let mut numbers = article.split(['(', ')']).map(|part| part.parse().ok().map(count_in_chinese));
    let mut part = |word: &str| numbers.next().flatten().map_or(String::new(), |no| format!("第{no}{word}"));
    let all = [part("条"), part("项"), part("目")].concat();
    if all.is_empty() { article.to_owned() } else { all }
}

/// The articles of all steps, each once, and what aid was granted.
fn basis(case: &CaseState, working: &FeeWorking) -> String {
    let mut articles: Vec<String> = vec![];
    for line in &working.lines {
        let article = cited(&article(line));
        if !articles.contains(&article) {
            articles.push(article);
        }
    }
    let aid = match case.fees.status {
        FeeStatus::Waived => "；经批准免交",
        FeeStatus::Deferred => "；经批准缓交",
        _ if case.fees.due < working.total => "；经批准减交",
        _ => "",
    };
    format!("{MEASURES}{}{aid}", articles.join("、"))
}
