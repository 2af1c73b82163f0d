/** Workflow type of one round of the retirement clock. */
export const retirementClockWorkflow = 'retirementClock.v1';

/** Activity type that retires what is due; it answers how many versions that were. */
export const retirementActivity = 'retireDueVersions';
