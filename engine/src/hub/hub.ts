/**
 * What the hub knows and says, without a transport: late joiners first get hello, session, reference, the last status and the newest of what changes slowly,
 * then everything that happens. The server (`hub-server.ts`) brings it sockets.
 */
import {
  type BoardMessage,
  type CoachEvent,
  type HubMessage,
  type HubReference,
  hubProtocol,
  type Offer,
  type PageMessage,
  pageMessage,
  type RulesMessage,
  type Settings,
  type SoundCommand,
  type SoundSettings,
  snapshotLayoutHash,
} from '@racing-coach/contract';
import { withheldReference } from '../rules/withheld-reference.ts';
import { closeCodes, HubClient, type HubSocket } from './hub-client.ts';
import { SoundOwner } from './sound-owner.ts';

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
  readonly #clients = new Set<HubClient>();
  readonly #sound = new SoundOwner();
  #soundSettings: SoundSettings | null = null;
  #session: SessionMessage | null = null;
  #reference: HubReference | null = null;
  #why = '';
  #offers: Offer[] = [];
  #settings: Settings['hud'] | null = null;
  #raceLegal = false;
  #status: string | null = null;
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
  join(socket: HubSocket): { message(text: string | null): void; pong(): void; left(): void } {
    const client = new HubClient(socket);
    this.#clients.add(client);
    for (const message of this.#greeting()) client.text(message);
    for (const [type, text] of this.#board) client.newest(type, text);
    if (this.#snapshot !== null) client.snapshot(this.#snapshot);
    return {
      message: (text) => this.#receive(client, text),
      pong: () => client.answered(),
      left: () => this.#leave(client),
    };
  }

  /** Copies, because the caller's buffer is overwritten by the next tick while a socket may still hold this one. */
  publishSnapshot(bytes: Uint8Array): void {
    this.#snapshot = bytes.slice();
    for (const client of this.#clients) client.snapshot(this.#snapshot);
  }

  /** `text` is the event as the coach wrote it: it is passed on as it is. */
  publishEvent(event: CoachEvent, text: string): void {
    const message = `{"type":"event","event":${text}}`;
    if (event.type === 'status') this.#status = message;
    this.#toAll(message);
  }

  /** `text` is a message of what changes slowly: a page that is slow, or comes later, gets the newest of each type. */
  publishNewest(type: BoardMessage['type'], text: string): void {
    this.#board.set(type, text);
    for (const client of this.#clients) client.newest(type, text);
  }

  publishSession(session: SessionMessage): void {
    this.#session = session;
    this.#toAll(JSON.stringify(session));
  }

  /** `why`: why this lap, or why there is none. */
  publishReference(reference: HubReference | null, why = ''): void {
    this.#reference = reference;
    this.#why = why;
    this.#toAll(JSON.stringify(this.#referenceMessage()));
  }

  /** Where the rules forbid live instruction no page holds what it could be made from. */
  publishRules(message: RulesMessage): void {
    const changed = message.raceLegal !== this.#raceLegal;
    this.#raceLegal = message.raceLegal;
    this.publishNewest(message.type, JSON.stringify(message));
    if (changed && this.#reference !== null) this.#toAll(JSON.stringify(this.#referenceMessage()));
  }

  /** Recordings that could give a reference; none takes the earlier ones back. */
  publishOffers(offers: Offer[]): void {
    this.#offers = offers;
    this.#toAll(JSON.stringify({ type: 'offers', offers } satisfies HubMessage));
  }

  publishSettings(hud: Settings['hud']): void {
    this.#settings = hud;
    this.#toAll(JSON.stringify({ type: 'settings', hud } satisfies HubMessage));
  }

  publishSoundSettings(settings: SoundSettings): void {
    this.#soundSettings = settings;
    this.#toAll(JSON.stringify(soundSettingsMessage(settings)));
  }

  /** From a page's button, or from a key that somebody bound; false where no page sounds. */
  soundCommand(command: SoundCommand): boolean {
    return this.#sound.command(command);
  }

  /** About once a second. */
  publishClock(): void {
    const clock: HubMessage = { type: 'clock', nowMs: this.#options.nowMs() };
    this.#toAll(JSON.stringify(clock));
  }

  /** Every few seconds. */
  dropDead(): void {
    for (const client of this.#clients) if (!client.checkAlive()) this.#leave(client);
  }

  close(): void {
    for (const client of this.#clients) client.close(closeCodes.ending, 'the engine has ended');
    this.#clients.clear();
  }

  #leave(client: HubClient): void {
    this.#clients.delete(client);
    this.#sound.release(client, true);
  }

  #toAll(message: string): void {
    for (const client of this.#clients) client.text(message);
  }

  #referenceMessage(): HubMessage {
    const why = this.#why === '' ? {} : { why: this.#why };
    const known = this.#reference;
    const reference = known === null || !this.#raceLegal ? known : withheldReference(known);
    return { type: 'reference', reference, ...why };
  }

  #greeting(): string[] {
    const hello: HubMessage = {
      type: 'hello',
      protocol: hubProtocol,
      layoutHash: snapshotLayoutHash,
      version: this.#options.version,
      nowMs: this.#options.nowMs(),
    };
    const settings: HubMessage | null =
      this.#settings === null ? null : { type: 'settings', hud: this.#settings };
    const offers: HubMessage | null =
      this.#offers.length === 0 ? null : { type: 'offers', offers: this.#offers };
    const sound = this.#soundSettings === null ? null : soundSettingsMessage(this.#soundSettings);
    const messages = [hello, this.#session, this.#referenceMessage(), settings, offers, sound];
    const known = messages.filter((message) => message !== null);
    const texts = known.map((message) => JSON.stringify(message));
    return this.#status === null ? texts : [...texts, this.#status];
  }

  /** `null` stands for a binary message, which no page sends. */
  #receive(client: HubClient, text: string | null): void {
    const message = parsePageMessage(text);
    if (message === null) client.close(closeCodes.badMessage, 'message not understood');
    else if (message.type === 'drawn') this.#options.onDrawn?.(message.latencyMs);
    else if (message.type === 'sound-command') this.soundCommand(message.command);
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
