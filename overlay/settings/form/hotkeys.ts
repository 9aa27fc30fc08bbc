/** Keys of the page: Ctrl + Z takes the last change back, unless a text is being typed, where it is the browser's. */
import { useEffect } from 'preact/hooks';
import { usePage } from '../page.ts';

const typesText = (target: EventTarget | null) =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement &&
    ['text', 'password', 'number'].includes(target.type) &&
    !target.readOnly);

export function useHotkeys(): void {
  const { store } = usePage();
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const undoes = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.code === 'KeyZ';
      if (!undoes || typesText(event.target) || store.state.server?.undo == null) return;
      event.preventDefault();
      void store.undo();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [store]);
}
