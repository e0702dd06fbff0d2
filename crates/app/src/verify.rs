//! Checking papers (真伪查验): what anyone learns who holds a paper, and the proof a party keeps beside its own.

use jiff::{Timestamp, civil::Date};
use xiezhi_domain::{
    case::CaseState,
    event::CaseEvent,
    ids::{CaseId, MaterialId},
    material::{FileRef, Material},
    paper::PaperKind,
    verify::{self, Followed, Version, VersionStanding},
};
use xiezhi_ledger::{
    RecordProof,
    policy::{Cosigned, Standing},
};
use xiezhi_store::{Cond, LogId, Pos, Query, StoredEvent};

use crate::{
    App, AppError, codec,
    stamping::Stamped,
    tables::{CheckableRow, TableRow},
    witnessing::Proof,
};

/// How a proof begins.
pub const PROOF_HEAD: &[u8] = b"c2sp.org/tlog-proof@v1\n";

/// What is public of a version of a paper: what stands on it, and where the record has it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct KnownPaper {
    /// The code it carries.
    pub code: MaterialId,
    /// Kind, in the words of the law.
    pub kind: PaperKind,
    /// Case number.
    pub number: Option<String>,
    /// Pages.
    pub pages: u32,
    /// Hash of the file.
    pub sha256: String,
    /// Whether a newer version took its place, as far as the record says now.
    pub standing: VersionStanding,
    /// What the court did about it since.
    pub after: Vec<After>,
    /// Where the record has it.
    pub entered: Entered,
}

/// Something that followed a paper: it is to be read with that, or counts no more.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = AfterPaper)]
pub struct After {
    /// What.
    pub what: Followed,
    /// Since when.
    pub on: Date,
    /// The code of the paper that did it, where there is one.
    pub code: Option<MaterialId>,
}

/// Where and when the record took a version in, and who vouches for that.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Entered {
    /// Its number in the record, from 0; the same as in its proof.
    pub position: Pos,
    /// When, by the court's own clock.
    pub at: Timestamp,
    /// How firmly it stands.
    pub proof: Proof,
    /// The witnesses that saw it there, and when by their clocks; only those of a quorum.
    pub seen: Vec<Seen>,
    /// The first time stamp over the record with it there.
    pub stamped: Option<Stamped>,
}

/// A witness that saw the record with something in it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Seen {
    /// Its name in the policy.
    pub witness: String,
    /// When, by its own clock: no later than this it was in the record.
    pub at: Option<Timestamp>,
}

impl App {
    /// The paper whose file has this hash, if anyone may ask about it.
    pub async fn paper_hashed(&self, sha256: &str) -> Result<Option<KnownPaper>, AppError> {
        let rows = self.checkable(Cond::is("sha256", sha256)).await?;
        self.first_known(&rows, |version| version.file.sha256 == sha256).await
    }

    /// The newest version of the paper that carries this code, if anyone may ask about it.
    pub async fn paper_coded(&self, code: MaterialId) -> Result<Option<KnownPaper>, AppError> {
        let code = code.to_string();
        let mut rows = self.checkable(Cond::is("code", code.clone())).await?;
        if rows.is_empty() {
            rows = self.checkable(Cond::is("material_id", code)).await?;
        }
        self.first_known(&rows, |_| true).await
    }

    /// The paper of which this is the proof, if the proof holds by the court's own policy and anyone may ask about
    /// the paper.
    pub async fn paper_proven(&self, proof: &[u8]) -> Result<Option<KnownPaper>, AppError> {
        let Ok(proof) = RecordProof::parse(proof) else { return Ok(None) };
        let Ok((_, body)) = proof.verify_carried(&self.own_policy(LogId::RECORD)) else { return Ok(None) };
        let Ok(event) = CaseEvent::decode(body) else { return Ok(None) };
        match verify::version_brought_by(&event) {
            Some((_, file)) => self.paper_hashed(&file.sha256).await,
            None => Ok(None),
        }
    }

    async fn checkable(&self, cond: Cond) -> Result<Vec<CheckableRow>, AppError> {
        self.rows(Query::of(CheckableRow::TABLE.name, cond).page(20, 0)).await
    }

    async fn first_known(
        &self,
        rows: &[CheckableRow],
        is_it: impl Fn(&Version<'_>) -> bool,
    ) -> Result<Option<KnownPaper>, AppError> {
        for row in rows {
            let (Ok(case), Ok(id)) = (row.case_id.parse::<CaseId>(), row.material_id.parse::<MaterialId>()) else {
                continue;
            };
            let case = self.load(case).await?;
            let paper = case.materials.get(&id).filter(|paper| verify::may_be_asked_about(paper));
            let version = paper.and_then(|paper| verify::versions(paper).find(|version| is_it(version)));
            let Some(version) = version else { continue };
            if let Some(known) = self.known(&case, &version).await? {
                return Ok(Some(known));
            }
        }
        Ok(None)
    }

    async fn known(&self, case: &CaseState, version: &Version<'_>) -> Result<Option<KnownPaper>, AppError> {
        let entered = self.entered(case, version.paper, version.file).await?;
        Ok(entered.map(|entered| KnownPaper {
            code: verify::code_of(case, version.paper),
            kind: version.paper.kind,
            number: case.number.as_ref().map(ToString::to_string),
            pages: version.file.pages,
            sha256: version.file.sha256.clone(),
            standing: version.standing,
            after: after(case, version.paper),
            entered,
        }))
    }

    /// Where the record took in this version of a paper.
    pub async fn entered(
        &self,
        case: &CaseState,
        paper: &Material,
        file: &FileRef,
    ) -> Result<Option<Entered>, AppError> {
        let stored = self.ports().store.read_stream(LogId::RECORD, &codec::case_stream(case.id), 0).await?;
        // Few events of a case name these bytes: only those are read.
        for stored in stored.iter().filter(|stored| names(stored, &file.sha256)) {
            let event = codec::case_event(stored)?;
            if event.as_ref().and_then(verify::version_brought_by) == Some((paper.id, file)) {
                let (position, at) = (stored.pos, codec::moment_of(stored).at);
                let proof = self.record_reach().await?.proof(position);
                let (seen, stamped) = self.vouched_by(position).await?;
                return Ok(Some(Entered { position, at, proof, seen, stamped }));
            }
        }
        Ok(None)
    }

    /// The witnesses that saw the record with the event at `pos` in it, and the stamp over it: what the checkpoint
    /// shows that its proof is given out under.
    async fn vouched_by(&self, pos: Pos) -> Result<(Vec<Seen>, Option<Stamped>), AppError> {
        let Some((best, _)) = self.best_over(LogId::RECORD, pos).await? else { return Ok((vec![], None)) };
        let found = self.policy().assess(&best.note).ok();
        let witnessed = found.filter(|found| matches!(found.standing, Standing::Witnessed { .. }));
        let moment = |seconds: u64| i64::try_from(seconds).ok().and_then(|at| Timestamp::from_second(at).ok());
        let seen = |by: Cosigned| Seen { witness: by.witness, at: moment(by.at_seconds) };
        let seen = witnessed.map(|found| found.cosigned.into_iter().map(seen).collect()).unwrap_or_default();
        Ok((seen, best.stamp.map(|(stamped, _)| stamped)))
    }

    /// The proof of a version, which carries what was recorded of it: with the paper and the court's policy it is
    /// all that a reader needs. None until it is proven, or once the record's words were lawfully destroyed. Beside it
    /// the time stamp over its checkpoint, where there is one.
    pub async fn paper_proof(&self, position: Pos) -> Result<Option<(RecordProof, Option<Vec<u8>>)>, AppError> {
        let Some((proof, stamp)) = self.stamped_proof(position).await? else { return Ok(None) };
        let event = self.ports().store.read_log(LogId::RECORD, position, 1).await?.pop();
        let body = event.and_then(|event| event.body);
        let body = body.filter(|_| proof.opening.is_some());
        Ok(body.map(|body| (RecordProof { body: Some(body), ..proof }, stamp)))
    }
}

/// What anyone who holds the paper is told of: other papers only once a party has them.
fn after(case: &CaseState, paper: &Material) -> Vec<After> {
    let told =
        |by: &Option<MaterialId>| by.is_none_or(|id| case.materials.get(&id).is_some_and(verify::may_be_asked_about));
    let followed = verify::followed(case, paper).into_iter().filter(|(_, _, by)| told(by));
    let code = |id: MaterialId| case.materials.get(&id).map(|paper| verify::code_of(case, paper));
    followed.map(|(what, on, by)| After { what, on, code: by.and_then(code) }).collect()
}

fn names(stored: &StoredEvent, sha256: &str) -> bool {
    stored.body.as_ref().is_some_and(|body| String::from_utf8_lossy(body).contains(sha256))
}
