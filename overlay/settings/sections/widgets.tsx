/** Every widget: whether it is shown, what it shows, and how it looks with that. Drawn from the table of options. */
import { type OverlayWidgetName, type WidgetDescription, widgetOptionSchemas } from '@racing-coach/contract';
import { FieldView } from '../form/controls.tsx';
import { widgetField } from '../form/describe.ts';
import { Section } from '../form/section.tsx';
import { usePage, useSettings } from '../page.ts';
import { Preview } from './preview.tsx';

const described = Object.entries(widgetOptionSchemas) as [OverlayWidgetName, WidgetDescription][];

export function WidgetsSection() {
  const shown = useSettings().overlay.widgets;
  return (
    <Section
      title="Widgets"
      lead={`${shown.length} of ${described.length} are shown. Each answers one question; fewer are read faster.`}
    >
      {described.map(([name, widget]) => (
        <WidgetCard key={name} name={name} widget={widget} />
      ))}
    </Section>
  );
}

function WidgetCard({ name, widget }: { name: OverlayWidgetName; widget: WidgetDescription }) {
  const { store } = usePage();
  const shown = useSettings().overlay.widgets;
  const on = shown.includes(name);
  const id = `widget-${name}`;
  const toggle = () =>
    store.change('overlay.widgets', on ? shown.filter((one) => one !== name) : [...shown, name]);
  return (
    <article class="group tight" aria-labelledby={`${id}-title`}>
      <div class="card">
        <div class="row head">
          <div class="words">
            <h2 id={`${id}-title`}>
              <label for={id}>{widget.label}</label>
            </h2>
            <p class="help" id={`${id}-help`}>
              {widget.about}
            </p>
          </div>
          <div class="control">
            <span class="switch">
              <input
                id={id}
                type="checkbox"
                role="switch"
                checked={on}
                aria-checked={on}
                aria-describedby={`${id}-help`}
                onChange={toggle}
              />
              <span class="state" aria-hidden="true">
                {on ? 'Shown' : 'Hidden'}
              </span>
            </span>
          </div>
        </div>
        {on ? <Preview name={name} /> : null}
        {on ? (
          <details>
            <summary>
              Options<span class="hidden"> of {widget.label}</span>
            </summary>
            {Object.entries(widget.options).map(([key, option]) => (
              <FieldView key={key} field={widgetField(name, key, option)} />
            ))}
          </details>
        ) : null}
      </div>
    </article>
  );
}
