import { hubMessage } from '@racing-coach/contract';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SoundOwner, type SoundPage } from './sound-owner.ts';

class Page implements SoundPage {
  owner = false;
  readonly commands: string[] = [];
  text(text: string): void {
    const message = hubMessage.parse(JSON.parse(text));
    if (message.type === 'sound-owner') this.owner = message.owner;
    if (message.type === 'sound-command') this.commands.push(message.command);
  }
}

test('the last that claims sounds, the one before is silenced', () => {
  const [sound, first, second] = [new SoundOwner(), new Page(), new Page()];
  sound.claim(first);
  expect(first.owner).toBe(true);
  sound.claim(second);
  expect([first.owner, second.owner]).toEqual([false, true]);
  sound.claim(first);
  expect([first.owner, second.owner]).toEqual([true, false]);
});

test('when the owner leaves, the one that claimed before it sounds again', () => {
  const [sound, first, second] = [new SoundOwner(), new Page(), new Page()];
  sound.claim(first);
  sound.claim(second);
  sound.release(second, true);
  expect(first.owner).toBe(true);
  sound.release(first);
  expect(first.owner).toBe(false);
});

test('a page that claims again is answered again', () => {
  const [sound, page] = [new SoundOwner(), new Page()];
  sound.claim(page);
  page.owner = false;
  sound.claim(page);
  expect(page.owner).toBe(true);
});

test('that it is muted is the word of the page that sounds, and ends with its turn', () => {
  const told: boolean[] = [];
  const [sound, first, second] = [new SoundOwner((muted) => told.push(muted)), new Page(), new Page()];
  sound.say(first, true);
  expect(told).toEqual([]);
  sound.claim(first);
  sound.say(first, true);
  sound.say(first, true);
  sound.say(second, false);
  expect([told, sound.muted]).toEqual([[true], true]);
  sound.claim(second);
  expect([told, sound.muted]).toEqual([[true, false], false]);
  sound.say(second, true);
  sound.release(second, true);
  expect([told, sound.muted]).toEqual([[true, false, true, false], false]);
});

test('a command reaches the owner alone, and nobody when nobody sounds', () => {
  const [sound, first, second] = [new SoundOwner(), new Page(), new Page()];
  sound.command('mute');
  sound.claim(first);
  sound.claim(second);
  sound.command('toggle-mute');
  expect([first.commands, second.commands]).toEqual([[], ['toggle-mute']]);
});

test('whatever pages do, exactly one that claims sounds (seed 20)', () => {
  const step = fc.record({ page: fc.nat(3), does: fc.constantFrom('claim', 'release', 'leave') });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const sound = new SoundOwner();
      const pages = Array.from({ length: 4 }, () => new Page());
      const order: Page[] = [];
      for (const { page: at, does } of steps) {
        const page = pages[at] as Page;
        if (order.includes(page)) order.splice(order.indexOf(page), 1);
        if (does === 'claim') {
          order.push(page);
          sound.claim(page);
        } else sound.release(page, does === 'leave');
        if (does === 'leave') pages[at] = new Page();
        expect(pages.filter(({ owner }) => owner)).toEqual(order.slice(-1));
      }
    }),
    { seed: 20 },
  );
});
