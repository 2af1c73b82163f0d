import type { Connector } from '@patchbay/api-contract/client';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { SignalWatcher } from '../../store/signals.ts';
import { icon } from '../../ui/icon/icon.ts';
import { PbElement } from '../../ui/pb-element.ts';
import '../../ui/input/input.ts';
import '../../ui/select/select.ts';
import '../../ui/token-input/token-input.ts';
import { lookOfConnector } from '../shell/connector-look.ts';
import type { BuilderSession } from '../shell/builder-session.ts';
import type { SectionId } from '../shell/builder-sections.ts';
import { builderTabStyles } from '../shell/builder-styles.ts';
import { renderSection } from '../shell/section-frame.ts';
import '../shell/builder-sections-nav.ts';
import '../shell/builder-side.ts';
import './icon-upload.ts';
import { slugOf } from './slug-of.ts';

const types: readonly Connector['type'][] = ['General', 'OEM', 'DMS', 'CRM', 'Finance', 'Telematics', 'Logistics'];

/** A plain text field of the Overview. */
interface TextField {
  readonly name: 'name' | 'slug' | 'description' | 'category' | 'base_url' | 'documentation_url';
  readonly section: SectionId;
  readonly label: string;
  readonly help?: string;
  readonly placeholder?: string;
  readonly isRequired?: boolean;
  readonly isWide?: boolean;
  readonly isMono?: boolean;
  readonly rows?: number;
  readonly isLocked?: boolean;
}

/**
 * @summary The tab Overview: what the connector is called, what it does, where it calls, its icon and links (DI-05 to DI-14).
 */
@customElement('pb-builder-overview')
export class PbBuilderOverview extends SignalWatcher(PbElement) {
  static override styles = [
    ...builderTabStyles,
    css`
      .doc {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        margin-top: 6px;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) session!: BuilderSession;

  private handleText(name: TextField['name'], text: string): void {
    const { session } = this;
    if (name === 'name') {
      this.handleName(text);
      return;
    }
    const isRemoved = name === 'documentation_url' && text.trim() === '';
    session.change({ [name]: isRemoved ? undefined : text });
  }

  /** The slug follows the name until somebody gives it another one (DI-06, DI-13). */
  private handleName(name: string): void {
    const before = this.session.connector.get();
    const isOwn = before.slug !== '' && before.slug !== slugOf(before.name);
    const isFixed = before.slug_locked || before.stage !== 'draft' || isOwn;
    this.session.change(isFixed ? { name } : { name, slug: slugOf(name) }, { mergeKey: 'name' });
  }

  private renderText(field: TextField): TemplateResult {
    const { session } = this;
    const { name, label, help = '', placeholder = '', rows = 1 } = field;
    return html`<pb-input
      class=${field.isWide ? 'wide' : ''}
      data-field=${name}
      .label=${label}
      .help=${help}
      .placeholder=${placeholder}
      .rows=${rows}
      .value=${session.connector.get()[name] ?? ''}
      .error=${session.errorFor(`/${name}`)}
      ?required=${field.isRequired ?? false}
      ?mono=${field.isMono ?? false}
      ?disabled=${session.mode(field.section) !== 'edit' || (field.isLocked ?? false)}
      @pb-input=${(event: CustomEvent<string>) => {
        this.handleText(name, event.detail);
      }}
    ></pb-input>`;
  }

  private renderBasics(): TemplateResult {
    const { session } = this;
    const connector = session.connector.get();
    const isOff = session.mode('basics') !== 'edit';
    const section = 'basics';
    return html`<div class="form2">
      ${this.renderText({ name: 'name', section, label: 'Name', isRequired: true, placeholder: 'For example OpenWeatherMap' })}
      ${this.renderText({
        ...{ name: 'slug', section, label: 'Slug', isMono: true, isLocked: connector.slug_locked },
        help: connector.slug_locked
          ? 'Fixed since the first publication.'
          : 'In addresses, configuration and API calls. Fixed once the connector is published.',
      })}
      <pb-select
        label="Type"
        data-field="type"
        .value=${connector.type}
        .options=${types.map((type) => ({ value: type, label: type }))}
        ?disabled=${isOff}
        @pb-change=${(event: CustomEvent<Connector['type']>) => {
          session.change({ type: event.detail });
        }}
      ></pb-select>
      ${this.renderText({ name: 'category', section, label: 'Category', placeholder: 'For example Weather' })}
      ${this.renderText({
        ...{ name: 'description', section, label: 'Description', isWide: true, rows: 3 },
        placeholder: 'What the connector does, for those who choose it.',
      })}
      <pb-token-input
        class="wide"
        label="Tags"
        data-field="tags"
        help="Enter or comma adds one."
        .value=${connector.tags}
        .error=${session.errorFor('/tags')}
        ?disabled=${isOff}
        @pb-change=${(event: CustomEvent<string[]>) => {
          session.change({ tags: event.detail });
        }}
      ></pb-token-input>
    </div>`;
  }

  private renderAddresses(): TemplateResult {
    const documentation = this.session.connector.get().documentation_url ?? '';
    const section = 'addresses';
    return html`<div class="form2">
      ${this.renderText({
        ...{ name: 'base_url', section, label: 'Base URL', isMono: true, placeholder: 'https://api.example.com/v1' },
        help: 'Root of all calls; the path of an operation follows it.',
      })}
      <div>
        ${this.renderText({
          ...{ name: 'documentation_url', section, label: 'Documentation URL', isMono: true },
          help: "The external system's own API documentation.",
        })}
        ${
          isWebAddress(documentation)
            ? html`<a class="doc" href=${documentation} target="_blank" rel="noopener noreferrer"
                >Open documentation${icon('external-link', 12)}</a
              >`
            : nothing
        }
      </div>
    </div>`;
  }

  private renderLook(): TemplateResult {
    const { session } = this;
    return html`<pb-icon-upload
      .look=${lookOfConnector(session.connector.get())}
      .error=${session.errorFor('/icon')}
      ?disabled=${session.mode('look') !== 'edit'}
      @pb-change=${(event: CustomEvent<string>) => {
        session.change({ icon: event.detail });
      }}
    ></pb-icon-upload>`;
  }

  protected override render(): TemplateResult {
    const { session } = this;
    const items = [
      { id: 'section-basics', label: 'General' },
      { id: 'section-addresses', label: 'Addresses' },
      { id: 'section-look', label: 'Icon' },
    ];
    return html`<div class="bgrid">
      <pb-builder-sections .items=${items}></pb-builder-sections>
      <div class="bmain">
        ${renderSection(session, { section: 'basics', title: 'Basic connector details', content: this.renderBasics() })}
        ${renderSection(session, { section: 'addresses', title: 'Addresses', content: this.renderAddresses() })}
        ${renderSection(session, { section: 'look', title: 'Icon', content: this.renderLook() })}
      </div>
      <aside class="side" aria-label="About this connector">
        <pb-builder-side .session=${session}></pb-builder-side>
      </aside>
    </div>`;
  }
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-builder-overview': PbBuilderOverview;
  }
}
