/**
 * What of a message goes to a page that viewers see. One row for each message, so that a new one is a compile error here until somebody decided; what
 * is left out never leaves the engine. Names of files can hold a person's name: they stay as well.
 */
import type { CueEvent, HubMessage, SoundSettings, ViewersSettings } from '@racing-coach/contract';

type MessageOf<Type extends HubMessage['type']> = Extract<HubMessage, { type: Type }>;
type Views = {
  [Type in HubMessage['type']]: (message: MessageOf<Type>, shown: ViewersSettings) => MessageOf<Type> | null;
};

const whole = <Message>(message: Message) => message;
const nothing = () => null;

/** Cues about fuel and stops tell the strategy. */
const tellsStrategy = ({ code }: CueEvent) => /^(fuel|pit|box|stop|tyre|strategy)/.test(code);

const views: Views = {
  hello: whole,
  clock: whole,
  session: (message) => ({ ...message, source: '' }),
  reference: ({ type, reference }) => ({
    type,
    reference: reference === null ? null : { ...reference, label: '' },
  }),
  event: (message, { fuel }) =>
    message.event.type === 'cue' && !fuel && tellsStrategy(message.event) ? null : message,
  offers: nothing,
  // Hints and the self-test are for the driver: there they would lie over the stream's picture.
  settings: (message) => ({
    ...message,
    hint: null,
    widgets: { ...message.widgets, status: { ...message.widgets.status, selfTest: false } },
  }),
  // Sound of a page for viewers is nobody's but its own: it neither owns nor is commanded.
  'sound-owner': nothing,
  'sound-command': nothing,
  'sound-muted': nothing,
  'sound-settings': ({ type, settings }) => ({ type, settings: forAnyDevice(settings) }),
  fuel: (message, { fuel }) => (fuel ? message : null),
  tyres: (message, { setup }) => (setup ? message : null),
  relative: (message, { names }) =>
    names ? message : { ...message, cars: message.cars.map((car) => ({ ...car, name: '' })) },
  laps: whole,
  corners: whole,
  map: whole,
  rules: whole,
  cost: nothing,
  // What is measured is what the sim's own screen costs.
  blank: nothing,
  // An account and its laps are the driver's.
  sync: nothing,
};

/** Device and latency are the driver's headphones'. */
const forAnyDevice = (settings: SoundSettings): SoundSettings => ({
  ...settings,
  device: null,
  latencyMs: null,
});

/** Null when viewers are not to know. */
export function viewersView(message: HubMessage, shown: ViewersSettings): HubMessage | null {
  const view = views[message.type] as (message: HubMessage, shown: ViewersSettings) => HubMessage | null;
  return view(message, shown);
}
