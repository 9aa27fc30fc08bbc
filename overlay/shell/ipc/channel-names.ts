/**
 * The names of every message between pages and the shell, and who may send which. The preload script exposes exactly these; it holds no schemas,
 * because it runs in every page and has no need of them. `channels.ts` says what each carries.
 */

/** What kind of window a page runs in. */
export const windowKinds = ['hud', 'edit', 'settings', 'review', 'audio', 'capture'] as const;
export type WindowKind = (typeof windowKinds)[number];

/** Asked by a page, answered by the shell. */
export const askChannels = [
  { name: 'shell:state', from: ['settings', 'review', 'edit'] },
  { name: 'shell:command', from: ['settings', 'review'] },
  { name: 'displays:list', from: ['settings', 'edit'] },
  { name: 'display:doctor', from: ['settings'] },
  { name: 'obs:copy', from: ['settings'] },
  { name: 'profile:export', from: ['settings'] },
  { name: 'link:open', from: ['settings', 'review'] },
  { name: 'edit:state', from: ['edit'] },
  { name: 'edit:act', from: ['edit'] },
] as const satisfies readonly { name: string; from: readonly WindowKind[] }[];

/** Told to pages by the shell. */
export const tellChannels = [
  { name: 'shell:changed', to: ['settings', 'review', 'edit'] },
  { name: 'edit:changed', to: ['edit'] },
] as const satisfies readonly { name: string; to: readonly WindowKind[] }[];

export type AskName = (typeof askChannels)[number]['name'];
export type TellName = (typeof tellChannels)[number]['name'];
