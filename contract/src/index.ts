/** The leaf that engine, overlay and server share. */
export * from './events.ts';
export * from './generated/tables.ts';
export * from './hub.ts';
