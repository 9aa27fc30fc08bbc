import { languages } from '@racing-coach/contract';
import { describe, expect, test } from 'vitest';
import { filled, statusTexts, texts } from './table.ts';

const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe.each(languages)('in %s', (language) => {
  test('no text is missing or empty, and none is there that English has not', () => {
    expect(Object.keys(texts[language]).sort()).toEqual(Object.keys(texts.en).sort());
    expect(Object.keys(statusTexts[language]).sort()).toEqual(Object.keys(statusTexts.en).sort());
    for (const text of [...Object.values(texts[language]), ...Object.values(statusTexts[language])])
      expect(text.trim()).not.toBe('');
  });

  test('every text takes the same values as in English', () => {
    for (const [key, text] of Object.entries(texts.en))
      expect(places(texts[language][key as keyof typeof texts.en]), key).toEqual(places(text));
  });
});

test('most words of another language are other words', () => {
  for (const language of languages.filter((one) => one !== 'en')) {
    const same = Object.entries(statusTexts.en).filter(
      ([code, text]) => statusTexts[language][code as keyof typeof statusTexts.en] === text,
    );
    expect(same.map(([code]) => code)).toEqual(['coaching']);
  }
});

test('places are filled, and one without a value stays', () => {
  expect(filled('{done} of {all}', { done: 1 })).toBe('1 of {all}');
});
