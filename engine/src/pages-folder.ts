/** Where the built pages lie: made by `npm run build:pages`, served by the hub, never imported. */
import { fileURLToPath } from 'node:url';

export const pagesFolder = fileURLToPath(new URL('../../overlay/dist', import.meta.url));
