//! Hearings, deliberation, service, preservation, appraisal of an example.

use super::*;

pub(super) fn read_course(facts: &mut CaseFacts, example: &Part) -> Result<(), NotAnExample> {
    if let Some(hearing) = example.part("hearing") {
        facts.hearings.push(read_hearing(&hearing)?);
    }
    if let Some(one) = example.part("deliberation") {
        let vote = |vote: Part| Vote {
            item: vote.text("item").unwrap_or_default(),
            yes: vote.number("yes").unwrap_or_default() as u8,
            no: vote.number("no").unwrap_or_default() as u8,
            dissent: vote.text("dissent"),
        };
        facts.deliberations.push(Deliberation {
            session: 1,
            on: one.date("date")?,
            order: one.texts("order"),
            votes: one.parts("votes").map(vote).collect(),
            conclusion: one.text("conclusion"),
            ..Deliberation::default()
        });
    }
    for row in example.parts("service") {
        facts.service.push(ServiceRow {
            document: row.text("doc").unwrap_or_default(),
            to: row.text("to").unwrap_or_default(),
            method: row.text("method"),
            arrived_at: row.moment("arrived")?,
            received_on: row.date("received")?,
            recipient: row.text("recipient"),
            ..ServiceRow::default()
        });
    }
    facts.preservation = example.part("preservation").map(|part| read_preservation(&part)).transpose()?;
    facts.appraisal = example.part("appraisal").map(|part| read_appraisal(&part)).transpose()?;
    facts.pre_procedure = example.part("pre_procedure").map(|part| read_pre_procedure(&part)).transpose()?;
    Ok(())
}

fn read_hearing(hearing: &Part) -> Result<Hearing, NotAnExample> {
    Ok(Hearing {
        on: hearing.date("date")?,
        starts: hearing.time("start")?,
        ends: hearing.time("end")?,
        mode: hearing.text("mode"),
        place: hearing.text("place"),
        platform: hearing.text("platform"),
        open: hearing.flag("open"),
        closed_reason: hearing.text("closed_reason"),
        appeared: hearing.texts("appeared"),
        identity_check: hearing.text("identity_check"),
        facts: hearing.texts("facts"),
        mediation: hearing.text("mediation"),
        transcript_signing: hearing.text("transcript_sign"),
        ..Hearing::default()
    })
}

fn read_preservation(part: &Part) -> Result<Preservation, NotAnExample> {
    Ok(Preservation {
        applicant: part.text("applicant").unwrap_or_default(),
        kind: part.text("kind"),
        applied_on: part.date("applied")?,
        ruling_number: part.text("ruling_no"),
        ruled_on: part.date("ruling_date")?,
        object: part.text("object"),
        security: part.text("security"),
        executed_on: part.date("executed")?,
        frozen_fen: part.fen("frozen")?,
    })
}

fn read_appraisal(part: &Part) -> Result<Appraisal, NotAnExample> {
    Ok(Appraisal {
        applicant: part.text("applicant").unwrap_or_default(),
        applied_on: part.date("applied")?,
        institution: part.text("institution"),
        chosen: part.text("chosen"),
        materials_examined_on: part.date("materials_examined")?,
        entrusted_on: part.date("entrusted")?,
        reported_on: part.date("report_received")?,
        excluded_days: part.number("excluded_days").and_then(|days| u32::try_from(days).ok()),
        fee_fen: part.fen("fee")?,
        prepaid_by: part.text("prepaid_by"),
    })
}

fn read_pre_procedure(part: &Part) -> Result<PreProcedure, NotAnExample> {
    Ok(PreProcedure {
        kind: part.text("kind").unwrap_or_default(),
        applied_on: part.date("applied")?,
        award_number: part.text("award_no"),
        awarded_on: part.date("award_date")?,
        received_on: part.date("received")?,
        result: part.text("result"),
        sued_within: part.text("sued_within"),
    })
}
