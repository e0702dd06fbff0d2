//! The three networks.

use std::path::Path;
use std::sync::Arc;

use image::{RgbImage, imageops};
use rten::{Model, ModelOptions, RunOptions, ThreadPool};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::Line;
use super::boxes::Marks;
use super::letters::{Alphabet, Spelled};
use super::strip::{HEIGHT, Strip};
use crate::ReadingProblem;

/// Files of the networks, as their makers named them: lines, upright or upside down, letters.
pub(crate) const FILES: [&str; 3] =
    ["PP-OCRv6_det_small.onnx", "ch_ppocr_mobile_v2.0_cls_mobile.onnx", "PP-OCRv6_rec_small.onnx"];
/// The longer side of the page in which lines are looked for: more costs a third of the time and twice the memory
/// and finds no more.
const LONGER_SIDE: u32 = 1088;
/// A smaller picture is looked at larger.
const SHORTEST_LONGER_SIDE: u32 = 736;
/// Sides are multiples of this.
const STEP: u32 = 32;
/// The width in which a line tells which way up it is.
const VOTE_WIDTH: usize = 192;

/// The networks, loaded.
pub(crate) struct Engine {
    lines: Model,
    upright: Model,
    letters: Model,
    alphabet: Alphabet,
    pool: Arc<ThreadPool>,
}

impl Engine {
    /// Loads the networks of a folder; nothing if they are not there or not whole.
    pub(crate) fn load(folder: &Path) -> Option<Self> {
        let load = |file: &str| ModelOptions::with_all_ops().load_file(folder.join(file)).ok();
        let [lines, upright, letters] = FILES;
        let letters = load(letters)?;
        let alphabet = Alphabet::parse(letters.metadata().get("character")?);
        let pool = Arc::new(ThreadPool::with_num_threads(1));
        Some(Self { lines: load(lines)?, upright: load(upright)?, letters, alphabet, pool })
    }

    /// The lines of a page, in its pixels.
    pub(crate) fn lines(&self, page: &RgbImage) -> Result<Vec<Line>, ReadingProblem> {
        let (width, height) = looked_at(page.width(), page.height());
        let small = imageops::resize(page, width, height, imageops::FilterType::Triangle);
        let (width, height) = (width as usize, height as usize);
        let mut values = vec![0.0; 3 * width * height];
        for (at, pixel) in small.pixels().enumerate() {
            for (channel, value) in pixel.0.into_iter().rev().enumerate() {
                values[channel * width * height + at] = f32::from(value) / 127.5 - 1.0;
            }
        }
        drop(small);
        let marks: NdTensor<f32, 4> = self.run(&self.lines, [1, 3, height, width], values)?;
        let [_, _, height, width] = marks.shape();
        let strength = marks.data().ok_or(ReadingProblem::Damaged)?;
        let lines = Marks { strength, width, height }.lines();
        let (x, y) = (page.width() as f32 / width as f32, page.height() as f32 / height as f32);
        Ok(lines.iter().map(|line| line.scaled(x, y)).collect())
    }

    /// Whether a line stands on its head.
    pub(crate) fn is_upside_down(&self, strip: &Strip) -> Result<bool, ReadingProblem> {
        let told: NdTensor<f32, 2> = self.run(&self.upright, [1, 3, HEIGHT, VOTE_WIDTH], strip.squeezed(VOTE_WIDTH))?;
        let told = told.data().ok_or(ReadingProblem::Damaged)?;
        Ok(matches!(told, [upright, over, ..] if over > upright))
    }

    /// Reads a line.
    pub(crate) fn spell(&self, strip: &Strip) -> Result<Spelled, ReadingProblem> {
        let steps: NdTensor<f32, 3> = self.run(&self.letters, [1, 3, HEIGHT, strip.width], strip.values.clone())?;
        let [_, _, classes] = steps.shape();
        if classes != self.alphabet.classes() {
            return Err(ReadingProblem::Damaged);
        }
        Ok(self.alphabet.spell(steps.data().ok_or(ReadingProblem::Damaged)?, classes))
    }

    fn run<const N: usize>(
        &self,
        model: &Model,
        shape: [usize; 4],
        values: Vec<f32>,
    ) -> Result<NdTensor<f32, N>, ReadingProblem> {
        let input = NdTensor::from_data(shape, values);
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(&self.pool)));
        let output = model.run_one(input.into(), Some(options)).map_err(|_| ReadingProblem::Damaged)?;
        output.try_into().map_err(|_| ReadingProblem::Damaged)
    }
}

/// The size in which lines are looked for.
fn looked_at(width: u32, height: u32) -> (u32, u32) {
    let longer = width.max(height).max(1);
    let scale = longer.clamp(SHORTEST_LONGER_SIDE, LONGER_SIDE) as f32 / longer as f32;
    let side = |side: u32| ((side as f32 * scale / STEP as f32).round() as u32).max(1) * STEP;
    (side(width), side(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_looked_at_in_a_size_that_the_network_takes() {
        assert_eq!(looked_at(1654, 2339), (768, 1088));
        assert_eq!(looked_at(400, 300), (736, 544));
        assert_eq!(looked_at(1, 8000), (32, 1088));
    }
}
