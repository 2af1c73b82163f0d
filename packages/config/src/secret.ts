const redacted = '[redacted]';

/** A value that must not be shown: every way of printing it gives `[redacted]`; only `reveal()` gives the value. */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. Call it where the secret is used, never where it is passed on. */
  reveal(): string {
    return this.#value;
  }

  /** Always `[redacted]`. */
  toString(): string {
    return redacted;
  }

  /** Always `[redacted]`, so that a configuration can be logged as JSON. */
  toJSON(): string {
    return redacted;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return redacted;
  }
}
