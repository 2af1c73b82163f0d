let loading: Promise<unknown> | undefined;

/** Loads the panels of a step and of the trigger, once. They are a quarter of the editor and not needed to see a flow. */
export function loadPanels(): Promise<unknown> {
  loading ??= Promise.all([import('../../step-panel/step-panel.ts'), import('../../step-panel/trigger-panel.ts')]);
  return loading;
}
