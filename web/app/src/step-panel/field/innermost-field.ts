import type { PbFieldValue } from './field-value.ts';

/** The field inside a field that a pointer means: `/input/body/quantity` is among the fields of `/input/body`. */
export async function innermostField(field: PbFieldValue, pointer: string): Promise<PbFieldValue> {
  await field.updateComplete;
  const nested = field.shadowRoot?.querySelector('pb-nested-fields');
  await nested?.updateComplete;
  const inner = [...(nested?.shadowRoot?.querySelectorAll('pb-field-value') ?? [])].find(
    (candidate) => pointer === candidate.pointer || pointer.startsWith(`${candidate.pointer}/`),
  );
  return inner === undefined ? field : innermostField(inner, pointer);
}
