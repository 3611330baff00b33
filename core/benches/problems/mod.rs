//! Made-up problems for the engine, the same on every machine: numbers come from a fixed recurrence.

use bianheng_core::allocate::transport::Transport;
use bianheng_core::allocate::{BoundReason, Bounds, Group, Line, LineId, Problem, Rule, solve};
use bianheng_core::fraction::Fraction;

/// Schools of 20 to some 2,000 students, one post for 19, posts now off by up to a sixth, bounds
/// of a tenth down and a seventh up.
pub fn county(schools: usize, rule: Rule) -> Problem {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut draw = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut lines = Vec::with_capacity(schools);
    for school in 0..schools {
        // The product of two draws: many small schools, few large ones.
        let students = 20 + draw(45) * draw(45);
        let posts = students / 19 + 1;
        let now = (posts + draw(posts / 3 + 2)).saturating_sub(posts / 6) as u32;
        let bounds = Bounds::free()
            .at_least(now.saturating_sub((now / 10).max(1)), BoundReason::CapDown)
            .at_most(now + (now / 7).max(2), BoundReason::CapUp);
        lines.push(Line {
            id: LineId::from(format!("{school:06}/primary")),
            need: Fraction::new(students as i64, 19),
            now,
            bounds,
            entitled: posts as u32,
        });
    }
    let total = lines.iter().map(|line| u64::from(line.now)).sum();
    Problem { lines, total, rule, limit: None, groups: Vec::new() }
}

/// Townships and stages with totals of their own: the lines of each are drawn apart, and every total
/// may move by a hundredth from where the optimum without groups would have it, towards today.
pub fn crossing(schools: usize) -> Problem {
    let mut problem = county(schools, Rule::Balanced);
    let free = solve(&problem).map(|proposal| proposal.posts).unwrap_or_default();
    for (family, count) in [("township", 14), ("stage", 5)] {
        for group in 0..count {
            let lines: Vec<usize> =
                (0..schools).filter(|line| (line * 31 + line / 7) % count == group).collect();
            let sum = |posts: &dyn Fn(usize) -> u32| -> u64 {
                lines.iter().map(|&line| u64::from(posts(line))).sum()
            };
            let now = sum(&|line| problem.lines.get(line).map_or(0, |line| line.now));
            let best = sum(&|line| free.get(line).copied().unwrap_or(0));
            let (low, high) = (now.min(best), now.max(best));
            let room = (high - low) / 2 + 1;
            let (low, high) = if now < best { (low, low + room) } else { (high - room, high) };
            let name = LineId::from(format!("{family} {group}"));
            problem.groups.push(Group { name, lines, low, high });
        }
    }
    problem
}

/// Teachers of ten subjects at 300 schools, and the vacancies of other schools by subject.
pub fn matching(teachers: usize) -> Transport {
    let mut state = 7_u64;
    let mut draw = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let spots: Vec<(i64, i64)> = (0..300).map(|_| (draw(6000) as i64, draw(6000) as i64)).collect();
    let cells: Vec<(usize, u64, u32)> =
        (0..1400).map(|_| (draw(300) as usize, draw(10), 1 + draw(2) as u32 / 2)).collect();
    let mut homes: Vec<(usize, u64)> =
        (0..teachers).map(|_| (draw(300) as usize, draw(10))).collect();
    homes.sort_unstable();
    let mut problem = Transport { unplaced: 1 << 40, ..Transport::default() };
    problem.places = cells.iter().map(|cell| cell.2).collect();
    for same in homes.chunk_by(|a, b| a == b) {
        let Some(&(home, subject)) = same.first() else { continue };
        let Some(&(x, y)) = spots.get(home) else { continue };
        problem.supplies.push(same.len() as u32);
        let arcs = (0..).zip(&cells).filter(|(_, cell)| cell.1 == subject && cell.0 != home);
        let cost = |school: usize| {
            let &(a, b) = spots.get(school).unwrap_or(&(0, 0));
            (x - a).abs() + (y - b).abs()
        };
        problem.arcs.push(arcs.map(|(at, cell)| (at, cost(cell.0))).collect());
    }
    problem
}
