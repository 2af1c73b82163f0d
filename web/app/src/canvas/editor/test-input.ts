import type { JsonValue, Trigger } from '@patchbay/flow-model';
import { propertiesOf } from '../../step-panel/field/field-scope.ts';

/** What a test run is started with. */
export interface TestInput {
  readonly input: JsonValue;
}

/** Whether the trigger has something to fill in before a run. */
export function needsInput(trigger: Trigger): boolean {
  return trigger.kind === 'webhook' || propertiesOf(trigger.inputSchema).length > 0;
}
