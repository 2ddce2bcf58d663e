//! The ways through a handbook: the reading order, what is above a page, and which section it stands in.

use super::{Handbook, Subject};
use crate::framework::ItemRef;

impl Handbook {
    /// Everything that is read, in the order of the menu: a section before its pages, a value before its behaviours.
    pub fn reading_order(&self) -> Vec<Subject> {
        let mut order = vec![Subject::Page(0)];
        for subject in &self.top {
            match subject {
                Subject::Page(page) => self.read_page(*page, &mut order),
                Subject::Framework(framework) => self.read_framework(*framework, &mut order),
                _ => {}
            }
        }
        order
    }

    fn read_page(&self, page: usize, order: &mut Vec<Subject>) {
        order.push(Subject::Page(page));
        for child in &self.pages[page].children {
            self.read_page(*child, order);
        }
    }

    fn read_framework(&self, framework: usize, order: &mut Vec<Subject>) {
        let own = &self.frameworks[framework];
        order.push(Subject::Framework(framework));
        order.extend(own.items().map(|at| Subject::Item(framework, at)));
        order.extend(self.points_with_pages(framework));
        order.extend((0..own.profiles.len()).map(|profile| Subject::Profile(framework, profile)));
    }

    /// The points of a framework's audience and level scales.
    pub fn points_with_pages(&self, framework: usize) -> impl Iterator<Item = Subject> {
        self.frameworks[framework].scales.iter().enumerate().filter(|(_, scale)| scale.kind.has_pages()).flat_map(
            move |(index, scale)| (0..scale.points.len()).map(move |point| Subject::Point(framework, index, point)),
        )
    }

    /// What a subject belongs to: a page's section, a behaviour's value, a framework for its parts. None for the home page.
    pub fn parent(&self, subject: Subject) -> Option<Subject> {
        match subject {
            Subject::Page(page) => self.pages[page].parent.map(Subject::Page),
            Subject::Framework(_) => Some(Subject::Page(0)),
            Subject::Item(framework, ItemRef { value, behaviour: Some(_) }) => {
                Some(Subject::Item(framework, ItemRef { value, behaviour: None }))
            }
            Subject::Item(framework, _) | Subject::Point(framework, ..) | Subject::Profile(framework, _) => {
                Some(Subject::Framework(framework))
            }
            Subject::Asset(_) => None,
        }
    }

    /// From the home page down to the parent.
    pub fn trail(&self, subject: Subject) -> Vec<Subject> {
        let mut trail: Vec<_> = std::iter::successors(self.parent(subject), |above| self.parent(*above)).collect();
        trail.reverse();
        trail
    }

    /// The section whose menu stands beside a subject: a page's folder, or its framework. None for pages of the top level that have
    /// no pages below them.
    pub fn section(&self, subject: Subject) -> Option<Subject> {
        match subject {
            Subject::Page(0) => None,
            Subject::Page(page) if !self.pages[page].children.is_empty() => Some(subject),
            Subject::Page(page) => self.pages[page].parent.filter(|parent| *parent != 0).map(Subject::Page),
            Subject::Framework(framework)
            | Subject::Item(framework, _)
            | Subject::Point(framework, ..)
            | Subject::Profile(framework, _) => Some(Subject::Framework(framework)),
            Subject::Asset(_) => None,
        }
    }
}
