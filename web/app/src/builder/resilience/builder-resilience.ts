import type { ResilienceDefinition } from '@patchbay/manifest';
import { html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { SignalWatcher } from '../../store/signals.ts';
import { PbElement } from '../../ui/pb-element.ts';
import type { BuilderSession } from '../shell/builder-session.ts';
import { builderTabStyles } from '../shell/builder-styles.ts';
import { renderSection } from '../shell/section-frame.ts';
import '../shell/builder-sections-nav.ts';
import { circuitPicture } from './circuit-picture.ts';
import { resilienceStyles } from './resilience-styles.ts';
import {
  backoffs,
  defaultResilience,
  defaultWords,
  numberSettings,
  readSetting,
  type Setting,
  type SettingName,
} from './settings.ts';
import { timelinePicture } from './timeline-picture.ts';
import '../../ui/button/button.ts';
import '../../ui/input/input.ts';
import '../../ui/select/select.ts';

/** Text in a field that is no value yet, and why. */
interface Unread {
  readonly text: string;
  readonly problem: string;
}

/**
 * @summary The tab Resilience: seven settings with their defaults, the attempts of a failing call drawn to scale, and the circuit.
 */
@customElement('pb-builder-resilience')
export class PbBuilderResilience extends SignalWatcher(PbElement) {
  static override styles = [...builderTabStyles, resilienceStyles];

  @property({ attribute: false }) session!: BuilderSession;
  @state() private unread: Partial<Record<SettingName, Unread>> = {};

  private get settings(): ResilienceDefinition {
    return this.session.connector.get().resilience ?? defaultResilience;
  }

  private get isEditable(): boolean {
    return this.session.mode('resilience') === 'edit';
  }

  private set(change: Partial<ResilienceDefinition>): void {
    const names = Object.keys(change) as SettingName[];
    this.unread = Object.fromEntries(
      Object.entries(this.unread).filter(([name]) => !names.includes(name as SettingName)),
    );
    this.session.change({ resilience: { ...this.settings, ...change } }, { mergeKey: `resilience/${names.join()}` });
  }

  private read(setting: Setting, text: string): void {
    const value = readSetting(text, setting);
    if (typeof value === 'number') this.set({ [setting.name]: value });
    else this.unread = { ...this.unread, [setting.name]: { text, problem: value.problem } };
  }

  private problemOf(name: SettingName): string | undefined {
    return this.unread[name]?.problem ?? this.session.errorFor(`/resilience/${name}`);
  }

  private renderSetting(
    setting: Pick<Setting, 'name' | 'label' | 'about' | 'unit'>,
    control: TemplateResult,
  ): TemplateResult {
    const { name, label, about } = setting;
    const isChanged = this.settings[name] !== defaultResilience[name] || this.unread[name] !== undefined;
    return html`<li class="st" data-setting=${name}>
      <div>
        <p class="name">
          ${label}${isChanged ? html`<span class="dot"></span><span class="vh">changed</span>` : nothing}
        </p>
        <p class="help">${about} ${name === 'backoff' ? 'Default Exponential' : defaultWords(setting)}</p>
      </div>
      ${
        isChanged && this.isEditable
          ? html`<pb-button
              variant="ghost"
              size="tiny"
              icon="rotate-ccw"
              label="Reset ${label}"
              @click=${() => {
                this.set({ [name]: defaultResilience[name] });
              }}
            ></pb-button>`
          : html`<span></span>`
      }
      ${control}
    </li>`;
  }

  private renderNumber(setting: Setting): TemplateResult {
    const { name, label, unit } = setting;
    const value = String(this.settings[name]);
    if (!this.isEditable) return this.renderSetting(setting, html`<p class="value num">${value} ${unit}</p>`);
    return this.renderSetting(
      setting,
      html`<pb-input
        label=${label}
        label-hidden
        .suffix=${unit}
        .error=${this.problemOf(name)}
        .value=${this.unread[name]?.text ?? value}
        @pb-input=${(event: CustomEvent<string>) => {
          this.read(setting, event.detail);
        }}
      ></pb-input>`,
    );
  }

  private renderBackoff(): TemplateResult {
    const setting = {
      name: 'backoff',
      label: 'Retry Backoff',
      about: 'How the pause grows.',
      unit: '',
    } as const;
    const { backoff } = this.settings;
    if (!this.isEditable) {
      const words = backoffs.find(({ value }) => value === backoff)?.label ?? backoff;
      return this.renderSetting(setting, html`<p class="value">${words}</p>`);
    }
    return this.renderSetting(
      setting,
      html`<pb-select
        label="Retry Backoff"
        label-hidden
        .error=${this.problemOf('backoff')}
        .value=${backoff}
        .options=${backoffs}
        @pb-change=${(event: CustomEvent<ResilienceDefinition['backoff']>) => {
          this.set({ backoff: event.detail });
        }}
      ></pb-select>`,
    );
  }

  private renderSettings(): TemplateResult {
    const [attempts, rate, circuit] = [numberSettings.slice(0, 3), numberSettings.slice(3, 4), numberSettings.slice(4)];
    const rows = (settings: readonly Setting[]): TemplateResult[] => settings.map((each) => this.renderNumber(each));
    return html`${renderGroup('attempts', html`${rows(attempts)}${this.renderBackoff()}`)}
    ${renderGroup('rate', rows(rate))}${renderGroup('circuit', rows(circuit))}
    ${
      this.isEditable
        ? html`<pb-button
            class="all"
            size="small"
            icon="rotate-ccw"
            @click=${() => {
              this.set({ ...defaultResilience });
            }}
            >Reset all to default</pb-button
          >`
        : nothing
    }`;
  }

  protected override render(): TemplateResult {
    const { session } = this;
    return html`<div class="rgrid">
      <pb-builder-sections
        .items=${groups.map(({ id, label }) => ({ id: `section-${id}`, label }))}
      ></pb-builder-sections>
      ${renderSection(session, { section: 'resilience', title: 'When calls go wrong', content: this.renderSettings() })}
      <div class="pics">${timelinePicture(this.settings)}${circuitPicture(this.settings)}</div>
    </div>`;
  }
}

const groups = [
  { id: 'attempts', label: 'Attempts' },
  { id: 'rate', label: 'Rate limit' },
  { id: 'circuit', label: 'Circuit breaker' },
] as const;

function renderGroup(wanted: (typeof groups)[number]['id'], rows: unknown): TemplateResult {
  const label = groups.find(({ id }) => id === wanted)?.label ?? '';
  return html`<section class="group" id="section-${wanted}" tabindex="-1" aria-labelledby="group-${wanted}">
    <h3 class="over" id="group-${wanted}">${label}</h3>
    <ul>
      ${rows}
    </ul>
  </section>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'pb-builder-resilience': PbBuilderResilience;
  }
}
