import type { Database } from '../../database/database.ts';

/** Whether the database answers; why not is for the log alone. */
export async function databaseAnswers(database: Database): Promise<unknown> {
  try {
    await database.ping();
    return null;
  } catch (error) {
    return error ?? new Error('the database does not answer');
  }
}
