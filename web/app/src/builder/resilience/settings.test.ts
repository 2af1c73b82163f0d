import { describe, expect, it } from 'vitest';
import { defaultResilience, defaultWords, numberSettings, readSetting, type SettingName } from './settings.ts';

const settingOf = (name: SettingName) => {
  const found = numberSettings.find((setting) => setting.name === name);
  if (found === undefined) throw new Error(`cannot happen: ${name}`);
  return found;
};

describe('readSetting', () => {
  it.each([
    ['timeout_s', '20', 20],
    ['timeout_s', ' 0,5 ', 0.5],
    ['max_retries', '0', 0],
  ] as const)('%s takes "%s"', (name, text, value) => {
    expect(readSetting(text, settingOf(name))).toBe(value);
  });

  it.each([
    ['timeout_s', '-1', /negative/],
    ['timeout_s', 'soon', /a number/],
    ['timeout_s', '', /a number/],
    ['max_retries', '1.5', /whole/],
    ['max_retries', '101', /At most 100/],
    ['rate_limit_per_min', '0', /At least 1/],
  ] as const)('%s refuses "%s"', (name, text, problem) => {
    expect(readSetting(text, settingOf(name))).toEqual({ problem: expect.stringMatching(problem) });
  });
});

it('has six numbers beside the backoff, each default within its limits', () => {
  const names = [...numberSettings.map(({ name }) => name), 'backoff'];
  expect(names.toSorted()).toEqual(Object.keys(defaultResilience).toSorted());
  for (const setting of numberSettings) {
    expect(readSetting(String(defaultResilience[setting.name]), setting)).toBe(defaultResilience[setting.name]);
  }
  expect(defaultWords(settingOf('timeout_s'))).toBe('Default 30 s');
});
