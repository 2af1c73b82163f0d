/** One change as the log keeps it. Holds no secret. */
export interface AuditRecord {
  readonly tenantId: string;
  /** E-mail of who did it. */
  readonly actor: string;
  /** Verb in the past, as in `user_created`. */
  readonly action: string;
  readonly target: { readonly kind: string; readonly id: string; readonly name: string };
  readonly version?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly reason?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}
