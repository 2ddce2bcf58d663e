//! Framework blocks: what the names in them mean.

use super::Handbook;
use crate::content::block::FrameworkBlock;
use crate::diagnostic::{Diagnostic, codes, there_are};
use crate::framework::ItemRef;
use crate::source::Text;

impl Handbook {
    /// The framework that a block shows, and the value or behaviour.
    ///
    /// # Errors
    /// What to tell the author of a name that isn't there.
    pub fn find_block(&self, block: &FrameworkBlock) -> Result<(usize, Option<ItemRef>), Box<Diagnostic>> {
        let id = block.framework.as_str();
        let Some(index) = self.frameworks.iter().position(|framework| framework.id == id) else {
            let ids = || self.frameworks.iter().map(|framework| framework.id.as_str());
            let diagnostic = Diagnostic::new(codes::UNKNOWN_FRAMEWORK, format!("there is no framework `{id}`"))
                .at(block.framework.whole())
                .suggest(id, ids());
            return Err(Box::new(diagnostic.help(there_are("framework", "frameworks", ids()))));
        };
        let framework = &self.frameworks[index];
        let wanted = block.behaviour.as_ref().or(block.value.as_ref());
        let Some(name) = wanted else {
            return Ok((index, None));
        };
        let value = block.value.as_ref().map(Text::as_str);
        let found = framework.items().find(|at| {
            let own = framework.item(*at);
            let in_value = value.is_none_or(|value| framework.values[at.value].item.id == value);
            own.id == name.as_str() && (block.behaviour.is_none() || (at.behaviour.is_some() && in_value))
        });
        let Some(at) = found else {
            let ids: Vec<_> = framework.items().map(|at| framework.item(at).id.as_str()).collect();
            let message = format!("the framework `{id}` has no value or behaviour `{}`", name.as_str());
            let diagnostic = Diagnostic::new(codes::UNKNOWN_VALUE, message)
                .at(name.whole())
                .suggest(name.as_str(), ids.iter().copied())
                .help(there_are("value", "values and behaviours", ids));
            return Err(Box::new(diagnostic));
        };
        Ok((index, Some(at)))
    }
}
