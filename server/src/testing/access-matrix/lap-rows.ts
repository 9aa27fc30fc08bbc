/** Laps, references and what is made of them. Those in the world are the driver's, who shows them to his team; an admin sees no more than he is shown. */
import { claimOf, someSession } from '../uploads.ts';
import { body, everyone, type Row } from './row.ts';
import type { World } from './world.ts';

const own = (status: number): Row['gets'] => ({ ...everyone(404), driver: status });
const team = (status: number): Row['gets'] => ({ ...everyone(status), stranger: 404, admin: 404 });
const claim = Buffer.from(JSON.stringify(claimOf(null))).toString('base64url');

const session = ({ sessionId }: World) => `/api/v1/sessions/${sessionId}`;
const lap =
  (rest = '') =>
  ({ lapId }: World) =>
    `/api/v1/laps/${lapId}${rest}`;
const reference =
  (rest = '') =>
  ({ referenceId }: World) =>
    `/api/v1/references/${referenceId}${rest}`;

export const lapRows: Record<string, Row> = {
  'PUT /api/v1/uploads/sessions/:sessionId': {
    path: () => '/api/v1/uploads/sessions/s1',
    body: body(someSession),
    gets: everyone(200),
  },
  // The session of the claim was not sent.
  'PUT /api/v1/uploads/laps/:lapId': {
    path: () => '/api/v1/uploads/laps/l1',
    headers: { 'lap-claim': claim },
    gets: everyone(409),
  },
  'POST /api/v1/uploads/known': { body: body({ lapIds: ['l1'] }), gets: everyone(200) },

  'GET /api/v1/sessions': { gets: everyone(200) },
  'GET /api/v1/sessions/:sessionId': { path: session, gets: team(200) },
  'PATCH /api/v1/sessions/:sessionId': {
    path: session,
    body: body({ visibility: 'private' }),
    gets: own(200),
  },
  'DELETE /api/v1/sessions/:sessionId': { path: session, gets: own(204) },

  'GET /api/v1/laps': { gets: everyone(200) },
  'GET /api/v1/laps/:lapId': { path: lap(), gets: team(200) },
  'DELETE /api/v1/laps/:lapId': { path: lap(), gets: own(204) },
  'GET /api/v1/laps/:lapId/file': { path: lap('/file'), gets: team(200) },
  'GET /api/v1/laps/:lapId/telemetry': { path: lap('/telemetry?channels=speedMps'), gets: team(200) },
  'GET /api/v1/laps/:lapId/metrics': { path: lap('/metrics'), gets: team(200) },
  'POST /api/v1/comparisons': {
    body: ({ lapId, referenceId }) => ({ lapId, reference: { referenceId } }),
    gets: team(200),
  },
  'GET /api/v1/tracks': { gets: everyone(200) },
  'GET /api/v1/boards': {
    path: () => '/api/v1/boards?trackKey=ring&carKey=gt3',
    gets: everyone(200),
  },
  // Without asking for a socket.
  'GET /api/v1/live': { gets: everyone(404) },

  'GET /api/v1/references': { gets: everyone(200) },
  'POST /api/v1/references': {
    body: ({ lapId }) => ({ lapId, label: 'Mine', visibility: 'private' }),
    gets: own(201),
  },
  'GET /api/v1/references/:referenceId': { path: reference(), gets: team(200) },
  'GET /api/v1/references/:referenceId/file': { path: reference('/file'), gets: team(200) },
  'PATCH /api/v1/references/:referenceId': {
    path: reference(),
    body: body({ label: 'New' }),
    gets: { ...team(403), driver: 200 },
  },
  'DELETE /api/v1/references/:referenceId': { path: reference(), gets: own(204) },
  'PUT /api/v1/references/:referenceId/rating': {
    path: reference('/rating'),
    body: body({ stars: 4 }),
    // Nobody rates his own.
    gets: { ...team(200), driver: 403 },
  },
  'PUT /api/v1/references/:referenceId/report': {
    path: reference('/report'),
    body: body({ reason: 'wrong' }),
    gets: team(204),
  },
};
