/** Which addresses laps and a token may go to: over HTTPS anywhere, over plain HTTP on this machine alone. */
import { CodedError } from '@racing-coach/contract';

const isLoopback = (host: string) =>
  host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

/** What is wrong with it in one sentence; null when it will do. */
export function serverUrlProblem(text: string): string | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return `${text} is no address of a server. One looks like https://laps.example.org.`;
  }
  if (url.username !== '' || url.password !== '') return 'A server’s address holds no name and no password.';
  if (url.protocol === 'https:') return null;
  if (url.protocol !== 'http:') return 'A server’s address begins with https://.';
  return isLoopback(url.hostname)
    ? null
    : 'Laps go to a server over https:// only; http:// is for one on this machine.';
}

/** The origin of an address that will do; throws `usage` otherwise. The API's paths begin there. */
export function serverOrigin(text: string): string {
  const problem = serverUrlProblem(text);
  if (problem !== null) throw new CodedError('usage', { cause: problem });
  return new URL(text).origin;
}
