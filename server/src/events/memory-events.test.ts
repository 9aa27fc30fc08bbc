import { describe } from 'vitest';
import { MemoryEvents } from './memory-events.ts';
import { eventsSuite } from './testing/events-suite.ts';

describe('events in memory', () => eventsSuite(() => new MemoryEvents()));
