//! Mail that came back (退信): a relay takes a letter on and says later, by letter, that nobody has it. Whoever receives
//! mail for the court's sender puts it into a folder (Maildir); what answers a letter of ours is told, the rest is left.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use mail_parser::{Message, MessageParser, MimeHeaders as _, PartType};

/// No letter about a letter is longer; what is, is read this far.
const MAX_LETTER_LENGTH_BYTES: u64 = 1 << 20;
/// So many letters are read in one round.
const ROUND: usize = 50;
/// What a carrier's words are cut to.
const MAX_REASON_CHARS: usize = 200;

/// A message that came back after it had been taken on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameBack {
    /// Key of the message.
    pub key: String,
    /// What the other side said, in its words.
    pub reason: String,
    /// When it was told.
    pub at: Timestamp,
    /// By which the notice itself is told from others, until it is [put away](crate::Messages::put_away).
    pub notice: String,
}

/// A folder into which mail for the court's sender is delivered.
#[derive(Clone, Debug)]
pub struct Maildir {
    folder: PathBuf,
}

impl Maildir {
    /// Reads `new` and `cur` below `folder`.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// What came back, oldest first. Letters that answer none of ours are put away at once.
    ///
    /// # Errors
    /// [`io::Error`]: the folder can't be read.
    pub fn came_back(&self) -> io::Result<Vec<CameBack>> {
        let mut names: Vec<String> = vec![];
        for entry in fs::read_dir(self.folder.join("new"))? {
            let entry = entry?;
            if entry.file_type()?.is_file()
                && let Ok(name) = entry.file_name().into_string()
            {
                names.push(name);
            }
        }
        names.sort();
        let mut found = vec![];
        for name in names.into_iter().take(ROUND) {
            let path = self.folder.join("new").join(&name);
            let letter = read_at_most(&path)?;
            let written: Timestamp = fs::metadata(&path)?.modified()?.try_into().map_err(io::Error::other)?;
            match returned(&letter) {
                Some((key, reason)) => found.push(CameBack { key, reason, at: written, notice: name }),
                None => self.put_away(&name)?,
            }
        }
        Ok(found)
    }

    /// Moves a letter to those that were read. One that is gone was put away before.
    ///
    /// # Errors
    /// [`io::Error`]: the folder can't be written.
    pub fn put_away(&self, notice: &str) -> io::Result<()> {
        let (new, cur) = (self.folder.join("new").join(notice), self.folder.join("cur"));
        fs::create_dir_all(&cur)?;
        match fs::rename(&new, cur.join(format!("{notice}:2,S"))) {
            Err(fault) if fault.kind() != io::ErrorKind::NotFound => Err(fault),
            _ => Ok(()),
        }
    }
}

fn read_at_most(path: &Path) -> io::Result<Vec<u8>> {
    use io::Read as _;
    let mut letter = vec![];
    fs::File::open(path)?.take(MAX_LETTER_LENGTH_BYTES).read_to_end(&mut letter)?;
    Ok(letter)
}

/// The key of our letter that this one says was not delivered, and why. A delay is none, an automatic answer neither.
///
/// Source: RFC 3462, RFC 3464; houses that follow neither write in their own words and put our letter below.
pub fn returned(letter: &[u8]) -> Option<(String, String)> {
    let letter = MessageParser::default().parse(letter)?;
    let found = told(&letter);
    dismantle(letter);
    found
}

/// Takes a letter apart from the outside in. Letters within letters, as deep as a megabyte of them goes, would each be
/// dropped within the drop of the one around it: more than a stack holds.
fn dismantle(letter: Message<'_>) {
    let mut left = vec![letter];
    while let Some(letter) = left.pop() {
        left.extend(letter.parts.into_iter().filter_map(|part| match part.body {
            PartType::Message(within) => Some(within),
            _ => None,
        }));
    }
}

fn told(letter: &Message<'_>) -> Option<(String, String)> {
    let reports: Vec<String> = parts_of(letter, "delivery-status");
    let failed = |report: &str| field(report, "action").is_some_and(|action| action.eq_ignore_ascii_case("failed"));
    let reason = match reports.iter().find(|report| failed(report)) {
        Some(report) => {
            let said = field(report, "diagnostic-code").map(|said| said.trim_start_matches("smtp;").trim().to_owned());
            [field(report, "status").map(str::to_owned), said].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        None if !reports.is_empty() => return None,
        None if is_from_a_postmaster(letter) => letter.subject().unwrap_or_default().to_owned(),
        None => return None,
    };
    Some((key_of(letter)?, plain(&reason)))
}

/// Our letter's own name, below the report: as a letter, or as its heads alone.
fn key_of(report: &Message<'_>) -> Option<String> {
    let below = report.parts.iter().find_map(|part| match &part.body {
        PartType::Message(letter) => letter.message_id().map(str::to_owned),
        _ => None,
    });
    let heads = || {
        let texts = ["rfc822-headers", "rfc822"].into_iter().flat_map(|kind| parts_of(report, kind));
        let own = report.parts.iter().filter_map(|part| match &part.body {
            PartType::Text(text) => Some(text.to_string()),
            _ => None,
        });
        let mut all = texts.chain(own);
        all.find_map(|text| field(&text, "message-id").map(|id| id.trim_matches(['<', '>']).to_owned()))
    };
    let id = below.or_else(heads)?;
    Some(id.split_once('@').map_or(id.as_str(), |(key, _)| key).to_owned())
}

/// The texts of the parts of this kind.
fn parts_of(letter: &Message<'_>, kind: &str) -> Vec<String> {
    let of_kind = |part: &&mail_parser::MessagePart<'_>| {
        let subtype = part.content_type().and_then(|it| it.subtype());
        subtype.is_some_and(|it| it.eq_ignore_ascii_case(kind))
    };
    letter.parts.iter().filter(of_kind).map(|part| String::from_utf8_lossy(part.contents()).into_owned()).collect()
}

/// The value of the first head of this name. Heads that go on in the next line are read to the end of the first.
fn field<'a>(heads: &'a str, name: &str) -> Option<&'a str> {
    heads.lines().find_map(|line| {
        let (head, value) = line.split_once(':')?;
        head.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}

fn is_from_a_postmaster(letter: &Message<'_>) -> bool {
    let from = letter.from().and_then(|from| from.first()).and_then(|from| from.address());
    let name = from.and_then(|from| from.split('@').next()).unwrap_or_default().to_ascii_lowercase();
    matches!(name.as_str(), "mailer-daemon" | "postmaster")
}

/// A carrier's words on one line, without what is not to be read.
fn plain(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().filter(|it| !it.is_control()).take(MAX_REASON_CHARS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(action: &str, below: &str) -> String {
        [
            "From: Mail Delivery System <MAILER-DAEMON@mx.example>",
            "To: noreply@court.example",
            "Subject: Undelivered Mail Returned to Sender",
            "MIME-Version: 1.0",
            "Content-Type: multipart/report; report-type=delivery-status; boundary=\"b\"",
            "",
            "--b",
            "Content-Type: text/plain; charset=utf-8",
            "",
            "I'm sorry to have to inform you that your message could not be delivered.",
            "--b",
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.example",
            "",
            "Final-Recipient: rfc822; zhou@mail.example",
            &format!("Action: {action}"),
            "Status: 5.1.1",
            "Diagnostic-Code: smtp; 550 5.1.1 no such user",
            "",
            "--b",
            below,
            "--b--",
            "",
        ]
        .join("\r\n")
    }

    const HEADS: &str =
        "Content-Type: text/rfc822-headers\r\n\r\nTo: zhou@mail.example\r\nMessage-ID: <d-42@relay.example>\r\n";
    const WHOLE: &str = "Content-Type: message/rfc822\r\n\r\nTo: zhou@mail.example\r\nMessage-ID: <d-42@relay.example>\r\n\r\nwords\r\n";

    #[test]
    fn a_report_of_failure_names_the_letter_by_its_heads_or_the_whole_of_it() {
        for below in [HEADS, WHOLE] {
            let found = returned(report("failed", below).as_bytes());
            assert_eq!(found, Some(("d-42".to_owned(), "5.1.1 550 5.1.1 no such user".to_owned())), "{below}");
        }
    }

    #[test]
    fn a_delay_is_no_failure_and_an_automatic_answer_neither() {
        assert_eq!(returned(report("delayed", HEADS).as_bytes()), None);
        let away =
            "From: zhou@mail.example\r\nSubject: away\r\nIn-Reply-To: <d-42@relay.example>\r\n\r\nback on Monday\r\n";
        assert_eq!(returned(away.as_bytes()), None);
        assert_eq!(returned(b""), None);
    }

    #[test]
    fn a_house_that_writes_in_its_own_words_is_understood_by_the_letter_below() {
        let words = format!(
            "From: postmaster@mail.example\r\nSubject: =?utf-8?B?6YCA5L+h?=\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n\r\nno such user\r\n--b\r\n{WHOLE}--b--\r\n"
        );
        assert_eq!(returned(words.as_bytes()), Some(("d-42".to_owned(), "退信".to_owned())));
    }

    #[test]
    fn letters_within_letters_as_deep_as_they_go_are_read_and_put_away() {
        let deep = "Content-Type: message/rfc822\r\n\r\n".repeat((MAX_LETTER_LENGTH_BYTES / 32) as usize);
        assert_eq!(returned(deep.as_bytes()), None);
        let encoded = "Content-Type: multipart/digest; boundary=a\r\n\r\n--a\r\n\r\n".repeat(10_000);
        assert_eq!(returned(encoded.as_bytes()), None);
    }

    #[test]
    fn a_letter_stays_until_it_is_put_away_and_what_is_not_ours_goes_at_once() {
        let folder = std::env::temp_dir().join(format!("xiezhi-maildir-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("new")).expect("a folder");
        fs::write(folder.join("new/1.a"), report("failed", HEADS)).expect("written");
        fs::write(folder.join("new/2.b"), "From: somebody@mail.example\r\n\r\nhello\r\n").expect("written");
        let maildir = Maildir::new(folder.clone());
        for _ in 0..2 {
            let found = maildir.came_back().expect("read");
            assert_eq!(found.iter().map(|it| it.notice.as_str()).collect::<Vec<_>>(), ["1.a"]);
        }
        assert!(folder.join("cur/2.b:2,S").exists());
        maildir.put_away("1.a").expect("put away");
        maildir.put_away("1.a").expect("twice is nothing");
        assert_eq!(maildir.came_back().expect("read"), []);
        fs::remove_dir_all(&folder).expect("removed");
    }
}
