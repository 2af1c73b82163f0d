import { unsafeCSS, type CSSResult } from 'lit';
import baseText from './base.css?inline';
import controlsText from './controls.css?inline';
import dataText from './data.css?inline';
import marksText from './marks.css?inline';
import overlaysText from './overlays.css?inline';
import shellText from './shell.css?inline';

/** The shared sheets of all shadow roots: type, buttons, fields, badges, tables, cards. One CSSStyleSheet each for all elements. */
export const baseStyles: CSSResult[] = [baseText, controlsText, marksText, dataText, overlaysText, shellText].map(
  (text) => unsafeCSS(text),
);
