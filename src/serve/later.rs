//! A value that another thread makes. Readers wait for it on a condition, never inside the thread pool: a worker of the pool that waits
//! is missed by whoever makes the value with it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// A value on its way.
pub struct Later<T> {
    state: Mutex<State<T>>,
    has_come: Condvar,
    is_wanted: AtomicBool,
}

enum State<T> {
    Awaited,
    Made(Arc<T>),
    /// Nobody makes it any more.
    Abandoned,
}

impl<T> Default for Later<T> {
    fn default() -> Self {
        Self { state: Mutex::new(State::Awaited), has_come: Condvar::new(), is_wanted: AtomicBool::new(false) }
    }
}

impl<T> Later<T> {
    /// Hands the value to all who wait.
    pub fn put(&self, value: T) -> Arc<T> {
        let value = Arc::new(value);
        self.change(State::Made(value.clone()));
        value
    }

    /// Tells all who wait that it won't come, unless it has.
    pub fn abandon(&self) {
        if self.now().is_none() {
            self.change(State::Abandoned);
        }
    }

    fn change(&self, state: State<T>) {
        *self.state.lock().unwrap_or_else(PoisonError::into_inner) = state;
        self.has_come.notify_all();
    }

    /// The value, if it is there already.
    pub fn now(&self) -> Option<Arc<T>> {
        match &*self.state.lock().unwrap_or_else(PoisonError::into_inner) {
            State::Made(value) => Some(value.clone()),
            State::Awaited | State::Abandoned => None,
        }
    }

    /// Whether anybody has waited for it.
    pub fn is_wanted(&self) -> bool {
        self.is_wanted.load(Ordering::Relaxed)
    }

    /// The value, as soon as it is there; none where it was abandoned.
    pub fn wait(&self) -> Option<Arc<T>> {
        self.is_wanted.store(true, Ordering::Relaxed);
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let is_awaited = |state: &mut State<T>| matches!(state, State::Awaited);
        match &*self.has_come.wait_while(state, is_awaited).unwrap_or_else(PoisonError::into_inner) {
            State::Made(value) => Some(value.clone()),
            State::Awaited | State::Abandoned => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn readers_wait_for_the_value_or_for_its_end() {
        let (made, abandoned) = (Later::default(), Later::<u8>::default());
        std::thread::scope(|scope| {
            let readers = [(); 4].map(|()| scope.spawn(|| made.wait()));
            let in_vain = scope.spawn(|| abandoned.wait());
            assert!(made.now().is_none());
            made.put(7);
            abandoned.abandon();
            for reader in readers {
                assert_eq!(reader.join().expect("a reader").as_deref(), Some(&7));
            }
            assert!(in_vain.join().expect("a reader").is_none());
        });
        made.abandon();
        assert_eq!(made.wait().as_deref(), Some(&7), "what has come stays");
    }
}
