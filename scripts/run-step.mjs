/** Runs one command and tells about it: quiet when it works, everything it said when it does not. */
import { spawn } from 'node:child_process';

/**
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: Record<string, string | undefined>, echo?: boolean }} [options] echo: show the output as it comes
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      // npm and npx are .cmd files on Windows, which only a shell starts.
      shell: process.platform === 'win32' && /^(npm|npx)$/.test(command),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8');
      stream.on('data', (text) => {
        output += text;
        if (options.echo) process.stderr.write(text);
      });
    }
    child.on('error', (error) => done({ code: 127, output: `${output}${error.message}\n` }));
    child.on('close', (code) => done({ code: code ?? 1, output }));
  });
}

/** Runs a step of the set-up; on failure prints what it said and ends the process with one clear line. */
export async function step(title, command, args, options = {}) {
  const began = Date.now();
  process.stderr.write(`${title} … `);
  const result = await run(command, args, options);
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  if (result.code === 0) {
    process.stderr.write(`done (${seconds} s)\n`);
    return result;
  }
  process.stderr.write(`failed\n${result.output}\n${title} failed: see above.\n`);
  process.exit(1);
}
