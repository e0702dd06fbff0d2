//! Page images as JPEG (baseline, colours at half the fineness of brightness). Most of a page is paper: a block of one
//! level costs next to nothing here, where the usual encoder took three quarters of the time of a first view.

use image::RgbImage;

/// A side of a block, and of the square of pixels that share their colour.
const SIDE: usize = 8;
const SQUARE: usize = 16;
const BLOCK: usize = SIDE * SIDE;
/// Good enough to read small print, a third of what the best would take.
const QUALITY: u32 = 82;

/// The order in which a block is written.
const ZIGZAG: [u8; BLOCK] = [
    0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21,
    28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54,
    47, 55, 62, 63,
];
/// Steps of brightness and of colour at quality 50 (ITU-T T.81, annex K), row by row.
const BRIGHTNESS: [u8; BLOCK] = [
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
    87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99,
];
const COLOUR: [u8; BLOCK] = [
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99,
    99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    99, 99, 99, 99, 99, 99,
];
/// How many codes there are of each length, and what they stand for (annex K): differences of the means of blocks, and
/// the rest of a block, of brightness and of colour.
const MEANS: [([u8; 16], &[u8]); 2] = [
    ([0, 1, 5, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
    ([0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
];
const RESTS: [([u8; 16], &[u8]); 2] = [
    (
        [0, 2, 1, 3, 3, 2, 4, 3, 5, 5, 4, 4, 0, 0, 1, 0x7d],
        &[
            0x01, 0x02, 0x03, 0x00, 0x04, 0x11, 0x05, 0x12, 0x21, 0x31, 0x41, 0x06, 0x13, 0x51, 0x61, 0x07, 0x22, 0x71,
            0x14, 0x32, 0x81, 0x91, 0xa1, 0x08, 0x23, 0x42, 0xb1, 0xc1, 0x15, 0x52, 0xd1, 0xf0, 0x24, 0x33, 0x62, 0x72,
            0x82, 0x09, 0x0a, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x25, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x34, 0x35, 0x36, 0x37,
            0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58, 0x59,
            0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a, 0x83,
            0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0xa2, 0xa3,
            0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba, 0xc2, 0xc3,
            0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda, 0xe1, 0xe2,
            0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf1, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa,
        ],
    ),
    (
        [0, 2, 1, 2, 4, 4, 3, 4, 7, 5, 4, 4, 0, 1, 2, 0x77],
        &[
            0x00, 0x01, 0x02, 0x03, 0x11, 0x04, 0x05, 0x21, 0x31, 0x06, 0x12, 0x41, 0x51, 0x07, 0x61, 0x71, 0x13, 0x22,
            0x32, 0x81, 0x08, 0x14, 0x42, 0x91, 0xa1, 0xb1, 0xc1, 0x09, 0x23, 0x33, 0x52, 0xf0, 0x15, 0x62, 0x72, 0xd1,
            0x0a, 0x16, 0x24, 0x34, 0xe1, 0x25, 0xf1, 0x17, 0x18, 0x19, 0x1a, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x35, 0x36,
            0x37, 0x38, 0x39, 0x3a, 0x43, 0x44, 0x45, 0x46, 0x47, 0x48, 0x49, 0x4a, 0x53, 0x54, 0x55, 0x56, 0x57, 0x58,
            0x59, 0x5a, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x73, 0x74, 0x75, 0x76, 0x77, 0x78, 0x79, 0x7a,
            0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0x98, 0x99, 0x9a,
            0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9, 0xaa, 0xb2, 0xb3, 0xb4, 0xb5, 0xb6, 0xb7, 0xb8, 0xb9, 0xba,
            0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7, 0xc8, 0xc9, 0xca, 0xd2, 0xd3, 0xd4, 0xd5, 0xd6, 0xd7, 0xd8, 0xd9, 0xda,
            0xe2, 0xe3, 0xe4, 0xe5, 0xe6, 0xe7, 0xe8, 0xe9, 0xea, 0xf2, 0xf3, 0xf4, 0xf5, 0xf6, 0xf7, 0xf8, 0xf9, 0xfa,
        ],
    ),
];

/// Encodes a page, which has at most 65,535 pixels a side.
pub(crate) fn encode(page: &RgbImage) -> Vec<u8> {
    let kinds = [Kind::of(&BRIGHTNESS, 0), Kind::of(&COLOUR, 1)];
    let mut out = Out { bytes: Vec::with_capacity(page.as_raw().len() / 16), held: 0, count: 0 };
    header(&mut out.bytes, page.dimensions(), &kinds);
    let (across, down) = (page.width().div_ceil(SQUARE as u32), page.height().div_ceil(SQUARE as u32));
    let mut last = [0; 3];
    let mut strip = Strip::new(across as usize * SQUARE);
    for row in 0..down {
        strip.take(page, row * SQUARE as u32);
        for column in 0..across as usize {
            for (x, y) in [(0, 0), (SIDE, 0), (0, SIDE), (SIDE, SIDE)] {
                let block = strip.brightness(column * SQUARE + x, y);
                kinds[0].write(&block, &mut last[0], &mut out);
            }
            for (plane, last) in last[1..].iter_mut().enumerate() {
                kinds[1].write(&strip.colour(plane, column * SIDE), last, &mut out);
            }
        }
    }
    out.end()
}

/// Sixteen rows of a page, as brightness and two colours about zero.
struct Strip {
    width: usize,
    brightness: Vec<f32>,
    colours: [Vec<f32>; 2],
}

impl Strip {
    fn new(width: usize) -> Self {
        let colour = || vec![0.0; width / 2 * SIDE];
        Self { width, brightness: vec![0.0; width * SQUARE], colours: [colour(), colour()] }
    }

    /// Beyond its edges a page goes on as it ends.
    fn take(&mut self, page: &RgbImage, top: u32) {
        let (width, bytes) = (page.width() as usize, page.as_raw());
        self.colours.iter_mut().for_each(|colour| colour.fill(0.0));
        for y in 0..SQUARE {
            let from = (top as usize + y).min(page.height() as usize - 1) * width * 3;
            let row = &bytes[from..from + width * 3];
            let end = &row[row.len() - 3..];
            let pixels = row.chunks_exact(3).chain(std::iter::repeat(end)).take(self.width);
            let light = &mut self.brightness[y * self.width..][..self.width];
            let half = self.width / 2;
            let [blue, red] = &mut self.colours;
            let (blues, reds) = (&mut blue[y / 2 * half..][..half], &mut red[y / 2 * half..][..half]);
            for (x, pixel) in pixels.enumerate() {
                let [r, g, b] = [f32::from(pixel[0]), f32::from(pixel[1]), f32::from(pixel[2])];
                let bright = 0.299 * r + 0.587 * g + 0.114 * b;
                light[x] = bright - 128.0;
                // Each colour is the mean of four.
                if pixel[0] != pixel[1] || pixel[1] != pixel[2] {
                    blues[x / 2] += (b - bright) * (0.25 * 0.564_33);
                    reds[x / 2] += (r - bright) * (0.25 * 0.713_27);
                }
            }
        }
    }

    fn brightness(&self, x: usize, y: usize) -> [f32; BLOCK] {
        block(&self.brightness, self.width, x, y)
    }

    fn colour(&self, plane: usize, x: usize) -> [f32; BLOCK] {
        block(&self.colours[plane], self.width / 2, x, 0)
    }
}

fn block(plane: &[f32], width: usize, x: usize, y: usize) -> [f32; BLOCK] {
    let mut block = [0.0; BLOCK];
    for (row, to) in block.as_chunks_mut::<SIDE>().0.iter_mut().enumerate() {
        to.copy_from_slice(&plane[(y + row) * width + x..][..SIDE]);
    }
    block
}

/// How blocks of brightness, or of colour, are written.
struct Kind {
    steps: [u8; BLOCK],
    /// One over the step of each wave, with what the transform leaves to be done.
    scales: [f32; BLOCK],
    means: [(u16, u8); 256],
    rests: [(u16, u8); 256],
}

impl Kind {
    fn of(base: &[u8; BLOCK], kind: usize) -> Self {
        let percent = if QUALITY < 50 { 5_000 / QUALITY } else { 200 - QUALITY * 2 };
        let steps = base.map(|step| ((u32::from(step) * percent + 50) / 100).clamp(1, 255) as u8);
        let wave = |at: usize| match at {
            0 => 1.0,
            at => (at as f32 * std::f32::consts::PI / 16.0).cos() * std::f32::consts::SQRT_2,
        };
        let mut scales = [0.0; BLOCK];
        for (at, scale) in scales.iter_mut().enumerate() {
            *scale = 1.0 / (f32::from(steps[at]) * wave(at / SIDE) * wave(at % SIDE) * 8.0);
        }
        Self { steps, scales, means: codes(&MEANS[kind]), rests: codes(&RESTS[kind]) }
    }

    fn write(&self, block: &[f32; BLOCK], last: &mut i32, out: &mut Out) {
        let is_flat = block.iter().all(|level| *level == block[0]);
        let mut waves = *block;
        if is_flat {
            waves = [0.0; BLOCK];
            waves[0] = block[0] * BLOCK as f32;
        } else {
            transform(&mut waves);
        }
        let mean = rounded(waves[0] * self.scales[0]);
        out.number(self.means[length(mean - *last) as usize], mean - *last);
        *last = mean;
        if !is_flat {
            self.write_rest(&waves, out);
        } else {
            out.code(self.rests[0]);
        }
    }

    fn write_rest(&self, waves: &[f32; BLOCK], out: &mut Out) {
        let mut zeros = 0;
        for at in ZIGZAG[1..].iter().map(|at| usize::from(*at)) {
            let value = rounded(waves[at] * self.scales[at]);
            if value == 0 {
                zeros += 1;
                continue;
            }
            while zeros > 15 {
                out.code(self.rests[0xf0]);
                zeros -= 16;
            }
            out.number(self.rests[zeros << 4 | length(value) as usize], value);
            zeros = 0;
        }
        if zeros > 0 {
            out.code(self.rests[0]);
        }
    }
}

fn rounded(value: f32) -> i32 {
    (value + 16_384.5) as i32 - 16_384
}

/// How many bits a number takes.
fn length(value: i32) -> u32 {
    u32::BITS - value.unsigned_abs().leading_zeros()
}

/// The code of each symbol, and its length.
fn codes((counts, symbols): &([u8; 16], &[u8])) -> [(u16, u8); 256] {
    let mut codes = [(0, 0); 256];
    let (mut code, mut symbols) = (0_u16, symbols.iter());
    for (length, count) in (1..).zip(counts) {
        for symbol in symbols.by_ref().take(usize::from(*count)) {
            codes[usize::from(*symbol)] = (code, length);
            code += 1;
        }
        code <<= 1;
    }
    codes
}

/// The cosine transform of a block, but for the scale of each wave (Arai, Agui, Nakajima).
fn transform(block: &mut [f32; BLOCK]) {
    for row in 0..SIDE {
        waves(block, row * SIDE, 1);
    }
    for column in 0..SIDE {
        waves(block, column, SIDE);
    }
}

fn waves(block: &mut [f32; BLOCK], from: usize, step: usize) {
    let at = |place: usize| from + place * step;
    let level: [f32; SIDE] = std::array::from_fn(|place| block[at(place)]);
    let sum: [f32; 4] = std::array::from_fn(|place| level[place] + level[7 - place]);
    let less: [f32; 4] = std::array::from_fn(|place| level[place] - level[7 - place]);
    let (outer, inner) = (sum[0] + sum[3], sum[1] + sum[2]);
    let (apart, near) = (sum[0] - sum[3], sum[1] - sum[2]);
    block[at(0)] = outer + inner;
    block[at(4)] = outer - inner;
    let turned = (near + apart) * std::f32::consts::FRAC_1_SQRT_2;
    block[at(2)] = apart + turned;
    block[at(6)] = apart - turned;
    let (low, middle, high) = (less[3] + less[2], less[2] + less[1], less[1] + less[0]);
    let shared = (low - high) * 0.382_683_43;
    let (second, fourth) = (0.541_196_1 * low + shared, 1.306_563 * high + shared);
    let third = middle * std::f32::consts::FRAC_1_SQRT_2;
    let (plus, minus) = (less[0] + third, less[0] - third);
    block[at(5)] = minus + second;
    block[at(3)] = minus - second;
    block[at(1)] = plus + fourth;
    block[at(7)] = plus - fourth;
}

/// Bits on their way out.
struct Out {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl Out {
    fn code(&mut self, (code, length): (u16, u8)) {
        self.bits(u32::from(code), u32::from(length));
    }

    /// A code that says how many bits a number has, and the bits.
    fn number(&mut self, code: (u16, u8), value: i32) {
        self.code(code);
        let length = length(value);
        // A negative number is written as what it lacks to the greatest of its length.
        let bits = if value < 0 { value - 1 } else { value };
        self.bits(bits as u32 & ((1 << length) - 1), length);
    }

    fn bits(&mut self, bits: u32, count: u32) {
        self.held = self.held << count | u64::from(bits);
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            let byte = (self.held >> self.count) as u8;
            self.bytes.push(byte);
            if byte == 0xff {
                self.bytes.push(0);
            }
        }
    }

    fn end(mut self) -> Vec<u8> {
        self.bits(0x7f, 7);
        self.bytes.extend([0xff, 0xd9]);
        self.bytes
    }
}

fn header(bytes: &mut Vec<u8>, (width, height): (u32, u32), kinds: &[Kind; 2]) {
    bytes.extend([0xff, 0xd8]);
    segment(bytes, 0xe0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    for (id, kind) in (0..).zip(kinds) {
        let steps: Vec<u8> = ZIGZAG.iter().map(|at| kind.steps[usize::from(*at)]).collect();
        segment(bytes, 0xdb, &[&[id], steps.as_slice()].concat());
    }
    let [width, height] = [width, height].map(|side| u16::try_from(side).unwrap_or(u16::MAX).to_be_bytes());
    let frame = [8, height[0], height[1], width[0], width[1], 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1];
    segment(bytes, 0xc0, &frame);
    for (class, tables) in [(0, &MEANS), (0x10, &RESTS)] {
        for (id, (counts, symbols)) in (0..).zip(tables) {
            segment(bytes, 0xc4, &[&[class | id], counts.as_slice(), symbols].concat());
        }
    }
    segment(bytes, 0xda, &[3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0]);
}

fn segment(bytes: &mut Vec<u8>, marker: u8, content: &[u8]) {
    let length = u16::try_from(content.len() + 2).expect("a segment of the header is short");
    bytes.extend([0xff, marker]);
    bytes.extend(length.to_be_bytes());
    bytes.extend_from_slice(content);
}

#[cfg(test)]
mod tests {
    use image::Rgb;

    use super::*;

    /// How far levels are off on average, and at most.
    fn off(page: &RgbImage) -> (f32, u8) {
        let read = image::load_from_memory(&encode(page)).expect("it is a JPEG").into_rgb8();
        assert_eq!(read.dimensions(), page.dimensions());
        let off = page.as_raw().iter().zip(read.as_raw()).map(|(one, other)| one.abs_diff(*other));
        let all: Vec<u8> = off.collect();
        (all.iter().map(|off| f32::from(*off)).sum::<f32>() / all.len() as f32, all.into_iter().max().unwrap_or(0))
    }

    #[test]
    fn smooth_pages_of_any_size_are_read_as_they_were() {
        for (width, height) in [(1, 1), (16, 16), (17, 33), (200, 131)] {
            let level = |x: u32, y: u32| Rgb([(x * 255 / 200) as u8, (y * 255 / 131) as u8, 120]);
            let (mean, most) = off(&RgbImage::from_fn(width, height, level));
            assert!(mean < 3.0 && most < 24, "{width} × {height}: {mean} {most}");
        }
    }

    #[test]
    fn paper_stays_white_and_letters_stay_dark() {
        let page = RgbImage::from_fn(320, 200, |x, y| {
            let is_ink = y % 40 < 20 && x % 12 < 5 && x > 40;
            Rgb([if is_ink { 0 } else { 255 }; 3])
        });
        let (mean, _) = off(&page);
        assert!(mean < 3.0, "{mean}");
        let read = image::load_from_memory(&encode(&page)).expect("it is a JPEG").into_rgb8();
        assert_eq!(read.get_pixel(10, 30).0, [255; 3]);
        assert!(read.get_pixel(50, 10).0[0] < 40, "{:?}", read.get_pixel(50, 10));
    }

    #[test]
    fn stamps_stay_red() {
        let page = RgbImage::from_fn(160, 160, |x, y| {
            let is_stamp = (x as i32 - 80).pow(2) + (y as i32 - 80).pow(2) < 3_600;
            Rgb(if is_stamp { [210, 20, 30] } else { [255; 3] })
        });
        let read = image::load_from_memory(&encode(&page)).expect("it is a JPEG").into_rgb8();
        let [red, green, blue] = read.get_pixel(80, 80).0;
        assert!(red.abs_diff(210) < 6 && green.abs_diff(20) < 6 && blue.abs_diff(30) < 6, "{red} {green} {blue}");
    }
}
