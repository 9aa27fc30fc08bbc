/**
 * What the person changed and the engine has not confirmed yet, by `section.field`. A draft that was refused stays as typed, with the reason, and the
 * other fields of its section are saved without it.
 */
import type { Settings, SettingsSection } from '@racing-coach/contract';

export interface Draft {
  value: unknown;
  /** Why the engine does not take it; null while it may. */
  refused: string | null;
}

export type Drafts = Readonly<Record<string, Draft>>;

/** `section.field`, and below for widgets: `widgets.deltaBar.rangeS`. */
export type FieldPath = `${SettingsSection}.${string}`;

export const sectionOf = (path: string): SettingsSection => path.split('.')[0] as SettingsSection;

export function withDraft(drafts: Drafts, path: FieldPath, value: unknown): Drafts {
  return { ...drafts, [path]: { value, refused: null } };
}

export const refused = (drafts: Drafts, path: string, why: string): Drafts =>
  path in drafts ? { ...drafts, [path]: { value: drafts[path]?.value, refused: why } } : drafts;

/** Without those that the engine has now taken; a draft that was changed meanwhile stays. */
export function confirmed(drafts: Drafts, sent: Drafts): Drafts {
  const left = Object.entries(drafts).filter(
    ([path, { value }]) => !(path in sent) || sent[path]?.value !== value,
  );
  return Object.fromEntries(left);
}

export const without = (drafts: Drafts, path: string): Drafts =>
  Object.fromEntries(Object.entries(drafts).filter(([one]) => one !== path));

/** Those of one section that may be sent. */
export function sendable(drafts: Drafts, section: SettingsSection): Drafts {
  const fitting = Object.entries(drafts).filter(
    ([path, { refused: why }]) => why === null && sectionOf(path) === section,
  );
  return Object.fromEntries(fitting);
}

export const waitingSections = (drafts: Drafts): SettingsSection[] => [
  ...new Set(
    Object.entries(drafts)
      .filter(([, draft]) => draft.refused === null)
      .map(([path]) => sectionOf(path)),
  ),
];

/** The settings as the person sees them: with the drafts in place. */
export function drafted(settings: Settings, drafts: Drafts): Settings {
  let next = settings;
  for (const [path, { value }] of Object.entries(drafts))
    next = put(next, path.split('.'), value) as Settings;
  return next;
}

function put(group: unknown, [key = '', ...below]: string[], value: unknown): unknown {
  const fields = group as Record<string, unknown>;
  return { ...fields, [key]: below.length === 0 ? value : put(fields[key], below, value) };
}

/** The value at a path; undefined where there is none. */
export function valueAt(settings: Settings, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((group, key) => (group as Record<string, unknown> | undefined)?.[key], settings);
}

/** From what the page kept over a reload; whatever is not a draft is left out. */
export function parseDrafts(text: string | null, sections: readonly string[]): Drafts {
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    const entries = Object.entries(value as Record<string, unknown>).filter(([path]) =>
      sections.includes(sectionOf(path)),
    );
    return Object.fromEntries(entries.map(([path, one]) => [path, { value: one, refused: null }]));
  } catch {
    return {};
  }
}

export const keptText = (drafts: Drafts): string =>
  JSON.stringify(Object.fromEntries(Object.entries(drafts).map(([path, { value }]) => [path, value])));
