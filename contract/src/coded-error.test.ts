import { expect, test } from 'vitest';
import { CodedError, errorText, isErrorCode } from './coded-error.ts';
import { errors } from './generated/tables.ts';

test('a message is the sentence of the table with its places filled', () => {
  const error = new CodedError('port-in-use', { port: 80, used: 81 });
  expect(error.message).toBe('Port 80 is taken; using 81 for this run.');
  expect(JSON.parse(JSON.stringify(error))).toEqual({ code: 'port-in-use', message: error.message });
});

test('a place without a value stays visible', () => {
  expect(errorText('file-not-found', {})).toContain('{file}');
});

test('a native error keeps its code and its finished message', () => {
  const native = Object.assign(new Error('x.ibt: the file is empty.'), { code: 'ibt-empty' });
  const error = CodedError.from(native);
  expect(error.code).toBe('ibt-empty');
  expect(error.message).toBe('x.ibt: the file is empty.');
});

test('an error with a foreign code, and a thrown string, are internal', () => {
  expect(CodedError.from(Object.assign(new Error('boom'), { code: 'ENOENT' })).code).toBe('internal');
  expect(CodedError.from('boom').message).toContain('boom');
  expect(isErrorCode('ENOENT')).toBe(false);
});

test('no code is listed twice and every sentence ends, with a full stop or a command to run', () => {
  const codes = errors.map((row) => row.code);
  expect(new Set(codes).size).toBe(codes.length);
  for (const { code, text } of errors.filter((row) => row.code !== 'usage'))
    expect(`${code}: ${text}`).toMatch(/([.]|Run: [\w -]+)$/);
});
