import { expect, it } from 'vitest';
import { addField, changeField, fieldNameOf, moveField } from './credential-edits.ts';

it('names a field after its label until it has a name of its own', () => {
  expect(fieldNameOf('Client ID')).toBe('client_id');
  const [first] = changeField(addField([]), 0, { label: 'Région du compte' });
  expect(first).toMatchObject({ name: 'region_du_compte', label: 'Région du compte' });
  const own = changeField(changeField(addField([]), 0, { name: 'region' }), 0, { label: 'Area' });
  expect(own[0]).toMatchObject({ name: 'region', label: 'Area' });
});

it('DI-26: a password is sensitive and has no default', () => {
  const fields = changeField(addField([]), 0, { default: 'x' });
  expect(changeField(fields, 0, { type: 'password' })[0]).toEqual({
    ...{ name: 'field_1', label: 'Field 1', type: 'password', required: true, sensitive: true },
  });
});

it('adds names that are free, and moves within the list', () => {
  const three = addField(addField(addField([])));
  expect(three.map(({ name }) => name)).toEqual(['field_1', 'field_2', 'field_3']);
  expect(addField(three.slice(1, 2)).map(({ name }) => name)).toEqual(['field_2', 'field_3']);
  expect(moveField(three, 0, 2).map(({ name }) => name)).toEqual(['field_2', 'field_3', 'field_1']);
  expect(moveField(three, 0, -1)).toBe(three);
});
