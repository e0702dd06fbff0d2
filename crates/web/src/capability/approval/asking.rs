//! Asking: from the fields of a form to what is asked.

use serde::Deserialize;
use utoipa::ToSchema;
use xiezhi_domain::{
    access::{self, Reader},
    approval::Matter,
    case::{CaseState, Procedure},
    fees::FeeAid,
    ids::MaterialId,
    law::{money::Fen, trial_period::ExclusionKind},
    material::{Material, Place},
};

use crate::{
    capability::prelude_of_cases::needed_day,
    http::problem::{FieldError, Problem},
};

/// What a form of asking carries; each matter uses its own fields.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default)]
pub struct Asked {
    /// Code of the matter.
    pub matter: String,
    /// Why.
    pub reason: String,
    /// Aid with fees.
    pub aid: Option<FeeAid>,
    /// What remains to be paid, in yuan.
    pub remaining: String,
    /// Months of an extension.
    pub months: String,
    /// Kind of an exclusion.
    pub kind: Option<ExclusionKind>,
    /// Its first day.
    pub from_on: String,
    /// Its last day.
    pub to_on: String,
    /// Ground of a stay.
    pub ground: String,
    /// The new procedure.
    pub to: Option<Procedure>,
    /// The paper.
    pub material: String,
    /// The document whose slips are to be put right.
    pub document: String,
    /// The staged paper that replaces it.
    pub replacement: String,
}

fn fault(field: &str, code: &str) -> Problem {
    Problem::invalid(vec![FieldError::new(field, code)])
}

impl Asked {
    /// What is asked, or the field that has a fault.
    pub fn matter(&self, case: &CaseState, reader: &Reader) -> Result<Matter, Problem> {
        let need = |field: &'static str| move || fault(field, "input.required");
        Ok(match self.matter.as_str() {
            "fee_aid" => Matter::FeeAid { aid: self.aid.ok_or_else(need("aid"))?, remaining: self.remaining()? },
            "extend_trial" => {
                Matter::ExtendTrial { months: self.months.trim().parse().map_err(|_| fault("months", "input.not_a_number"))? }
            }
            "exclude_period" => Matter::ExcludePeriod {
                kind: self.kind.ok_or_else(need("kind"))?,
                from_on: needed_day("from_on", &self.from_on)?,
                to_on: needed_day("to_on", &self.to_on)?,
            },
            "stay" if self.ground.trim().is_empty() => return Err(fault("ground", "input.required")),
            "stay" => Matter::Stay { ground: self.ground.trim().to_owned() },
            "change_procedure" => Matter::ChangeProcedure { to: self.to.ok_or_else(need("to"))? },
            "strike_material" => Matter::StrikeMaterial { material: paper(case, reader, "material", &self.material)?.id },
            "revoke_paper" => Matter::RevokePaper { material: paper(case, reader, "material", &self.material)?.id },
            "correct_archived" => Matter::CorrectArchived {
                document: self.document.parse().map_err(|_| fault("document", "input.required"))?,
            },
            "erase_material" => Matter::EraseMaterial { material: paper(case, reader, "material", &self.material)?.id },
            "replace_material" => {
                let material = paper(case, reader, "material", &self.material)?.id;
                let staged = paper(case, reader, "replacement", &self.replacement)?;
                if staged.place != Place::Staged {
                    return Err(fault("replacement", "input.unknown_choice"));
                }
                Matter::ReplaceMaterial { material, file: staged.file.clone() }
            }
            _ => return Err(fault("matter", "input.unknown_choice")),
        })
    }

    fn remaining(&self) -> Result<Fen, Problem> {
        let text = self.remaining.trim();
        if text.is_empty() {
            return Ok(Fen(0));
        }
        text.parse().map_err(|_| fault("remaining", "input.not_an_amount"))
    }
}

fn paper<'a>(
    case: &'a CaseState,
    reader: &Reader,
    field: &'static str,
    id: &str,
) -> Result<&'a Material, Problem> {
    let id: MaterialId = id.parse().map_err(|_| fault(field, "input.required"))?;
    let paper = case.materials.get(&id).filter(|paper| access::may_see(reader, case, paper));
    paper.ok_or_else(|| fault(field, "input.unknown_choice"))
}
