//! The working of a fee in words, line by line with what each adds.

use xiezhi_domain::law::{
    fee::{FeeWorking, WorkingLine},
    money::Fen,
    rate::Rate,
};

use crate::messages::{
    Lang, amount,
    fees::{self as words, Key},
    t,
};

/// Words, result and source of each line; the total last.
pub(in crate::capability) fn lines(lang: Lang, working: &FeeWorking) -> Vec<(String, String, String)> {
    let cited = |(words, result, article): (String, String, String)| {
        let source = if article.is_empty() { article } else { format!("{} {article}", t(lang, Key::Law)) };
        (words, result, source)
    };
    let mut lines: Vec<_> = working.lines.iter().map(|line| cited(of(lang, line))).collect();
    lines.push((t(lang, Key::LineTotal).to_owned(), amount(lang, working.total.0), String::new()));
    lines
}

fn of(lang: Lang, line: &WorkingLine) -> (String, String, String) {
    let plain = |fen: Fen| amount(lang, fen.0);
    match line {
        WorkingLine::Flat { amount, article } => (t(lang, Key::LineFlat).to_owned(), plain(*amount), article.clone()),
        WorkingLine::Base { amount, min, max, article } => {
            let range = words::range(lang, &plain(*min), &plain(*max));
            (format!("{} ({range})", t(lang, Key::LineBase)), plain(*amount), article.clone())
        }
        WorkingLine::Bracket { amount: sum, rate, quick_add, article, .. } => {
            let times = words::whole_bracket(lang, &plain(*sum), &rate.percent());
            let said = if quick_add.0 == 0 { times } else { words::quick_add(lang, &times, &plain(*quick_add)) };
            (said, amount(lang, product_fen(*sum, *rate).0 + quick_add.0), article.clone())
        }
        WorkingLine::Slice { part, over, rate, article, .. } => {
            let percent = rate.percent();
            let said = match over.0 {
                0 => words::first_slice(lang, &plain(*part), &percent),
                _ => words::slice(lang, &plain(*over), &plain(*part), &percent),
            };
            (said, product(lang, *part, *rate), article.clone())
        }
        WorkingLine::Fraction { of, article } => (words::fraction(lang, &of.percent()), String::new(), article.clone()),
        WorkingLine::Capped { cap, article } => (t(lang, Key::LineCapped).to_owned(), plain(*cap), article.clone()),
        WorkingLine::Halved { grounds } => {
            let grounds: Vec<&str> = grounds.iter().map(|ground| t(lang, words::ground(*ground))).collect();
            let halved = t(lang, Key::LineHalved);
            (format!("{halved}{}{}", lang.pick("：", ": "), grounds.join("、")), "÷ 2".to_owned(), String::new())
        }
    }
}

fn product(lang: Lang, part: Fen, rate: Rate) -> String {
    amount(lang, product_fen(part, rate).0)
}

fn product_fen(part: Fen, rate: Rate) -> Fen {
    use xiezhi_domain::law::rate::{Exact, Rounding};
    Exact::from(part).at(rate).rounded(Rounding::default())
}
