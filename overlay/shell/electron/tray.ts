/** The tray as its model has it. */
import { join } from 'node:path';
import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import type { TrayCommand, TrayItem, TrayModel } from '../tray/tray-model.ts';

export class ShellTray {
  readonly #icons: string;
  #tray: Tray | null = null;
  #shown = '';

  /** @param icons folder of the marks */
  constructor(icons: string) {
    this.#icons = icons;
  }

  show(model: TrayModel, run: (command: TrayCommand) => void): void {
    // A new menu closes one that is open: only when something changed.
    const text = JSON.stringify(model);
    if (text === this.#shown) return;
    this.#shown = text;
    const icon = nativeImage.createFromPath(join(this.#icons, `tray-${model.mark}.png`));
    this.#tray ??= new Tray(icon);
    this.#tray.setImage(icon);
    this.#tray.setToolTip(model.tip);
    this.#tray.setContextMenu(Menu.buildFromTemplate(model.items.map((item) => menuItem(item, run))));
  }

  destroy(): void {
    this.#tray?.destroy();
    this.#tray = null;
  }
}

function menuItem(item: TrayItem, run: (command: TrayCommand) => void): MenuItemConstructorOptions {
  switch (item.kind) {
    case 'line':
      return { type: 'separator' };
    case 'text':
      return { label: item.label, enabled: false };
    case 'choice':
      return { label: item.label, type: 'radio', checked: item.chosen, click: () => run(item.command) };
    case 'command': {
      const keys = item.shortcut === null ? {} : { accelerator: item.shortcut, registerAccelerator: false };
      return { label: item.label, enabled: item.enabled, click: () => run(item.command), ...keys };
    }
  }
}
