//! The virtual table: about 35 rows in the page, whatever the length. Window, keyboard, mouse,
//! clipboard and cell editor; what the cells mean is their owner's.

mod clipboard;
mod editor;
mod head;
mod keyboard;
mod markup;
mod model;
mod pointer;
mod row;
mod select;
mod window;

use std::sync::Arc;

use leptos::html::{Div, Input};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{HtmlElement, ResizeObserver};

pub use self::editor::Editing;
use self::editor::Editor;
use self::head::GridHead;
pub use self::model::{CellView, Head, Look, Model, RowView, SortBy};
use self::row::Row;
use self::select::Bounds;
pub use self::select::{Selection, Spot};
use self::window::Window;

/// A table: what its owner gives it, and where it stands. Cheap to copy.
#[derive(Clone, Copy)]
pub struct Grid {
    /// What its owner gives it.
    pub model: Model,
    /// What is chosen.
    pub selection: RwSignal<Option<Selection>>,
    /// The edit that is going on.
    pub editing: RwSignal<Option<Editing>>,
    /// Width and height of the scroll box in pixels.
    pub size: RwSignal<(f64, f64)>,
    /// Whether it has the keyboard.
    pub focused: RwSignal<bool>,
    scroll: RwSignal<f64>,
    window: Memo<Window>,
    dragging: RwSignal<bool>,
    scroller: NodeRef<Div>,
    input: NodeRef<Input>,
}

impl Grid {
    /// A table at its first row. `size` may be read by the owner's columns.
    pub fn new(model: Model, size: RwSignal<(f64, f64)>) -> Self {
        let scroll = RwSignal::new(0.0);
        let window = Memo::new(move |_| Window::new(scroll.get(), size.get().1, model.rows.get()));
        let grid = Self {
            model,
            selection: RwSignal::new(None),
            editing: RwSignal::new(None),
            size,
            focused: RwSignal::new(false),
            scroll,
            window,
            dragging: RwSignal::new(false),
            scroller: NodeRef::new(),
            input: NodeRef::new(),
        };
        grid.keep_inside();
        grid
    }

    /// Chooses a cell and brings it into sight.
    pub fn choose(self, spot: Spot) {
        let bounds = self.bounds();
        if !bounds.is_empty() {
            let selection = Selection::one(bounds.clamp(spot));
            self.selection.set(Some(selection));
            self.reveal(selection.active);
        }
    }

    /// Goes to the filter of a column.
    pub fn focus_filter(self, column: usize) {
        let key = self.model.heads.with_untracked(|heads| heads.get(column).map(|head| head.key));
        let (Some(key), Some(scroller)) = (key, self.scroller.get_untracked()) else { return };
        let control = scroller.query_selector(&format!("[data-filter='{key}']"));
        if let Ok(Some(control)) = control {
            // Fails only for an element that has left the page.
            let _ = control.unchecked_into::<HtmlElement>().focus();
        }
    }

    fn bounds(self) -> Bounds {
        Bounds {
            rows: self.model.rows.get_untracked(),
            columns: self.model.heads.with_untracked(|heads| heads.len()),
            page: window::page(self.size.get_untracked().1),
        }
    }

    /// Columns come and go: what is chosen or edited stays with its column, and moves to the nearest
    /// cell that is left where its own is gone.
    fn keep_inside(self) {
        Effect::new(move |before: Option<Arc<[Head]>>| {
            self.model.rows.track();
            let heads = self.model.heads.get();
            let before = before.unwrap_or_else(|| heads.clone());
            let bounds = self.bounds();
            let now = self.selection.get_untracked();
            let next = now.filter(|_| !bounds.is_empty()).map(|now| {
                let active = follow(now.active, &before, &heads);
                let corner = follow(now.corner, &before, &heads);
                Selection { active, corner }.clamp(bounds)
            });
            if next != now {
                self.selection.set(next);
            }
            let editing = self.editing.get_untracked();
            if let Some(Editing { at, error }) = editing {
                let moved = follow(at, &before, &heads);
                if moved != at {
                    self.editing.set(Some(Editing { at: moved, error }));
                }
            }
            heads
        });
    }

    fn reveal(self, spot: Spot) {
        let Some(scroller) = self.scroller.get_untracked() else { return };
        let height = f64::from(scroller.client_height());
        let top = f64::from(scroller.scroll_top());
        if let Some(top) = window::reveal(top, height, spot.row) {
            scroller.set_scroll_top(pixels(top));
            // The rows are there before the browser tells of the scroll.
            self.scroll.set(f64::from(scroller.scroll_top()));
        }
        self.reveal_column(&scroller, spot.column);
    }

    fn reveal_column(self, scroller: &HtmlElement, column: usize) {
        let head = |child: usize| {
            let found = scroller.query_selector(&format!(".gr-head > .gc:nth-child({child})"));
            found.ok().flatten().map(|head| head.get_bounding_client_rect())
        };
        let frozen = self.model.heads.with_untracked(|heads| {
            heads.iter().take_while(|head| head.class.starts_with("fz")).count()
        });
        if column < frozen {
            return;
        }
        let (Some(cell), Some(last)) = (head(column + 2), head(frozen + 1)) else { return };
        let outer = scroller.get_bounding_client_rect();
        let right = outer.left() + f64::from(scroller.client_width());
        let by = if cell.left() < last.right() {
            cell.left() - last.right()
        } else if cell.right() > right {
            cell.right() - right
        } else {
            return;
        };
        scroller.set_scroll_left(pixels(f64::from(scroller.scroll_left()) + by));
    }

    fn on_scroll(self) {
        if let Some(scroller) = self.scroller.get_untracked() {
            self.scroll.set(f64::from(scroller.scroll_top()));
        }
    }
}

/// The same cell after columns came or went.
fn follow(spot: Spot, before: &[Head], after: &[Head]) -> Spot {
    let key = before.get(spot.column).map(|head| head.key);
    let column = after.iter().position(|head| Some(head.key) == key);
    Spot { row: spot.row, column: column.unwrap_or(spot.column) }
}

#[allow(clippy::cast_possible_truncation, reason = "a table is far shorter than 2^31 pixels")]
fn pixels(value: f64) -> i32 {
    value.ceil() as i32
}

/// The table.
#[component]
pub fn GridTable(
    grid: Grid,
    /// Class of the scroll box beside `grid`.
    #[prop(into)]
    class: Signal<String>,
    /// Name for tests.
    testid: &'static str,
) -> impl IntoView {
    let model = grid.model;
    watch_size(grid);
    let released = window_event_listener(leptos::ev::pointerup, move |_| {
        let _ = grid.dragging.try_set(false);
    });
    on_cleanup(move || released.remove());
    let tracks = move || {
        let shares = model.heads.with(|heads| {
            let free = heads.iter().filter(|head| !head.class.starts_with("fz"));
            free.map(|head| format!(" minmax({}px, {}fr)", head.width.0, head.width.1))
                .collect::<String>()
        });
        format!("var(--w-no) var(--w-1) var(--w-2){shares}")
    };
    let least = move || {
        let sum = model.heads.with(|heads| {
            let free = heads.iter().filter(|head| !head.class.starts_with("fz"));
            free.map(|head| head.width.0).sum::<u32>()
        });
        format!("calc(var(--w-no) + var(--w-1) + var(--w-2) + {sum}px)")
    };
    let slots = Memo::new(move |_| grid.window.get().slots);
    view! {
        <div
            class=move || format!("grid {}", class.get())
            role="grid"
            aria-label=model.label
            aria-multiselectable="true"
            aria-rowcount=move || (model.rows.get() + 3).to_string()
            aria-colcount=move || (model.heads.with(|heads| heads.len()) + 1).to_string()
            data-testid=testid
            node_ref=grid.scroller
            on:scroll=move |_| grid.on_scroll()
            on:pointerdown=move |event| grid.on_pointer_down(&event)
            on:pointermove=move |event| grid.on_pointer_move(&event)
            on:click=move |event| grid.on_click(&event)
            on:dblclick=move |event| grid.on_double_click(&event)
        >
            <div class="grid-sheet" style=("--cols", tracks) style=("--grid-w", least)>
                <GridHead grid=grid />
                <div
                    class="grid-body"
                    role="rowgroup"
                    style:height=move || format!("{}px", window::pixels(model.rows.get()))
                >
                    <For each=move || 0..slots.get() key={|at: &usize| *at} let:at>
                        <Row grid=grid at=at />
                    </For>
                </div>
                <div class="grid-foot" role="rowgroup">
                    <div
                        class="gr gr-total"
                        role="row"
                        aria-rowindex=move || (model.rows.get() + 3).to_string()
                        data-testid="totals"
                    >
                        <div class="gc fz0" role="gridcell" aria-colindex="1">"Σ"</div>
                        {move || row::totals(&model.heads.get(), &model.totals.get())}
                    </div>
                </div>
            </div>
        </div>
        <Editor grid=grid />
    }
}

/// Keeps the size of the scroll box in the table's state.
fn watch_size(grid: Grid) {
    let observer = StoredValue::new_local(None::<(ResizeObserver, Closure<dyn FnMut()>)>);
    Effect::new(move |_| {
        let Some(scroller) = grid.scroller.get() else { return };
        let measure = move || {
            let Some(scroller) = grid.scroller.try_get_untracked().flatten() else { return };
            let size = (f64::from(scroller.client_width()), f64::from(scroller.client_height()));
            if grid.size.try_get_untracked().is_some_and(|now| now != size) {
                grid.size.set(size);
            }
        };
        measure();
        let closure = Closure::<dyn FnMut()>::new(measure);
        // Old browsers are told at the start; without an observer the first size stays.
        if let Ok(watching) = ResizeObserver::new(closure.as_ref().unchecked_ref()) {
            watching.observe(&scroller);
            observer.set_value(Some((watching, closure)));
        }
    });
    on_cleanup(move || {
        observer.try_update_value(|kept| {
            if let Some((watching, _)) = kept.take() {
                watching.disconnect();
            }
        });
    });
}
