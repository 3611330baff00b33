//! The address of each screen: `#/schools`. A hash, so that the app works in any folder and from
//! file://, where paths are refused.

/// A screen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum View {
    /// The three doors.
    #[default]
    Start,
    /// 总览
    Overview,
    /// 学校
    Schools,
    /// 标准
    Norms,
    /// 检查
    Checks,
    /// 调整
    Reallocate,
    /// 周转池
    Pool,
    /// 对比
    Compare,
}

impl View {
    /// The screens of the rail, in the order of the work.
    pub const RAIL: [Self; 7] = [
        Self::Overview,
        Self::Schools,
        Self::Norms,
        Self::Checks,
        Self::Reallocate,
        Self::Pool,
        Self::Compare,
    ];

    /// The address.
    pub fn hash(self) -> &'static str {
        match self {
            Self::Start => "#/",
            Self::Overview => "#/overview",
            Self::Schools => "#/schools",
            Self::Norms => "#/norms",
            Self::Checks => "#/checks",
            Self::Reallocate => "#/reallocate",
            Self::Pool => "#/pool",
            Self::Compare => "#/compare",
        }
    }

    /// The screen at an address; the start for one that leads nowhere.
    pub fn parse(hash: &str) -> Self {
        let leads_to = |view: &Self| view.within(hash).is_some();
        Self::RAIL.into_iter().find(leads_to).unwrap_or_default()
    }

    /// The place within this screen that an address names: `ratio.primary` of
    /// `#/norms/ratio.primary`, nothing of `#/norms`. `None` for an address of another screen.
    pub fn within(self, hash: &str) -> Option<&str> {
        let rest = hash.strip_prefix(self.hash())?;
        if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use wasm_bindgen_test::wasm_bindgen_test;

    #[wasm_bindgen_test]
    fn every_screen_has_its_own_address() {
        for view in View::RAIL {
            assert_eq!(View::parse(view.hash()), view);
        }
        assert_eq!(View::parse("#/nowhere"), View::Start);
        assert_eq!(View::parse("#/norms/ratio.primary"), View::Norms);
        assert_eq!(View::Norms.within("#/norms/ratio.primary"), Some("ratio.primary"));
        assert_eq!(View::Norms.within("#/normsight"), None);
    }
}
