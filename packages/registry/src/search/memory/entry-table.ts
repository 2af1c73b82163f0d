import { compareNames } from './compare-names.ts';

/** An entry of the marketplace: one version of a connector and who finds it. */
export interface MarketplaceEntry {
  readonly no: number;
  readonly connectorId: string;
  readonly slug: string;
  /** Tenant that alone finds it; null: everybody. */
  readonly audience: string | null;
  /** Tenant that has its own entry of the connector instead. */
  readonly hiddenFrom: string | null;
  readonly facetId: number;
  /** In small letters. */
  readonly nameKey: string;
  /** Microseconds. */
  readonly publishedAt: number;
}

const everybody = 0;
const nobody = -1;
/** A tenant that no entry names. */
const stranger = -2;

/**
 * Entries by slot, a small number that grows. A slot is never used again: what was removed stays behind as a dead one, found by nobody,
 * until the table is made anew.
 */
export class EntryTable {
  readonly #entries: MarketplaceEntry[] = [];
  readonly #slotsOf = new Map<string, number[]>();
  /** Tenants by number, from 1. */
  readonly #tenants = new Map<string, number>();
  readonly #audiences: number[] = [];
  readonly #hiddenFrom: number[] = [];
  #dead = 0;
  /** Live slots by name. */
  #order: number[] = [];
  #unordered: number[] = [];
  #isOrdered = true;
  /** By slot: its place in the order, and the same with one number for equal names. */
  #places: number[] = [];
  #namePlaces: number[] = [];

  /** Slots, the dead ones too. */
  get size(): number {
    return this.#entries.length;
  }

  get deadCount(): number {
    return this.#dead;
  }

  /** Entry of a slot. */
  at(slot: number): MarketplaceEntry {
    const entry = this.#entries[slot];
    if (entry === undefined) throw new Error('A slot without an entry cannot happen');
    return entry;
  }

  add(entry: MarketplaceEntry): number {
    const slot = this.#entries.push(entry) - 1;
    this.#audiences.push(entry.audience === null ? everybody : this.#numberOf(entry.audience));
    this.#hiddenFrom.push(entry.hiddenFrom === null ? nobody : this.#numberOf(entry.hiddenFrom));
    const slots = this.#slotsOf.get(entry.connectorId);
    if (slots === undefined) this.#slotsOf.set(entry.connectorId, [slot]);
    else slots.push(slot);
    this.#unordered.push(slot);
    this.#isOrdered = false;
    return slot;
  }

  /** Takes all entries of a connector away. */
  remove(connectorId: string): void {
    const slots = this.#slotsOf.get(connectorId);
    if (slots === undefined) return;
    for (const slot of slots) this.#audiences[slot] = nobody;
    this.#dead += slots.length;
    this.#slotsOf.delete(connectorId);
    this.#isOrdered = false;
  }

  isLive(slot: number): boolean {
    return this.#audiences[slot] !== nobody;
  }

  /** Stands for a tenant in {@link isFoundBy}. */
  tenantNumber(tenantId: string): number {
    return this.#tenants.get(tenantId) ?? stranger;
  }

  isFoundBy(slot: number, tenant: number): boolean {
    const audience = this.#audiences[slot];
    return audience === tenant || (audience === everybody && this.#hiddenFrom[slot] !== tenant);
  }

  /** Live slots by name, then number. */
  get order(): readonly number[] {
    this.#ensureOrder();
    return this.#order;
  }

  /** By slot: its place in the order. */
  get places(): readonly number[] {
    this.#ensureOrder();
    return this.#places;
  }

  /** By slot: its place among the names; equal names have the same. */
  get namePlaces(): readonly number[] {
    this.#ensureOrder();
    return this.#namePlaces;
  }

  #numberOf(tenant: string): number {
    const known = this.#tenants.get(tenant);
    if (known !== undefined) return known;
    const number = this.#tenants.size + 1;
    this.#tenants.set(tenant, number);
    return number;
  }

  /** Puts the new ones where they belong; of the others only the dead go. */
  #ensureOrder(): void {
    if (this.#isOrdered) return;
    const compare = (one: number, other: number): number => this.#compareByName(one, other);
    const added = this.#unordered.filter((slot) => this.isLive(slot)).sort(compare);
    const order: number[] = [];
    let next = 0;
    for (const slot of this.#order) {
      if (!this.isLive(slot)) continue;
      while (next < added.length && compare(added[next] ?? 0, slot) < 0) order.push(added[next++] ?? 0);
      order.push(slot);
    }
    this.#order = [...order, ...added.slice(next)];
    this.#unordered = [];
    this.#isOrdered = true;
    this.#number();
  }

  #compareByName(one: number, other: number): number {
    const [left, right] = [this.at(one), this.at(other)];
    return compareNames(left.nameKey, right.nameKey) || left.no - right.no;
  }

  #number(): void {
    this.#places = Array.from({ length: this.size }, () => 0);
    this.#namePlaces = Array.from({ length: this.size }, () => 0);
    let name: string | undefined;
    let namePlace = 0;
    for (const [place, slot] of this.#order.entries()) {
      const { nameKey } = this.at(slot);
      if (nameKey !== name) namePlace += 1;
      name = nameKey;
      this.#places[slot] = place;
      this.#namePlaces[slot] = namePlace;
    }
  }
}
