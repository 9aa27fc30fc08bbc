/** What every part of the page is given. */
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { Locale } from '../hud/locale.ts';
import type { ReviewState, ReviewStore } from './client/store.ts';

export const StoreContext = createContext<ReviewStore | null>(null);

export function useStore(): ReviewStore {
  const store = useContext(StoreContext);
  if (store === null) throw new Error('There is no store.');
  return store;
}

/** The store's state, and draws anew whenever it changes. */
export function useReview(): ReviewState {
  const store = useStore();
  const [state, setState] = useState(store.state);
  useEffect(() => {
    setState(store.state);
    return store.listen(() => setState(store.state));
  }, [store]);
  return state;
}

/** The driver's units in the page's own language, which is English. One for all: rows are many. */
export const LocaleContext = createContext(new Locale({ language: 'en', units: 'metric' }));
export const useLocale = (): Locale => useContext(LocaleContext);
