//! A school's total shared out over its stages: in proportion to students, whole numbers, the total
//! exact.

use bianheng_core::order::InOrder;

/// Shares `total` in proportion to `weights` by the largest remainder; of equal remainders the
/// earlier place comes first. Without any weight the first place has all.
pub(super) fn share(total: u32, weights: &[u64]) -> Vec<u32> {
    let sum: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    if sum == 0 {
        let mut shares = vec![0; weights.len()];
        if let Some(first) = shares.first_mut() {
            *first = total;
        }
        return shares;
    }
    let exact = |weight: u64| u128::from(total) * u128::from(weight);
    let mut shares: Vec<u32> = weights
        .iter()
        .map(|weight| u32::try_from(exact(*weight) / sum).unwrap_or(u32::MAX))
        .collect();
    let given: u64 = shares.iter().map(|share| u64::from(*share)).sum();
    let left = u64::from(total).saturating_sub(given);
    let mut places: Vec<(u128, usize)> =
        weights.iter().enumerate().map(|(at, weight)| (exact(*weight) % sum, at)).collect();
    places.order_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    for (_, at) in places.iter().take(usize::try_from(left).unwrap_or(usize::MAX)) {
        if let Some(share) = shares.get_mut(*at) {
            *share += 1;
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_largest_remainder_has_the_last_one() {
        // 27 × 186/314 = 15.99…, 27 × 128/314 = 11.00…
        assert_eq!(share(27, &[186, 128]), [16, 11]);
        assert_eq!(share(3, &[1, 1]), [2, 1]);
        assert_eq!(share(5, &[0, 0]), [5, 0]);
        assert_eq!(share(5, &[]), [] as [u32; 0]);
    }

    proptest! {
        #[test]
        fn shares_sum_to_the_total(total in 0u32..10_000_000, weights in prop::collection::vec(0u64..1_000_000, 1..7)) {
            let shares = share(total, &weights);
            prop_assert_eq!(shares.iter().map(|s| u64::from(*s)).sum::<u64>(), u64::from(total));
        }
    }
}
