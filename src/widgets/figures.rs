//! Figures as elements: a margin with its symbol and colour, a fraction as it is written by hand.

use bianheng_core::fraction::Fraction;
use bianheng_core::text::number;
use leptos::prelude::*;

/// A margin: symbol, sign and figure, warm for short, cool for surplus; `—` where there is none.
pub fn margin(value: Option<i64>) -> impl IntoView {
    let (class, text) = match value {
        None => ("na", "—".to_owned()),
        Some(value @ ..0) => ("m-short", number::margin(value)),
        Some(value @ 0) => ("m-zero", number::margin(value)),
        Some(value @ 1..) => ("m-over", number::margin(value)),
    };
    view! { <span class=class>{text}</span> }
}

/// A fraction with its parts stacked, and as plain words for who cannot see it.
pub fn fraction(value: &Fraction) -> AnyView {
    let (whole, rest) = number::parts(value);
    let Some((above, below)) = rest else {
        return view! { <span>{number::grouped(whole)}</span> }.into_any();
    };
    let spoken = number::mixed(value);
    let sign = if *value.numer() < 0 && whole == 0 { "\u{2212}" } else { "" };
    let whole = if whole == 0 { sign.to_owned() } else { number::grouped(whole) };
    view! {
        <span class="mix">
            <span class="sr-only">{spoken}</span>
            <span aria-hidden="true">{whole}</span>
            <span class="fr" aria-hidden="true"><span>{above}</span><span>{below}</span></span>
        </span>
    }
    .into_any()
}
