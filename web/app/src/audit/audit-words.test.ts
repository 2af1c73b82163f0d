import type { AuditEntry } from '@patchbay/api-contract/client';
import { describe, expect, it } from 'vitest';
import { actionWords, changeWords, endOfDay, startOfDay } from './audit-words.ts';

const entry = (fields: Partial<AuditEntry>): AuditEntry => fields as AuditEntry;

describe('words of the audit log', () => {
  it('say what became of what', () => {
    expect(changeWords(entry({ version: '1.0.0', from: 'draft', to: 'published' }))).toBe(
      'version 1.0.0: draft to published',
    );
    expect(changeWords(entry({ version: '1.0.0' }))).toBe('version 1.0.0');
    expect(changeWords(entry({ from: 'viewer', to: 'developer' }))).toBe('viewer to developer');
    expect(changeWords(entry({}))).toBe('');
    expect(actionWords('ask_review')).toBe('Ask review');
  });

  it('take whole days', () => {
    const [start, end] = [startOfDay('2026-11-21'), endOfDay('2026-11-21')];
    expect(new Date(end ?? '').getTime() - new Date(start ?? '').getTime()).toBe(86_400_000);
    expect(startOfDay('')).toBeUndefined();
    expect(endOfDay('no day')).toBeUndefined();
  });
});
