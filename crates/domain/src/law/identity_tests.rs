use super::*;
use jiff::civil::date;
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 24);

fn card(text: &str) -> Result<IdCardNo, IdentityProblem> {
    IdCardNo::parse(text, TODAY)
}

fn with_check(seventeen: &str) -> String {
    format!("{seventeen}{}", char::from(card_check(seventeen)))
}

#[test]
fn the_fictional_people_of_the_examples_have_sound_numbers() {
    let borrower = card("370691198807050134").expect("a sound number");
    assert_eq!(borrower.birth_on(), date(1988, 7, 5));
    assert_eq!(borrower.sex(), Sex::Male);
    assert_eq!(borrower.masked(), "370691********0134");
    assert_eq!(card("370691199001010023").expect("a sound number").sex(), Sex::Female);
}

#[test]
fn the_fictional_firms_of_the_examples_have_sound_codes() {
    for code in
        ["91370691MA00000151", "91370691MA0000023U", "91370691MA0000031N", "91370691MA000004XE", "91370691MA0000058E"]
    {
        assert!(Uscc::parse(code).is_ok(), "{code}");
    }
}

#[test]
fn every_slip_has_its_own_name() {
    use IdentityProblem::*;
    assert_eq!(card("37069119880705013"), Err(WrongLength { found: 17 }));
    assert_eq!(card("370691198807050135"), Err(WrongCheckDigit));
    assert_eq!(card("37069119880705O134"), Err(WrongCharacter { place: 15 }));
    assert_eq!(card("３70691198807050134"), Err(WrongCharacter { place: 1 }));
    assert_eq!(card(&with_check("37069119880231013")), Err(BirthDateImpossible));
    assert_eq!(card(&with_check("37069120261125013")), Err(BirthDateInFuture));
    assert!(card(&with_check("37069120261124013")).is_ok(), "born today");
    assert_eq!(card(""), Err(WrongLength { found: 0 }));
}

#[test]
fn a_small_x_is_the_same_check_digit() {
    let seventeen =
        (0..=999).map(|serial| format!("37069119880705{serial:03}")).find(|number| card_check(number) == b'X');
    let number = seventeen.expect("one in eleven ends with X");
    assert_eq!(card(&format!(" {number}x ")).map(String::from), Ok(format!("{number}X")));
}

#[test]
fn a_debug_line_hides_the_number() {
    assert_eq!(format!("{:?}", card("370691198807050134").expect("a sound number")), "IdCardNo(370691********0134)");
    assert_eq!(format!("{:?}", Phone::parse("12000000001").expect("a number")), "Phone(120****0001)");
}

fn credit_with_check(seventeen: &str) -> String {
    let last = CREDIT_ALPHABET.iter().map(|letter| format!("{seventeen}{}", char::from(*letter)));
    last.into_iter().find(|code| Uscc::parse(code).is_ok()).expect("one character fits")
}

#[test]
fn a_credit_code_is_checked_by_its_last_character() {
    // The code of a public body that the standard's own arithmetic accepts.
    assert!(Uscc::parse("91350100M000100Y43").is_ok());
    assert_eq!(Uscc::parse("91350100M000100Y44"), Err(IdentityProblem::WrongCheckDigit));
    assert_eq!(Uscc::parse("91350100I000100Y43"), Err(IdentityProblem::WrongCharacter { place: 9 }));
    assert_eq!(Uscc::parse("9135"), Err(IdentityProblem::WrongLength { found: 4 }));
    assert!(Uscc::parse("91350100m000100y43").is_ok());
}

#[test]
fn a_telephone_that_nobody_can_have_is_known() {
    let rings = |text: &str| Phone::parse(text).is_ok_and(|phone| phone.can_ring());
    for number in
        ["13800000000", "0535-6390000", "010 12345678", "6390000", "0535-6390000-8001", "400-000-0000", "+4930123456"]
    {
        assert!(rings(number), "{number}");
    }
    for number in ["1380000", "138000000000", "0535123", "63900001234", "12368", "不知道", ""] {
        assert!(!rings(number), "{number}");
    }
}

#[test]
fn phones_are_checked_loosely() {
    assert!(Phone::parse("12000000001").expect("a number").is_mobile());
    assert_eq!(Phone::parse("0535-639 0000").map(String::from), Ok("05356390000".to_owned()));
    assert!(!Phone::parse("+8612000000001").expect("a number").is_mobile());
    assert_eq!(Phone::parse("12368"), Err(IdentityProblem::WrongLength { found: 5 }));
    assert_eq!(Phone::parse("12a00000001"), Err(IdentityProblem::WrongCharacter { place: 3 }));
}

#[test]
fn a_stored_number_is_its_text_and_is_checked_again() {
    let number = card("370691198807050134").expect("a sound number");
    let text = serde_json::to_string(&number).expect("a text");
    assert_eq!(text, "\"370691198807050134\"");
    assert_eq!(serde_json::from_str::<IdCardNo>(&text).expect("a number"), number);
    assert!(serde_json::from_str::<IdCardNo>("\"370691198807050135\"").is_err());
}

proptest! {
    #[test]
    fn one_wrong_digit_is_always_noticed(serial in 0_u32..999, place in 0_usize..17, other in 0_u8..10) {
        let sound = with_check(&format!("37069119880705{serial:03}"));
        let mut wrong = sound.clone().into_bytes();
        wrong[place] = b'0' + other;
        let wrong = String::from_utf8(wrong).expect("digits are text");
        prop_assert_eq!(card(&wrong).is_ok(), wrong == sound);
    }

    #[test]
    fn one_wrong_character_of_a_credit_code_is_always_noticed(body in "9[0-9]{7}[0-9A-HJ-NPQRTUWXY]{9}", place in 0_usize..17, other in 0_usize..31) {
        let sound = credit_with_check(&body);
        let mut wrong = sound.clone().into_bytes();
        wrong[place] = CREDIT_ALPHABET[other];
        let wrong = String::from_utf8(wrong).expect("the alphabet is text");
        prop_assert_eq!(Uscc::parse(&wrong).is_ok(), wrong == sound);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,20}") {
        let _ = (card(&text), Uscc::parse(&text), Phone::parse(&text));
    }
}
