/** What the page says and hands to the window that opened it. */
export interface CallbackOutcome {
  readonly isAuthorized: boolean;
  /** Absent: nobody knows which connection it was about. */
  readonly connectionId?: string | undefined;
  readonly title: string;
  readonly text: string;
}

/**
 * The page that an authorization server sends the browser back to. Its script tells the window that opened it and closes this one; where
 * there is no such window a person goes on by the link.
 */
export function renderCallbackPage(outcome: CallbackOutcome): string {
  const { connectionId = '' } = outcome;
  const href = connectionId === '' ? '/app/connections' : `/app/connections/${encodeURIComponent(connectionId)}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(outcome.title)}</title>
<style>
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  main { max-width: 32rem; margin: 20vh auto 0; padding: 0 1.5rem; }
  h1 { font-size: 1.25rem; }
</style>
</head>
<body>
<main data-connection="${escapeHtml(connectionId)}" data-authorized="${String(outcome.isAuthorized)}">
<h1>${escapeHtml(outcome.title)}</h1>
<p>${escapeHtml(outcome.text)}</p>
<p><a href="${href}">Back to Patchbay</a></p>
</main>
<script src="/oauth/callback.js"></script>
</body>
</html>
`;
}

/** Its script; a file of its own, because the content security policy allows none inside a page. */
export const callbackScript = `const { connection, authorized } = document.querySelector('main').dataset;
if (window.opener) {
  const message = { type: 'patchbay-authorization', connection, authorized: authorized === 'true' };
  window.opener.postMessage(message, window.location.origin);
  // A refusal stays to be read.
  if (message.authorized) window.close();
}
`;

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
