import { askForm } from '../../shell/confirm/ask-form.ts';
import type { AppContext } from '../../shell/app-context.ts';

/** Asks for name and id of a tenant and adds it, without any feature. Gives its name; undefined: nothing was added. */
export async function openTenantDialog(app: AppContext): Promise<string | undefined> {
  const answers = await askForm({
    heading: 'Add a tenant',
    text: 'It begins with what every tenant has; switch on more in the list.',
    fields: [
      { name: 'name', label: 'Name' },
      { name: 'id', label: 'Id', help: 'Small letters, digits and -, starting with a letter. It stays.' },
    ],
    action: 'Add tenant',
  });
  if (answers === undefined) return undefined;
  const { name = '', id = '' } = answers;
  try {
    await app.api.call('createTenant', { body: { id, name } });
    return name;
  } catch (error) {
    app.toasts.showProblem(error);
    return undefined;
  }
}
