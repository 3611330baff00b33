//! The sign of a sum of fractions, exactly: of two in an instant, of ten thousand in a moment.
//!
//! In machine words where they hold it. Else over the least common denominator of all: needs of one
//! norm share theirs, so that it stays a few words long where the product of all would have
//! thousands.

use std::cmp::Ordering;

use num_integer::Integer;

use super::wide::Wide;
use crate::order::InOrder;

/// One fraction of a sum: the product of `above`, `times` over, by the product of `below`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// Factors of the numerator.
    pub(super) above: [u64; 2],
    /// How often it counts; below zero it is taken away.
    pub(super) times: i64,
    /// Factors of the denominator, none of them zero.
    pub(super) below: [u64; 4],
}

/// Whether the sum of the parts is above (`Greater`) or below zero.
pub(super) fn sign(parts: Vec<Part>) -> Ordering {
    match narrow(&parts) {
        Some(above) => above.cmp(&0),
        None => wide(parts),
    }
}

/// The numerator of the sum, if that and the denominator fit.
fn narrow(parts: &[Part]) -> Option<i128> {
    let product = |factors: &[u64], first: i128| {
        factors.iter().try_fold(first, |product, &factor| product.checked_mul(factor.into()))
    };
    let (mut above, mut below) = (0_i128, 1_i128);
    for part in parts {
        let more = product(&part.above, part.times.into())?;
        let per = product(&part.below, 1)?;
        let common = below.gcd(&per);
        let (left, right) = (per.checked_div(common)?, below.checked_div(common)?);
        above = above.checked_mul(left)?.checked_add(more.checked_mul(right)?)?;
        below = below.checked_mul(left)?;
    }
    Some(above)
}

fn wide(mut parts: Vec<Part>) -> Ordering {
    parts.order_by(|one, other| one.below.cmp(&other.below));
    let (mut plus, mut minus, mut common) = (Wide::zero(), Wide::zero(), Wide::one());
    for alike in parts.chunk_by(|one, other| one.below == other.below) {
        let Some(Part { below, .. }) = alike.first() else { continue };
        let (mut up, mut down) = (Wide::zero(), Wide::zero());
        for part in alike {
            let [one, other] = part.above;
            let product = Wide::product(&[one, other, part.times.unsigned_abs()]);
            if part.times > 0 { up.add(&product) } else { down.add(&product) }
        }
        // What the denominators have in common is divided out of `rest`, the others widen all.
        let mut rest = common.clone();
        for &factor in below {
            let shared = rest.remainder(factor).gcd(&factor);
            rest.divide(shared);
            let missing = factor.checked_div(shared).unwrap_or(1);
            for number in [&mut plus, &mut minus, &mut common] {
                number.multiply(missing);
            }
        }
        plus.add(&up.times(&rest));
        minus.add(&down.times(&rest));
    }
    plus.compare(&minus)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn part(above: u64, times: i64, below: u64) -> Part {
        Part { above: [above, 1], times, below: [below, 1, 1, 1] }
    }

    #[test]
    fn a_harmonic_sum_against_itself_taken_apart() {
        // 1/n = 1/(n+1) + 1/(n·(n+1)): the sum over a thousand of them is nought, one third of a
        // 10²⁰th more is not.
        let mut parts = Vec::new();
        for n in 2_000..3_000 {
            parts.push(part(1, 1, n));
            parts.push(part(1, -1, n + 1));
            parts.push(Part { above: [1, 1], times: -1, below: [n, n + 1, 1, 1] });
        }
        assert_eq!(narrow(&parts), None, "no machine word holds it");
        assert_eq!(sign(parts.clone()), Ordering::Equal);
        let least = [10_000_000_000, 10_000_000_000, 3, 1];
        for (times, expected) in [(1, Ordering::Greater), (-1, Ordering::Less)] {
            parts.push(Part { above: [1, 1], times, below: least });
            assert_eq!(sign(parts.clone()), expected);
            parts.pop();
        }
    }

    proptest! {
        #[test]
        fn both_ways_agree(
            parts in prop::collection::vec((0..50_u64, -9..9_i64, prop::array::uniform4(1..40_u64)), 0..9),
        ) {
            let parts: Vec<Part> = parts
                .into_iter()
                .map(|(above, times, below)| Part { above: [above, 3], times, below })
                .collect();
            if let Some(above) = narrow(&parts) {
                prop_assert_eq!(wide(parts), above.cmp(&0));
            }
        }
    }
}
