import { InvalidArgumentError } from 'commander';

/** Parser of an option that is a whole number within bounds. */
export const integerOption =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new InvalidArgumentError(`Give a whole number from ${least} to ${most}.`);
    }
    return value;
  };
