/** The review page: the driver's sessions out of the engine's store. It keeps nothing; what it shows is in its address. */
import '../link/strict-page.ts';
import { render } from 'preact';
import { HubLink, type Socket } from '../link/hub-link.ts';
import { hubOfPage } from '../panes/hub-of-page.ts';
import { App } from './app.tsx';
import { placeOf } from './client/place.ts';
import { ReviewApi } from './client/review-api.ts';
import { ReviewStore } from './client/store.ts';
import { StoreContext } from './use-review.ts';

/** The sim says a lap's official time some seconds after the line. */
const settledMs = 5000;

function start(): void {
  const address = new URL(location.href);
  const api = new ReviewApi(address, (url, init) => fetch(url, init));
  const store = new ReviewStore({ api, later: (ms, run) => setTimeout(run, ms) });
  void store.choose(placeOf(location.hash)).then(store.refresh);
  addEventListener('hashchange', () => void store.choose(placeOf(location.hash)));
  // What was taken in meanwhile, in another window.
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void store.refresh();
  });
  follow(store, address);
  const root = document.getElementById('page');
  if (root === null) throw new Error('The page lacks #page.');
  render(
    <StoreContext.Provider value={store}>
      <App />
    </StoreContext.Provider>,
    root,
  );
}

/** What the hub tells of is asked for anew: a finished lap, another session, other units. */
function follow(store: ReviewStore, address: URL): void {
  const url = hubOfPage(address);
  if (url === null) return;
  new HubLink({
    pageName: 'review',
    open: () => new WebSocket(url) as unknown as Socket,
    later: (ms, run) => setTimeout(run, ms),
    // Come or gone: whether the engine answers is seen by asking it.
    onLink: () => void store.refresh(),
    onMessage: ({ type }) => {
      // Behind the sim nobody looks, and the engine has other work; it is asked when the page is seen again.
      if (document.visibilityState === 'hidden') return;
      if (type === 'settings' || type === 'session' || type === 'laps') void store.refresh();
      if (type === 'laps') setTimeout(() => void store.refreshChosen(), settledMs);
    },
    onSnapshot: () => {},
  });
}

start();
