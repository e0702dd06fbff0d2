//! The check page (真伪查验): whether a paper is this court's, and whether it was changed. It tells kind,
//! number and day of papers the court sent out, and nothing else of a case.

pub(crate) mod samples;

use jiff::civil::Date;
use sha2::{Digest, Sha256};
use xiezhi_app::tables::MaterialRow;
use xiezhi_domain::{ids::MaterialId, material::Submitter, paper::PaperKind};

use crate::{
    frame::prelude::*,
    http::{me::Visitor, prelude::*},
    messages::{Lang, day, kinds::kind_name, t, verify::Key},
};

/// The largest file that is compared: far above any paper the court prints.
const FILE_LIMIT_BYTES: usize = 64 * 1024 * 1024;

/// The routes of this capability.
pub fn routes() -> Routes {
    Routes::new()
        .get("/verify", Op::ShowCheckPage, ask)
        .post("/verify", Op::CheckPaper, check)
        .up_to(FILE_LIMIT_BYTES)
        .get("/verify/{material}", Op::ShowKnownPaper, one)
        .post("/verify/{material}", Op::ComparePaper, compare)
        .up_to(FILE_LIMIT_BYTES)
}

/// What is public of a paper the court sent out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct PublicPaper {
    /// Identifier.
    pub id: MaterialId,
    /// Kind, in the words of the law.
    pub kind: PaperKind,
    /// Case number.
    pub number: Option<String>,
    /// Day.
    pub on: Option<Date>,
    /// Pages.
    pub pages: i64,
    /// Hash of the file.
    pub sha256: String,
    /// How firmly the act stands that put it into the file.
    pub proof: Proof,
}

/// What a check found.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "finding")]
pub enum Finding {
    /// Nothing was asked yet.
    Asked,
    /// The court's paper, byte for byte.
    Genuine {
        /// The paper.
        paper: PublicPaper,
    },
    /// A known paper to compare a file with.
    Known {
        /// The paper.
        paper: PublicPaper,
    },
    /// The file is not this paper.
    Changed {
        /// The paper.
        paper: PublicPaper,
    },
    /// No such paper was sent out by this court.
    Unknown,
}

/// The check page.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct VerifyView {
    /// What was found.
    #[serde(flatten)]
    pub finding: Finding,
}

async fn ask(visitor: Visitor) -> Shown<VerifyView> {
    show(&visitor.showing, &VerifyView { finding: Finding::Asked })
}

/// A paper to check: the file itself, or its hash.
#[derive(Debug, ToSchema)]
#[allow(dead_code, reason = "it describes a form that is read field by field")]
struct Paper {
    file: Option<File>,
    sha256: Option<String>,
}

/// What was sent: the hash of a file, or a hash.
async fn sent(mut sent: Files<Paper>) -> Result<Option<String>, Problem> {
    let mut typed = None;
    while let Some(field) = sent.form.next_field().await.map_err(|fault| Problem::malformed(fault.to_string()))? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(|_| Problem::too_large())?;
        match name.as_str() {
            "file" if !bytes.is_empty() => return Ok(Some(hex(&bytes))),
            "sha256" => typed = String::from_utf8(bytes.to_vec()).ok(),
            _ => {}
        }
    }
    let typed = typed.map(|hash| hash.trim().to_ascii_lowercase()).filter(|hash| !hash.is_empty());
    match typed {
        Some(hash) if hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => Ok(Some(hash)),
        Some(_) => Err(Problem::invalid(vec![FieldError::new("sha256", "verify.bad_hash")])),
        None => Ok(None),
    }
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A check changes nothing, so its result is shown at once.
async fn check(State(app): State<App>, visitor: Visitor, form: Files<Paper>) -> Result<Shown<VerifyView>, Problem> {
    let Some(sha256) = sent(form).await? else {
        return Err(Problem::invalid(vec![FieldError::new("file", "input.required")]));
    };
    let mut finding = Finding::Unknown;
    for row in app.papers_hashed(&sha256).await? {
        if let Some(paper) = public(&app, row).await? {
            finding = Finding::Genuine { paper };
            break;
        }
    }
    Ok(show(&visitor.showing, &VerifyView { finding }))
}

async fn known(app: &App, material: MaterialId) -> Result<PublicPaper, Problem> {
    let row = app.paper(material).await?.ok_or_else(Problem::not_found)?;
    public(app, row).await?.ok_or_else(Problem::not_found)
}

async fn one(State(app): State<App>, visitor: Visitor, Path(material): Path<MaterialId>) -> Result<Shown<VerifyView>, Problem> {
    let paper = known(&app, material).await?;
    Ok(show(&visitor.showing, &VerifyView { finding: Finding::Known { paper } }))
}

async fn compare(
    State(app): State<App>,
    visitor: Visitor,
    Path(material): Path<MaterialId>,
    form: Files<Paper>,
) -> Result<Shown<VerifyView>, Problem> {
    let paper = known(&app, material).await?;
    let finding = match sent(form).await? {
        Some(sha256) if sha256 == paper.sha256 => Finding::Genuine { paper },
        Some(_) => Finding::Changed { paper },
        None => return Err(Problem::invalid(vec![FieldError::new("file", "input.required")])),
    };
    Ok(show(&visitor.showing, &VerifyView { finding }))
}

/// Kinds of papers that the court sends out; whatever else a file holds is nobody's to ask about.
const SENT_OUT: &[PaperKind] = &[
    PaperKind::Receipt,
    PaperKind::CorrectionNotice,
    PaperKind::NonAcceptance,
    PaperKind::AcceptanceNotice,
    PaperKind::FeeNotice,
    PaperKind::RightsNotice,
    PaperKind::EvidenceNotice,
    PaperKind::ResponseNotice,
    PaperKind::TribunalNotice,
    PaperKind::Summons,
    PaperKind::MediationStatement,
    PaperKind::Judgment,
    PaperKind::NonAcceptance,
    PaperKind::WithdrawalRuling,
    PaperKind::DeemedWithdrawalRuling,
    PaperKind::StayRuling,
    PaperKind::ConversionRuling,
    PaperKind::EffectCertificate,
    PaperKind::RefundNotice,
];

/// What is public of a paper: only the court's own, in the file, and given to a party.
async fn public(app: &App, row: MaterialRow) -> Result<Option<PublicPaper>, Problem> {
    let (Ok(case), Ok(id)) = (row.case_id.parse(), row.material_id.parse::<MaterialId>()) else { return Ok(None) };
    let case = app.load(case).await?;
    let Some(paper) = case.materials.get(&id) else { return Ok(None) };
    let sent = SENT_OUT.contains(&paper.kind) && paper.by == Submitter::Court && !paper.disclosed_to.is_empty();
    if !sent || paper.place != xiezhi_domain::material::Place::InFile {
        return Ok(None);
    }
    let reach = app.record_reach().await?;
    let acts = app.acts(case.id, 0).await?;
    let of_paper = |act: &&xiezhi_app::acts::RecordedAct| {
        act.event.as_ref().is_some_and(|event| String::from_utf8_lossy(&event.encode().1).contains(&row.sha256))
    };
    let proof = acts.iter().find(of_paper).map_or(Proof::Recorded, |act| reach.proof(act.pos));
    Ok(Some(PublicPaper {
        id,
        kind: paper.kind,
        number: case.number.as_ref().map(ToString::to_string),
        on: paper.entered_on,
        pages: row.pages,
        sha256: row.sha256,
        proof,
    }))
}

impl View for VerifyView {
    fn page(&self, to: &Showing) -> Markup {
        let lang = to.lang();
        let title = t(lang, Key::Title);
        to.page(title, html! {
            h1 { (title) }
            @match &self.finding {
                Finding::Asked => { p { (t(lang, Key::Lead)) } (form_to(to, "/verify", true)) },
                Finding::Genuine { paper } => {
                    (say(Standing::Done, "", t(lang, Key::Proven), html! {
                        p { (t(lang, if paper.proof.is_signed() { Key::ProvenWords } else { Key::RecordedWords })) }
                        (how_firm(lang, paper.proof))
                        (facts(to, paper))
                    }))
                    (another(to))
                },
                Finding::Known { paper } => {
                    (Sheet::new(kind_name(lang, paper.kind)).body(facts(to, paper)))
                    h2 { (t(lang, Key::Compare)) }
                    (form_to(to, &format!("/verify/{}", paper.id), false))
                },
                Finding::Changed { paper } => {
                    (say(Standing::Overdue, "", t(lang, Key::Changed), html! { p { (t(lang, Key::ChangedWords)) } (facts(to, paper)) }))
                    (another(to))
                },
                Finding::Unknown => {
                    (say(Standing::Soon, "", t(lang, Key::Unknown), html! {
                        p { (t(lang, Key::UnknownWords)) }
                        p { (t(lang, Key::Call)) " " a href={ "tel:" (to.settings.hotline) } { (to.settings.hotline) } }
                    }))
                    (another(to))
                },
            }
            (explain(t(lang, Key::How), html! { p { (t(lang, Key::HowWords)) } }))
            p.help { (t(lang, Key::NotPrivate)) " " a href="/log" { (t(lang, Key::WhoVouches)) } }
        })
    }
}

/// Who vouches for it besides the court: said, whether the answer is a quorum or nobody.
fn how_firm(lang: Lang, proof: Proof) -> Markup {
    html! { @if proof.is_signed() { p.help { (proof_mark(lang, proof)) " " (proof_words(lang, proof).1) " " a href="/log" { (t(lang, Key::WhoVouches)) } } } }
}

fn form_to(to: &Showing, action: &str, by_hash: bool) -> Markup {
    let lang = to.lang();
    bare_sheet(form(FormTo { action, files: true, wide: true, ..FormTo::default() }, html! {
        (Field::new("file", t(lang, Key::File)).help(t(lang, Key::FileHelp)).file("application/pdf,.pdf", false))
        @if by_hash { (Field::new("sha256", t(lang, Key::Hash)).optional(lang).max_length(64).text()) }
        (Verb::submit(t(lang, Key::Check)).primary())
    }))
}

fn another(to: &Showing) -> Markup {
    acts(&[Verb::go(t(to.lang(), Key::Another), "/verify")])
}

fn facts(to: &Showing, paper: &PublicPaper) -> Markup {
    let lang = to.lang();
    pairs(&[
        (t(lang, Key::Kind), html! { (kind_name(lang, paper.kind)) }),
        (t(lang, Key::Number), html! { (paper.number.as_deref().unwrap_or("—")) }),
        (t(lang, Key::Court), html! { span lang="zh-CN" { (to.settings.court_name) } }),
        (t(lang, Key::Day), html! { (paper.on.map(day).unwrap_or_default()) }),
        (t(lang, Key::Pages), html! { (paper.pages) }),
        (t(lang, Key::Fingerprint), html! { code.hash { (paper.sha256) } }),
    ])
}
