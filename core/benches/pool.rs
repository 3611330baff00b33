//! How long a county's pool takes: 2,000 applications over 20 batches, played for 10 years.

mod asking;

use divan::Bencher;

fn main() {
    divan::main();
}

#[divan::bench]
fn two_thousand_applications_over_twenty_batches_and_ten_years(bencher: Bencher<'_, '_>) {
    let asking = asking::Asking::new();
    bencher.bench(|| asking.play());
}
