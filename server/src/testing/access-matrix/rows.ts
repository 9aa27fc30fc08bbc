/**
 * Who gets what of each route. A route that has no row here fails the test; what follows from `config.access` alone (nobody, tokens that ended, missing
 * scopes, disabled accounts) is not written down but tested for every row.
 */
import { lapRows } from './lap-rows.ts';
import { body, everyone, type Row } from './row.ts';

const adminOnly = (status: number): Row['gets'] => ({ ...everyone(403), admin: status });
/** Admins are strangers to teams that they are not in. */
const team = (owner: number, coach: number, driver: number): Row['gets'] => ({
  stranger: 404,
  driver,
  coach,
  owner,
  admin: 404,
});
const noLink = 'A'.repeat(43);
const password = 'correct horse battery';

export const rows: Record<string, Row> = {
  ...lapRows,

  'GET /health/live': { gets: everyone(200) },
  'GET /health/ready': { gets: everyone(200) },
  'GET /openapi.json': { gets: everyone(200) },
  // Tests call from this machine.
  'GET /metrics': { gets: everyone(200) },

  'GET /api/v1/server': { gets: everyone(200) },

  'POST /api/v1/auth/sign-in': {
    body: body({ email: 'nobody@test.example', password }),
    gets: everyone(401),
  },
  'POST /api/v1/auth/sign-up': {
    body: body({ link: noLink, email: 'nobody@test.example', name: 'N', password }),
    gets: everyone(410),
  },
  'POST /api/v1/auth/sign-out': { gets: everyone(204) },
  'POST /api/v1/auth/reset/request': {
    body: ({ users }) => ({ email: `${users.driver.id}@test.example` }),
    gets: everyone(202),
  },
  'POST /api/v1/auth/reset': { body: body({ link: noLink, password }), gets: everyone(410) },
  'POST /api/v1/auth/password': { body: body({ current: 'wrong', password }), gets: everyone(403) },
  'POST /api/v1/auth/device': { body: body({ deviceName: 'Rig' }), gets: everyone(200) },
  'POST /api/v1/auth/device/token': { body: body({ deviceCode: noLink }), gets: everyone(400) },

  'GET /api/v1/users/me': { gets: everyone(200) },
  'PATCH /api/v1/users/me': { body: body({ name: 'New' }), gets: everyone(200) },
  'DELETE /api/v1/users/me': { body: body({ password: 'wrong' }), gets: everyone(403) },
  'GET /api/v1/users/me/export': { gets: everyone(200) },

  'GET /api/v1/tokens': { gets: everyone(200) },
  'POST /api/v1/tokens': { body: body({ name: 'x', scopes: ['laps:read'] }), gets: everyone(201) },
  'DELETE /api/v1/tokens': { gets: everyone(204) },
  'DELETE /api/v1/tokens/:tokenId': {
    path: ({ tokenId }) => `/api/v1/tokens/${tokenId}`,
    gets: { ...everyone(404), driver: 204 },
  },
  'GET /api/v1/devices': { gets: everyone(200) },
  'DELETE /api/v1/devices/:deviceId': {
    path: ({ deviceId }) => `/api/v1/devices/${deviceId}`,
    gets: { ...everyone(404), driver: 204 },
  },
  'GET /api/v1/devices/pairings/:userCode': {
    path: ({ userCode }) => `/api/v1/devices/pairings/${userCode}`,
    gets: everyone(200),
  },
  'POST /api/v1/devices/pairings/:userCode': {
    path: ({ userCode }) => `/api/v1/devices/pairings/${userCode}`,
    body: body({ approve: true }),
    gets: everyone(204),
  },

  'GET /api/v1/teams': { gets: everyone(200) },
  'POST /api/v1/teams': { body: body({ name: 'New' }), gets: everyone(201) },
  'POST /api/v1/teams/join': { body: body({ link: noLink, sharesSessions: false }), gets: everyone(410) },
  'GET /api/v1/teams/:teamId': {
    path: ({ teamId }) => `/api/v1/teams/${teamId}`,
    gets: team(200, 200, 200),
  },
  'PATCH /api/v1/teams/:teamId': {
    path: ({ teamId }) => `/api/v1/teams/${teamId}`,
    body: body({ name: 'New' }),
    gets: team(200, 403, 403),
  },
  'DELETE /api/v1/teams/:teamId': {
    path: ({ teamId }) => `/api/v1/teams/${teamId}`,
    gets: team(204, 403, 403),
  },
  'GET /api/v1/teams/:teamId/members': {
    path: ({ teamId }) => `/api/v1/teams/${teamId}/members`,
    gets: team(200, 200, 200),
  },
  'PATCH /api/v1/teams/:teamId/members/:userId': {
    path: ({ teamId, users }) => `/api/v1/teams/${teamId}/members/${users.driver.id}`,
    body: body({ role: 'coach' }),
    gets: team(200, 403, 403),
  },
  'DELETE /api/v1/teams/:teamId/members/:userId': {
    path: ({ teamId, users }) => `/api/v1/teams/${teamId}/members/${users.driver.id}`,
    gets: team(204, 403, 204),
  },
  'GET /api/v1/teams/:teamId/invitations': {
    path: ({ teamId }) => `/api/v1/teams/${teamId}/invitations`,
    gets: team(200, 200, 403),
  },
  'POST /api/v1/teams/:teamId/invitations': {
    path: ({ teamId }) => `/api/v1/teams/${teamId}/invitations`,
    body: body({ role: 'coach' }),
    gets: team(201, 403, 403),
  },
  'DELETE /api/v1/teams/:teamId/invitations/:invitationId': {
    path: ({ teamId, invitationId }) => `/api/v1/teams/${teamId}/invitations/${invitationId}`,
    gets: team(204, 204, 403),
  },

  'GET /api/v1/admin/users': { gets: adminOnly(200) },
  'PATCH /api/v1/admin/users/:userId': {
    path: ({ users }) => `/api/v1/admin/users/${users.driver.id}`,
    body: body({ disabled: true }),
    gets: adminOnly(200),
  },
  'DELETE /api/v1/admin/users/:userId': {
    path: ({ users }) => `/api/v1/admin/users/${users.driver.id}`,
    gets: adminOnly(204),
  },
  'POST /api/v1/admin/users/:userId/reset-link': {
    path: ({ users }) => `/api/v1/admin/users/${users.driver.id}/reset-link`,
    gets: adminOnly(201),
  },
  'GET /api/v1/admin/links': { gets: adminOnly(200) },
  'POST /api/v1/admin/links': { body: body({ role: 'user' }), gets: adminOnly(201) },
  'DELETE /api/v1/admin/links/:linkId': {
    path: ({ linkId }) => `/api/v1/admin/links/${linkId}`,
    gets: adminOnly(204),
  },
  'GET /api/v1/admin/reports': { gets: adminOnly(200) },
  'DELETE /api/v1/admin/reports/:reportId': {
    path: () => '/api/v1/admin/reports/01900000-0000-7000-8000-000000000000',
    gets: adminOnly(404),
  },
  'DELETE /api/v1/admin/references/:referenceId': {
    path: ({ referenceId }) => `/api/v1/admin/references/${referenceId}`,
    gets: adminOnly(204),
  },
  'GET /api/v1/admin/jobs': { gets: adminOnly(200) },
  'POST /api/v1/admin/jobs/:jobId/retry': {
    path: ({ jobId }) => `/api/v1/admin/jobs/${jobId}/retry`,
    gets: adminOnly(204),
  },
  'GET /api/v1/admin/status': { gets: adminOnly(200) },
};
