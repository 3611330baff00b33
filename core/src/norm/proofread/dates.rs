//! Days of a pack, its tables and its values: none ends before it begins, a parameter has a value,
//! and no day has two.

use chrono::NaiveDate;

use super::super::error::{Fault, PackError, Place, Section};
use super::super::pack::Pack;

pub(super) fn check(pack: &Pack) -> Result<(), PackError> {
    in_order(Some(pack.valid_from), pack.valid_to, &Place::key("valid_to"))?;
    for (at, table) in pack.tables.iter().enumerate() {
        let place = Place::new(Section::Table, at, &table.id);
        in_order(table.valid_from, table.valid_to, &place)?;
    }
    for (at, parameter) in pack.parameters.iter().enumerate() {
        let place = || Place::new(Section::Parameter, at, &parameter.id);
        if parameter.values.is_empty() {
            return Err(place().fault(Fault::NoValues));
        }
        let pairs = parameter.values.iter().zip(parameter.values.iter().skip(1));
        for (one, next) in pairs {
            if one.from == next.from {
                return Err(place().fault(Fault::SameDay(next.from)));
            }
        }
    }
    Ok(())
}

fn in_order(
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    place: &Place,
) -> Result<(), PackError> {
    match (from, to) {
        (Some(from), Some(to)) if to < from => {
            Err(place.clone().fault(Fault::EndsFirst { from, to }))
        }
        _ => Ok(()),
    }
}
