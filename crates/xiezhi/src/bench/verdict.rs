//! Figures and verdicts: a line says what was measured, what it is held against, and whether it is reached.
//! Every target is a ratio to something of the same run, so that a slow machine is no excuse and no reproach.

use serde::Serialize;

/// One line of the table.
#[derive(Clone, Debug, Serialize)]
pub struct Line {
    /// What was measured.
    pub what: String,
    /// The figure.
    pub measured: f64,
    /// What it is held against.
    pub target: f64,
    /// Unit of both.
    pub unit: &'static str,
    /// Where the target comes from.
    pub why: String,
    /// Measured over target, the way round in which more than 1 is better.
    pub ratio: f64,
    /// Whether the target is reached.
    pub reached: bool,
}

impl Line {
    /// More is better.
    pub fn at_least(
        what: impl Into<String>,
        measured: f64,
        target: f64,
        unit: &'static str,
        why: impl Into<String>,
    ) -> Self {
        let ratio = measured / target;
        Self { what: what.into(), measured, target, unit, why: why.into(), ratio, reached: measured >= target }
    }

    /// Less is better.
    pub fn at_most(
        what: impl Into<String>,
        measured: f64,
        target: f64,
        unit: &'static str,
        why: impl Into<String>,
    ) -> Self {
        let ratio = target / measured;
        Self { what: what.into(), measured, target, unit, why: why.into(), ratio, reached: measured <= target }
    }
}

/// The table, one line for each figure.
pub fn table(lines: &[Line]) -> String {
    let mut out =
        format!("{:<58} {:>12} {:>12} {:<8} {:>6}  verdict\n", "measured", "figure", "target", "unit", "ratio");
    for line in lines {
        let verdict = if line.reached { "reached" } else { "NOT reached" };
        out += &format!(
            "{:<58} {:>12.1} {:>12.1} {:<8} {:>6.2}  {verdict} ({})\n",
            line.what, line.measured, line.target, line.unit, line.ratio, line.why
        );
    }
    out
}

/// The value that `share` of all lie at or below.
pub fn percentile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let place = (values.len() as f64 * share).ceil() as usize;
    values.get(place.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

/// The middle one.
pub fn median(values: &mut [f64]) -> f64 {
    percentile(values, 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_value_that_was_measured() {
        let mut values: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        assert_eq!(percentile(&mut values, 0.99), 198.0);
        assert_eq!(median(&mut [3.0, 1.0, 2.0]), 2.0);
    }

    #[test]
    fn a_ratio_above_one_is_better_whichever_way_is_better() {
        assert!(Line::at_least("rate", 20.0, 10.0, "/s", "").ratio > 1.0);
        let slow = Line::at_most("time", 20.0, 10.0, "ms", "");
        assert!(slow.ratio < 1.0 && !slow.reached);
    }
}
