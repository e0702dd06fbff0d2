//! How an act came, as a form of the court's people tells it beside the act itself.

use jiff::civil::Date;
use xiezhi_domain::{
    ids::PersonId,
    on_paper::{Came, Way},
};

use super::problem::{FieldError, Problem};

/// How an act came, as a form of the court's people sends it beside the act itself.
#[derive(Clone, Debug, Default)]
pub struct CameForm {
    came_by: Option<Way>,
    came_on: Option<Date>,
    compared_by: Option<PersonId>,
}

impl CameForm {
    /// From the fields of a form that is read by hand.
    pub fn of<'a>(field: impl Fn(&str) -> Option<&'a str>) -> Self {
        let way =
            field("came_by").and_then(|code| Way::ALL.into_iter().find(|way| xiezhi_app::rows::code_of(way) == code));
        let (on, by) = (field("came_on"), field("compared_by"));
        Self {
            came_by: way,
            came_on: on.and_then(|on| on.parse().ok()),
            compared_by: by.and_then(|by| by.parse().ok()),
        }
    }

    /// The way it came, if it was told.
    pub fn way(&self) -> Option<Way> {
        self.came_by
    }

    /// How it came, whole; or which fields are missing.
    pub fn whole(&self) -> Result<Came, Problem> {
        let missing = [
            (self.came_by.is_none(), "came_by"),
            (self.came_on.is_none(), "came_on"),
            (self.compared_by.is_none(), "compared_by"),
        ];
        match (self.came_by, self.came_on, self.compared_by) {
            (Some(way), Some(on), Some(compared_by)) => Ok(Came { way, on, compared_by }),
            _ => {
                let missing = missing.into_iter().filter(|(missing, _)| *missing);
                Err(Problem::invalid(missing.map(|(_, name)| FieldError::new(name, "input.required")).collect()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_is_told_whole_or_the_missing_fields_are_named() {
        let told = |name: &str| match name {
            "came_by" => Some("post"),
            "came_on" => Some("2026-03-04"),
            _ => None,
        };
        let form = CameForm::of(told);
        assert_eq!((form.came_by, form.came_on), (Some(Way::Post), Some(jiff::civil::date(2026, 3, 4))));
        let fault = form.whole().expect_err("nobody compared it");
        assert_eq!(fault.field_errors(), [FieldError::new("compared_by", "input.required")]);
    }
}
