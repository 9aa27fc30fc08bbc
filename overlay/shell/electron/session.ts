/** The one session of all pages: our protocol and nothing else, no downloads, and no permission that a page may ask for. */
import { protocol, type Session, session } from 'electron';
import { type AppProtocolOptions, answerApp } from '../protocol/app-protocol.ts';
import { appScheme, appSchemePrivileges, isAppUrl } from '../protocol/app-scheme.ts';
import { permissionChecked, permissionGranted } from '../security/permissions.ts';

/** Before `app` is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: appScheme, privileges: { ...appSchemePrivileges } }]);
}

/** After it is. */
export function prepareSession(options: AppProtocolOptions): void {
  const own = session.defaultSession;
  own.protocol.handle(appScheme, (request) => answerApp(request, options));
  own.setPermissionRequestHandler((contents, permission, grant, { requestingUrl }) =>
    grant(permissionGranted(permission, requestingUrl ?? contents.getURL())),
  );
  own.setPermissionCheckHandler((_, permission, origin, { requestingUrl, isMainFrame }) =>
    permissionChecked({ permission, from: requestingUrl ?? origin, isTopFrame: isMainFrame }),
  );
  own.setDevicePermissionHandler(() => false);
  own.on('will-download', (event) => event.preventDefault());
  refuseTheRest(own);
}

/** Whatever a page's policy let through by mistake ends here: our own addresses and the hub on this machine go on. */
function refuseTheRest(own: Session): void {
  own.webRequest.onBeforeRequest((request, answer) => answer({ cancel: !mayBeAsked(request.url) }));
}

function mayBeAsked(text: string): boolean {
  const url = URL.parse(text);
  return (
    isAppUrl(text) || url?.protocol === 'data:' || (url?.protocol === 'ws:' && url.hostname === '127.0.0.1')
  );
}
