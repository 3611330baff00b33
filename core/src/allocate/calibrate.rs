//! Goal seek: which figure per class, per student or per whatever is counted can a total afford?
//!
//! Each line has a quantity (classes); at a figure f it is entitled to quantity × f, rounded to
//! whole posts. The sum only ever rises with f, one post at a time, so that the largest f that the
//! total affords is found exactly, as a fraction, without trying values.

use std::cmp::Ordering;

use num_rational::Ratio;

use super::key::{Weight, compare_products};
use crate::fraction::Fraction;

/// How an entitlement becomes whole posts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Up: the next whole post from any part of one.
    Up,
    /// Half and more up.
    HalfUp,
    /// Down.
    Down,
}

impl Rounding {
    /// Every way of rounding.
    pub const ALL: [Self; 3] = [Self::Up, Self::HalfUp, Self::Down];

    /// Twice the entitlement at which post `held + 1` begins.
    fn step(self, held: u64) -> u64 {
        match self {
            Self::Up => 2 * held,
            Self::HalfUp => 2 * held + 1,
            Self::Down => 2 * held + 2,
        }
    }

    /// Whole posts of an entitlement; `open` if it is only just below.
    fn whole(self, quantity: &Fraction, figure: &Ratio<i128>, open: bool) -> u64 {
        let exact =
            Ratio::new(i128::from(*quantity.numer()), i128::from(*quantity.denom())) * figure;
        let (twice, whole) = (exact * 2, exact.floor().to_integer());
        let is_whole = exact.is_integer();
        let posts = match self {
            Self::Down if open && is_whole => whole - 1,
            Self::Down => whole,
            Self::Up => exact.ceil().to_integer(),
            Self::HalfUp => {
                let odd = twice.is_integer() && twice.to_integer() % 2 != 0;
                let up = (twice + 1) / 2;
                up.floor().to_integer() - i128::from(open && odd)
            }
        };
        u64::try_from(posts.max(0)).unwrap_or(u64::MAX)
    }
}

/// What a total affords.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Affordable {
    /// Every figure below this one is affordable (under [`Rounding::Up`] this one as well), and
    /// none above.
    pub most: Fraction,
    /// Whether `most` itself is affordable.
    pub included: bool,
    /// Posts that it takes at the end of that range, at most the total.
    pub posts: u64,
    /// Posts of each line then.
    pub lines: Vec<u64>,
}

impl Affordable {
    /// The largest decimal with `places` digits that is affordable, as numerator over 10^places.
    pub fn decimal(&self, places: u32) -> Option<Fraction> {
        let scale = 10_i64.checked_pow(places)?;
        let scaled = Ratio::new(
            i128::from(*self.most.numer()).checked_mul(scale.into())?,
            i128::from(*self.most.denom()),
        );
        let whole = scaled.floor().to_integer();
        let whole = if scaled.is_integer() && !self.included { whole - 1 } else { whole };
        (whole >= 0).then_some(Fraction::new(i64::try_from(whole).ok()?, scale))
    }
}

/// The largest figure that `total` posts afford for lines with these quantities (zero or more).
/// `None` if no line has a quantity, so that any figure is affordable, or if quantities (numerator
/// or denominator from 2³¹) or the figure (from 2³²) are beyond anything counted.
pub fn afford(quantities: &[Fraction], total: u64, rounding: Rounding) -> Option<Affordable> {
    let counted = |quantity: &&Fraction| *quantity.numer() > 0;
    let all: f64 = quantities.iter().filter(counted).map(real).sum();
    let wide = |quantity: &Fraction| {
        quantity.numer().unsigned_abs() >= 1 << 31 || quantity.denom().unsigned_abs() >= 1 << 31
    };
    if all <= 0.0 || quantities.iter().any(wide) {
        return None;
    }
    // Posts that all lines have at a figure, and the first figure at which one more begins. Under
    // rounding up the first post of a line begins just above nought, so that the figure nought has
    // none and every other has at least one each.
    let posts_at = |figure: &Ratio<i128>, open: bool| -> u64 {
        let posts = quantities.iter().filter(counted);
        posts.map(|quantity| rounding.whole(quantity, figure, open)).fold(0, u64::saturating_add)
    };
    // A guess near the answer, then exactly from breakpoint to breakpoint.
    let lines = quantities.iter().filter(counted).count() as f64;
    let offset = match rounding {
        Rounding::Up => -lines / 2.0,
        Rounding::HalfUp => 0.0,
        Rounding::Down => lines / 2.0,
    };
    let guess = ((total as f64 + offset) / all).max(0.0);
    if guess >= 4_294_967_296.0 {
        return None;
    }
    let guess = Ratio::new((guess * 1_048_576.0) as i128, 1_048_576);
    let mut held: Vec<u64> = quantities
        .iter()
        .map(
            |quantity| if counted(&quantity) { rounding.whole(quantity, &guess, false) } else { 0 },
        )
        .collect();
    let mut sum: u64 = held.iter().copied().fold(0, u64::saturating_add);
    let begins = |line: usize, held: u64| -> Option<([u64; 2], Weight)> {
        let quantity = quantities.get(line).filter(counted)?;
        Some(([rounding.step(held), 1], Weight::of(quantity)))
    };
    let earlier = |one: &([u64; 2], Weight), other: &([u64; 2], Weight)| -> Ordering {
        compare_products(
            &[one.0[0], one.1.below, other.1.above],
            &[other.0[0], other.1.below, one.1.above],
        )
    };
    let edge = |held: &[u64], last: bool| {
        let lines = held.iter().enumerate().filter_map(|(line, &posts)| {
            let posts = if last { posts.checked_sub(1)? } else { posts };
            Some((line, begins(line, posts)?))
        });
        if last {
            lines.max_by(|a, b| earlier(&a.1, &b.1))
        } else {
            lines.min_by(|a, b| earlier(&a.1, &b.1))
        }
    };
    while sum > total {
        let (line, _) = edge(&held, true)?;
        *held.get_mut(line)? -= 1;
        sum -= 1;
    }
    while sum < total {
        let (line, _) = edge(&held, false)?;
        *held.get_mut(line)? += 1;
        sum += 1;
    }
    // Now `total` posts are given in the order in which they begin. The next one begins at `most`,
    // and those that begin there too cannot be kept.
    let (_, next) = edge(&held, false)?;
    let above = i128::from(next.0[0]).checked_mul(next.1.below.into())?;
    let most = Ratio::new(above, i128::from(next.1.above).checked_mul(2)?);
    // Rounding up, a post begins only above the figure.
    let included = rounding == Rounding::Up;
    let fraction =
        Fraction::new(i64::try_from(*most.numer()).ok()?, i64::try_from(*most.denom()).ok()?);
    let lines: Vec<u64> = quantities
        .iter()
        .map(
            |quantity| {
                if counted(&quantity) { rounding.whole(quantity, &most, !included) } else { 0 }
            },
        )
        .collect();
    let posts = posts_at(&most, !included);
    Some(Affordable { most: fraction, included, posts, lines })
}

fn real(quantity: &Fraction) -> f64 {
    *quantity.numer() as f64 / *quantity.denom() as f64
}
