import type { Connector, Session, Visibility } from '@patchbay/api-contract/client';
import type { IconName } from '../ui/icon/icon-names.ts';

/** One choice of who may use a version. */
export interface Audience {
  readonly visibility: Exclude<Visibility, 'none'>;
  readonly title: string;
  readonly text: string;
  readonly icon: IconName;
  /** Absent: the person may choose it. */
  readonly refusal?: string;
}

/** The two audiences, and why the person may not choose one of them (DI-73 to DI-75). */
export function audiencesFor(connector: Pick<Connector, 'owned'>, { user, tenant }: Session): readonly Audience[] {
  const isOwner = connector.owned && user.role === 'enterprise_admin' && tenant.features.sdk_access;
  const byReview = tenant.features.review_required ? ' Ask for a review below.' : '';
  return [
    {
      visibility: 'enterprise',
      title: `Enterprise: ${tenant.name} only`,
      text: 'You can republish and change it later.',
      icon: 'building-2',
      ...(isOwner
        ? {}
        : { refusal: 'Only an administrator of the enterprise that owns it publishes for the enterprise.' }),
    },
    {
      visibility: 'catalogue',
      title: 'Catalogue',
      text: 'For all enterprises. Cannot be changed afterwards.',
      icon: 'globe',
      ...(user.platformAdmin
        ? {}
        : { refusal: `Only a platform administrator publishes to the catalogue.${byReview}` }),
    },
  ];
}
