import type { AuditEntry, ConnectorVersionView } from '@patchbay/api-contract/client';
import { describe, expect, it } from 'vitest';
import { stationsOf } from './stage-line.ts';

const at = '2026-11-05T12:00:00.000Z';
const viewOf = (fields: Partial<ConnectorVersionView>) =>
  ({ version: '1.0.0', created: '2026-11-03T12:00:00.000Z', ...fields }) as ConnectorVersionView;
const entry = (to: string, from: string, version = '1.0.0') =>
  ({ at, actor: 'ada@example.com', version, from, to }) as AuditEntry;
const shown = (fields: Partial<ConnectorVersionView>, history: AuditEntry[] = []) =>
  stationsOf(viewOf(fields), history).map(({ stage, place, note }) => [stage, place, note].join(' ').trim());

describe('the stages of a version as a line', () => {
  it('a draft has everything before it; a pre-release is one of the ways', () => {
    expect(shown({ stage: 'draft' })).toEqual([
      ...['draft here 3 Nov 2026', 'ready ahead', 'pre_released ahead if wanted', 'published ahead'],
      ...['deprecated ahead', 'retired ahead'],
    ]);
  });

  it('tells when it came to a stage and who did it, and leaves out the ways that it did not take', () => {
    const lines = shown({ stage: 'published', published: at }, [entry('published', 'ready'), entry('ready', 'draft')]);
    expect(lines.slice(0, 3)).toEqual([
      ...['draft passed 3 Nov 2026', 'ready passed 5 Nov 2026, ada@example.com'],
      'published here 5 Nov 2026, ada@example.com',
    ]);
    expect(lines).toHaveLength(5);
  });

  it('keeps a block that is over on the line, of this version only', () => {
    const deprecation = { since: at, sunset_at: '2027-05-04T12:00:00.000Z' };
    const over = shown({ stage: 'deprecated', deprecation }, [entry('blocked', 'published')]);
    expect(over).toContain('blocked passed 5 Nov 2026, ada@example.com');
    expect(over.at(-1)).toBe('retired ahead on 4 May 2027');
    const other = shown({ stage: 'deprecated', deprecation }, [entry('blocked', 'published', '2.0.0')]);
    expect(other.some((line) => line.startsWith('blocked'))).toBe(false);
  });
});
