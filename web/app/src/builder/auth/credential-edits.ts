import type { CredentialFieldDefinition } from '@patchbay/manifest';

type Fields = readonly CredentialFieldDefinition[];

/** Internal name from a label: "Client ID" gives "client_id". */
export function fieldNameOf(label: string): string {
  const words = label.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return words
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+|_+$/g, '')
    .slice(0, 60);
}

/** A text field with a name that no other has. */
export function addField(fields: Fields): Fields {
  const names = new Set(fields.map(({ name }) => name));
  let number = fields.length + 1;
  while (names.has(`field_${number}`)) number += 1;
  const label = `Field ${number}`;
  return [...fields, { name: `field_${number}`, label, type: 'string', required: true, sensitive: false }];
}

/** Changes one field. The name follows the label as long as nobody gave it another one; a password is always sensitive (DI-26). */
export function changeField(fields: Fields, at: number, patch: Partial<CredentialFieldDefinition>): Fields {
  return fields.map((field, index) => {
    if (index !== at) return field;
    const follows = patch.label !== undefined && field.name === fieldNameOf(field.label);
    const name = follows ? fieldNameOf(patch.label ?? '') : field.name;
    const next = { ...field, ...(name === '' ? {} : { name }), ...patch };
    if (next.type !== 'password') return next;
    const { default: _none, ...secret } = next;
    return { ...secret, sensitive: true };
  });
}

/** Moves a field by some places, within the list. */
export function moveField(fields: Fields, from: number, to: number): Fields {
  const target = Math.max(0, Math.min(fields.length - 1, to));
  const field = fields[from];
  if (field === undefined || target === from) return fields;
  const rest = fields.filter((_, index) => index !== from);
  return [...rest.slice(0, target), field, ...rest.slice(target)];
}
