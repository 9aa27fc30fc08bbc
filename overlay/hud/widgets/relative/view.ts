import { Container, type NineSliceSprite } from 'pixi.js';
import type { Kit, Plate } from '../../drawing/kit.ts';
import { Notice } from '../../drawing/notice.ts';
import type { View } from '../../painted.ts';
import { places } from '../../places.ts';
import { space } from '../../tokens.ts';
import { fields, type RelativeModel } from './model.ts';
import { RowView, rowHeight } from './row-view.ts';
import { ownRow } from './rows.ts';

const { width, height } = places.relative;
const topY = (height - fields.indices.length * rowHeight) / 2;

export class RelativeView implements View<RelativeModel> {
  readonly #root: Container;
  readonly #list = new Container();
  readonly #rowsGroup = new Container();
  readonly #plateGroup = new Container();
  readonly #notice: Notice;
  readonly #plate: Plate;
  readonly #own: NineSliceSprite;
  readonly #rows: RowView[];

  constructor(kit: Kit, root: Container) {
    this.#root = root;
    root.addChild(this.#list);
    this.#list.addChild(this.#rowsGroup);
    this.#rowsGroup.addChild(this.#plateGroup);
    this.#plate = kit.plate(this.#plateGroup, width, height);
    this.#own = kit.box(this.#rowsGroup, 'boxOutline', kit.colour.muted, width - 2 * space.unit, rowHeight);
    this.#own.position.set(space.unit, topY + ownRow * rowHeight);
    this.#rows = fields.indices.map((index) => new RowView(kit, this.#rowsGroup, topY + index * rowHeight));
    this.#notice = new Notice(kit, root, width, 0);
  }

  draw(model: Readonly<RelativeModel>): void {
    this.#root.alpha = model.opacity;
    this.#root.visible = model.opacity > 0;
    this.#list.visible = model.live;
    this.#notice.text = model.words;
    // Our own row keeps its place; the plate reaches as far as there are cars.
    this.#rowsGroup.y = -(ownRow - model.ahead) * rowHeight;
    const rows = fields.indices.map((index) => fields.read(model, index));
    for (const [index, row] of rows.entries()) this.#rows[index]?.draw(row, model.pit);
    const shown = rows.flatMap(({ kind }, index) => (kind === 'empty' ? [] : [index]));
    const [first, last] = [Math.min(ownRow, ...shown), Math.max(ownRow, ...shown)];
    this.#plateGroup.y = first * rowHeight;
    this.#plate.height = 2 * topY + (last - first + 1) * rowHeight;
    this.#own.visible = model[`kind${ownRow}`] === 'own';
  }
}
