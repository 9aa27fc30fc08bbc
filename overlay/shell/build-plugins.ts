/** Two changes to the engine's sources on their way into a bundle; each fails the build when what it changes is no longer there. */
import { readFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Plugin } from 'esbuild';

const slashes = (path: string) => path.split(sep).join('/');
const leading = (path: string) => (path.startsWith('.') ? path : `./${path}`);

/**
 * `import.meta.url` of each source file stays the place that the file has in the checkout, transposed to the app's folder: in a bundle all of them
 * would be the bundle's own. Workers are bundles of their own, with another ending.
 */
export function checkoutPaths(root: string, app: string, bundle: string): Plugin {
  const sources = join(root, 'engine', 'src') + sep;
  const filter = /\.ts$/;
  return {
    name: 'checkout-paths',
    setup(build) {
      build.onLoad({ filter }, async ({ path }) => {
        if (!path.startsWith(sources)) return undefined;
        const text = await readFile(path, 'utf8');
        if (!text.includes('import.meta.url')) return undefined;
        const place = slashes(relative(dirname(bundle), join(app, relative(root, path))));
        const url = `new URL(${JSON.stringify(leading(place))}, ${bundleUrl(text)}).href`;
        const contents = text
          .replaceAll('import.meta.url', url)
          .replaceAll('store-worker.ts', 'store-worker.cjs');
        return { contents, loader: 'ts' };
      });
    },
  };
}

/**
 * Rust reads the reference laps itself and knows nothing of archives: files that name them look beside the archive, where electron-builder
 * unpacks that folder.
 */
function bundleUrl(text: string): string {
  const own = `require('node:url').pathToFileURL(__filename).href`;
  return text.includes('reference-laps/') ? `${own}.replace('/app.asar/', '/app.asar.unpacked/')` : own;
}

/** The addon and SQLite's binding are loaded from where `build.ts` copies them. */
export function nativeParts(app: string, bundle: string): Plugin {
  const to = (...parts: string[]) => leading(slashes(relative(dirname(bundle), join(app, ...parts))));
  return {
    name: 'native-parts',
    setup(build) {
      build.onResolve({ filter: /^better-sqlite3$/ }, () => ({
        path: to('vendor', 'better-sqlite3', 'lib', 'index.js'),
        external: true,
      }));
      build.onLoad({ filter: /[\\/]engine[\\/]src[\\/]native\.ts$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const name = `'@racing-coach/native'`;
        if (!text.includes(name)) throw new Error('engine/src/native.ts no longer names the addon.');
        // The name is a value, which no bundler follows: a real import of a file outside of the bundle at run time.
        const contents = text.replaceAll(name, `'${to('native', 'index.js')}'`);
        return { contents, loader: 'ts' };
      });
    },
  };
}
