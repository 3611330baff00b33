//! Words of the checks screen around the findings and the yardsticks.

use super::messages;

messages! {
    TITLE: "检查", "Checks";
    COUNTS: "硬性 {hard} 条 · 提示 {soft} 条 · 说明 {notes} 条", "{hard} hard · {soft} soft · {notes} notes";
    EVERY: "全部", "All";
    SHOW: "显示哪些", "Which to show";
    SHOW_ALL: "显示全部 {n} 条", "Show all {n}";
    OPEN: "打开 {place} 的依据", "Open the proof of {place}";
    LEADS_TO: "到“{screen}”处理", "See to it under {screen}";
    YARDSTICKS_NOTE: "课时、班额、占比和职数按这里的数值检查；测算编制由“标准”决定，不受影响。", "Lessons, class sizes, shares and leader posts are checked by these figures. Entitlements follow the norm alone.";
    NOTES: "说明", "Notes";
    TABLE: "所用的表", "Table in use";
    BACK: "还原为 {value}", "Back to {value}";
    FIGURE_RANGE: "应在 {least} 至 {greatest} 之间，最多三位小数", "{least} to {greatest}, three decimals at most";
    CHANGED: "已改", "changed";
}
