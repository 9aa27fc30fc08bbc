/**
 * Imported first: what must be set before any library runs under a policy without `unsafe-eval`. zod compiles its parsers
 * with `new Function` where it may, and its probing alone would be reported as a violation.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
