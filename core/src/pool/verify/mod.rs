//! Checks awards without trusting how they were found: it reads the pool, the units and the figures
//! granted, and works out every limit anew. It never repairs anything.

mod line;
mod violation;

use std::collections::BTreeMap;

use super::award::Sharing;
use super::{Application, Awards, Book, Borrower, Cap, Pool, PoolError, Standings, What};
use line::{Line, Sums};
pub use violation::Violation;

/// Everything wrong with the awards of the batch being decided; empty if they are lawful, fair and
/// leave nothing idle.
///
/// # Errors
/// Where the book itself cannot be.
pub fn verify(
    pool: &Pool,
    standings: &Standings,
    awards: &Awards,
) -> Result<Vec<Violation>, PoolError> {
    let book = Book::on(pool, pool.batch.date)?;
    let asking: Vec<&Application> = pool.applications.iter().collect();
    // Worked out anew: what is lent, or promised for later, is not free.
    let lent: u64 = book.held.iter().map(|held| u64::from(held.out())).sum();
    let later = pool.loans.iter().filter(|loan| loan.from > pool.batch.date);
    let later: u64 = later.map(|loan| u64::from(loan.posts.saturating_sub(loan.returned))).sum();
    Book::last(pool)?;
    // The size at the end of the batch's day and of that of every later entry.
    let later_days =
        pool.events.iter().map(|event| event.date).filter(|day| *day > pool.batch.date);
    let sizes = later_days.chain([pool.batch.date]).map(|day| {
        let until = pool.events.iter().filter(|event| event.date <= day);
        until.fold(u64::from(pool.size), |size, event| match event.what {
            What::Add => size + u64::from(event.posts),
            What::Withdraw => size.saturating_sub(u64::from(event.posts)),
            _ => size,
        })
    });
    let free = sizes.min().unwrap_or(0).saturating_sub(lent + later);
    let free = u32::try_from(free).unwrap_or(u32::MAX);
    let limit = if pool.batch.closed {
        Some(0)
    } else {
        pool.batch.limit.map(|limit| limit.saturating_add(pool.carried()))
    };
    let sharing = Sharing { book: &book, date: pool.batch.date, free, limit, asking: &asking };
    let mut found = verify_for(pool, standings, sharing, awards);
    let figures = awards.figures;
    let parts = [figures.on_loan, figures.granted, figures.free].map(u64::from);
    let total: u64 = awards.list.iter().map(|award| u64::from(award.granted)).sum();
    if parts.iter().sum::<u64>() != u64::from(figures.size) || u64::from(figures.granted) != total {
        found.push(Violation::AboveLimit { granted: total, limit: u64::from(figures.granted) });
    }
    Ok(found)
}

/// The same for any batch, with the book of its day.
pub fn verify_for(
    pool: &Pool,
    standings: &Standings,
    sharing: Sharing<'_>,
    awards: &Awards,
) -> Vec<Violation> {
    let mut owed: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for held in &sharing.book.held {
        if let Borrower::Unit(unit) = &held.borrower {
            let (out, late) = owed.entry(unit.as_str()).or_default();
            *out += u64::from(held.promised) + u64::from(held.in_use);
            *late += u64::from(held.overdue(sharing.date));
        }
    }
    let lines = match pair(pool, standings, sharing, &owed, awards) {
        Ok(lines) => lines,
        Err(unmatched) => return unmatched,
    };
    let mut found = Vec::new();
    let mut sums = Sums::default();
    for line in &lines {
        line.check(&mut found);
        sums.add(line);
    }
    let free = u64::from(sharing.free);
    let limit = sharing.limit.map_or(free, |limit| free.min(u64::from(limit)));
    if sums.total > limit {
        found.push(Violation::AboveLimit { granted: sums.total, limit });
    }
    check_caps(pool, standings, sharing.book, &lines, &sums, &mut found);
    for line in &lines {
        line.check_unit(&sums, &mut found);
        if sums.total < limit && line.could_take(&sums, None) {
            found.push(Violation::Idle { application: line.id() });
        }
    }
    for short in lines.iter().filter(|line| line.is_short()) {
        let served = lines.iter().find(|other| {
            other.after(short).is_gt()
                && !other.by_hand()
                && other.award.granted > 0
                && short.could_take(&sums, Some(other))
        });
        if let Some(served) = served {
            found.push(Violation::Envy { short: short.id(), served: served.id() });
        }
    }
    found.extend(out_of_order(&lines));
    found
}

fn pair<'a>(
    pool: &'a Pool,
    standings: &'a Standings,
    sharing: Sharing<'a>,
    owed: &BTreeMap<&str, (u64, u64)>,
    awards: &'a Awards,
) -> Result<Vec<Line<'a>>, Vec<Violation>> {
    let mut open: BTreeMap<&str, &Application> =
        sharing.asking.iter().map(|asking| (asking.id.as_str(), *asking)).collect();
    let mut unmatched = Vec::new();
    let mut lines = Vec::new();
    for award in &awards.list {
        match open.remove(award.application.as_str()) {
            Some(asking) if asking.unit == award.unit && asking.posts == award.asked => {
                let standing = standings.get(&asking.unit);
                let caps = pool.caps.iter().filter(|cap| cap.holds(asking, standing));
                let capped = caps.map(|cap| (cap, out_under(cap, standings, sharing.book)));
                lines.push(Line {
                    pool,
                    standing,
                    asking,
                    award,
                    date: sharing.date,
                    owed: owed.get(asking.unit.as_str()).copied().unwrap_or_default(),
                    capped: capped.collect(),
                });
            }
            _ => unmatched.push(Violation::Unmatched { application: award.application.clone() }),
        }
    }
    unmatched.extend(open.keys().map(|id| Violation::Unmatched { application: (*id).to_owned() }));
    if unmatched.is_empty() { Ok(lines) } else { Err(unmatched) }
}

/// Posts out that a cap counts beside the batch.
fn out_under(cap: &Cap, standings: &Standings, book: &Book) -> u64 {
    if !cap.in_rotation {
        return 0;
    }
    let mut out = 0;
    for held in &book.held {
        let Borrower::Unit(unit) = &held.borrower else { continue };
        let mut like = Application::new("", unit.clone(), 1);
        like.sort.clone_from(&held.sort);
        if cap.holds(&like, standings.get(unit)) {
            out += u64::from(held.promised) + u64::from(held.in_use);
        }
    }
    out
}

fn check_caps(
    pool: &Pool,
    standings: &Standings,
    book: &Book,
    lines: &[Line<'_>],
    sums: &Sums<'_>,
    found: &mut Vec<Violation>,
) {
    for cap in &pool.caps {
        let granted = sums.caps.get(cap.name.as_str()).copied().unwrap_or(0);
        let limit = u64::from(cap.posts).saturating_sub(out_under(cap, standings, book));
        let served = |line: &Line<'_>| {
            !line.by_hand() && line.award.granted > 0 && cap.holds(line.asking, line.standing)
        };
        if granted > limit && lines.iter().any(served) {
            let rule = [cap.name.clone(), cap.name.clone()];
            let unit = cap.name.clone();
            found.push(Violation::AboveUnitLimit { unit, rule, granted, limit });
        }
    }
}

fn out_of_order(lines: &[Line<'_>]) -> Option<Violation> {
    let swapped = lines.windows(2).find_map(|pair| match pair {
        [one, next] => {
            let sorted = one.last().cmp(&next.last()).then_with(|| one.after(next)).is_lt();
            (!sorted).then_some(next)
        }
        _ => None,
    });
    let misnumbered = || (1..).zip(lines).find(|(rank, line)| line.award.rank != *rank);
    let wrong = swapped.or_else(|| misnumbered().map(|(_, line)| line))?;
    Some(Violation::WrongOrder { application: wrong.id() })
}
