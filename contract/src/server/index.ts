/** The server's API: the single source of validation, types and OpenAPI. Apart from the rest of the contract, so that pages do not carry it. */
export * from './access.ts';
export * from './accounts.ts';
export * from './admin.ts';
export * from './health.ts';
export * from './laps.ts';
export * from './live.ts';
export * from './problems.ts';
export * from './references.ts';
export * from './scalars.ts';
export * from './server-identity.ts';
export * from './teams.ts';
