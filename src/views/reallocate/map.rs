//! The schools where they stand, by their coordinates, and the moves as lines between them.

use bianheng_core::report::reallocate::{place_map, row_name};
use bianheng_core::text::reallocate as words;
use leptos::prelude::*;

use super::desk::use_desk;

/// The map. Schools without coordinates are counted, not drawn.
#[component]
pub fn MoveMap() -> impl IntoView {
    let desk = use_desk();
    let state = desk.state;
    let drawn = move || {
        let lang = state.lang.get();
        let map = desk.study.with(|study| {
            let prepared = &study.as_ref()?.prepared;
            desk.proposal.with(|after| {
                let posts = &after.as_ref()?.posts;
                state.with(|open| {
                    let county = &open.workspace().state().county;
                    // While the moves are worked out, the schools stand alone.
                    let map = desk.moves.with(|moves| {
                        let moves = moves.as_ref().map_or(&[][..], |moves| moves.as_slice());
                        place_map(county, prepared, posts, moves)
                    });
                    let names: Vec<String> =
                        map.spots.iter().map(|spot| row_name(county, spot.row, lang)).collect();
                    (map, names)
                })
            })
        });
        let Some((map, names)) = map else { return ().into_any() };
        let mut note = words::MAP_NOTE.get(lang).to_owned();
        if map.missing > 0 {
            note.push_str(&words::MAP_MISSING.with(lang, &[("n", &map.missing)]));
        }
        let spots = map.spots.into_iter().zip(names).map(|(spot, name)| {
            let class = match spot.change {
                ..=-1 => "gives",
                0 => "c-dot",
                _ => "c-mark is-short",
            };
            let title = format!("{name} {:+}", spot.change);
            view! {
                <circle
                    class=class
                    cx=spot.x.to_string()
                    cy=spot.y.to_string()
                    r=if spot.change == 0 { "2.5" } else { "5" }
                >
                    <title>{title}</title>
                </circle>
            }
        });
        view! {
            <svg
                class="move-map"
                viewBox=format!("0 0 {} {}", map.width, map.height)
                role="img"
                aria-label=words::LOOK_MAP.get(lang)
                data-testid="map"
            >
                <path class="c-line" d=map.lines></path>
                {spots.collect_view()}
            </svg>
            <p class="note" data-testid="map-note">{note}</p>
        }
        .into_any()
    };
    view! { <div>{drawn}</div> }
}
