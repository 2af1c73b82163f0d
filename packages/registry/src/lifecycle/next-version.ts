/** The next patch number: `1.0.0` gives `1.0.1`, a pre-release `1.0.1-rc` its release `1.0.1`. */
export function nextPatch(version: string): string {
  const dash = version.indexOf('-');
  if (dash !== -1) return version.slice(0, dash);
  const [major = '0', minor = '0', patch = '0'] = version.split('.');
  return `${major}.${minor}.${BigInt(patch) + 1n}`;
}
