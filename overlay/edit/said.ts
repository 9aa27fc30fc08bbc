/** What is selected, in words, for who does not see the frames. */
import { widgetOptionSchemas } from '@racing-coach/contract';
import { type EditModel, widgetNamed } from '../shell/edit/model.ts';

/** Empty while nothing is selected and while it is dragged: only where it ends is worth hearing. */
export function saidOf(model: EditModel | null): string {
  if (model === null || model.selected === null || model.held !== null) return '';
  const widget = widgetNamed(model.widgets, model.selected);
  if (widget === undefined) return '';
  const [x, y, width, height] = [widget.box.x, widget.box.y, widget.box.width, widget.box.height].map(
    Math.round,
  );
  const display = model.displays.findIndex(({ id }) => id === widget.displayId) + 1;
  const where = model.displays.length > 1 ? ` of display ${display}` : '';
  const { label } = widgetOptionSchemas[widget.name];
  return `${label}: ${x} from the left and ${y} from the top${where}, ${width} by ${height}`;
}
