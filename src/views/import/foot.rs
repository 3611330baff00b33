//! The foot: every row accounted for, the sums, and the way on with what still stands in it.

use bianheng_core::text::number::count;
use bianheng_core::text::{Lang, Message, import_view as words, shell};
use bianheng_sheets::Severity;
use bianheng_sheets::take::{Sums, Tally};
use leptos::prelude::*;

use super::desk::{Desk, use_desk};
use super::enter::as_u64;
use crate::state::use_state;
use crate::widgets::{Icon, icon};

/// What still has to be decided before the facts can be taken in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Obstacle {
    Checking,
    Columns(usize),
    Rows(usize),
    File(usize),
    Nothing,
    County,
    Date,
}

impl Obstacle {
    fn find(desk: Desk) -> Option<Self> {
        let nameless = desk.county.with(|name| name.trim().is_empty());
        let wrong_date = desk.date_wrong.get();
        desk.draft.with(|draft| {
            let draft = draft.as_ref()?;
            let rows = draft.rows_to_fix().len();
            let must = draft.taken.count(Severity::MustFix);
            if draft.stale {
                Some(Self::Checking)
            } else if draft.mapping.undecided() > 0 {
                Some(Self::Columns(draft.mapping.undecided()))
            } else if rows > 0 {
                Some(Self::Rows(rows))
            } else if draft.taken.rows_read == 0 {
                Some(Self::Nothing)
            } else if must > 0 {
                Some(Self::File(must))
            } else if draft.taken.county.is_none() {
                Some(Self::Nothing)
            } else if nameless {
                Some(Self::County)
            } else if wrong_date {
                Some(Self::Date)
            } else {
                None
            }
        })
    }

    fn text(self, lang: Lang) -> String {
        let counted = |message: Message, count: usize| message.with(lang, &[("n", &count)]);
        match self {
            Self::Checking => words::WHY_CHECKING.get(lang).to_owned(),
            Self::Columns(columns) => counted(words::WHY_COLUMNS, columns),
            Self::Rows(rows) => counted(words::WHY_ROWS, rows),
            Self::File(things) => counted(words::WHY_FILE, things),
            Self::Nothing => words::WHY_NOTHING.get(lang).to_owned(),
            Self::County => words::WHY_COUNTY.get(lang).to_owned(),
            Self::Date => words::WHY_DATE.get(lang).to_owned(),
        }
    }
}

/// Where the rows went.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Rows {
    read: usize,
    taken: usize,
    listed: usize,
    tally: Tally,
    sums: Sums,
}

/// The foot.
#[component]
pub fn Foot(
    /// Closes the dialog.
    on_cancel: Callback<()>,
) -> impl IntoView {
    let (state, desk) = (use_state(), use_desk());
    let rows = Memo::new(move |_| {
        desk.draft.with(|draft| {
            let taken = draft.as_ref().map(|draft| &draft.taken);
            taken.map_or_else(Rows::default, |taken| Rows {
                read: taken.rows_read,
                taken: taken.rows_taken,
                listed: taken.rows_listed,
                tally: taken.tally,
                sums: taken.sums,
            })
        })
    });
    let obstacle = Memo::new(move |_| Obstacle::find(desk));
    let number = move |message: Message, read: fn(&Rows) -> usize| {
        move || {
            let number = count(as_u64(rows.with(read)));
            message.with(state.lang.get(), &[("n", &number)])
        }
    };
    let tally = move || {
        let (lang, tally) = (state.lang.get(), rows.with(|rows| rows.tally));
        let parts = [
            (words::TALLY_MUST_FIX, tally.must_fix),
            (words::TALLY_DUPLICATES, tally.duplicates),
            (words::TALLY_TOTALS, tally.totals),
            (words::TALLY_LEFT_OUT, tally.left_out),
        ];
        let parts = parts.into_iter().filter(|(_, rows)| *rows > 0);
        let parts: Vec<String> = parts
            .map(|(message, rows)| message.with(lang, &[("n", &count(as_u64(rows)))]))
            .collect();
        match (parts.is_empty(), lang) {
            (true, _) => String::new(),
            (false, Lang::Zh) => format!("（{}）", parts.join("，")),
            (false, Lang::En) => format!(" ({})", parts.join(", ")),
        }
    };
    let sums = move || {
        let sums = rows.with(|rows| rows.sums);
        let values: [(&str, &dyn std::fmt::Display); 3] = [
            ("units", &count(as_u64(sums.units))),
            ("authorised", &count(sums.authorised)),
            ("in_post", &count(sums.in_post)),
        ];
        words::SUMS.with(state.lang.get(), &values)
    };
    let assumed = Memo::new(move |_| {
        desk.draft.with(|draft| {
            let county = draft.as_ref().and_then(|draft| draft.taken.county.as_ref());
            county.is_some_and(|county| county.origin.authorised_assumed)
        })
    });
    let why = move || {
        let lang = state.lang.get();
        let failed = desk.failed.get();
        failed.or_else(|| obstacle.get().map(|obstacle| obstacle.text(lang))).map(|text| {
            view! {
                <span class="why err" role="status" data-testid="import-why">
                    {icon(Icon::Cross, "ico-13")}
                    {text}
                </span>
            }
        })
    };
    let take_label = move || {
        let lang = state.lang.get();
        if desk.taking.get() {
            return words::TAKING.get(lang).to_owned();
        }
        words::TAKE.with(lang, &[("n", &count(as_u64(rows.with(|rows| rows.taken))))])
    };
    let op = |sign: &'static str| view! { <span class="op" aria-hidden="true">{sign}</span> };
    view! {
        <div class="dlg-foot">
            <p class="rows">
                <b data-testid="import-rows-read" data-n=move || rows.with(|rows| rows.read)>
                    {number(words::ROWS_READ, |rows| rows.read)}
                </b>
                {op("＝")}
                <b data-testid="import-rows-taken" data-n=move || rows.with(|rows| rows.taken)>
                    {number(words::ROWS_TAKEN, |rows| rows.taken)}
                </b>
                {op("＋")}
                <span>
                    <b data-testid="import-rows-listed" data-n=move || rows.with(|rows| rows.listed)>
                        {number(words::ROWS_LISTED, |rows| rows.listed)}
                    </b>
                    <span data-testid="import-tally">{tally}</span>
                </span>
            </p>
            <p class="extra ink3" data-testid="import-sums">
                <Show when=move || assumed.get()>
                    <span class="warn-text" data-testid="import-assumed">
                        {icon(Icon::Warn, "ico-13")}
                        {state.say(shell::AUTHORISED_ASSUMED)}
                    </span>
                </Show>
                <span>{sums}</span>
            </p>
            <div class="btns">
                {why}
                <button
                    type="button"
                    class="btn"
                    data-testid="import-cancel"
                    on:click=move |_| on_cancel.run(())
                >
                    {state.say(shell::CANCEL)}
                </button>
                <button
                    type="button"
                    class="btn primary"
                    data-testid="import-take"
                    disabled=move || obstacle.get().is_some() || desk.taking.get()
                    aria-busy=move || desk.taking.get().to_string()
                    on:click=move |_| desk.enter()
                >
                    {take_label}
                </button>
            </div>
        </div>
    }
}
