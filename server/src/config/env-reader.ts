/** Values of the environment, each checked; what is wrong is noted and reading goes on. An empty variable counts as one that is not there. */
import { isIP } from 'node:net';

interface Range {
  least: number;
  most: number;
}

export class EnvReader {
  readonly problems: string[] = [];
  readonly #env: Record<string, string | undefined>;

  constructor(env: Record<string, string | undefined>) {
    this.#env = env;
  }

  #get(name: string): string | undefined {
    return this.#env[name]?.trim() || undefined;
  }

  wholeOrNull(name: string, { least, most }: Range): number | null {
    const text = this.#get(name);
    if (text === undefined) return null;
    const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    this.problems.push(`${name} is a whole number from ${least} to ${most}.`);
    return null;
  }

  whole(name: string, { otherwise, ...range }: Range & { otherwise: number }): number {
    return this.wholeOrNull(name, range) ?? otherwise;
  }

  oneOf<Word extends string>(name: string, words: readonly Word[], otherwise: Word): Word {
    const text = this.#get(name);
    if (text === undefined) return otherwise;
    const found = words.find((word) => word === text);
    if (found === undefined) this.problems.push(`${name} is one of: ${words.join(', ')}.`);
    return found ?? otherwise;
  }

  /** Kept as it is: it may hold a password. */
  url(name: string, protocols: string[]): string | null {
    const text = this.#get(name);
    if (text === undefined) return null;
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return text;
    this.problems.push(`${name} is a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`);
    return null;
  }

  /** As libpq takes it: with a socket's folder in `host` there is no host in it, so it is no URL of the web's kind. */
  postgres(name: string): string | null {
    const text = this.#get(name);
    if (text === undefined) return null;
    if (/^postgres(ql)?:\/\/\S+$/.test(text)) return text;
    this.problems.push(`${name} is a URL that begins with postgres://`);
    return null;
  }

  /** As browsers write it: scheme, host and port alone. */
  origin(name: string): string | null {
    const text = this.#get(name);
    return text === undefined ? null : this.#originOf(name, text);
  }

  /** With commas between. `*` is none: every page of the web is nobody in particular. */
  origins(name: string): string[] {
    const texts = this.#get(name)?.split(',') ?? [];
    return texts.map((text) => this.#originOf(name, text.trim())).filter((origin) => origin !== null);
  }

  #originOf(name: string, text: string): string | null {
    const url = URL.canParse(text) ? new URL(text) : null;
    const plain =
      url !== null && /^https?:$/.test(url.protocol) && `${url.pathname}${url.search}${url.hash}` === '/';
    if (plain && url.username === '' && url.password === '') return url.origin;
    this.problems.push(`${name} takes origins like https://coach.example, without a path.`);
    return null;
  }

  /** How many proxies, or their addresses and networks. Everybody's word for it is not taken. */
  proxies(name: string): false | number | string[] {
    const text = this.#get(name);
    if (text === undefined || text === 'false' || text === '0') return false;
    if (text === 'true') return 1;
    if (/^[1-9]$/.test(text)) return Number(text);
    const entries = text.split(',').map((entry) => entry.trim());
    const known = new Set(['loopback', 'linklocal', 'uniquelocal']);
    const fits = (entry: string) => {
      const [address = '', bits = '1'] = entry.split('/');
      const most = isIP(address) === 4 ? 32 : 128;
      return (
        known.has(entry) || (isIP(address) !== 0 && /^\d{1,3}$/.test(bits) && +bits >= 1 && +bits <= most)
      );
    };
    if (entries.every(fits)) return entries;
    this.problems.push(
      `${name} is the number of proxies in front (1 to 9), or their addresses and networks.`,
    );
    return false;
  }
}
