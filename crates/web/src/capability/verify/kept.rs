//! What a party keeps (存证证明): beside each paper of the court its proof, and both in one file, with words.

use std::io::{Cursor, Write as _};

use axum::http::{HeaderValue, header};
use xiezhi_app::{
    AppError,
    access::{AccessEvent, Look},
    verify::Entered,
};
use xiezhi_domain::{
    access::{self as rights, Denial},
    case::CaseState,
    ids::{CaseId, MaterialId},
    material::Material,
    verify as rules,
};
use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

use crate::{
    capability::material::{escaped, seen},
    frame::prelude::*,
    http::{me::Me, prelude::*},
    messages::{
        Lang, moment, moment_exact, t,
        verify::{self as words, Key},
    },
};

/// Behind the name of a paper: its proof.
const PROOF_ENDING: &str = ".tlog-proof";
/// Behind the name of a proof: the time stamp over its checkpoint.
const STAMP_ENDING: &str = ".tsr";

/// Where the record has a paper, and its proof to keep.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct KeptView {
    /// The code by which anyone finds it on the check page; absent until a party has it.
    pub code: Option<MaterialId>,
    /// Where the record has it.
    pub entered: Entered,
}

impl KeptView {
    /// Of a paper that the court gives to people; nothing of others.
    pub async fn of(app: &App, case: &CaseState, paper: &Material) -> Result<Option<Self>, Problem> {
        if !rules::is_provable(paper) {
            return Ok(None);
        }
        let code = rules::may_be_asked_about(paper).then(|| rules::code_of(case, paper));
        Ok(app.entered(case, paper, &paper.file).await?.map(|entered| Self { code, entered }))
    }

    /// The sheet beside the paper whose address is `own`; the paper itself only for whoever may take it away.
    pub fn sheet(&self, to: &Showing, own: &str, may_take_away: bool) -> Markup {
        let lang = to.lang();
        let (both, proof) = (format!("{own}/kept"), format!("{own}/proof"));
        let check = self.code.map(|code| format!("/verify/{code}"));
        let mut verbs = vec![];
        if self.entered.proof.is_signed() {
            if may_take_away {
                verbs.push(Verb::go(t(lang, Key::KeepBoth), &both).icon(Icon::Download));
            }
            verbs.push(Verb::go(t(lang, Key::KeepProof), &proof).icon(Icon::Shield));
        }
        if let Some(check) = &check {
            verbs.push(Verb::go(t(lang, Key::Title), check));
        }
        Sheet::new(t(lang, Key::Kept)).extra(proof_mark(lang, self.entered.proof)).body(html! {
            (pairs(&[
                (t(lang, Key::Position), html! { span.number { "#" (self.entered.position) } }),
                (t(lang, Key::EnteredAt), html! { span.number { (moment(self.entered.at)) } }),
            ]))
            p { (t(lang, if self.entered.proof.is_signed() { Key::KeptWords } else { Key::NotYetProven })) }
            (acts(&verbs))
        })
    }
}

/// A paper that its reader may keep with its proof.
struct Kept {
    /// Whether the paper itself may leave: whoever borrowed the archived file only reads it.
    may_take_away: bool,
    rule: &'static str,
    name: String,
    sha256: String,
    pages: u32,
    number: Option<String>,
    entered: Entered,
    proof: String,
    stamp: Option<Vec<u8>>,
}

impl Kept {
    async fn of(app: &App, me: &Me, case: CaseId, material: MaterialId) -> Result<Self, Problem> {
        let (state, reader) = app.view(case, &me.actor).await?;
        let (paper, rule) = seen(&state, &reader, material)?;
        let Some(KeptView { entered, .. }) = KeptView::of(app, &state, paper).await? else {
            return Err(Problem::not_found());
        };
        let (proof, stamp) = app.paper_proof(entered.position).await?.ok_or_else(Problem::not_found)?;
        Ok(Self {
            may_take_away: rights::may_take_away(&reader, &state, paper),
            rule,
            name: paper.file.name.clone(),
            sha256: paper.file.sha256.clone(),
            pages: paper.file.pages,
            number: state.number.as_ref().map(ToString::to_string),
            entered,
            proof: proof.to_string(),
            stamp,
        })
    }
}

/// The proof alone: it tells of the paper what the paper's own page tells, and shows no page of it.
pub(super) async fn proof(
    State(app): State<App>,
    me: Me,
    Path((case, material)): Path<(CaseId, MaterialId)>,
) -> Result<Sent<PlainText>, Problem> {
    let kept = Kept::of(&app, &me, case, material).await?;
    let name = format!("{}{PROOF_ENDING}", kept.name);
    Ok(attached(&name, "text/plain; charset=utf-8", kept.proof.into_bytes()).into())
}

/// The paper and its proof. That the paper left is durable before its first byte does.
pub(super) async fn both(
    State(app): State<App>,
    me: Me,
    Path((case, material)): Path<(CaseId, MaterialId)>,
) -> Result<Sent<Zip>, Problem> {
    let kept = Kept::of(&app, &me, case, material).await?;
    if !kept.may_take_away {
        return Err(AppError::Denied(Denial::NotAllowed { act: rights::Act::ViewMain }).into());
    }
    let look = AccessEvent::Looked {
        reader: me.person.id,
        post: me.person.post,
        look: Look::Download,
        case: Some(case),
        material: Some(material),
        pages: vec![],
        words: None,
        rule: kept.rule.to_owned(),
    };
    app.record_looks(vec![look]).await?;
    let paper = app.bytes(&kept.sha256).await?;
    let read_me = read_me(&me.showing, &kept, app.ports().clock.now());
    let bytes = packed(&kept, &paper, &read_me).map_err(|fault| AppError::failed("the file to keep", fault))?;
    let name = format!("{}.zip", kept.name.trim_end_matches(".pdf"));
    Ok(attached(&name, "application/zip", bytes).into())
}

fn attached(name: &str, media: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    let disposition = format!("attachment; filename*=UTF-8''{}", escaped(name));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).expect("escaped"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    response
}

/// The paper first, as it is: a browser that checks it finds it there without unpacking anything.
fn packed(kept: &Kept, paper: &[u8], read_me: &str) -> Result<Vec<u8>, ZipError> {
    let plain = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default());
    let proof_name = format!("{}{PROOF_ENDING}", kept.name);
    let stamp_name = format!("{proof_name}{STAMP_ENDING}");
    let mut parts = vec![(kept.name.as_str(), paper), (proof_name.as_str(), kept.proof.as_bytes())];
    parts.extend(kept.stamp.as_deref().map(|stamp| (stamp_name.as_str(), stamp)));
    parts.push(("说明 README.txt", read_me.as_bytes()));
    let mut zip = ZipWriter::new(Cursor::new(vec![]));
    for (name, bytes) in parts {
        zip.start_file(name, plain)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// What the files are, what they prove, and what they do not: in both languages, for whoever opens it one day.
fn read_me(to: &Showing, kept: &Kept, now: jiff::Timestamp) -> String {
    let mut text = String::new();
    for lang in [Lang::Zh, Lang::En] {
        let line = |key: Key, value: &str| format!("{}{}{value}\r\n", t(lang, key), lang.pick("：", ": "));
        let heading = |key: Key| format!("\r\n{}\r\n", t(lang, key));
        let item = |words: &str| format!("- {words}\r\n");
        text += &format!("{}\r\n\r\n", t(lang, Key::ReadMeTitle));
        text += &line(Key::Court, &to.settings.court_name);
        text += &line(Key::Kind, kept.name.trim_end_matches(".pdf"));
        text += &line(Key::Number, kept.number.as_deref().unwrap_or("—"));
        text += &line(Key::Pages, &kept.pages.to_string());
        text += &line(Key::Fingerprint, &kept.sha256);
        text += &line(Key::Position, &format!("#{}", kept.entered.position));
        text += &line(Key::EnteredAt, &moment_exact(kept.entered.at));
        text += &heading(Key::ReadMeProves);
        text += &item(t(lang, Key::ProvesBytes));
        text += &item(&words::proves_place(lang, kept.entered.position));
        for seen in &kept.entered.seen {
            let at = seen.at.map(moment_exact).unwrap_or_default();
            text += &item(&words::proves_seen(lang, &seen.witness, &at));
        }
        if let Some(stamped) = &kept.entered.stamped {
            text += &item(&words::proves_stamped(lang, &stamped.authority, &moment_exact(stamped.at)));
        }
        text += &heading(Key::NotProvenTitle);
        for key in super::answer::not_proven(&kept.entered) {
            text += &item(t(lang, key));
        }
        text += &item(&words::newest_then(lang, &moment_exact(now)));
        text += &heading(Key::ReadMeHow);
        let check = match to.settings.address.trim_end_matches('/') {
            "" => "/verify".to_owned(),
            address => format!("{address}/verify"),
        };
        text += &item(&words::how_on_line(lang, &check));
        text += &item(&words::how_off_line(lang, "xiezhi verify --policy policy FILE.zip"));
        text += "\r\n";
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gallery::passer_by;
    use xiezhi_app::{stamping::Stamped, witnessing::Proof};

    fn kept() -> Kept {
        Kept {
            may_take_away: true,
            rule: "of_party",
            name: "民事判决书.pdf".to_owned(),
            sha256: "0f".repeat(32),
            pages: 9,
            number: Some("（2026）鲁0691民初202号".to_owned()),
            entered: Entered {
                position: 4_711,
                at: "2026-04-03T02:21:00Z".parse().expect("an instant"),
                proof: Proof::Signed,
                seen: vec![],
                stamped: None,
            },
            proof: "c2sp.org/tlog-proof@v1\n".to_owned(),
            stamp: None,
        }
    }

    #[test]
    fn the_paper_lies_first_and_as_it_is_in_the_file_to_keep() {
        let bytes = packed(&kept(), b"%PDF-1.7 the paper", "words").expect("it is packed");
        let name_bytes = "民事判决书.pdf".len();
        assert_eq!(&bytes[..4], b"PK\x03\x04");
        assert_eq!(&bytes[30..30 + name_bytes], "民事判决书.pdf".as_bytes());
        assert!(bytes[30 + name_bytes..].starts_with(b"%PDF-1.7 the paper"), "no extra field before it");
        assert_eq!(packed(&kept(), b"%PDF-1.7 the paper", "words").expect("packed"), bytes, "the same act, the same bytes");
    }

    #[test]
    fn whoever_opens_it_one_day_reads_in_both_languages_what_it_proves_and_what_not() {
        let text = read_me(&passer_by(Lang::Zh), &kept(), "2026-05-01T00:00:00Z".parse().expect("an instant"));
        for told in ["民事判决书", "#4711", "2026-04-03 10:21", "xiezhi verify", "证明不了", "does not prove", "2026-05-01 08:00"] {
            assert!(text.contains(told), "{told} in:\n{text}");
        }
    }

    #[test]
    fn a_time_stamp_lies_behind_the_proof_that_it_is_about() {
        let stamped = Stamped {
            size: 4_800,
            at: "2026-04-03T03:00:00Z".parse().expect("an instant"),
            authority: "国家时间".to_owned(),
            demonstration: false,
        };
        let entered = Entered { stamped: Some(stamped), ..kept().entered };
        let kept = Kept { entered, stamp: Some(b"a stamp".to_vec()), ..kept() };
        let bytes = packed(&kept, b"%PDF-1.7 the paper", "words").expect("it is packed");
        let files = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
        let names: Vec<_> = files.file_names().map(|name| name.expect("text").into_owned()).collect();
        assert!(names.contains(&"民事判决书.pdf.tlog-proof.tsr".to_owned()), "{names:?}");
        let text = read_me(&passer_by(Lang::Zh), &kept, "2026-05-01T00:00:00Z".parse().expect("an instant"));
        assert!(text.contains("存在于 2026-04-03 11:00:00 之前") && text.contains("国家时间"), "{text}");
    }
}
