/** Track files that come with Racing Coach: they name the corners of their tracks and know the road's edges. */
import { fileURLToPath } from 'node:url';

export const trackFiles: readonly string[] = ['demo-circuit.json'].map((name) =>
  fileURLToPath(new URL(`../../../reference-laps/${name}`, import.meta.url)),
);
