/** A setting as its control sees it: the value with what was typed, and what is wrong with it. */
import type { FieldPath } from '../client/drafts.ts';
import { valueAt } from '../client/drafts.ts';
import { usePage, useSettings } from '../page.ts';

export interface BoundField {
  id: string;
  value: unknown;
  set(value: unknown): void;
  /** Why the engine does not take it. */
  error: string | null;
  /** The active profile's name, where the value is the profile's. */
  profile: string | null;
}

export function useField(path: FieldPath): BoundField {
  const { store } = usePage();
  const settings = useSettings();
  const { server, drafts } = store.state;
  const section = path.split('.').slice(0, 2).join('.');
  return {
    id: `field-${path.replaceAll('.', '-')}`,
    value: valueAt(settings, path),
    set: (value) => store.change(path, value),
    error: drafts[path]?.refused ?? null,
    profile: server?.fromProfile.includes(section) ? server.profile.name : null,
  };
}
