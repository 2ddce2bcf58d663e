//! What can be called by its id in a framework, so that no name is looked for among all: a handbook names its values again and again.

use rustc_hash::FxHashMap;

use super::{Cell, Framework, ItemRef};

/// The ids of a framework's parts.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// Values and behaviours by their id, behaviours by `value/behaviour` too; several where behaviours of two values share one.
    items: FxHashMap<String, Vec<ItemRef>>,
    profiles: FxHashMap<String, usize>,
    /// Whose each indicator is.
    indicators: FxHashMap<String, Vec<ItemRef>>,
}

impl Index {
    /// Of a framework whose parts all have their ids.
    pub(super) fn of(framework: &Framework) -> Self {
        let mut index = Self::default();
        for at in framework.items() {
            index.items.entry(framework.item(at).id.clone()).or_default().push(at);
            if at.behaviour.is_some() {
                index.items.entry(framework.full_id(at)).or_default().push(at);
            }
        }
        for (at, profile) in framework.profiles.iter().enumerate() {
            index.profiles.entry(profile.id.clone()).or_insert(at);
        }
        for (at, Cell { indicators, .. }) in framework.cells() {
            for indicator in indicators {
                index.indicators.entry(indicator.id.clone()).or_default().push(at);
            }
        }
        index
    }

    /// The values and behaviours of an id, in their order.
    pub fn items(&self, id: &str) -> &[ItemRef] {
        self.items.get(id).map_or(&[], Vec::as_slice)
    }

    /// The profile of an id.
    pub fn profile(&self, id: &str) -> Option<usize> {
        self.profiles.get(id).copied()
    }

    /// The values and behaviours that have an indicator of an id.
    pub fn with_indicator(&self, id: &str) -> &[ItemRef] {
        self.indicators.get(id).map_or(&[], Vec::as_slice)
    }
}
