/** Reasons for silence as the contract has them. */
import { type StatusCode, statuses as table } from '@racing-coach/contract';

export const statuses = Object.fromEntries(table.map(({ code, text }) => [code, text])) as Record<
  StatusCode,
  string
>;
