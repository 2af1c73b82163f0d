import type { Deprecation } from '@patchbay/api-contract/client';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { TileLook } from '../../ui/tile/tile.ts';
import type { PaletteEntry } from './palette-index.ts';

/** A connector that the marketplace lists, as it can be added to a flow. */
export interface FoundConnector {
  readonly slug: string;
  readonly name: string;
  readonly version: string;
  readonly look: TileLook;
  /** Adds a step with its best operation. Absent: no new step may use it now; its page says why. */
  readonly entry?: PaletteEntry;
  /** Until when it runs and what to use instead (ZO-03). */
  readonly deprecation?: Deprecation | undefined;
}

/** A page of the marketplace. */
export interface MarketplacePage {
  readonly connectors: readonly FoundConnector[];
  /** All that fit, also those after this page. */
  readonly total: number;
}

/** Asks the marketplace. Rejects as the API does. */
export type MarketplaceFinder = (query: string, signal: AbortSignal) => Promise<MarketplacePage>;

const pauseMs = 180;

/** Asks the marketplace for what is typed, after a short pause; only the answer to the last question counts (CH-08). */
export class MarketplaceSearch implements ReactiveController {
  /** Answer to the last question; stays while the next one is under way. */
  page: MarketplacePage | undefined;
  state: 'idle' | 'searching' | 'found' | 'failed' = 'idle';
  readonly #host: ReactiveControllerHost;
  #asking: AbortController | undefined;
  #query = '';

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#asking?.abort();
  }

  /** Takes what is typed now; an empty text ends the search. */
  ask(text: string, find: MarketplaceFinder | undefined): void {
    const query = text.trim();
    if (query === this.#query && this.state !== 'failed') return;
    this.#query = query;
    this.#asking?.abort();
    if (query === '' || find === undefined) {
      this.#show('idle', undefined);
      return;
    }
    const asking = new AbortController();
    this.#asking = asking;
    this.#show('searching', this.page);
    setTimeout(() => {
      if (!asking.signal.aborted) void this.#run(query, find, asking.signal);
    }, pauseMs);
  }

  async #run(query: string, find: MarketplaceFinder, signal: AbortSignal): Promise<void> {
    try {
      const page = await find(query, signal);
      if (!signal.aborted) this.#show('found', page);
    } catch {
      if (!signal.aborted) this.#show('failed', undefined); // the steps that are known can still be added
    }
  }

  #show(state: MarketplaceSearch['state'], page: MarketplacePage | undefined): void {
    this.state = state;
    this.page = page;
    this.#host.requestUpdate();
  }
}
