/**
 * What the hub knows and says, without a transport: late joiners first get hello, session, reference, the last status and the newest of what changes slowly,
 * then everything that happens. The server (`hub-server.ts`) brings it sockets. Pages for viewers get what viewers may know: see `viewers-view.ts`.
 */
import {
  type BoardMessage,
  type CoachEvent,
  type HubMessage,
  type HubReference,
  hubMessage,
  hubProtocol,
  type Offer,
  type PageMessage,
  pageMessage,
  type RulesMessage,
  type Settings,
  type SettingsMessage,
  type SoundCommand,
  type SoundSettings,
  snapshotLayoutHash,
  type ViewersSettings,
  viewersSettings,
} from '@racing-coach/contract';
import { withheldReference } from '../rules/withheld-reference.ts';
import type { PageKind } from './access.ts';
import { closeCodes, HubClient, type HubSocket } from './hub-client.ts';
import { SoundOwner } from './sound-owner.ts';
import { viewersView } from './viewers-view.ts';

export type SessionMessage = Extract<HubMessage, { type: 'session' }>;

export interface HubOptions {
  version: string;
  /** The clock that snapshots are stamped with, in milliseconds. */
  nowMs: () => number;
  /** What a page told about a frame that it drew: milliseconds from sample to frame. */
  onDrawn?: (latencyMs: number) => void;
}

export class Hub {
  readonly #options: HubOptions;
  readonly #clients = new Map<HubClient, PageKind>();
  readonly #sound = new SoundOwner((muted) => this.#toAll({ type: 'sound-muted', muted }));
  #soundSettings: SoundSettings | null = null;
  #session: SessionMessage | null = null;
  #reference: HubReference | null = null;
  #why = '';
  #offers: Offer[] = [];
  #settings: SettingsMessage | null = null;
  #viewers = viewersSettings.parse({});
  #status: CoachEvent | null = null;
  #raceLegal = false;
  #snapshot: Uint8Array | null = null;
  /** What changes slowly, the newest of each. */
  readonly #board = new Map<BoardMessage['type'], string>();

  constructor(options: HubOptions) {
    this.#options = options;
  }

  get clientCount(): number {
    return this.#clients.size;
  }

  /** Takes a socket that passed the guard; returns what its messages, pongs and end are to be given to. */
  join(
    socket: HubSocket,
    kind: PageKind = 'own',
  ): { message(text: string | null): void; pong(): void; left(): void } {
    const client = new HubClient(socket);
    this.#clients.set(client, kind);
    for (const message of this.#greeting()) this.#send(client, kind, message);
    for (const [type, text] of this.#board) this.#sendNewest(client, kind, type, text);
    if (this.#snapshot !== null) client.snapshot(this.#snapshot);
    return {
      message: (text) => this.#receive(client, kind, text),
      pong: () => client.answered(),
      left: () => this.#leave(client),
    };
  }

  /** Copies, because the caller's buffer is overwritten by the next tick while a socket may still hold this one. */
  publishSnapshot(bytes: Uint8Array): void {
    this.#snapshot = bytes.slice();
    for (const client of this.#clients.keys()) client.snapshot(this.#snapshot);
  }

  /** `text` is the event as the coach wrote it: it is passed on as it is. */
  publishEvent(event: CoachEvent, text: string): void {
    if (event.type === 'status') this.#status = event;
    this.#toAll({ type: 'event', event }, `{"type":"event","event":${text}}`);
  }

  /** `text` is a message of what changes slowly: a page that is slow, or comes later, gets the newest of each type. */
  publishNewest(type: BoardMessage['type'], text: string): void {
    this.#board.set(type, text);
    for (const [client, kind] of this.#clients) this.#sendNewest(client, kind, type, text);
  }

  publishSession(session: SessionMessage): void {
    this.#session = session;
    this.#toAll(session);
  }

  /** `why`: why this lap, or why there is none. */
  publishReference(reference: HubReference | null, why = ''): void {
    this.#reference = reference;
    this.#why = why;
    this.#toAll(this.#referenceMessage());
  }

  /** Where the rules forbid live instruction no page holds what it could be made from. */
  publishRules(message: RulesMessage): void {
    const changed = message.raceLegal !== this.#raceLegal;
    this.#raceLegal = message.raceLegal;
    this.publishNewest(message.type, JSON.stringify(message));
    if (changed && this.#reference !== null) this.#toAll(this.#referenceMessage());
  }

  /** Recordings that could give a reference; none takes the earlier ones back. */
  publishOffers(offers: Offer[]): void {
    this.#offers = offers;
    this.#toAll({ type: 'offers', offers });
  }

  publishSettings({ hud, look, widgets, overlay }: Settings, hint: SettingsMessage['hint'] = null): void {
    this.#settings = { type: 'settings', hud, look, widgets, hint, shown: overlay.widgets };
    this.#toAll(this.#settings);
  }

  /** The same ones are told once: they come with every change of any setting. */
  publishSoundSettings(settings: SoundSettings): void {
    if (JSON.stringify(settings) === JSON.stringify(this.#soundSettings)) return;
    this.#soundSettings = settings;
    this.#toAll(soundSettingsMessage(settings));
  }

  /** From a page's button, or from a key that somebody bound; false where no page sounds. */
  soundCommand(command: SoundCommand): boolean {
    return this.#sound.command(command);
  }

  /** About once a second. */
  publishClock(): void {
    this.#toAll({ type: 'clock', nowMs: this.#options.nowMs() });
  }

  /** What pages for viewers may know from now on. They connect anew: what they were told before is not taken back otherwise. */
  setViewers(shown: ViewersSettings): void {
    if (JSON.stringify(shown) === JSON.stringify(this.#viewers)) return;
    this.#viewers = shown;
    for (const [client, kind] of this.#clients)
      if (kind === 'viewers') client.close(closeCodes.restart, 'what viewers see has changed');
  }

  /** Every few seconds. */
  dropDead(): void {
    for (const client of this.#clients.keys()) if (!client.checkAlive()) this.#leave(client);
  }

  close(): void {
    this.#closeAll(closeCodes.ending, 'the engine has ended');
  }

  /** The token that these pages came with counts no longer. */
  closeRenewed(): void {
    this.#closeAll(closeCodes.renewed, 'the token was renewed: open the new address');
  }

  #closeAll(code: number, reason: string): void {
    for (const client of this.#clients.keys()) client.close(code, reason);
    for (const client of [...this.#clients.keys()]) this.#leave(client);
  }

  #leave(client: HubClient): void {
    this.#clients.delete(client);
    this.#sound.release(client, true);
  }

  /** `text`: the message as it is written already. */
  #toAll(message: HubMessage, text = JSON.stringify(message)): void {
    for (const [client, kind] of this.#clients)
      if (kind === 'own') client.text(text);
      else this.#send(client, kind, message);
  }

  #send(client: HubClient, kind: PageKind, message: HubMessage): void {
    const view = kind === 'own' ? message : viewersView(message, this.#viewers);
    if (view !== null) client.text(JSON.stringify(view));
  }

  /** Viewers' pages get what they may know of it; a message that is none goes to nobody. */
  #sendNewest(client: HubClient, kind: PageKind, type: BoardMessage['type'], text: string): void {
    if (kind === 'own') client.newest(type, text);
    else {
      const message = hubMessage.safeParse(JSON.parse(text));
      const view = message.success ? viewersView(message.data, this.#viewers) : null;
      if (view !== null) client.newest(type, JSON.stringify(view));
    }
  }

  #referenceMessage(): HubMessage {
    const why = this.#why === '' ? {} : { why: this.#why };
    const known = this.#reference;
    const reference = known === null || !this.#raceLegal ? known : withheldReference(known);
    return { type: 'reference', reference, ...why };
  }

  #greeting(): HubMessage[] {
    const hello: HubMessage = {
      type: 'hello',
      protocol: hubProtocol,
      layoutHash: snapshotLayoutHash,
      version: this.#options.version,
      nowMs: this.#options.nowMs(),
    };
    const offers: HubMessage | null =
      this.#offers.length === 0 ? null : { type: 'offers', offers: this.#offers };
    const sound = this.#soundSettings === null ? null : soundSettingsMessage(this.#soundSettings);
    const status: HubMessage | null = this.#status === null ? null : { type: 'event', event: this.#status };
    const muted: HubMessage | null = this.#sound.muted ? { type: 'sound-muted', muted: true } : null;
    const [session, settings] = [this.#session, this.#settings];
    const messages = [hello, session, this.#referenceMessage(), settings, offers, sound, muted, status];
    return messages.filter((message) => message !== null);
  }

  /** `null` stands for a binary message, which no page sends. */
  #receive(client: HubClient, kind: PageKind, text: string | null): void {
    const message = parsePageMessage(text);
    if (message === null) client.close(closeCodes.badMessage, 'message not understood');
    else if (kind === 'viewers' && message.type !== 'page')
      client.close(closeCodes.badMessage, 'a page for viewers only listens');
    else if (message.type === 'drawn') this.#options.onDrawn?.(message.latencyMs);
    else if (message.type === 'sound-command') this.soundCommand(message.command);
    else if (message.type === 'sound-muted') this.#sound.say(client, message.muted);
    else if (message.type === 'sound-claim')
      message.claim ? this.#sound.claim(client) : this.#sound.release(client);
    else if (message.protocol !== hubProtocol)
      client.close(closeCodes.protocol, 'page and engine differ: reload');
  }
}

const soundSettingsMessage = (settings: SoundSettings): HubMessage => ({ type: 'sound-settings', settings });

function parsePageMessage(text: string | null): PageMessage | null {
  if (text === null) return null;
  try {
    return pageMessage.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
