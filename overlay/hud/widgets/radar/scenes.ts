import type { Scene } from '../../scenes/scene-tape.ts';

const beside = (name: string, carLeftRight: number, options: Scene['options'] = {}): Scene => ({
  name,
  options,
  play: (tape) =>
    tape.connect().drive(300, 1, (snapshot) => {
      snapshot.carLeftRight = carLeftRight;
    }),
});

export const scenes: Scene[] = [
  beside('left', 2),
  beside('right', 3),
  beside('both', 4),
  beside('two-left', 5),
  beside('two-right', 6),
  beside('clear', 1, { radar: { onlyAlongside: false } }),
  beside('left-words', 2, { radar: { words: true } }),
  beside('two-right-words', 6, { radar: { words: true, onlyAlongside: false } }),
];
