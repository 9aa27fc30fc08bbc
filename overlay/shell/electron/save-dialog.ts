/** A file of the user's choice, for what pages export: downloads of pages are stopped. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, BrowserWindow, dialog, type SaveDialogOptions } from 'electron';

/** Resolves to whether a place was chosen; rejects when nothing can be written there. */
export async function saveText(name: string, text: string): Promise<boolean> {
  const options: SaveDialogOptions = {
    defaultPath: join(app.getPath('documents'), name),
    filters: [{ name: 'Racing Coach profile', extensions: ['json'] }],
  };
  // In front of the window that asked, which cannot be used meanwhile.
  const asking = BrowserWindow.getFocusedWindow();
  const { canceled, filePath } = await (asking === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(asking, options));
  if (canceled) return false;
  await writeFile(filePath, text);
  return true;
}
