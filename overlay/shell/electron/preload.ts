/**
 * All that a page gets of the shell: `racingCoach.ask(name, …words)` and `racingCoach.listen(name, run)` for the channels of the table. Runs in the
 * sandbox before the page; holds no logic, and never hands out Electron's own objects.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { askChannels, tellChannels } from '../ipc/channel-names.ts';

const asked = new Set<string>(askChannels.map(({ name }) => name));
const told = new Set<string>(tellChannels.map(({ name }) => name));

contextBridge.exposeInMainWorld('racingCoach', {
  ask: (name: string, ...words: unknown[]) =>
    asked.has(name) ? ipcRenderer.invoke(name, ...words) : Promise.reject(new Error('refused')),
  /** Returns what ends it. */
  listen: (name: string, run: (words: unknown) => void) => {
    if (!told.has(name)) return () => {};
    // The event carries Electron's objects: the page gets the words alone.
    const heard = (_: unknown, words: unknown) => run(words);
    ipcRenderer.on(name, heard);
    return () => ipcRenderer.off(name, heard);
  },
});
