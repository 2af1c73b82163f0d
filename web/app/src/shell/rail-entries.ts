import type { IconName } from '../ui/icon/icon-names.ts';

/** One entry of the rail at the left. */
export interface RailEntry {
  readonly section: string;
  readonly label: string;
  readonly path: string;
  readonly icon: IconName;
  /** Stands at the lower end. */
  readonly isLow?: boolean;
}

/** The rail, from top to bottom. */
export const railEntries: readonly RailEntry[] = [
  { section: 'home', label: 'Home', path: '/', icon: 'house' },
  { section: 'flows', label: 'Flows', path: '/flows', icon: 'workflow' },
  { section: 'runs', label: 'Runs', path: '/runs', icon: 'activity' },
  { section: 'connections', label: 'Connections', path: '/connections', icon: 'cable' },
  { section: 'marketplace', label: 'Marketplace', path: '/marketplace', icon: 'store' },
  { section: 'connectors', label: 'Connectors', path: '/connectors', icon: 'blocks' },
  { section: 'settings', label: 'Settings', path: '/settings/profile', icon: 'settings', isLow: true },
];
