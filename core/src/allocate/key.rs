//! The key of a post: exact, and compared by multiplying out in integers.
//!
//! Nothing is ever divided or rounded to compare two keys. The floating figure here is for
//! drawing only.

use std::cmp::Ordering;

use num_rational::Ratio;

use super::line::Rule;
use crate::fraction::Fraction;

/// The key of one post of one line under a rule. Larger keys are served first.
///
/// Keys compare only within one rule, by [`Key::compare`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    rule: Rule,
    weight: Fraction,
    held: u32,
}

impl Key {
    /// The key of the post that follows `held` others. `weight` is the need, or under
    /// [`Rule::LargestRemainder`] the share of the total; zero or more.
    pub fn new(rule: Rule, weight: Fraction, held: u32) -> Self {
        Self { rule, weight, held }
    }

    /// The rule that it belongs to.
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// The need, or under [`Rule::LargestRemainder`] the share, in posts.
    pub fn weight(&self) -> Fraction {
        self.weight
    }

    /// How many posts come before this one in its line: it is post number `held + 1`.
    pub fn held(&self) -> u32 {
        self.held
    }

    /// Whether it goes before every finite key: the first post of a line with need, under the
    /// rules that leave nobody without.
    pub fn is_infinite(&self) -> bool {
        self.held == 0
            && *self.weight.numer() > 0
            && matches!(self.rule, Rule::WorstFirst | Rule::EqualGap)
    }

    /// The exact value. `None` if it is infinite, or if numerator or denominator pass 64 bits
    /// (needs with denominators in the billions); comparing is exact even then.
    pub fn value(&self) -> Option<Fraction> {
        let exact = self.exact()?;
        Some(Fraction::new(
            i64::try_from(*exact.numer()).ok()?,
            i64::try_from(*exact.denom()).ok()?,
        ))
    }

    fn exact(&self) -> Option<Ratio<i128>> {
        let (need, per) = (i128::from(*self.weight.numer()), i128::from(*self.weight.denom()));
        let held = i128::from(self.held);
        let (above, below) = match self.rule {
            _ if need == 0 && self.rule != Rule::LargestRemainder => (0, 1),
            Rule::Balanced => (need, per.checked_mul(2 * held + 1)?),
            Rule::WorstFirst => (need, per.checked_mul(held)?),
            Rule::EqualGap => (
                need.checked_mul(need)?,
                per.checked_mul(per)?.checked_mul(held.checked_mul(held + 1)?)?,
            ),
            Rule::NeverOverfill => (need, per.checked_mul(held + 1)?),
            Rule::LargestRemainder => (need - per.checked_mul(held)?, per),
        };
        (below != 0).then(|| Ratio::new(above, below))
    }

    /// The value for drawing: infinite where [`Key::is_infinite`]. Never compare by it.
    pub fn approximate(&self) -> f64 {
        let need = *self.weight.numer() as f64 / *self.weight.denom() as f64;
        let held = f64::from(self.held);
        match self.rule {
            _ if need == 0.0 && self.rule != Rule::LargestRemainder => 0.0,
            Rule::Balanced => need / (2.0 * held + 1.0),
            Rule::WorstFirst => need / held,
            Rule::EqualGap => need * need / (held * (held + 1.0)),
            Rule::NeverOverfill => need / (held + 1.0),
            Rule::LargestRemainder => need - held,
        }
    }

    /// Compares the values of two keys of the same rule, exactly.
    pub fn compare(&self, other: &Self) -> Ordering {
        Weight::of(&self.weight).compare(
            self.rule,
            self.held,
            Weight::of(&other.weight),
            other.held,
        )
    }
}

/// A need or share as two unsigned numbers, ready to be multiplied out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Weight {
    pub(super) above: u64,
    pub(super) below: u64,
}

/// Keys as whole numbers keep this many bits after the point.
const COARSE_BITS: u32 = 32;

impl Weight {
    pub(super) fn of(weight: &Fraction) -> Self {
        Self { above: weight.numer().unsigned_abs(), below: weight.denom().unsigned_abs() }
    }

    pub(super) fn is_zero(self) -> bool {
        self.above == 0
    }

    /// Whether [`Weight::coarse`] can be computed under `rule`. A problem uses it for all of its
    /// lines or for none.
    pub(super) fn has_coarse(self, rule: Rule) -> bool {
        rule != Rule::EqualGap || (self.above < 1 << 47 && self.below < 1 << 31)
    }

    /// The key rounded down to a whole number of 2⁻³² and kept within 64 bits: if two of these
    /// differ, the exact keys differ the same way. Only a quick first look.
    pub(super) fn coarse(self, rule: Rule, held: u32) -> u64 {
        if self.above == 0 && rule != Rule::LargestRemainder {
            return 0;
        }
        let held = u64::from(held);
        match rule {
            Rule::Balanced => rounded_down(self.above, self.below, 2 * held + 1),
            Rule::WorstFirst if held == 0 => u64::MAX,
            Rule::EqualGap if held == 0 => u64::MAX,
            Rule::WorstFirst => rounded_down(self.above, self.below, held),
            Rule::NeverOverfill => rounded_down(self.above, self.below, held + 1),
            Rule::EqualGap => {
                let above = u128::from(self.above) * u128::from(self.above);
                let below = u128::from(self.below)
                    * u128::from(self.below)
                    * (u128::from(held) * u128::from(held + 1));
                within(quotient(above << COARSE_BITS, below))
            }
            Rule::LargestRemainder => {
                // May be below zero: shifted up by 2⁶², far more than any number of posts.
                let share = quotient(u128::from(self.above) << 24, u128::from(self.below));
                within((share + (1 << 62)).saturating_sub(u128::from(held) << 24))
            }
        }
    }

    /// What giving the post after `held` others costs in an additive rule, rounded down to a whole
    /// number of 2⁻³²; `None` where it is no such number. Only a quick first look.
    pub(super) fn coarse_cost(self, rule: Rule, held: u32) -> Option<i64> {
        let odd = 2 * u128::from(held) + 1;
        match rule {
            Rule::Balanced => {
                let scaled = u128::from(self.below) * odd;
                let scaled =
                    (scaled >> (127 - COARSE_BITS) == 0).then_some(scaled << COARSE_BITS)?;
                i64::try_from(scaled.checked_div(u128::from(self.above))?).ok()
            }
            Rule::EqualGap if held > 0 && self.above > 0 && self.has_coarse(rule) => {
                i64::try_from(self.coarse(rule, held)).ok().map(|key| -key)
            }
            Rule::LargestRemainder => {
                let share = (u128::from(self.above) << (COARSE_BITS + 1))
                    .checked_div(u128::from(self.below))?;
                let posts = i64::try_from(odd).ok()?.checked_mul(1 << COARSE_BITS)?;
                posts.checked_sub(i64::try_from(share).ok()?)
            }
            _ => None,
        }
    }

    /// Compares the key of the post after `held` of this weight with the key of the post after
    /// `others` of `other`, exactly.
    pub(super) fn compare(self, rule: Rule, held: u32, other: Self, others: u32) -> Ordering {
        let (held, others) = (u64::from(held), u64::from(others));
        if rule == Rule::LargestRemainder {
            return self.compare_remainders(held, other, others);
        }
        match (self.above == 0, other.above == 0) {
            (true, true) => return Ordering::Equal,
            (true, false) => return Ordering::Less,
            (false, true) => return Ordering::Greater,
            (false, false) if self == other => return others.cmp(&held),
            (false, false) => {}
        }
        match rule {
            Rule::EqualGap => compare_products(
                &[self.above, other.below, self.above, other.below, others, others + 1],
                &[other.above, self.below, other.above, self.below, held, held + 1],
            ),
            _ => {
                let divisor = |held: u64| match rule {
                    Rule::Balanced => 2 * held + 1,
                    Rule::WorstFirst => held,
                    _ => held + 1,
                };
                compare_products(
                    &[self.above, other.below, divisor(others)],
                    &[other.above, self.below, divisor(held)],
                )
            }
        }
    }

    /// share − k on both sides: whole parts first, then what is left over.
    fn compare_remainders(self, held: u64, other: Self, others: u64) -> Ordering {
        let whole = |weight: Self, held: u64| {
            i128::from(weight.above.checked_div(weight.below).unwrap_or(0)) - i128::from(held)
        };
        let left = |weight: Self| u128::from(weight.above.checked_rem(weight.below).unwrap_or(0));
        whole(self, held).cmp(&whole(other, others)).then_with(|| {
            (left(self) * u128::from(other.below)).cmp(&(left(other) * u128::from(self.below)))
        })
    }

    /// Compares two weights themselves.
    pub(super) fn compare_weight(self, other: Self) -> Ordering {
        (u128::from(self.above) * u128::from(other.below))
            .cmp(&(u128::from(other.above) * u128::from(self.below)))
    }
}

/// `above`·2³² ÷ (`below`·`divisor`), rounded down. Narrow arithmetic where it fits: a division
/// of 128 bits costs ten times as much.
fn rounded_down(above: u64, below: u64, divisor: u64) -> u64 {
    match (above.checked_shl(COARSE_BITS), below.checked_mul(divisor)) {
        (Some(scaled), Some(below)) if above >> COARSE_BITS == 0 => {
            scaled.checked_div(below).unwrap_or(u64::MAX - 1)
        }
        _ => within(quotient(
            u128::from(above) << COARSE_BITS,
            u128::from(below) * u128::from(divisor),
        )),
    }
}

fn quotient(above: u128, below: u128) -> u128 {
    match (u64::try_from(above), u64::try_from(below)) {
        (Ok(above), Ok(below)) => u128::from(above.checked_div(below).unwrap_or(u64::MAX)),
        _ => above.checked_div(below).unwrap_or(u128::MAX),
    }
}

/// The largest number but one stands for all finite keys that are larger still.
fn within(value: u128) -> u64 {
    u64::try_from(value).unwrap_or(u64::MAX).min(u64::MAX - 1)
}

/// Compares two products of up to six factors, exactly: in 128 bits if they fit, else in 384.
pub(super) fn compare_products<const N: usize>(left: &[u64; N], right: &[u64; N]) -> Ordering {
    match (narrow(left), narrow(right)) {
        (Some(left), Some(right)) => left.cmp(&right),
        _ => wide(left).iter().rev().cmp(wide(right).iter().rev()),
    }
}

fn narrow(factors: &[u64]) -> Option<u128> {
    factors.iter().try_fold(1_u128, |product, &factor| product.checked_mul(u128::from(factor)))
}

/// The product of at most six factors in six limbs of 64 bits, the lowest first.
fn wide(factors: &[u64]) -> [u64; 6] {
    let mut limbs = [1, 0, 0, 0, 0, 0];
    for &factor in factors {
        let mut carry = 0_u128;
        for limb in &mut limbs {
            carry += u128::from(*limb) * u128::from(factor);
            *limb = carry as u64;
            carry >>= 64;
        }
    }
    limbs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_as_printed() {
        // 186 ÷ 19 = 9.789…; with 9 posts held: 9.789 ÷ 19, ÷ 9, ², ÷ 10
        let key = |rule| Key::new(rule, Fraction::new(186, 19), 9).value();
        assert_eq!(key(Rule::Balanced), Some(Fraction::new(186, 361)));
        assert_eq!(key(Rule::WorstFirst), Some(Fraction::new(186, 171)));
        assert_eq!(key(Rule::EqualGap), Some(Fraction::new(186 * 186, 361 * 90)));
        assert_eq!(key(Rule::NeverOverfill), Some(Fraction::new(186, 190)));
        assert_eq!(key(Rule::LargestRemainder), Some(Fraction::new(186 - 171, 19)));
        let first = Key::new(Rule::WorstFirst, Fraction::new(1, 2), 0);
        assert!(first.is_infinite() && first.value().is_none());
        let nothing = Key::new(Rule::WorstFirst, Fraction::new(0, 1), 0);
        assert_eq!(nothing.value(), Some(Fraction::new(0, 1)));
    }

    #[test]
    fn the_widest_numbers_still_compare() {
        let most = i64::MAX;
        for rule in Rule::ALL {
            for (held, others) in [(0, 0), (u32::MAX - 1, u32::MAX - 1), (3, u32::MAX - 1)] {
                let large = Key::new(rule, Fraction::new(most, most - 1), held);
                let small = Key::new(rule, Fraction::new(most - 1, most), others.max(held));
                let same = large.is_infinite() && small.is_infinite();
                let expected = if same { Ordering::Equal } else { Ordering::Greater };
                assert_eq!(large.compare(&small), expected, "{rule:?} {held} {others}");
                assert_eq!(small.compare(&large), expected.reverse());
            }
        }
    }

    #[test]
    fn the_quick_look_never_disagrees() {
        let needs = [(1, 1), (1, 3), (2, 3), (486, 19), (6000, 1), (1, 1 << 30), (1 << 46, 7)];
        for rule in Rule::ALL {
            let mut keys = Vec::new();
            for (above, below) in needs {
                for held in [0, 1, 2, 7, 25, 26, 1000, u32::MAX - 1] {
                    keys.push((Weight::of(&Fraction::new(above, below)), held));
                }
            }
            for &(one, held) in &keys {
                for &(other, others) in &keys {
                    let quick = one.coarse(rule, held).cmp(&other.coarse(rule, others));
                    let exact = one.compare(rule, held, other, others);
                    assert!(quick == Ordering::Equal || quick == exact, "{rule:?}");
                }
            }
        }
    }
}
