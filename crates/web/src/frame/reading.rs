//! How a reader wants pages of papers to stand: their colour, how many at once, how large. Kept in cookies like the
//! rest of the look, so that it holds without scripts and in every paper.

use crate::messages::{frame, frame::Key};

macro_rules! choices {
    ($($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $choice:ident = $code:literal, $words:ident;)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub enum $name { $($(#[$each])* $choice),* }

        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [$name] = &[$($name::$choice),*];

            /// The code in cookies and classes.
            pub const fn code(self) -> &'static str {
                match self { $($name::$choice => $code),* }
            }

            /// Its name.
            pub const fn words(self) -> frame::Key {
                match self { $($name::$choice => Key::$words),* }
            }

            /// The one with this code.
            pub fn of_code(code: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.code() == code)
            }
        }
    )*};
}

choices! {
    /// The colour of the paper on the screen.
    PaperColour {
        /// As it is.
        #[default]
        White = "white", PaperWhite;
        /// Warm.
        Sepia = "sepia", PaperSepia;
        /// Light letters on dark.
        Dark = "dark", PaperDark;
    }

    /// How many pages stand at once.
    Pages {
        /// One.
        #[default]
        One = "one", PagesOne;
        /// Two beside each other.
        Two = "two", PagesTwo;
        /// All below each other.
        Scroll = "scroll", PagesScroll;
    }

    /// How large a page is.
    Zoom {
        /// As wide as its place.
        #[default]
        Width = "width", ZoomWidth;
        /// Whole in the window.
        Page = "page", ZoomPage;
        /// Half.
        Half = "50", Zoom50;
        /// Three quarters.
        ThreeQuarters = "75", Zoom75;
        /// As on paper, about.
        Full = "100", Zoom100;
        /// Half as large again.
        OneAndAHalf = "150", Zoom150;
        /// Twice.
        Double = "200", Zoom200;
        /// Three times.
        Triple = "300", Zoom300;
    }
}

/// How pages of papers stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadingLook {
    /// Their colour.
    pub colour: PaperColour,
    /// How many at once.
    pub pages: Pages,
    /// How large.
    pub zoom: Zoom,
}

impl Zoom {
    /// The next larger size in steps, or the next smaller.
    pub fn step(self, larger: bool) -> Option<Zoom> {
        const STEPS: [Zoom; 6] =
            [Zoom::Half, Zoom::ThreeQuarters, Zoom::Full, Zoom::OneAndAHalf, Zoom::Double, Zoom::Triple];
        let at = STEPS.iter().position(|step| *step == self).unwrap_or(2);
        let next = if larger { at + 1 } else { at.checked_sub(1)? };
        STEPS.get(next).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_go_up_and_down_in_steps_and_end() {
        assert_eq!(Zoom::Width.step(true), Some(Zoom::OneAndAHalf));
        assert_eq!(Zoom::Page.step(false), Some(Zoom::ThreeQuarters));
        assert_eq!((Zoom::Half.step(false), Zoom::Triple.step(true)), (None, None));
    }

    #[test]
    fn every_choice_is_known_by_its_code() {
        assert!(Zoom::ALL.iter().all(|zoom| Zoom::of_code(zoom.code()) == Some(*zoom)));
        assert!(PaperColour::of_code("pink").is_none() && Pages::of_code("").is_none());
    }
}
