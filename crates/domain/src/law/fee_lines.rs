//! The lines of each kind of fee (各类案件的计费步骤), from the tariff.

use super::fee::{FeeKind, FeeQuestion, FeeRefusal, WorkingLine};
use super::money::Fen;
use super::rate::{Exact, Rate, Rounding};
use super::tariff::{Brackets, Fraction, LocalBase, Tariff};

/// The lines of a fee before halving.
///
/// # Errors
/// What [`super::fee::fee`] refuses.
pub(super) fn lines_of(question: &FeeQuestion) -> Result<Vec<WorkingLine>, FeeRefusal> {
    let (tariff, figures) = (Tariff::embedded(), &question.figures);
    match (question.kind, question.amount) {
        (FeeKind::Property, amount) => whole(&tariff.property, amount),
        (FeeKind::Divorce, amount) => divorce(tariff, figures.divorce, amount),
        (FeeKind::Personality, amount) => personality(tariff, figures.personality, amount),
        (FeeKind::OtherNonProperty, _) => base(&tariff.other_non_property, figures.other_non_property),
        (FeeKind::Ip, None) => base(&tariff.ip_without_amount, figures.ip),
        (FeeKind::Ip, amount) => whole(&tariff.property, amount),
        (FeeKind::Labour, _) => flat(tariff.labour.flat, &tariff.labour.article),
        (FeeKind::Administrative, _) => flat(tariff.administrative.other, &tariff.administrative.article),
        (FeeKind::AdministrativeIpMaritime, _) => {
            flat(tariff.administrative.trademark_patent_maritime, &tariff.administrative.article)
        }
        (FeeKind::JurisdictionObjection, _) => base(&tariff.jurisdiction_objection, figures.jurisdiction_objection),
        (FeeKind::Enforcement, None) => enforcement_without_amount(tariff, figures.enforcement),
        (FeeKind::Enforcement, amount) => whole(&tariff.enforcement_application.tariff, amount),
        (FeeKind::Preservation, amount) => preservation(tariff, amount),
        (FeeKind::PaymentOrder, amount) => fraction(tariff, &tariff.payment_order, amount),
        (FeeKind::PublicSummons, _) => flat(tariff.public_summons.flat, &tariff.public_summons.article),
        (FeeKind::ArbitrationReview, _) => flat(tariff.arbitration_review.flat, &tariff.arbitration_review.article),
        (FeeKind::Bankruptcy, amount) => fraction(tariff, &tariff.bankruptcy, amount),
    }
}

/// The sum of the lines, in order. It is exact up to a line that takes a share of what stands before it:
/// that is a fee already, and is rounded as the court prints it.
pub(super) fn total(lines: &[WorkingLine], rounding: Rounding) -> Exact {
    lines.iter().fold(Exact::from(Fen::ZERO), |sum, line| match line {
        WorkingLine::Flat { amount, .. } | WorkingLine::Base { amount, .. } => sum.plus((*amount).into()),
        WorkingLine::Bracket { amount, rate, quick_add, .. } => {
            sum.plus(Exact::from(*amount).at(*rate)).plus((*quick_add).into())
        }
        WorkingLine::Slice { part, rate, .. } => sum.plus(Exact::from(*part).at(*rate)),
        WorkingLine::Fraction { of, .. } => share(sum, *of, rounding),
        WorkingLine::Capped { cap, .. } => sum.capped(*cap),
        WorkingLine::Halved { .. } => share(sum, Rate::new(1, 2), rounding),
    })
}

fn share(fee: Exact, of: Rate, rounding: Rounding) -> Exact {
    Exact::from(fee.rounded(rounding)).at(of)
}

fn flat(amount: Fen, article: &str) -> Result<Vec<WorkingLine>, FeeRefusal> {
    Ok(vec![WorkingLine::Flat { amount, article: article.to_owned() }])
}

fn base(range: &LocalBase, figure: Fen) -> Result<Vec<WorkingLine>, FeeRefusal> {
    let (min, max) = (range.base_min, range.base_max);
    if figure < min || figure > max {
        return Err(FeeRefusal::FigureOutsideRange { min, max });
    }
    Ok(vec![WorkingLine::Base { amount: figure, min, max, article: range.article.clone() }])
}

fn whole(table: &Brackets, amount: Option<Fen>) -> Result<Vec<WorkingLine>, FeeRefusal> {
    let amount = amount.ok_or(FeeRefusal::AmountNeeded)?;
    let bracket = table.holding(amount).expect("these tables start at zero and have no end; a test proves it");
    if bracket.flat > Fen::ZERO {
        return flat(bracket.flat, &table.article);
    }
    let (over, up_to, rate, quick_add) = (bracket.over, bracket.up_to, bracket.rate, bracket.quick_add);
    Ok(vec![WorkingLine::Bracket { amount, over, up_to, rate, quick_add, article: table.article.clone() }])
}

fn divorce(tariff: &Tariff, figure: Fen, property: Option<Fen>) -> Result<Vec<WorkingLine>, FeeRefusal> {
    let rule = &tariff.divorce;
    let mut lines = base(&rule.base, figure)?;
    let part = (property.unwrap_or_default() - rule.property_free_upto).max(Fen::ZERO);
    if part > Fen::ZERO {
        let article = rule.base.article.clone();
        lines.push(WorkingLine::Slice {
            part,
            over: rule.property_free_upto,
            up_to: None,
            rate: rule.rate_over,
            article,
        });
    }
    Ok(lines)
}

fn personality(tariff: &Tariff, figure: Fen, damages: Option<Fen>) -> Result<Vec<WorkingLine>, FeeRefusal> {
    let rule = &tariff.personality;
    let mut lines = base(&rule.base, figure)?;
    let damages = damages.unwrap_or_default();
    lines.extend(rule.brackets.iter().filter(|slice| slice.slice(damages) > Fen::ZERO).map(|slice| {
        WorkingLine::Slice {
            part: slice.slice(damages),
            over: slice.over,
            up_to: slice.up_to,
            rate: slice.rate,
            article: rule.base.article.clone(),
        }
    }));
    Ok(lines)
}

fn preservation(tariff: &Tariff, value: Option<Fen>) -> Result<Vec<WorkingLine>, FeeRefusal> {
    let rule = &tariff.preservation;
    let value = value.unwrap_or_default();
    if rule.tariff.holding(value).is_none() {
        return flat(rule.base, &rule.tariff.article);
    }
    let mut lines = whole(&rule.tariff, Some(value))?;
    cap(&mut lines, rule.cap, &rule.tariff.article);
    Ok(lines)
}

fn enforcement_without_amount(tariff: &Tariff, figure: Option<Fen>) -> Result<Vec<WorkingLine>, FeeRefusal> {
    let rule = &tariff.enforcement_application;
    let range = LocalBase {
        article: rule.tariff.article.clone(),
        base_min: rule.no_amount_min,
        base_max: rule.no_amount_max,
        local_base_default: rule.no_amount_min,
    };
    base(&range, figure.ok_or(FeeRefusal::AmountNeeded)?)
}

fn fraction(tariff: &Tariff, rule: &Fraction, amount: Option<Fen>) -> Result<Vec<WorkingLine>, FeeRefusal> {
    let mut lines = whole(&tariff.property, amount)?;
    lines.push(WorkingLine::Fraction { of: rule.fraction_of_property, article: rule.article.clone() });
    if let Some(most) = rule.cap {
        cap(&mut lines, most, &rule.article);
    }
    Ok(lines)
}

fn cap(lines: &mut Vec<WorkingLine>, cap: Fen, article: &str) {
    let sum = total(lines, Rounding::Fen);
    if sum != sum.capped(cap) {
        lines.push(WorkingLine::Capped { cap, article: article.to_owned() });
    }
}
