/** The sound page: hub in, sound out. Meant to be hidden; who opens it reads how things stand. */
import '../link/strict-page.ts';
import { commandOfKey } from './keys.ts';
import { wantsSound } from './page-sound.ts';
import { SoundPage } from './sound-page.ts';

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page lacks #${id}.`);
  return found;
}

function start(): void {
  const page = new URL(location.href);
  const [state, caption, button] = [element('state'), element('caption'), element('start')];
  if (!wantsSound(page)) {
    state.textContent = 'Silent: the address says audio=0.';
    return;
  }
  const sound = new SoundPage({
    page,
    pageName: 'audio',
    onCaption: (text) => {
      caption.textContent = text;
    },
    onState: (text, running) => {
      state.textContent = text;
      button.hidden = running;
    },
  });
  addEventListener('keydown', (event) => {
    const command = commandOfKey(event);
    if (command !== null) sound.command(command);
  });
  button.addEventListener('click', () => void sound.resume());
  Object.assign(window, {
    __racingCoachSound: {
      log: () => sound.board.log.list(),
      owner: () => sound.board.owner,
      state: () => sound.context.state,
      latencyS: () => [sound.context.baseLatency, sound.context.outputLatency],
    },
  });
}

start();
