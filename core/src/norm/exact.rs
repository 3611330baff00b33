//! Exact arithmetic for formulas. A number is a fraction of two 64-bit integers, kept unreduced
//! while it is small so that a county costs few divisions; what does not fit goes, reduced, to a
//! shelf of 128-bit fractions and works the same. Nothing is ever rounded here unless a rounding
//! was asked for, and nothing wraps: what 128 bits cannot hold is `None`.

use std::cell::RefCell;
use std::cmp::Ordering;

use num_rational::Ratio;

use crate::fraction::Fraction;

/// A fraction wide enough for sums over many unlike denominators.
pub type Wide = Ratio<i128>;

/// A number of a formula: `n / d` with `d` above zero, perhaps unreduced; with `d` zero, `n` is a
/// place on the shelf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Num {
    n: i64,
    d: i64,
}

/// Below this both sides of a fraction can be multiplied without a check.
const SMALL: i64 = 1 << 31;

impl Num {
    pub(super) const ZERO: Self = Self { n: 0, d: 1 };

    /// A whole number.
    pub(super) fn whole(value: i64) -> Self {
        Self { n: value, d: 1 }
    }

    pub(super) fn of(value: &Fraction) -> Self {
        Self { n: *value.numer(), d: *value.denom() }
    }

    fn small(self) -> bool {
        // A denominator of zero wraps around to the greatest number.
        (self.d.wrapping_sub(1) as u64) < (SMALL - 1) as u64
            && (self.n.wrapping_add(SMALL) as u64) < 2 * SMALL as u64
    }

    /// Reduced where it has grown, so that the next step is cheap again.
    fn tidy(n: i64, d: i64) -> Self {
        let found = Self { n, d };
        if found.small() {
            return found;
        }
        let by = gcd(n.unsigned_abs(), d.unsigned_abs()).max(1) as i64;
        Self { n: n / by, d: d / by }
    }
}

/// The numbers that need 128 bits.
#[derive(Debug, Default)]
pub(super) struct Shelf(RefCell<Vec<(i128, i128)>>);

/// Which way a rounding goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Half goes up, towards the greater.
    HalfUp,
    Floor,
    Ceil,
}

impl Shelf {
    pub(super) fn clear(&self) {
        self.0.borrow_mut().clear();
    }

    /// Numerator and denominator in full, reduced.
    fn load(&self, a: Num) -> (i128, i128) {
        if a.d != 0 {
            let by = gcd(a.n.unsigned_abs(), a.d.unsigned_abs()).max(1) as i64;
            return (i128::from(a.n / by), i128::from(a.d / by));
        }
        let place = usize::try_from(a.n).unwrap_or(usize::MAX);
        self.0.borrow().get(place).copied().unwrap_or((0, 1))
    }

    /// Takes a fraction in with its denominator above zero.
    fn store(&self, n: i128, d: i128) -> Num {
        let by = gcd_wide(n.unsigned_abs(), d.unsigned_abs()).max(1) as i128;
        let (n, d) = (n / by, d / by);
        if let (Ok(n), Ok(d)) = (i64::try_from(n), i64::try_from(d)) {
            return Num { n, d };
        }
        let mut shelf = self.0.borrow_mut();
        shelf.push((n, d));
        Num { n: i64::try_from(shelf.len()).unwrap_or(1) - 1, d: 0 }
    }

    /// The value as a reduced fraction; `None` where it needs more than 64 bits.
    pub(super) fn fraction(&self, a: Num) -> Option<Fraction> {
        if a.d == 1 {
            return Some(Fraction::new_raw(a.n, 1));
        }
        if a.d == 0 {
            return None;
        }
        let by = gcd(a.n.unsigned_abs(), a.d.unsigned_abs()).max(1) as i64;
        Some(Fraction::new_raw(a.n / by, a.d / by))
    }

    pub(super) fn wide(&self, a: Num) -> Wide {
        let (n, d) = self.load(a);
        Wide::new_raw(n, d)
    }

    /// The value where it is a whole number.
    pub(super) fn integer(&self, a: Num) -> Option<i128> {
        match self.load(a) {
            (n, 1) => Some(n),
            _ => None,
        }
    }

    pub(super) fn is_zero(&self, a: Num) -> bool {
        // What is on the shelf is large or has a large denominator, and zero is neither.
        a.d != 0 && a.n == 0
    }

    pub(super) fn add(&self, a: Num, b: Num) -> Option<Num> {
        if a.small() && b.small() {
            if a.d == b.d {
                return Some(Num::tidy(a.n + b.n, a.d));
            }
            return Some(Num::tidy(a.n * b.d + b.n * a.d, a.d * b.d));
        }
        let ((an, ad), (bn, bd)) = (self.load(a), self.load(b));
        let by = gcd_wide(ad.unsigned_abs(), bd.unsigned_abs()) as i128;
        let left = an.checked_mul(bd / by)?;
        let n = left.checked_add(bn.checked_mul(ad / by)?)?;
        Some(self.store(n, (ad / by).checked_mul(bd)?))
    }

    pub(super) fn subtract(&self, a: Num, b: Num) -> Option<Num> {
        self.add(a, self.negate(b)?)
    }

    fn negate(&self, a: Num) -> Option<Num> {
        if a.d != 0
            && let Some(n) = a.n.checked_neg()
        {
            return Some(Num { n, d: a.d });
        }
        let (n, d) = self.load(a);
        Some(self.store(n.checked_neg()?, d))
    }

    pub(super) fn multiply(&self, a: Num, b: Num) -> Option<Num> {
        if a.small() && b.small() {
            return Some(Num::tidy(a.n * b.n, a.d * b.d));
        }
        let ((an, ad), (bn, bd)) = (self.load(a), self.load(b));
        let across = |n: i128, d: i128| gcd_wide(n.unsigned_abs(), d.unsigned_abs()).max(1) as i128;
        let (left, right) = (across(an, bd), across(bn, ad));
        let n = (an / left).checked_mul(bn / right)?;
        Some(self.store(n, (ad / right).checked_mul(bd / left)?))
    }

    /// `None` for a division by zero too; the caller looks at that first.
    pub(super) fn divide(&self, a: Num, b: Num) -> Option<Num> {
        let turned = if b.d != 0 {
            match b.n {
                0 => return None,
                1.. => Num { n: b.d, d: b.n },
                i64::MIN..0 => Num { n: -b.d, d: b.n.checked_neg()? },
            }
        } else {
            let (n, d) = self.load(b);
            self.store(if n < 0 { -d } else { d }, n.checked_abs()?)
        };
        self.multiply(a, turned)
    }

    /// What remains of `a` when whole multiples of `b`, above zero, are taken away.
    pub(super) fn remainder(&self, a: Num, b: Num) -> Option<Num> {
        let times = self.round(self.divide(a, b)?, Mode::Floor, 0)?;
        self.subtract(a, self.multiply(times, b)?)
    }

    pub(super) fn compare(&self, a: Num, b: Num) -> Option<Ordering> {
        if a.small() && b.small() {
            if a.d == b.d {
                return Some(a.n.cmp(&b.n));
            }
            return Some((a.n * b.d).cmp(&(b.n * a.d)));
        }
        let ((an, ad), (bn, bd)) = (self.load(a), self.load(b));
        match (an.checked_mul(bd), bn.checked_mul(ad)) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            // The whole parts may tell where the products do not fit.
            _ => match an.div_euclid(ad).cmp(&bn.div_euclid(bd)) {
                Ordering::Equal => None,
                order => Some(order),
            },
        }
    }

    /// Rounds to so many decimal places.
    pub(super) fn round(&self, a: Num, mode: Mode, places: u8) -> Option<Num> {
        if places == 0 && a.small() {
            return Some(Num::whole(match mode {
                Mode::Floor => a.n.div_euclid(a.d),
                Mode::Ceil => -((-a.n).div_euclid(a.d)),
                Mode::HalfUp => (2 * a.n + a.d).div_euclid(2 * a.d),
            }));
        }
        let (n, d) = self.load(a);
        let scale = 10_i128.checked_pow(u32::from(places))?;
        let n = n.checked_mul(scale)?;
        let whole = match mode {
            Mode::Floor => n.div_euclid(d),
            Mode::Ceil => n.checked_neg()?.div_euclid(d).checked_neg()?,
            Mode::HalfUp => n.checked_mul(2)?.checked_add(d)?.div_euclid(d.checked_mul(2)?),
        };
        Some(self.store(whole, scale))
    }
}

fn gcd(mut a: u64, mut b: u64) -> u64 {
    // Small figures are the rule, and dividing half as many bits is faster.
    if let (Ok(x), Ok(y)) = (u32::try_from(a), u32::try_from(b)) {
        return u64::from(gcd_short(x, y));
    }
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn gcd_short(mut a: u32, mut b: u32) -> u32 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn gcd_wide(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        if let (Ok(x), Ok(y)) = (u64::try_from(a), u64::try_from(b)) {
            return u128::from(gcd(x, y));
        }
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn any_num() -> impl Strategy<Value = (i64, i64)> {
        let side =
            prop_oneof![-60_i64..60, any::<i32>().prop_map(i64::from), -(1_i64 << 50)..1 << 50];
        let below = prop_oneof![1_i64..60, 1_i64..1 << 31, 1_i64..1 << 50];
        (side, below)
    }

    proptest! {
        /// Small, tidied and shelved numbers all agree with the textbook on 128 bits.
        #[test]
        fn arithmetic_agrees_with_reduced_fractions((an, ad) in any_num(), (bn, bd) in any_num()) {
            let shelf = Shelf::default();
            let (a, b) = (Num { n: an, d: ad }, Num { n: bn, d: bd });
            let wide = |n: i64, d: i64| Wide::new(i128::from(n), i128::from(d));
            let (x, y) = (wide(an, ad), wide(bn, bd));
            let same = |got: Option<Num>, want: Wide| got.is_none_or(|got| shelf.wide(got) == want);
            let by = num_integer::Integer::gcd(x.denom(), y.denom());
            let top = x.numer() * (y.denom() / by) - y.numer() * (x.denom() / by);
            let difference = Wide::new(top, x.denom() / by * y.denom());
            prop_assert!(same(shelf.subtract(a, b), difference));
            prop_assert!(same(shelf.multiply(a, b), x * y));
            if bn != 0 {
                prop_assert!(same(shelf.divide(a, b), x / y));
            }
            prop_assert_eq!(shelf.compare(a, b), Some((x.numer() * y.denom()).cmp(&(y.numer() * x.denom()))));
            for (mode, want) in [(Mode::Floor, x.floor()), (Mode::Ceil, x.ceil())] {
                prop_assert!(same(shelf.round(a, mode, 0), want));
            }
        }
    }

    #[test]
    fn half_goes_up_on_both_sides_of_zero() {
        let shelf = Shelf::default();
        let rounded =
            |n, d, places| shelf.wide(shelf.round(Num { n, d }, Mode::HalfUp, places).unwrap());
        let whole = |n: i128| Wide::from_integer(n);
        assert_eq!(
            [rounded(5, 2, 0), rounded(-5, 2, 0), rounded(249, 100, 0), rounded(i64::MAX, 1, 0)],
            [whole(3), whole(-2), whole(2), whole(i128::from(i64::MAX))]
        );
        // 2.345 to two places is 2.35; -2.345 is -2.34.
        assert_eq!(rounded(2_345, 1_000, 2), Wide::new(235, 100));
        assert_eq!(rounded(-2_345, 1_000, 2), Wide::new(-234, 100));
    }

    #[test]
    fn what_64_bits_cannot_hold_goes_on_and_comes_back() {
        let shelf = Shelf::default();
        let big = Num::whole(i64::MAX);
        let twice = shelf.add(big, big).unwrap();
        assert_eq!(shelf.fraction(twice), None);
        assert_eq!(shelf.wide(twice), Wide::from_integer(2 * i128::from(i64::MAX)));
        assert_eq!(
            shelf.fraction(shelf.subtract(twice, big).unwrap()),
            Some(Fraction::from_integer(i64::MAX))
        );
        let square = shelf.multiply(big, big).unwrap();
        assert_eq!(shelf.multiply(square, square), None);
    }

    #[test]
    fn remainders_are_never_below_zero() {
        let shelf = Shelf::default();
        let remain = |a, b| shelf.wide(shelf.remainder(Num::whole(a), Num::whole(b)).unwrap());
        assert_eq!(
            [remain(57, 21), remain(-1, 21), remain(42, 21)],
            [15, 20, 0].map(Wide::from_integer)
        );
    }
}
