import type { AuthDefinition } from '@patchbay/manifest';
import { isSame } from '../shell/merge-patch.ts';
import { authTitle } from '../auth/auth-types.ts';
import type { DefinitionChange } from './definition-diff.ts';

const words: Readonly<Record<string, string>> = {
  key_prefix: 'Key prefix',
  parameters: 'API key parameters',
  held_by: 'Who holds client ID and secret',
  grant_type: 'Grant type',
  authorize_url: 'Authorize URL',
  token_url: 'Token URL',
  refresh_url: 'Refresh URL',
  scope_delimiter: 'What parts the scopes',
};

/** Differences of authentication: type, parameters, scopes, credential fields. */
export function diffAuth(before: AuthDefinition, after: AuthDefinition): DefinitionChange[] {
  if (before.type !== after.type) {
    const detail = `${authTitle(before.type)} to ${authTitle(after.type)}`;
    return [{ kind: 'changed', subject: 'Authentication type', detail, isBreaking: true }];
  }
  return [...diffSettings(before, after), ...diffScopes(before, after), ...diffFields(before, after)];
}

function diffSettings(before: AuthDefinition, after: AuthDefinition): DefinitionChange[] {
  const [was, is] = [before as Record<string, unknown>, after as Record<string, unknown>];
  return Object.entries(words)
    .filter(([name]) => !isSame(was[name], is[name]))
    .map(([name, subject]) => ({
      ...{ kind: 'changed', subject, isBreaking: false },
      detail: `${shown(was[name])} to ${shown(is[name])}`,
    }));
}

function diffScopes(before: AuthDefinition, after: AuthDefinition): DefinitionChange[] {
  if (before.type !== 'oauth2' || after.type !== 'oauth2') return [];
  const [was, is] = [before.oauth_scopes, after.oauth_scopes];
  const change = (kind: 'added' | 'removed', code: string): DefinitionChange => ({
    ...{ kind, subject: 'Scope', code, detail: kind, isBreaking: kind === 'removed' },
  });
  return [
    ...is.filter((scope) => !was.includes(scope)).map((scope) => change('added', scope)),
    ...was.filter((scope) => !is.includes(scope)).map((scope) => change('removed', scope)),
  ];
}

function diffFields(before: AuthDefinition, after: AuthDefinition): DefinitionChange[] {
  const old = new Map(before.credential_schema.map((field) => [field.name, field]));
  const fresh = new Map(after.credential_schema.map((field) => [field.name, field]));
  const subject = 'Credential field';
  const added = [...fresh.values()].filter((field) => !old.has(field.name));
  const removed = [...old.values()].filter((field) => !fresh.has(field.name));
  const changed = [...fresh.values()].filter((field) => old.has(field.name) && !isSame(old.get(field.name), field));
  return [
    ...added.map(({ name, required }): DefinitionChange => ({
      ...{ kind: 'added', subject, code: name, detail: required ? 'added, required' : 'added, optional' },
      isBreaking: required,
    })),
    ...removed.map(({ name }): DefinitionChange => ({
      ...{ kind: 'removed', subject, code: name, detail: 'removed', isBreaking: false },
    })),
    ...changed.map(({ name }): DefinitionChange => ({
      ...{ kind: 'changed', subject, code: name, detail: 'changed', isBreaking: false },
    })),
  ];
}

function shown(value: unknown): string {
  if (value === undefined || value === '') return 'nothing';
  if (Array.isArray(value)) return value.map((each) => (each as { key?: string }).key ?? '').join(', ') || 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
