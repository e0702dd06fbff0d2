//! Signatures by hand (手写签名): the strokes of a pen become a picture, kept under its hash like any file.

use serde::Deserialize;
use xiezhi_documents::structure::Document;
use xiezhi_domain::{case::CaseState, material::FileRef, signature};

use crate::{App, AppError};

/// The type of a kept picture.
pub const MEDIA: &str = "image/svg+xml";
/// Strokes of one signature. Names of many characters have some fifty.
const STROKES_LIMIT: usize = 400;
/// Points of one signature.
const POINTS_LIMIT: usize = 20_000;
/// The pad is a few hundred pixels wide; what lies far outside was not drawn on it.
const EDGE_PX: f32 = 10_000.0;
/// A shorter line is a slip of the hand, no name.
const LEAST_PX: f32 = 24.0;
/// The pen when the picture is printed, and the box it is printed in, in points.
const PEN_PT: f32 = 1.1;
const BOX_PT: (f32, f32) = (98.0, 25.0);

/// What the pad sends: strokes of points of x, y and what else it knows of the pen.
#[derive(Debug, Deserialize)]
struct Drawn {
    strokes: Vec<Vec<Vec<f32>>>,
}

impl App {
    /// Keeps a signature drawn on the pad of a page. Nothing drawn is no signature by hand: then the act itself
    /// signs, as without a script.
    ///
    /// # Errors
    /// [`AppError::Invalid`] at the field `strokes` for what can't be read as a signature.
    pub async fn keep_hand(&self, strokes: &str, name: &str) -> Result<Option<FileRef>, AppError> {
        if strokes.trim().is_empty() {
            return Ok(None);
        }
        let picture =
            picture(strokes).map_err(|code| AppError::Invalid(vec![("strokes".to_owned(), code.to_owned())]))?;
        self.keep(picture.into_bytes(), MEDIA, format!("{name}签名.svg"), 0).await.map(Some)
    }

    /// The picture of a signature by hand that the case names.
    pub async fn hand(&self, case: &CaseState, sha256: &str) -> Result<Vec<u8>, AppError> {
        let named = signature::hands(case).any(|hand| hand.sha256 == sha256);
        if named { self.bytes(sha256).await } else { Err(AppError::NotFound) }
    }

    /// Puts the pictures into a paper that names signatures by hand.
    pub(crate) async fn with_hands(&self, mut document: Document) -> Result<Document, AppError> {
        for hand in document.hands_mut() {
            let svg = String::from_utf8(self.bytes(&hand.sha256).await?);
            hand.svg = svg.map_err(|fault| AppError::failed("a picture of a signature", fault))?;
        }
        Ok(document)
    }
}

/// The picture of what was drawn: the same strokes give the same bytes.
fn picture(drawn: &str) -> Result<String, &'static str> {
    let drawn: Drawn = serde_json::from_str(drawn).map_err(|_| "signature.unreadable")?;
    let strokes: Vec<Vec<(f32, f32)>> =
        drawn.strokes.iter().map(|stroke| points(stroke)).collect::<Option<_>>().ok_or("signature.unreadable")?;
    let count: usize = strokes.iter().map(Vec::len).sum();
    if strokes.len() > STROKES_LIMIT || count > POINTS_LIMIT {
        return Err("signature.too_long");
    }
    if strokes.iter().map(|stroke| length(stroke)).sum::<f32>() < LEAST_PX {
        return Err("signature.too_short");
    }
    Ok(svg(&strokes))
}

fn points(stroke: &[Vec<f32>]) -> Option<Vec<(f32, f32)>> {
    let known = |value: f32| (value.is_finite() && value.abs() < EDGE_PX).then_some(value);
    let point = |point: &Vec<f32>| match point.as_slice() {
        [x, y, ..] => Some((known(*x)?, known(*y)?)),
        _ => None,
    };
    stroke.iter().map(point).collect()
}

fn length(stroke: &[(f32, f32)]) -> f32 {
    stroke.windows(2).map(|pair| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1)).sum()
}

fn svg(strokes: &[Vec<(f32, f32)>]) -> String {
    let all = || strokes.iter().flatten().copied();
    let range = |values: &mut dyn Iterator<Item = f32>| {
        values.fold((f32::MAX, f32::MIN), |(low, high), value| (low.min(value), high.max(value)))
    };
    let (left, right) = range(&mut all().map(|point| point.0));
    let (top, bottom) = range(&mut all().map(|point| point.1));
    // The pen is as thick on paper whatever size the name was written in.
    let pen = PEN_PT * ((right - left) / BOX_PT.0).max((bottom - top) / BOX_PT.1).max(0.5);
    let place = |(x, y): (f32, f32)| (x - left + pen, y - top + pen);
    let path: String = strokes.iter().map(|stroke| curve(stroke.iter().copied().map(place))).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {:.1} {:.1}\"><path d=\"{path}\" fill=\"none\" \
         stroke=\"#14171c\" stroke-width=\"{pen:.1}\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>",
        right - left + 2.0 * pen,
        bottom - top + 2.0 * pen,
    )
}

/// The line as the pad shows it: a curve through the middles of the pen's steps.
fn curve(points: impl Iterator<Item = (f32, f32)>) -> String {
    let mut out = String::new();
    let mut before: Option<(f32, f32)> = None;
    for (x, y) in points {
        match before {
            None => out.push_str(&format!("M{x:.1} {y:.1}")),
            Some((fx, fy)) => out.push_str(&format!("Q{fx:.1} {fy:.1} {:.1} {:.1}", (fx + x) / 2.0, (fy + y) / 2.0)),
        }
        before = Some((x, y));
    }
    if let Some((x, y)) = before {
        out.push_str(&format!("L{x:.1} {y:.1}"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: &str =
        r#"{"width":300,"height":160,"strokes":[[[10,20,0,0.5],[60,22,9,0.5],[90,80,20,0.5]],[[40,40,60,1]]]}"#;

    #[test]
    fn the_same_strokes_give_the_same_picture_and_it_fits_its_frame() {
        let drawn = picture(NAME).expect("a name");
        assert_eq!(picture(NAME).as_ref(), Ok(&drawn));
        assert!(drawn.starts_with("<svg") && drawn.matches('M').count() == 2, "{drawn}");
        assert!(!drawn.contains("NaN") && !drawn.contains("-1"), "{drawn}");
    }

    #[test]
    fn what_is_no_signature_is_told_so() {
        let told = |drawn: &str| picture(drawn).expect_err("no signature");
        assert_eq!(told("alert(1)"), "signature.unreadable");
        assert_eq!(told(r#"{"strokes":[[["x",1]]]}"#), "signature.unreadable");
        assert_eq!(told(r#"{"strokes":[[[1e9,1],[2,2]]]}"#), "signature.unreadable");
        assert_eq!(told(r#"{"strokes":[[[5,5,0,1]]]}"#), "signature.too_short");
        let dots = "[[1,1]],".repeat(STROKES_LIMIT);
        assert_eq!(told(&format!(r#"{{"strokes":[{dots}[[1,1]]]}}"#)), "signature.too_long");
    }
}
