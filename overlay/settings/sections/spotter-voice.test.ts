import { soundSettings } from '@racing-coach/contract';
import { expect, test } from 'vitest';
import { missingVoice, spotterChanges } from './spotter-voice.ts';

const silent = soundSettings.parse({ voice: null });
const speaking = soundSettings.parse({ voice: 'mine' });
const voices = [{ id: 'mine' }, { id: 'heart' }];

test('the spotter, turned on without a voice, gets one, and the coach stays as silent as he was', () => {
  expect(spotterChanges(true, silent, voices)).toEqual([
    ['sound.spotter', true],
    ['sound.voice', 'heart'],
    ['sound.advice', false],
  ]);
  expect(spotterChanges(true, silent, [{ id: 'mine' }])).toContainEqual(['sound.voice', 'mine']);
});

test('a voice that was chosen stays, and so does all when it is turned off or no voice is there', () => {
  expect(spotterChanges(true, speaking, voices)).toEqual([['sound.spotter', true]]);
  expect(spotterChanges(false, silent, voices)).toEqual([['sound.spotter', false]]);
  expect(spotterChanges(true, silent, [])).toEqual([['sound.spotter', true]]);
});

test('a spotter that nobody hears is told, and so are flags', () => {
  expect(missingVoice({ ...silent, spotter: true })).toContain('cannot be heard');
  expect(missingVoice(silent)).toContain('Flags are said aloud');
  expect(missingVoice({ ...silent, flags: false })).toBeNull();
  expect(missingVoice({ ...speaking, spotter: true })).toBeNull();
});
