/** The newest message of each kind of the board; null before the first. */
import { type BoardMessage, boardMessages } from '@racing-coach/contract';

export type Board = { [T in BoardMessage['type']]: Extract<BoardMessage, { type: T }> | null };

const names = boardMessages.map(({ shape }) => shape.type.value);

export const emptyBoard = (): Board =>
  Object.fromEntries(names.map((name) => [name, null])) as unknown as Board;

export const isOfBoard = (message: { type: string }): message is BoardMessage =>
  (names as readonly string[]).includes(message.type);

export function putOnBoard<T extends BoardMessage['type']>(
  board: Board,
  message: Extract<BoardMessage, { type: T }>,
): void {
  board[message.type as T] = message as Board[T];
}
