//! The schools on which the rules disagree, with what each rule gives them; sorted by any column, and
//! copied for a spreadsheet.

use bianheng_core::allocate::{Comparison, Rule};
use bianheng_core::report::reallocate::{
    Dispute, DisputeColumn, disputes, disputes_tsv, order_disputes,
};
use bianheng_core::text::{names, number, reallocate as words};
use leptos::prelude::*;

use super::desk::{Desk, Shared, use_desk};
use super::long_list::{self, CopyButton, named};

/// The columns of the list, with their names for tests.
const COLUMNS: [(&str, DisputeColumn); 9] = [
    ("dispute-sort-unit", DisputeColumn::Line),
    ("dispute-sort-entitled", DisputeColumn::Entitled),
    ("dispute-sort-before", DisputeColumn::Before),
    ("dispute-sort-balanced", DisputeColumn::Rule(Rule::Balanced)),
    ("dispute-sort-worst_first", DisputeColumn::Rule(Rule::WorstFirst)),
    ("dispute-sort-equal_gap", DisputeColumn::Rule(Rule::EqualGap)),
    ("dispute-sort-never_overfill", DisputeColumn::Rule(Rule::NeverOverfill)),
    ("dispute-sort-largest_remainder", DisputeColumn::Rule(Rule::LargestRemainder)),
    ("dispute-sort-spread", DisputeColumn::Spread),
];

/// Column and whether it falls.
type Order = RwSignal<(DisputeColumn, bool)>;
type Found = Memo<Vec<Dispute>>;

/// The list; nothing while the rules are worked out.
#[component]
pub fn DisputeList(
    /// The answers of all rules.
    compared: Memo<Option<Shared<Comparison>>>,
) -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let order: Order = RwSignal::new((DisputeColumn::Spread, true));
    let whole = RwSignal::new(false);
    let found = Memo::new(move |_| {
        let (by, falling) = order.get();
        let sorted = desk.study.with(|study| {
            let prepared = &study.as_ref()?.prepared;
            let mut found = compared.with(|all| Some(disputes(prepared, all.as_ref()?)))?;
            order_disputes(&mut found, prepared, by, falling);
            Some(found)
        });
        sorted.unwrap_or_default()
    });
    let note = move || {
        let posts = compared.with(|all| all.as_ref().map(|all| number::count(all.disputed)));
        let lines = number::count(found.with(Vec::len) as u64);
        let values: [(&str, &dyn std::fmt::Display); 2] =
            [("lines", &lines), ("posts", &posts.unwrap_or_default())];
        words::DISPUTES_NOTE.with(state.lang.get(), &values)
    };
    let is_known = move || compared.with(Option::is_some);
    let is_empty = move || found.with(Vec::is_empty);
    view! {
        <Show when=is_known>
            <header class="sec">
                <h2>{state.say(words::DISPUTES)}</h2>
                <span class="note" data-testid="disputes-note">
                    {move || {
                        if is_empty() { state.t(words::DISPUTES_NONE).to_owned() } else { note() }
                    }}
                </span>
                <CopyButton
                    state=state
                    label=words::COPY_DISPUTES
                    testid="copy-disputes"
                    is_empty=Signal::derive(is_empty)
                    list=Callback::new(move |()| to_copy(desk, found))
                />
            </header>
            <Show when=move || !is_empty()>
                <div class="scroll-x" tabindex="0">
                    <table class="t dense small disputes" data-testid="disputes">
                        <thead>
                            <tr>{COLUMNS.map(|column| head(desk, column, order)).collect_view()}</tr>
                        </thead>
                        <tbody>{move || found.with(|found| rows(desk, found, whole))}</tbody>
                    </table>
                </div>
            </Show>
        </Show>
    }
}

/// The list for a spreadsheet, in the order shown, and what is said when it is copied.
fn to_copy(desk: Desk, found: Found) -> Option<(String, String)> {
    let lang = desk.state.lang.get_untracked();
    let (study, found) = (desk.study.get_untracked()?, found.get_untracked());
    let text = desk.state.peek(|open| {
        disputes_tsv(&open.workspace().state().county, &study.prepared, &found, lang)
    })?;
    Some((text, words::COPIED_DISPUTES.with(lang, &[("lines", &found.len())])))
}

/// A head that sorts: the names of schools rise at first, figures fall; a second click turns it round.
fn head(desk: Desk, (testid, by): (&'static str, DisputeColumn), order: Order) -> AnyView {
    let state = desk.state;
    let title = move || match by {
        DisputeColumn::Line => state.t(words::UNIT),
        DisputeColumn::Entitled => state.t(words::ENTITLED),
        DisputeColumn::Before => state.t(words::BEFORE),
        DisputeColumn::Rule(rule) => state.t(names::rule(rule)),
        DisputeColumn::Spread => state.t(words::APART),
    };
    let falls = move || order.get() == (by, true);
    let is_by = move || order.get().0 == by;
    let sorted = move || {
        if !is_by() {
            "none"
        } else if falls() {
            "descending"
        } else {
            "ascending"
        }
    };
    let arrow = move || is_by().then(|| if falls() { "↓" } else { "↑" });
    let turn = move |_| {
        order.update(|now| {
            *now = if now.0 == by { (by, !now.1) } else { (by, by != DisputeColumn::Line) };
        });
    };
    let class = if by == DisputeColumn::Line { "" } else { "num" };
    view! {
        <th scope="col" class=class aria-sort=sorted>
            <button type="button" class="link" data-testid=testid on:click=turn>
                {title}
                <span aria-hidden="true">{arrow}</span>
            </button>
        </th>
    }
    .into_any()
}

fn rows(desk: Desk, found: &[Dispute], whole: RwSignal<bool>) -> AnyView {
    let figures = |line: usize| {
        let of = desk.study.with_untracked(|study| {
            let line = study.as_ref()?.prepared.problem.lines.get(line)?;
            Some([number::mixed(&line.need), number::count(line.now.into())])
        });
        of.unwrap_or_default()
    };
    let shown = long_list::shown(found.len(), whole);
    let rows = found.iter().take(shown).map(|dispute| {
        let (name, id) = named(desk, dispute.line);
        let title = name.clone();
        let [entitled, before] = figures(dispute.line);
        // What departs from the fewest is what is in dispute.
        let posts = dispute.posts.iter().map(|posts| {
            let more = posts.is_some_and(|posts| posts > dispute.least);
            let text = posts.map_or_else(|| "—".to_owned(), |posts| number::count(posts.into()));
            view! { <td class="num" class:n=more>{text}</td> }
        });
        view! {
            <tr data-testid="dispute-row" data-id=id>
                <th scope="row" class="unit" title=title>{name}</th>
                <td class="num">{entitled}</td>
                <td class="num">{before}</td>
                {posts.collect_view()}
                <td class="num n" data-testid="dispute-spread">
                    {number::count(dispute.spread().into())}
                </td>
            </tr>
        }
    });
    let left = found.len() - shown;
    let rest = (left > 0).then(|| {
        let rest = long_list::rest(desk, left, whole, "show-disputes");
        view! { <tr class="sum"><th scope="row" colspan="9">{rest}</th></tr> }
    });
    view! {
        {rows.collect_view()}
        {rest}
    }
    .into_any()
}
