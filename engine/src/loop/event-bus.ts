/**
 * The typed event bus between the tick loop and what uses its results. Publishing calls the subscribers in the order in which they came,
 * at once: a tick has been handled when `publish` returns. One subscriber's failure is logged and stops nobody; the same failure of the
 * same subscriber is logged once, because at 60 Hz a log of it would be the next failure.
 */

type Handler<Payload> = (payload: Payload) => void | Promise<void>;

interface Subscriber<Payload> {
  name: string;
  handle: Handler<Payload>;
}

/** Failures that differ in a number each time would fill memory and log alike. */
const mostLogged = 200;

export type FailureLog = (subscriber: string, error: unknown) => void;

export class EventBus<Topics extends object> {
  readonly #subscribers: { [Topic in keyof Topics]?: Subscriber<Topics[Topic]>[] } = {};
  readonly #log: FailureLog;
  readonly #logged = new Set<string>();

  constructor(log: FailureLog) {
    this.#log = log;
  }

  /** `name` says in the log whose handler failed. Returns the end of the subscription. */
  subscribe<Topic extends keyof Topics>(
    topic: Topic,
    name: string,
    handle: Handler<Topics[Topic]>,
  ): () => void {
    const subscriber = { name, handle };
    this.#subscribers[topic] = [...(this.#subscribers[topic] ?? []), subscriber];
    return () => {
      this.#subscribers[topic] = this.#subscribers[topic]?.filter((other) => other !== subscriber);
    };
  }

  publish<Topic extends keyof Topics>(topic: Topic, payload: Topics[Topic]): void {
    for (const subscriber of this.#subscribers[topic] ?? []) this.#deliver(subscriber, payload);
  }

  #deliver<Payload>({ name, handle }: Subscriber<Payload>, payload: Payload): void {
    try {
      const later = handle(payload);
      if (later instanceof Promise) later.catch((error: unknown) => this.#failed(name, error));
    } catch (error) {
      this.#failed(name, error);
    }
  }

  #failed(name: string, error: unknown): void {
    const key = `${name}: ${error}`;
    if (this.#logged.has(key) || this.#logged.size >= mostLogged) return;
    this.#logged.add(key);
    this.#log(name, error);
  }
}
