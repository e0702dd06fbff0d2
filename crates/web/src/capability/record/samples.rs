//! The record in the gallery.

use jiff::Timestamp;
use xiezhi_app::{
    audit::{Audited, Checked, Difference},
    log_keys::KeyChange,
    logs::LogStanding,
    origin::Break,
    recorder::Stopped,
    shadow::ShadowStanding,
    stamping::{StampStanding, Stamped},
    witnessing::{Reach, WitnessStanding},
};
use xiezhi_domain::people::Post;

use super::{RecordView, audited::AuditView, public::PublicLogView};
use crate::{
    gallery::{Piece, Sample, Samples, hang, on_post, passer_by},
    messages::Lang,
};

pub(crate) fn pieces(lang: Lang) -> Vec<Piece> {
    hang![lang; RecordView, PublicLogView]
}

const NOTE: &str = "xiezhi.test/record\n41203\nPlErIbV2Ml5rNW0yQkE3bm9wcXJzdHV2d3h5ejAxMjM=\n\n— xiezhi.test/record Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

fn log(log: &'static str, size: u64, proven: u64, checkpoint: Option<&str>) -> LogStanding {
    let verifier = format!("xiezhi.test/{log}+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
    LogStanding {
        log,
        size,
        proven,
        verifier,
        checkpoint: checkpoint.map(str::to_owned),
        reach: Reach { signed: proven, ..Reach::default() },
        witnesses: vec![],
        stamps: None,
        shadow: None,
    }
}

/// A log that is stamped daily; the authority does not answer just now.
fn stamped(log: LogStanding) -> LogStanding {
    let at = Timestamp::from_second(1_780_000_000).expect("an instant");
    let last = Stamped { size: log.proven, at, authority: "时间戳服务机构".to_owned(), demonstration: false };
    let stamps = StampStanding {
        last: Some(last),
        count: 12,
        every_hours: 24,
        demonstration: false,
        fault: Some("stamp.unreachable"),
    };
    let verifier = "xiezhi.test/record/sm3+5b1c2d3e+/3hpZXpoaS9zbTItc20zCgQ=".to_owned();
    let shadow = ShadowStanding { verifier, size: Some(41_000), forked: false };
    LogStanding { stamps: Some(stamps), shadow: Some(shadow), ..log }
}

/// A log that two of three witnesses saw; the third can't be reached.
fn witnessed(log: LogStanding) -> LogStanding {
    let at = |seconds: i64| Timestamp::from_second(1_780_000_000 + seconds).ok();
    let saw = |name: &str, size, seconds, fault| WitnessStanding {
        name: name.to_owned(),
        size,
        at: at(seconds).filter(|_| fault != Some("witness.unreachable")),
        fault,
    };
    let reach = Reach { signed: log.proven, witnessed: log.proven, by: 2, of: 3, demonstration: false };
    let witnesses = vec![
        saw("bar", Some(log.proven), 2, None),
        saw("archive", Some(log.proven), 1, None),
        saw("higher-court", None, 0, Some("witness.unreachable")),
    ];
    LogStanding { reach, witnesses, ..log }
}

/// An old backup was restored: the record is shorter than what was signed.
pub(crate) fn rolled_back() -> Vec<Stopped> {
    let why = "the record has 12 events, but 41203 were signed before: an old backup was restored".to_owned();
    vec![Stopped { log: "record", code: "recorder.rolled_back", why }]
}

fn audited(checked: Checked, under_way: Option<(String, u64, u64)>) -> AuditView {
    let began_us = 1_780_000_000_000_000;
    AuditView { last: Some(Audited { began_us, ended_us: began_us + 95_000_000, checked }), under_way }
}

/// Everything agrees.
pub(crate) fn audit_well() -> AuditView {
    let checked = Checked {
        events: 2_031_620,
        proven: 2_031_603,
        cases: 1_817,
        files: 22_940,
        witnessed: 4,
        ..Checked::default()
    };
    audited(checked, None)
}

/// Somebody was at the database; another check is under way.
fn audit_ill() -> AuditView {
    let log = || "record".to_owned();
    let differences = vec![
        Difference::Event { log: log(), position: 1_042 },
        Difference::Gap { log: log(), from: 4_096, to: 4_160 },
        Difference::Unproven { position: 1_043 },
        Difference::File { sha256: "0f".repeat(32) },
        Difference::Row { table: "cases".to_owned(), key: "0197a0c4".to_owned(), is: None, should: None },
        Difference::Case { case: "0197a0c4".to_owned() },
        Difference::Checkpoint { log: log(), size: 41_203 },
        Difference::Witness { log: log(), witness: "bar".to_owned(), size: 41_200 },
        Difference::Tile { path: "record/tile/0/012".to_owned() },
    ];
    let checked = Checked {
        events: 41_203,
        proven: 41_203,
        cases: 12,
        files: 96,
        witnessed: 2,
        silent: vec!["archive".to_owned()],
        differences,
        more: 3,
    };
    audited(checked, Some(("events of a log".to_owned(), 20_480, 41_203)))
}

const POLICY: &str = "log xiezhi.test/record+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\nquorum none\n";

impl Samples for PublicLogView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let logs = || vec![log("record", 41_203, 41_203, Some(NOTE)), log("access", 1_990_417, 1_990_400, Some(NOTE))];
        let alone =
            Self { logs: logs(), stopped: vec![], demonstration: false, policy: POLICY.to_owned(), breaks: vec![], keys: vec![] };
        let with = logs().into_iter().map(witnessed).map(|log| if log.log == "record" { stamped(log) } else { log });
        let with = Self { logs: with.collect(), ..alone.clone() };
        let broken = Break {
            from: "xiezhi.test".to_owned(),
            to: "xiezhi.test/2".to_owned(),
            reason: "backup of 3 March restored".to_owned(),
            size: 12,
            keys: vec![],
        };
        let change = |retired, words: &str| KeyChange { retired, reason: "ten years old".to_owned(), words: words.to_owned() };
        let keys = vec![change(false, "xiezhi.test signs with these keys too\n"), change(true, "41203 xiezhi.test/record+c74f20a3+ARpc2Q\n")];
        let ill = Self { stopped: rolled_back(), breaks: vec![broken], keys, ..with.clone() };
        vec![
            Sample::new("log", passer_by(lang), with.clone()),
            Sample::new("log-alone", passer_by(lang), alone),
            Sample::new("log-in-play", passer_by(lang), Self { demonstration: true, ..with }),
            Sample::new("log-stopped", passer_by(lang), ill),
        ]
    }
}

impl Samples for RecordView {
    fn samples(lang: Lang) -> Vec<Sample<Self>> {
        let to = || on_post(lang, Post::AuditAdmin);
        let well = Self {
            logs: vec![log("record", 41_203, 41_203, Some(NOTE)), log("access", 1_990_417, 1_990_400, Some(NOTE))],
            stopped: vec![],
            audit: audit_well(),
            lists_are_current: true,
            given_up: vec![],
        };
        let ill = Self {
            logs: vec![log("record", 12, 0, None)],
            stopped: rolled_back(),
            audit: audit_ill(),
            lists_are_current: false,
            given_up: vec![("sms".to_owned(), "the number does not exist".to_owned())],
        };
        vec![Sample::new("record", to(), well), Sample::new("record-behind", to(), ill)]
    }
}
