/** The shell plans windows from the contract's table, the HUD draws by its own: a widget that moved in one only would be cut off. */
import { overlayDesign, overlayWidgets } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { boxOf } from '../../overlay/hud/layout.ts';
import { places } from '../../overlay/hud/places.ts';

test('the contract’s table of widgets and the HUD’s layout agree on full HD', () => {
  const size = { ...overlayDesign, devicePixelRatio: 1 };
  const drawn = Object.entries(places).map(([name, place]) => [name, boxOf(place, size)]);
  const planned = overlayWidgets.map(({ name, left, top, width, height }) => [
    name,
    { x: left, y: top, width, height },
  ]);
  expect(Object.fromEntries(drawn)).toEqual(Object.fromEntries(planned));
});
