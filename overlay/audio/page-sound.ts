/**
 * Whether a page is to sound at all. The sound page is there for nothing else; every other page, and OBS' above all, stays silent unless its address
 * says `audio=1`, or the driver would hear everything twice.
 */
export function wantsSound(page: URL): boolean {
  const asked = page.searchParams.get('audio');
  return page.pathname.startsWith('/audio/') ? asked !== '0' : asked === '1';
}
