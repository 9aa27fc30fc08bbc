/** Every channel of the table, and no other, on Electron's messages. What may be said is decided in `ipc/guard.ts`. */
import { ipcMain } from 'electron';
import { askChannels } from '../ipc/channel-names.ts';
import { answerAsk, type GuardOptions } from '../ipc/guard.ts';

export function listen(options: GuardOptions): void {
  for (const { name } of askChannels)
    ipcMain.handle(name, (event, ...words: unknown[]) => {
      // Read now: after the first await the frame may have gone elsewhere.
      const frame = event.senderFrame;
      const sender = {
        id: event.sender.id,
        frameUrl: frame?.url ?? null,
        isTopFrame: frame !== null && frame === event.sender.mainFrame,
      };
      return answerAsk(name, sender, words, options);
    });
}
