import { z } from 'zod';
import { Secret } from './secret.ts';

/** A configuration key that is a secret: read as text, handed on as a {@link Secret}. */
export const SecretSchema = z
  .string()
  .min(1)
  .transform((value) => new Secret(value));

/** A TCP port from the text of a variable. */
export const PortSchema = z.coerce.number().int().min(0).max(65_535);

/** A whole number above 0 from the text of a variable. */
export const PositiveIntSchema = z.coerce.number().int().positive();

/** `true`, `1`, `yes`, `on` or the opposite, as people write it in a variable. */
export const FlagSchema = z.stringbool();
