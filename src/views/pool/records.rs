//! Entries that were made, as a table: what each says, which of its cells are edited where they stand,
//! and the button that takes it out.

use bianheng_core::text::Message;
use leptos::prelude::*;

use super::cell::Cell;
use super::form::Refused;
use super::parts::Trash;
use crate::state::use_state;

/// What an entry says beside its figure.
#[derive(Clone)]
pub enum Rest {
    /// Document, origin.
    Note(String),
    /// What may be put in later, cell by cell.
    Edits(Vec<Edit>),
}

impl Rest {
    /// Columns that it takes by itself.
    fn columns(&self) -> usize {
        match self {
            Self::Note(_) => 1,
            Self::Edits(edits) => edits.len(),
        }
    }
}

impl Default for Rest {
    fn default() -> Self {
        Self::Note(String::new())
    }
}

/// A cell of an entry that is edited where it stands.
#[derive(Clone)]
pub struct Edit {
    /// Name for tests.
    pub testid: &'static str,
    /// What it holds, and of which entry.
    pub label: String,
    /// What stands in it while it is empty.
    pub hint: &'static str,
    /// The value that is saved.
    pub value: String,
    /// Takes what was typed, or refuses it.
    pub save: Callback<String, Result<(), Refused>>,
}

/// One entry that was made: the day, what, about whom, how many, what else it says, and what takes it out.
#[derive(Clone)]
pub struct Record {
    /// Its name among the others.
    pub id: String,
    /// The day.
    pub date: String,
    /// What.
    pub what: &'static str,
    /// Whom it concerns.
    pub who: String,
    /// Posts, people or a day.
    pub figure: String,
    /// What else it says.
    pub rest: Rest,
    /// What takes it out, in words.
    pub remove: String,
    /// Takes it out.
    pub out: Callback<()>,
}

fn edit_cell(edit: Edit) -> impl IntoView {
    let Edit { testid, label, hint, value, save } = edit;
    let [label, hint, value] = [label, hint.to_owned(), value].map(Signal::stored);
    view! {
        <td>
            <Cell testid=testid label=label value=value hint=hint save=save />
        </td>
    }
}

/// Entries as a table, each of which can be taken out.
#[component]
pub fn Records(
    /// Names for tests: of the table, of a row, of its button.
    testids: [&'static str; 3],
    /// What they are.
    caption: Message,
    /// The entries, the newest first.
    list: Signal<Vec<Record>>,
) -> impl IntoView {
    let state = use_state();
    let [table, row, button] = testids;
    let one = move |record: Record, columns: usize| {
        let Record { id, date, what, who, figure, rest, remove, out } = record;
        let rest = match rest {
            Rest::Note(note) => {
                view! { <td class="ink3" colspan=columns.to_string()>{note}</td> }.into_any()
            }
            Rest::Edits(edits) => edits.into_iter().map(edit_cell).collect_view().into_any(),
        };
        view! {
            <tr data-testid=row data-id=id>
                <td>{date}</td>
                <td>{what}</td>
                <th scope="row">{who}</th>
                <td class="num">{figure}</td>
                {rest}
                <td>
                    <Trash testid=button label=Signal::stored(remove) out=out />
                </td>
            </tr>
        }
    };
    move || {
        {
            let list = list.get();
            let columns = list.iter().map(|record| record.rest.columns()).max();
            columns.map(|columns| {
                let line = |record| one(record, columns);
                view! {
                    <table class="t block-gap" data-testid=table>
                        <caption class="note">{state.say(caption)}</caption>
                        <tbody>{list.into_iter().map(line).collect_view()}</tbody>
                    </table>
                }
            })
        }
        .into_any()
    }
}
