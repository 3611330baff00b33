//! What users do, from start to end, in both forms of the app. One module for each part of the app; this
//! file only lists them.

mod harness;
mod start;

use std::process::ExitCode;

use bianheng_e2e::{journey, runner};

fn main() -> ExitCode {
    runner::run(&[
        journey!(harness::files_come_and_go),
        journey!(harness::fields_and_keys_work),
        journey!(start::the_app_opens),
        journey!(start::the_policy_holds),
        journey!(start::an_old_browser_is_told),
        journey!(start::a_failed_start_is_told),
    ])
}
