/** The engine's interface as review uses it: it reads. */
import {
  type LapCornersAnswer,
  lapCornersAnswer,
  type SessionAnswer,
  type SessionPlaces,
  type SessionsAnswer,
  type Settings,
  sessionAnswer,
  sessionPlaces,
  sessionsAnswer,
  settings,
} from '@racing-coach/contract';
import { EngineApi } from '../../panes/engine-api.ts';

export interface SessionFilter {
  trackKey: string | null;
  carKey: string | null;
}

export class ReviewApi extends EngineApi {
  settings = (): Promise<Settings> => this.ask('GET', 'settings', settings);
  places = (): Promise<SessionPlaces> => this.ask('GET', 'sessions/places', sessionPlaces);
  session = (id: string): Promise<SessionAnswer> =>
    this.ask('GET', `sessions/${encodeURIComponent(id)}/laps`, sessionAnswer);
  corners = (lapId: string): Promise<LapCornersAnswer> =>
    this.ask('GET', `laps/${encodeURIComponent(lapId)}/corners`, lapCornersAnswer);

  /** @param after the `next` of the page before */
  sessions(
    { trackKey, carKey }: SessionFilter,
    limit: number,
    after: string | null,
  ): Promise<SessionsAnswer> {
    const query = new URLSearchParams({ limit: String(limit) });
    if (trackKey !== null) query.set('track', trackKey);
    if (carKey !== null) query.set('car', carKey);
    if (after !== null) query.set('after', after);
    return this.ask('GET', `sessions?${query}`, sessionsAnswer);
  }
}
