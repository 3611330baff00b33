//! Numbers and dates as office programs keep them, written as a person would type them. Shared by
//! the readers of old and new workbooks.

use chrono::{Days, NaiveDate};

/// A number as a person would type it: whole numbers without a point, others without the last
/// digits that only the computer sees.
pub(super) fn number_text(number: f64) -> String {
    let text = format!("{number}");
    if text.len() <= 16 || !number.is_finite() || number.fract() == 0.0 {
        return text;
    }
    // 15 significant digits are what office programs keep.
    format!("{number:.14e}").parse::<f64>().map_or(text, |rounded| format!("{rounded}"))
}

/// The days that office programs know: 1900 to 9999.
const LAST_DAY: f64 = 2_958_466.0;
/// Days between the two ways of counting, which start in 1900 and in 1904.
const FROM_1904: f64 = 1_462.0;
/// The 29th of February 1900, which office programs count and the calendar does not have.
const NO_SUCH_DAY: u64 = 60;
const MINUTES: f64 = 1_440.0;

/// A count of days as ISO text; the number itself where it is no date of the calendar.
pub(super) fn date_text(serial: f64, from_1904: bool) -> String {
    let days = if from_1904 { serial + FROM_1904 } else { serial };
    if !(0.0..LAST_DAY).contains(&days) {
        return number_text(serial);
    }
    // Within the range a cast keeps the value; a minute is as fine as a survey's times go.
    let minutes = (days * MINUTES).round() as u64;
    let (day, minute) = (minutes / 1_440, minutes % 1_440);
    let day = if day < NO_SUCH_DAY { day + 1 } else { day };
    let date = NaiveDate::from_ymd_opt(1899, 12, 30);
    match date.and_then(|start| start.checked_add_days(Days::new(day))) {
        Some(date) if minute == 0 => date.to_string(),
        Some(date) => format!("{date} {:02}:{:02}", minute / 60, minute % 60),
        None => number_text(serial),
    }
}

/// Whether one of the number formats that every workbook has shows a date.
pub(super) fn built_in_date(id: u16) -> bool {
    matches!(id, 14..=17 | 22 | 27..=31 | 34..=36 | 50..=58)
}

/// Whether a number format shows a date: y or d outside quotes and brackets.
pub(super) fn shows_date(format: &str) -> bool {
    let mut hidden = None;
    let mut escaped = false;
    for c in format.chars() {
        if std::mem::take(&mut escaped) {
            continue;
        }
        match (hidden, c) {
            (None, '\\' | '_' | '*') => escaped = true,
            (None, '"') => hidden = Some('"'),
            (None, '[') => hidden = Some(']'),
            (Some(end), c) if c == end => hidden = None,
            (None, 'y' | 'Y' | 'd' | 'D') => return true,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_as_a_person_would_type_them() {
        assert_eq!(number_text(62.0), "62");
        assert_eq!(number_text(2_161_001_001.0), "2161001001");
        assert_eq!(number_text(0.1 + 0.2), "0.3");
        assert_eq!(number_text(108.310_49), "108.31049");
    }

    #[test]
    fn a_date_out_of_the_calendar_stays_a_number() {
        assert_eq!(date_text(46_266.0, false), "2026-09-01");
        assert_eq!(date_text(1e19, false), "10000000000000000000");
        assert_eq!(date_text(-5.0, false), "-5");
    }

    #[test]
    fn days_are_counted_past_the_leap_day_that_never_was() {
        // 1 is the first of January 1900; 60 never was; 61 is the first of March.
        assert_eq!(date_text(1.0, false), "1900-01-01");
        assert_eq!(date_text(59.0, false), "1900-02-28");
        assert_eq!(date_text(61.0, false), "1900-03-01");
        // The other count starts 1,462 days later.
        assert_eq!(date_text(46_266.0 - 1_462.0, true), "2026-09-01");
        assert_eq!(date_text(46_266.5, false), "2026-09-01 12:00");
    }

    #[test]
    fn date_formats_are_told_from_units_in_quotes() {
        assert!(shows_date("yyyy\"年\"m\"月\""));
        assert!(!shows_date("0\"days\""));
        assert!(!shows_date("[Red]0.00"));
    }
}
