//! Papers are signed, sealed, tampered with and read back.

use std::path::PathBuf;
use std::process::Command;

use lopdf::{Document, IncrementalDocument, Object, Stream, dictionary};
use xiezhi_signing::authority::{Authority, Subject, Term};
use xiezhi_signing::{
    Appearance, CertificateState, Face, Mark, Rect, SignError, SignatureReport, Signer, Signing, StampFault,
    StampQuestion, Standing, TrustRoot, begin_signing, sign_pdf, stamp, verify_detached, verify_pdf,
};

const COURT: &str = "烟台经济技术开发区人民法院";

fn at(text: &str) -> jiff::Timestamp {
    text.parse().expect("a moment")
}

fn term() -> Term {
    Term { from_at: at("2026-01-01T00:00:00+08:00"), until_at: at("2036-01-01T00:00:00+08:00") }
}

fn authority() -> Authority {
    Authority::new(&[7; 32], "演示证书机构", term())
}

fn signer(name: &str) -> Signer {
    authority().issue(Subject { name, organisation: COURT, id: name }, term())
}

fn roots() -> Vec<TrustRoot> {
    vec![authority().trust_root()]
}

fn face() -> Face {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let home = || folder("HOME").expect("tests run for a user").join(".cache");
    let cache = || folder("XDG_CACHE_HOME").unwrap_or_else(home).join("xiezhi");
    let fonts = folder("XIEZHI_CACHE").unwrap_or_else(cache).join("fonts");
    let bytes = std::fs::read(fonts.join("FandolSong-Bold.otf")).expect("run ./setup.sh fonts first");
    Face::new(bytes).expect("Fandol is a font")
}

fn invisible(reason: &str) -> Signing<'_> {
    Signing { appearance: None, signed_at: at("2026-11-22T10:11:12+08:00"), reason }
}

/// A page with a little text, as a plain file or with object and cross-reference streams.
fn paper(modern: bool) -> Vec<u8> {
    let mut file = Document::with_version("1.7");
    let content = Stream::new(dictionary! {}, b"BT /F 24 Tf 72 700 Td (Judgment: pay 86400) Tj ET".to_vec());
    let content = file.add_object(content);
    let font = file.add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    let pages = file.new_object_id();
    let page = file.add_object(dictionary! {
        "Type" => "Page",
        "Parent" => Object::Reference(pages),
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        "Resources" => dictionary! { "Font" => dictionary! { "F" => Object::Reference(font) } },
        "Contents" => Object::Reference(content),
    });
    let kids = vec![Object::Reference(page)];
    file.objects.insert(pages, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1 }.into());
    let root = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => Object::Reference(pages) });
    file.trailer.set("Root", Object::Reference(root));
    let mut bytes = Vec::new();
    if modern { file.save_modern(&mut bytes) } else { file.save_to(&mut bytes) }.expect("it saves");
    bytes
}

fn sealed(face: &Face) -> Signing<'_> {
    let mark = Mark::Seal { court: COURT, caption: "演示专用", face };
    let appearance = Appearance { page: 1, rect: Rect::seal_on_date(400.0, 300.0), mark };
    Signing { appearance: Some(appearance), ..invisible("加盖院印") }
}

/// A judge signs, the clerk signs by hand, the court seals.
fn thrice_signed(modern: bool) -> Vec<u8> {
    let strokes = [vec![(0.0, 0.0), (10.0, 8.0), (20.0, 2.0)], vec![(4.0, 9.0), (18.0, 9.0)]];
    let rect = Rect { x_pt: 380.0, y_pt: 380.0, width_pt: 90.0, height_pt: 30.0 };
    let hand = Appearance { page: 1, rect, mark: Mark::Handwriting { strokes: &strokes } };
    let once = sign_pdf(&paper(modern), &signer("甄明理"), &invisible("签发")).expect("the judge signs");
    let signing = Signing { appearance: Some(hand), ..invisible("核对") };
    let twice = sign_pdf(&once, &signer("纪实录"), &signing).expect("the clerk signs");
    sign_pdf(&twice, &signer("院印"), &sealed(&face())).expect("the court seals")
}

fn reports(pdf: &[u8]) -> Vec<SignatureReport> {
    verify_pdf(pdf, &roots(), &[]).expect("it opens")
}

#[test]
fn what_was_there_stays_byte_for_byte() {
    for modern in [false, true] {
        let before = paper(modern);
        let after = sign_pdf(&before, &signer("甄明理"), &invisible("签发")).expect("it signs");
        assert!(after.starts_with(&before));
    }
}

#[test]
fn the_same_act_gives_the_same_bytes() {
    assert_eq!(thrice_signed(true), thrice_signed(true));
}

#[test]
fn three_signatures_all_hold() {
    for modern in [false, true] {
        let found = reports(&thrice_signed(modern));
        let names: Vec<_> = found.iter().map(|each| (each.signer.as_str(), each.reason.as_str())).collect();
        assert_eq!(names, [("甄明理", "签发"), ("纪实录", "核对"), ("院印", "加盖院印")]);
        assert!(found.iter().all(SignatureReport::is_valid), "{found:?}");
        assert_eq!(found.iter().filter(|each| each.covers_whole_file).count(), 1);
        assert_eq!(found[0].signed_at, Some(at("2026-11-22T10:11:12+08:00")));
    }
}

#[test]
fn any_flipped_byte_of_what_was_signed_is_found() {
    let signed = sign_pdf(&paper(false), &signer("甄明理"), &invisible("签发")).expect("it signs");
    let hole = signed.windows(3).position(|three| three == b"<30").expect("the signature stands in brackets");
    let is_signed = |position: &usize| *position < hole || *position > hole + 20_001;
    for position in (0..signed.len()).filter(is_signed) {
        let mut changed = signed.clone();
        changed[position] ^= 1;
        let survives =
            verify_pdf(&changed, &roots(), &[]).is_ok_and(|found| found.iter().any(SignatureReport::is_valid));
        assert!(!survives, "byte {position} changed unseen");
    }
}

/// The authority's own root: another house than that of the signers.
fn stamps() -> Authority {
    Authority::new(&[8; 32], "时间戳根", term())
}

/// Signed, and stamped at this moment.
fn stamped(signer: &Signer, when: &str) -> Vec<u8> {
    let unstamped = begin_signing(&paper(true), signer, &invisible("签发")).expect("it signs");
    let question = StampQuestion::over(unstamped.signature(), [3; 16]);
    let own = stamps().issue_for_stamps(Subject { name: "国家时间", organisation: "", id: "stamps" }, term());
    let answer = stamp::answer(&own, &question.to_der(), at(when), [4; 16]);
    unstamped.stamped(&answer).expect("there is room for the stamp")
}

fn stamped_reports(pdf: &[u8]) -> Vec<SignatureReport> {
    verify_pdf(pdf, &roots(), &[stamps().trust_root()]).unwrap_or_default()
}

#[test]
fn a_stamp_beside_a_signature_tells_when_it_was_there_at_the_latest() {
    let found = stamped_reports(&stamped(&signer("甄明理"), "2026-11-22T10:11:13+08:00"));
    let told = found[0].stamp.as_ref().expect("it carries a stamp").as_ref().expect("the stamp holds");
    assert_eq!((told.at, told.authority.as_str()), (at("2026-11-22T10:11:13+08:00"), "国家时间"));
    assert!(found[0].is_valid() && found[0].covers_whole_file);
}

#[test]
fn a_stamp_of_an_authority_that_is_not_trusted_proves_nothing_and_breaks_nothing() {
    let found = reports(&stamped(&signer("甄明理"), "2026-11-22T10:11:13+08:00"));
    assert_eq!((&found[0].stamp, found[0].is_valid()), (&Some(Err(StampFault::Signer)), true));
}

#[test]
fn any_changed_digit_of_a_stamped_signature_is_found() {
    let signed = stamped(&signer("甄明理"), "2026-11-22T10:11:13+08:00");
    let start = signed.windows(3).position(|three| three == b"<30").expect("the signature stands in brackets") + 1;
    let used = signed[start..].iter().position(|digit| *digit == b'>').expect("it ends");
    let end = start + signed[start..start + used].iter().rposition(|digit| *digit != b'0').expect("it says something");
    let told = stamped_reports(&signed);
    let mut refused = 0;
    for position in (start..=end).step_by(7) {
        let mut changed = signed.clone();
        changed[position] = if changed[position] == b'0' { b'1' } else { b'0' };
        let found = stamped_reports(&changed);
        let holds = found.iter().any(|found| found.is_valid() && matches!(found.stamp, Some(Ok(_))));
        // A few digits only say again what is said elsewhere; without them the same is proven.
        assert!(!holds || found == told, "digit {position} changed unseen");
        refused += usize::from(!holds);
    }
    assert!(refused * 7 > (end - start) * 9 / 10, "{refused} refused");
}

#[test]
fn a_stamp_over_another_signature_breaks_it() {
    let unstamped = begin_signing(&paper(true), &signer("甄明理"), &invisible("签发")).expect("it signs");
    let question = StampQuestion::over(b"something else", [3; 16]);
    let own = stamps().issue_for_stamps(Subject { name: "国家时间", organisation: "", id: "stamps" }, term());
    let answer = stamp::answer(&own, &question.to_der(), at("2026-11-22T10:11:13+08:00"), [4; 16]);
    let found = stamped_reports(&unstamped.stamped(&answer).expect("it is put in"));
    assert_eq!((&found[0].stamp, found[0].is_valid()), (&Some(Err(StampFault::OtherBytes)), false));
}

#[test]
fn a_certificate_that_ended_yesterday_signs_nothing() {
    let ended = Term { until_at: at("2026-11-21T10:11:12+08:00"), ..term() };
    let late = authority().issue(Subject { name: "甄明理", organisation: COURT, id: "late" }, ended);
    let answer = sign_pdf(&paper(true), &late, &invisible("签发"));
    assert!(matches!(&answer, Err(SignError::OutsideTerm(whose)) if whose == "甄明理"), "{answer:?}");
}

#[test]
fn what_an_authority_refuses_is_no_stamp() {
    let unstamped = begin_signing(&paper(true), &signer("甄明理"), &invisible("签发")).expect("it signs");
    let own = stamps().issue_for_stamps(Subject { name: "国家时间", organisation: "", id: "stamps" }, term());
    let answer = stamp::answer(&own, b"no question", at("2026-11-22T10:11:13+08:00"), [4; 16]);
    assert!(matches!(unstamped.stamped(&answer), Err(SignError::Stamp(StampFault::Refused(2)))));
}

#[test]
fn a_page_repainted_after_signing_is_found() {
    let signed = sign_pdf(&paper(true), &signer("甄明理"), &invisible("签发")).expect("it signs");
    let before = Document::load_mem(&signed).expect("it opens");
    let page = before.get_pages()[&1];
    let mut update = IncrementalDocument::create_from(signed, before);
    let paint = Stream::new(dictionary! {}, b"BT /F 24 Tf 72 700 Td (Judgment: pay 1) Tj ET".to_vec());
    let paint = update.new_document.add_object(paint);
    update.opt_clone_object_to_new_document(page).expect("the page is there");
    let dictionary = update.new_document.get_dictionary_mut(page).expect("it is a dictionary");
    dictionary.set("Contents", Object::Reference(paint));
    let mut bytes = Vec::new();
    update.save_to(&mut bytes).expect("it saves");
    let found = reports(&bytes);
    assert_eq!(found[0].standing, Standing::Extended);
    assert!(!found[0].is_valid());
}

#[test]
fn a_form_that_is_there_is_merged_and_not_replaced() {
    let mut file = Document::load_mem(&paper(false)).expect("it opens");
    let field = dictionary! { "FT" => "Tx", "T" => Object::string_literal("Signature1") };
    let field = file.add_object(field);
    let form = dictionary! { "Fields" => vec![Object::Reference(field)], "DA" => Object::string_literal("/F 0 Tf") };
    let form = file.add_object(form);
    file.catalog_mut().expect("it has one").set("AcroForm", Object::Reference(form));
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("it saves");

    let signed = sign_pdf(&bytes, &signer("甄明理"), &invisible("签发")).expect("it signs");
    let found = reports(&signed);
    assert_eq!(found[0].field, "Signature2", "the name was taken");
    let after = Document::load_mem(&signed).expect("it opens");
    let form = after.get_dictionary(form).expect("the form is where it was");
    assert!(form.has(b"DA"));
    assert_eq!(form.get(b"Fields").and_then(Object::as_array).expect("fields").len(), 2);
}

#[test]
fn a_stranger_and_an_expired_signer_are_not_trusted() {
    let stranger = Authority::new(&[8; 32], "演示证书机构", term());
    let by_stranger = stranger.issue(Subject { name: "甄明理", organisation: COURT, id: "x" }, term());
    let signed = sign_pdf(&paper(true), &by_stranger, &invisible("签发")).expect("it signs");
    let found = &reports(&signed)[0];
    assert_eq!((found.standing, found.certificate), (Standing::Intact, CertificateState::Untrusted));

    // What the signer states is his word alone; the stamp says that it was later than his certificate held.
    let short = Term { until_at: at("2026-11-22T10:11:12+08:00"), ..term() };
    let ended = authority().issue(Subject { name: "甄明理", organisation: COURT, id: "ended" }, short);
    let signed = stamped(&ended, "2026-11-22T10:11:13+08:00");
    assert_eq!(stamped_reports(&signed)[0].certificate, CertificateState::OutsideTerm);
}

#[test]
fn an_unsigned_paper_has_no_reports_and_rubbish_does_not_open() {
    assert_eq!(reports(&paper(true)), []);
    assert!(verify_pdf(b"no pdf", &roots(), &[]).is_err());
}

#[test]
fn a_page_that_is_not_there_is_refused() {
    let face = face();
    let mut signing = sealed(&face);
    signing.appearance = signing.appearance.map(|appearance| Appearance { page: 9, ..appearance });
    let refused = sign_pdf(&paper(true), &signer("院印"), &signing);
    assert!(matches!(refused, Err(SignError::NoSuchPage(9))), "{refused:?}");
}

#[test]
fn bytes_beside_their_signature_are_checked_too() {
    let message = signer("院印").sign_detached(b"receipt");
    let moment = at("2026-11-22T10:11:12+08:00");
    assert_eq!(verify_detached(b"receipt", &message, &roots(), moment).as_deref(), Some("院印"));
    assert_eq!(verify_detached(b"receipt!", &message, &roots(), moment), None);
    assert_eq!(verify_detached(b"receipt", &message, &[], moment), None);
}

/// Another program's judgement, where it is at hand: poppler's pdfsig.
#[test]
fn an_independent_reader_agrees_where_there_is_one() {
    if Command::new("pdfsig").arg("-v").output().is_err() {
        return;
    }
    let path = std::env::temp_dir().join(format!("xiezhi-signed-{}.pdf", std::process::id()));
    std::fs::write(&path, thrice_signed(true)).expect("the folder for passing files is writable");
    let output = Command::new("pdfsig").arg(&path).output().expect("it ran a moment ago");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if std::env::var_os("XIEZHI_KEEP").is_none() {
        std::fs::remove_file(&path).expect("it was just written");
    }
    assert_eq!(said.matches("Signature is Valid").count(), 3, "{said}");
    assert!(said.contains("Total document signed"), "{said}");
}
