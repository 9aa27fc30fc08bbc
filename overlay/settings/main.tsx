/** The settings page: engine in, form out. It keeps no settings; what is not saved yet survives a reload in the tab's own storage. */
import '../link/strict-page.ts';
import { render } from 'preact';
import { HubLink, type Socket } from '../link/hub-link.ts';
import { hubOfPage } from '../panes/hub-of-page.ts';
import { App } from './app.tsx';
import { Api } from './client/api.ts';
import { CostWatch } from './client/cost-watch.ts';
import { leftWords } from './client/left-words.ts';
import { shellBridge } from './client/shell-bridge.ts';
import { SettingsStore } from './client/store.ts';
import { type Page, PageContext } from './page.ts';

const keptName = 'racing-coach.settings.drafts';

function start(): void {
  const address = new URL(location.href);
  const api = new Api(address, (url, init) => fetch(url, init));
  const store = new SettingsStore({
    api,
    later: (ms, run) => setTimeout(run, ms),
    kept: {
      read: () => sessionStorage.getItem(keptName),
      write: (text) => sessionStorage.setItem(keptName, text),
    },
  });
  const cost = new CostWatch(api);
  follow(store, cost, address);
  addEventListener('beforeunload', (event) => {
    if (store.unsaved) event.preventDefault();
  });
  const page: Page = { api, store, cost, shell: shellBridge(window), address };
  const root = document.getElementById('page');
  if (root === null) throw new Error('The page lacks #page.');
  void store.refresh();
  const words = leftWords();
  if (words !== null) store.say(words);
  render(
    <PageContext.Provider value={page}>
      <App />
    </PageContext.Provider>,
    root,
  );
}

/** The hub tells every page when a setting changed, whoever changed it. */
function follow(store: SettingsStore, cost: CostWatch, address: URL): void {
  const url = hubOfPage(address);
  if (url === null) return;
  new HubLink({
    pageName: 'settings',
    open: () => new WebSocket(url) as unknown as Socket,
    later: (ms, run) => setTimeout(run, ms),
    onLink: (link) => {
      if (link === 'open') void store.refresh();
    },
    onMessage: (message) => {
      if (message.type === 'settings' || message.type === 'session') void store.refresh();
      if (message.type === 'rules') store.rulesAre(message);
      if (message.type === 'clock') void cost.beat();
    },
    onSnapshot: () => {},
  });
}

start();
