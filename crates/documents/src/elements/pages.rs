//! A page as letters without spaces, alike in width, that remember which of them begin a line.

/// The letters of a page.
pub(super) struct Page {
    letters: Vec<char>,
    written: Vec<char>,
    starts: Vec<usize>,
}

impl Page {
    /// Takes the lines of a page.
    pub(super) fn of(text: &str) -> Self {
        let mut page = Self { letters: vec![], written: vec![], starts: vec![] };
        for line in text.lines() {
            page.starts.push(page.letters.len());
            for letter in line.chars().filter(|letter| !letter.is_whitespace()) {
                page.letters.push(alike(letter));
                page.written.push(letter);
            }
        }
        page
    }

    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }

    pub(super) fn letters(&self) -> &[char] {
        &self.letters
    }

    pub(super) fn letter(&self, at: usize) -> char {
        self.letters[at]
    }

    pub(super) fn letter_at(&self, at: usize) -> Option<char> {
        self.letters.get(at).copied()
    }

    /// Letters as they are compared.
    pub(super) fn text(&self, from: usize, until: usize) -> String {
        self.letters[from.min(until)..until].iter().collect()
    }

    /// Letters as they stand.
    pub(super) fn written(&self, from: usize, until: usize) -> String {
        self.written[from..until].iter().collect()
    }

    /// Whether these words stand there.
    pub(super) fn says(&self, at: usize, words: &str) -> bool {
        words.chars().enumerate().all(|(step, letter)| self.letter_at(at + step) == Some(letter))
    }

    /// Whether a line begins with this letter.
    pub(super) fn begins_line(&self, at: usize) -> bool {
        self.starts.binary_search(&at).is_ok()
    }

    /// Where the lines begin and end, without empty ones.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let ends = self.starts.iter().skip(1).copied().chain([self.letters.len()]);
        self.starts.iter().copied().zip(ends).filter(|(from, until)| from < until)
    }
}

/// Wide and narrow letters, and marks that recognition takes for each other, as one.
fn alike(letter: char) -> char {
    match letter {
        '！'..='～' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        '〔' | '【' | '﹙' => '(',
        '〕' | '】' | '﹚' => ')',
        '¥' | '￥' => '¥',
        letter => letter,
    }
}
