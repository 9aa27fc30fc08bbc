import { expect, test } from 'vitest';
import { type HudRegion, hudRegionQuery, readHudRegion } from './hud-region.ts';

const region: HudRegion = {
  stage: { width: 2560, height: 1440 },
  region: { x: 950, y: 28, width: 660, height: 44 },
  layout: [
    { name: 'deltaBar', x: 1000, y: 32, scale: 4 / 3 },
    { name: 'status', x: 957.3333, y: 32, scale: 1.5 },
  ],
  background: 'green',
  hub: 'ws://127.0.0.1:47800/hub?token=0123456789abcdef0123456789abcdef',
};

const read = (text: string) => readHudRegion(new URLSearchParams(text));

test('a region survives its address, but for digits that nobody sees', () => {
  const back = read(hudRegionQuery(region));
  expect(back).toEqual({
    ...region,
    layout: [{ name: 'deltaBar', x: 1000, y: 32, scale: 1.33333333 }, region.layout[1]],
  });
});

test.each([
  '',
  'stage=1920,1080',
  'stage=0,0&region=0,0,10,10&layout=status:0,0,1',
  'stage=1920,1080&region=0,0,10&layout=status:0,0,1',
  'stage=1920,1080&region=0,0,x,10&layout=status:0,0,1',
  'stage=1920,1080&region=0,0,10,10&layout=banana:0,0,1',
  'stage=1920,1080&region=0,0,10,10&layout=status:0,0,0',
  'stage=1920,1080&region=0,0,10,10&layout=status:0,Infinity,1',
  'stage=1920,1080&region=0,0,10,10',
])('%o is no region', (text) => {
  expect(read(text)).toBeNull();
});

test.each([
  'wss://example.org/hub',
  'ws://example.org/hub?token=1',
  'ws://127.0.0.1.example.org/',
  'javascript:1',
  'x',
])('the hub %s is not followed', (hub) => {
  expect(read(hudRegionQuery({ ...region, hub }))?.hub).toBeNull();
});
