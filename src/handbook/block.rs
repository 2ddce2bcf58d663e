//! Framework blocks: what the names in them mean.

use super::Handbook;
use crate::content::block::FrameworkBlock;
use crate::framework::ItemRef;
use crate::text::Text;

/// A name in a block that means nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unknown {
    /// The framework's.
    Framework,
    /// A value's or behaviour's, in the framework of an index.
    Item(usize),
}

impl Handbook {
    /// The framework that a block shows, and the value or behaviour.
    ///
    /// # Errors
    /// Which of its names isn't there.
    pub fn find_block(&self, block: &FrameworkBlock) -> Result<(usize, Option<ItemRef>), Unknown> {
        let id = block.framework.as_str();
        let index = self.frameworks.iter().position(|framework| framework.id == id).ok_or(Unknown::Framework)?;
        let framework = &self.frameworks[index];
        let Some(name) = block.item_name() else {
            return Ok((index, None));
        };
        let value = block.value.as_ref().map(Text::as_str);
        let is_meant = |at: &&ItemRef| {
            let in_value = value.is_none_or(|value| framework.values[at.value].item.id == value);
            framework.item(**at).id == name.as_str()
                && (block.behaviour.is_none() || (at.behaviour.is_some() && in_value))
        };
        let found = framework.index.items(name.as_str()).iter().find(is_meant);
        found.map(|at| (index, Some(*at))).ok_or(Unknown::Item(index))
    }
}
