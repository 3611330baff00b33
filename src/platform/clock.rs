//! The clock, and ids that no two files share.

use chrono::{DateTime, Datelike, Local, NaiveDate, Timelike};

/// Today by the computer's own calendar.
pub fn today() -> NaiveDate {
    Local::now().date_naive()
}

/// The time of day, `10:42`.
pub fn time_of_day() -> String {
    let now = Local::now();
    format!("{:02}:{:02}", now.hour(), now.minute())
}

/// Milliseconds since 1970.
pub fn millis() -> u64 {
    u64::try_from(Local::now().timestamp_millis()).unwrap_or(0)
}

fn local(millis: u64) -> Option<DateTime<Local>> {
    let moment = DateTime::from_timestamp_millis(i64::try_from(millis).ok()?)?;
    Some(moment.with_timezone(&Local))
}

/// A moment as a person writes it: `11-20 16:08`.
pub fn moment(millis: u64) -> String {
    let Some(moment) = local(millis) else { return String::new() };
    let (month, day) = (moment.month(), moment.day());
    format!("{month:02}-{day:02} {:02}:{:02}", moment.hour(), moment.minute())
}

/// A moment to the second: `16:08:42`.
pub fn second(millis: u64) -> String {
    let Some(moment) = local(millis) else { return String::new() };
    format!("{:02}:{:02}:{:02}", moment.hour(), moment.minute(), moment.second())
}

/// When the file with an id of [`fresh_id`] was made, in milliseconds since 1970.
pub fn of_id(id: &str) -> Option<u64> {
    u64::from_str_radix(id.split_once('-')?.0, 16).ok()
}

/// An id for a new file: the time and a random number.
pub fn fresh_id() -> String {
    format!("{:x}-{:08x}", millis(), (js_sys::Math::random() * f64::from(u32::MAX)) as u32)
}
