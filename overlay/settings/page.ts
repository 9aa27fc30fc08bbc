/** What every part of the page is given. */
import type { Settings } from '@racing-coach/contract';
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import type { Api } from './client/api.ts';
import type { CostWatch } from './client/cost-watch.ts';
import type { ShellBridge } from './client/shell-bridge.ts';
import type { SettingsStore, StoreState } from './client/store.ts';

export interface Page {
  api: Api;
  store: SettingsStore;
  cost: CostWatch;
  /** null in a browser. */
  shell: ShellBridge | null;
  address: URL;
}

export const PageContext = createContext<Page | null>(null);

export function usePage(): Page {
  const page = useContext(PageContext);
  if (page === null) throw new Error('There is no page.');
  return page;
}

/** The store's state, and draws anew whenever it changes. */
export function useStore(): StoreState {
  const { store } = usePage();
  const [state, setState] = useState(store.state);
  useEffect(() => {
    setState(store.state);
    return store.listen(() => setState(store.state));
  }, [store]);
  return state;
}

/** The settings with what is about to be saved. Only below what waits for them. */
export function useSettings(): Settings {
  const { store } = usePage();
  useStore();
  if (store.settings === null) throw new Error('The settings are not there yet.');
  return store.settings;
}

/** What an address answers; asked once, and again when `again` is called. */
export function useAnswer<T>(ask: () => Promise<T>): {
  answer: T | null;
  problem: string | null;
  again(): void;
} {
  const [answer, setAnswer] = useState<T | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  // Deliberately not every dependency: `ask` is a new function at every drawing; the round says when to ask.
  useEffect(() => {
    let current = true;
    ask().then(
      (given) => {
        if (!current) return;
        setAnswer(given);
        setProblem(null);
      },
      (error: unknown) => current && setProblem(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      current = false;
    };
  }, [round]);
  return { answer, problem, again: () => setRound((value) => value + 1) };
}
