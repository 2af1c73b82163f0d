import { consume } from '@lit/context';
import { SignalWatcher } from '../store/signals.ts';
import { PbElement } from '../ui/pb-element.ts';
import { appContext, type AppContext } from './app-context.ts';

/** Base of all screens: has the app context, and renders again when a signal it read changes. */
export class ScreenElement extends SignalWatcher(PbElement) {
  @consume({ context: appContext })
  protected app!: AppContext;

  /** A query parameter of the address. */
  protected query(name: string): string {
    return this.app.router.location.get().query.get(name) ?? '';
  }
}
