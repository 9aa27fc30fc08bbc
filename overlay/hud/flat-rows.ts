/**
 * Rows of a list inside a flat model: the field `gap` of row 2 is the model's `gap2`, so that `Painted` compares it like any other value. The keys
 * are made once; writing a row makes no objects.
 */
import type { Flat } from './painted.ts';

/** The fields of `Row` with each of the numbers behind their names. */
export type FlatRows<Row extends object, Index extends number> = {
  [Key in keyof Row & string as `${Key}${Index}`]: Row[Key];
};

export class RowFields<Row extends { [Key in keyof Row]: Flat[string] }, Index extends number> {
  readonly indices: readonly Index[];
  readonly #blank: Row;
  readonly #fields: readonly (keyof Row & string)[];
  readonly #keys: ReadonlyMap<Index, readonly string[]>;

  /** @param blank a row in which nothing is shown */
  constructor(blank: Row, indices: readonly Index[]) {
    this.indices = indices;
    this.#blank = blank;
    this.#fields = Object.keys(blank) as (keyof Row & string)[];
    this.#keys = new Map(indices.map((index) => [index, this.#fields.map((field) => `${field}${index}`)]));
  }

  blank(): FlatRows<Row, Index> {
    const model = {} as FlatRows<Row, Index>;
    for (const index of this.indices) this.write(model, index, null);
    return model;
  }

  /** @param row null for a blank one */
  write(into: FlatRows<Row, Index>, index: Index, row: Readonly<Row> | null): void {
    const values = into as Record<string, unknown>;
    this.#keys.get(index)?.forEach((key, at) => {
      const field = this.#fields[at];
      if (field !== undefined) values[key] = (row ?? this.#blank)[field];
    });
  }

  read(from: Readonly<FlatRows<Row, Index>>, index: Index): Row {
    const values = from as Readonly<Record<string, unknown>>;
    const entries = this.#fields.map((field) => [field, values[`${field}${index}`]]);
    return Object.fromEntries(entries) as Row;
  }
}
