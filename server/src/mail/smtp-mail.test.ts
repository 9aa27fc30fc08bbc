/** Letters as a mail server gets them. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smtpMail } from './smtp-mail.ts';

let server: Server;
const letters: { from: string; to: string[]; text: string }[] = [];

/** As much of RFC 5321 as a letter needs. */
function take(socket: Socket): void {
  let letter = { from: '', to: [] as string[], text: '' };
  let inData = false;
  let rest = '';
  socket.write('220 test\r\n');
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    rest += String(chunk);
    for (;;) {
      const end = rest.indexOf('\r\n');
      if (end < 0) return;
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (inData && line === '.') {
        inData = false;
        letters.push(letter);
        letter = { from: '', to: [], text: '' };
        socket.write('250 taken\r\n');
      } else if (inData) letter.text += `${line}\n`;
      else if (/^DATA/i.test(line)) {
        inData = true;
        socket.write('354 go on\r\n');
      } else {
        const [, kind, address] = /^(MAIL FROM|RCPT TO):<([^>]*)>/i.exec(line) ?? [];
        if (kind?.startsWith('M')) letter.from = address ?? '';
        if (kind?.startsWith('R')) letter.to.push(address ?? '');
        socket.write('250 ok\r\n');
      }
    }
  });
}

beforeAll(async () => {
  server = createServer(take).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

const open = (port: number) =>
  smtpMail({ smtpUrl: `smtp://127.0.0.1:${port}`, from: 'Racing Coach <coach@test.example>' });

test('a letter arrives at its address alone, with its link whole', async () => {
  const mail = await open((server.address() as AddressInfo).port);
  const url = `https://coach.example/reset#link=${'A'.repeat(43)}`;
  await mail.send({ to: 'driver@test.example', subject: 'Set a new password', text: `Here:\n\n${url}\n` });
  mail.close();
  expect(letters).toHaveLength(1);
  expect(letters[0]).toMatchObject({ from: 'coach@test.example', to: ['driver@test.example'] });
  expect(letters[0]?.text).toContain('Subject: Set a new password');
  expect(letters[0]?.text.replaceAll('=\n', '').replaceAll('=3D', '=')).toContain(url);
});

test('an address that tries to be several is one that does not exist', async () => {
  const mail = await open((server.address() as AddressInfo).port);
  const sent = mail.send({ to: 'a@test.example, b@evil.example', subject: 'x', text: 'x' });
  await sent.catch(() => undefined);
  mail.close();
  expect(letters.flatMap(({ to }) => to)).not.toContain('b@evil.example');
});

test('a mail server that is gone is an error of the letter', async () => {
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port } = gone.address() as AddressInfo;
  gone.close();
  await once(gone, 'close');
  const mail = await open(port);
  await expect(mail.send({ to: 'driver@test.example', subject: 'x', text: 'x' })).rejects.toThrow();
  mail.close();
});
