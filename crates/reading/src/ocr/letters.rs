//! From the steps of a line to its letters and their places.

/// A letter and where it begins on its line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Letter {
    pub(crate) letter: char,
    /// As a share of the line's length.
    pub(crate) from: f32,
    /// How sure it is.
    pub(crate) sure: f32,
}

/// A line as it was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spelled {
    pub(crate) letters: Vec<Letter>,
    /// How sure its letters are on average.
    pub(crate) sure: f32,
}

/// The letters that the network knows, in its order: the first of its classes is none of them, the last a space.
pub(crate) struct Alphabet(Vec<char>);

impl Alphabet {
    /// Reads the list that comes with the network: a letter a line. Only line ends part it: one of its letters is a
    /// wide space.
    pub(crate) fn parse(list: &str) -> Self {
        let letters = list.split('\n').map(|line| line.trim_end_matches('\r').chars().next().unwrap_or(' '));
        Self(letters.collect())
    }

    /// How many classes there are.
    pub(crate) fn classes(&self) -> usize {
        self.0.len() + 2
    }

    fn letter(&self, class: usize) -> Option<char> {
        match class.checked_sub(1)? {
            at if at == self.0.len() => Some(' '),
            at => self.0.get(at).copied(),
        }
    }

    /// Puts the likeliest class of each step together: what is repeated without a gap is one letter.
    pub(crate) fn spell(&self, steps: &[f32], classes: usize) -> Spelled {
        let count = (steps.len() / classes.max(1)).max(1) as f32;
        let mut found: Vec<(char, f32, f32)> = Vec::new();
        let mut before = 0;
        for (step, likely) in steps.chunks_exact(classes).enumerate() {
            let (class, sure) = likeliest(likely);
            if class != before
                && let Some(letter) = self.letter(class)
            {
                found.push((letter, (step as f32 + 0.5) / count, sure));
            }
            before = class;
        }
        Spelled {
            letters: placed(&found),
            sure: found.iter().map(|(.., sure)| sure).sum::<f32>() / found.len().max(1) as f32,
        }
    }
}

fn likeliest(likely: &[f32]) -> (usize, f32) {
    likely
        .iter()
        .copied()
        .enumerate()
        .fold((0, f32::MIN), |best, (class, sure)| if sure > best.1 { (class, sure) } else { best })
}

/// A letter reaches half-way to its neighbours; the first begins with the line.
fn placed(found: &[(char, f32, f32)]) -> Vec<Letter> {
    let from = |at: usize| match at.checked_sub(1) {
        None => 0.0,
        Some(before) => f32::midpoint(found[before].1, found[at].1),
    };
    found
        .iter()
        .enumerate()
        .map(|(at, (letter, _, sure))| Letter { letter: *letter, from: from(at), sure: *sure })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Steps of the classes given, of an alphabet of two letters.
    fn spelled(classes: &[usize]) -> Spelled {
        let alphabet = Alphabet::parse("原\n告");
        assert_eq!(alphabet.classes(), 4);
        let step = |class: &usize| {
            let mut step = vec![0.02; 4];
            step[*class] = 0.9;
            step
        };
        alphabet.spell(&classes.iter().flat_map(step).collect::<Vec<_>>(), 4)
    }

    fn text(spelled: &Spelled) -> String {
        spelled.letters.iter().map(|letter| letter.letter).collect()
    }

    #[test]
    fn repeats_are_one_letter_and_gaps_part_them() {
        assert_eq!(text(&spelled(&[1, 1, 0, 1, 2, 3, 0])), "原原告 ");
        assert_eq!(text(&spelled(&[0, 0])), "");
        assert_eq!(spelled(&[0, 0]).sure, 0.0);
    }

    #[test]
    fn letters_reach_half_way_to_their_neighbours() {
        let line = spelled(&[0, 1, 0, 2]);
        assert_eq!(line.letters[0].from, 0.0);
        assert!((line.letters[1].from - 0.625).abs() < 1e-6, "{line:?}");
        assert!((line.sure - 0.9).abs() < 1e-6);
    }

    #[test]
    fn a_wide_space_is_a_letter_of_the_list() {
        let alphabet = Alphabet::parse("\u{3000}\n告");
        assert_eq!((alphabet.letter(0), alphabet.letter(1), alphabet.letter(3)), (None, Some('\u{3000}'), Some(' ')));
    }
}
