/** How a query would be answered: whether it uses an index, sorts, or reads a whole table. For tests that hold every list against its index. */
import {
  type CompiledQuery,
  type KyselyPlugin,
  type PluginTransformQueryArgs,
  PostgresQueryCompiler,
  type RootOperationNode,
  sql,
} from 'kysely';
import type { Database, Viewer, Work } from '../database.ts';

export interface Plan {
  sql: string;
  indexes: string[];
  /** Tables that are read from one end to the other. */
  wholeTables: string[];
  /** A page of a list that is sorted first needs all of the list. */
  sorts: boolean;
}

export interface PlanOptions {
  /** Row-level security is part of the plan. Without it, the plan is that of the system. */
  viewer?: Viewer;
  /** Where there are too few rows for an index to be worth it, reading whole tables and sorting are made to look dear. */
  fewRows?: boolean;
}

interface PlanNode {
  'Node Type': string;
  'Index Name'?: string;
  'Relation Name'?: string;
  Plans?: PlanNode[];
}

type Blocks = Partial<Record<'Shared Hit Blocks' | 'Shared Read Blocks', number>>;

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

async function explain(trx: Work, query: CompiledQuery): Promise<Plan> {
  const explained = { ...query, sql: `EXPLAIN (FORMAT JSON) ${query.sql}` };
  const { rows } = await trx.executeQuery<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(explained);
  const nodes = (rows[0]?.['QUERY PLAN'] ?? []).flatMap(({ Plan }) => nodesOf(Plan));
  return {
    sql: query.sql,
    indexes: nodes.flatMap((node) => node['Index Name'] ?? []),
    wholeTables: nodes.flatMap((node) =>
      node['Node Type'] === 'Seq Scan' ? (node['Relation Name'] ?? []) : [],
    ),
    sorts: nodes.some((node) => /Sort$/.test(node['Node Type'])),
  };
}

function planning<Result>(
  database: Database,
  { viewer, fewRows = false }: PlanOptions,
  work: (trx: Work) => Promise<Result>,
): Promise<Result> {
  const prepared = async (trx: Work) => {
    if (fewRows)
      await sql`SELECT set_config(name, 'off', true)
        FROM unnest(ARRAY['enable_seqscan', 'enable_sort', 'enable_bitmapscan']) AS name`.execute(trx);
    return await work(trx);
  };
  return viewer ? database.asViewer(viewer, prepared) : database.asSystem(prepared);
}

export function planOf(database: Database, query: CompiledQuery, options: PlanOptions = {}): Promise<Plan> {
  return planning(database, options, (trx) => explain(trx, query));
}

export async function planUses(
  database: Database,
  query: CompiledQuery,
  index: string,
  options: PlanOptions = {},
): Promise<boolean> {
  return (await planOf(database, query, options)).indexes.includes(index);
}

/** Blocks of 8 kB that the query looks at, by doing it. Unlike time, it is the same on every machine. */
export function blocksRead(
  database: Database,
  query: CompiledQuery,
  options: PlanOptions = {},
): Promise<number> {
  return planning(database, options, async (trx) => {
    const analysed = { ...query, sql: `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${query.sql}` };
    const { rows } = await trx.executeQuery<{ 'QUERY PLAN': { Plan: Blocks }[] }>(analysed);
    const blocks = rows[0]?.['QUERY PLAN'][0]?.Plan;
    return (blocks?.['Shared Hit Blocks'] ?? 0) + (blocks?.['Shared Read Blocks'] ?? 0);
  });
}

class Recorder implements KyselyPlugin {
  readonly nodes: RootOperationNode[] = [];

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    this.nodes.push(node);
    return node;
  }

  transformResult: KyselyPlugin['transformResult'] = async ({ result }) => result;
}

/** The plans of everything that `work`, such as a repository's list, asks of the database, in its order. */
export function plansOf(
  database: Database,
  work: (trx: Work) => Promise<unknown>,
  options: PlanOptions = {},
): Promise<Plan[]> {
  return planning(database, options, async (trx) => {
    const recorder = new Recorder();
    await work(trx.withPlugin(recorder) as Work);
    const compiler = new PostgresQueryCompiler();
    const plans: Plan[] = [];
    for (const node of recorder.nodes)
      plans.push(await explain(trx, compiler.compileQuery(node, { queryId: `plan ${plans.length}` })));
    return plans;
  });
}
