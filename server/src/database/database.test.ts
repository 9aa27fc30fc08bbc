import { databaseSuite } from './testing/database-suite.ts';
import { onEveryHome } from './testing/test-homes.ts';

onEveryHome('the database', (home) => databaseSuite(() => home.open()));
