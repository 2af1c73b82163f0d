/** The part of a recorded call that a command line needs. */
interface RecordedCall {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: Readonly<Record<string, string>>;
}

/** A recorded call as a `curl` command. Masked secrets stay masked. */
export function callAsCurl(call: RecordedCall): string {
  const headers = Object.entries(call.requestHeaders).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`);
  return ['curl', ...(call.method === 'GET' ? [] : ['-X', call.method]), quoted(call.url), ...headers].join(' ');
}

/** Quotes a word for a POSIX shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
