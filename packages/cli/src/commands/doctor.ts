import pc from 'picocolors';
import { toAppError } from '@patchbay/errors';
import { resolveChromium, resolveTemporalBinary } from '@patchbay/tooling';
import type { CommandContext, CommandResult } from '../command-context.ts';
import { exitCodes } from '../output/exit-codes.ts';

/** One finding. `advice` says what to do when it is not well. */
interface Finding {
  readonly name: string;
  readonly isWell: boolean;
  readonly text: string;
  readonly advice?: string;
}

/** `patchbay doctor`: looks at this machine and at the server; exits with 1 when something needs attention. */
export async function runDoctor(context: CommandContext): CommandResult {
  const findings = await Promise.all([
    Promise.resolve(checkNode()),
    check('Temporal', 'npm start builds or finds it', () => resolveTemporalBinary({ onProgress: context.output.note })),
    check('Chromium (tests only)', 'Set CHROMIUM_PATH, or run npm test once', () => resolveChromium()),
    check('Server', 'npm start, or set PATCHBAY_URL', () => readServer(context)),
    check('Access', 'Set PATCHBAY_TOKEN to a token from Settings', () => readAccess(context)),
  ]);
  context.output.result(findings, () => findings.map(describe).join('\n'));
  return findings.every((finding) => finding.isWell) ? exitCodes.done : exitCodes.failed;
}

function checkNode(): Finding {
  const major = Number(process.versions.node.split('.')[0]);
  return { name: 'Node', isWell: major >= 24, text: process.version, advice: 'npm start brings Node 24 by itself' };
}

async function check(name: string, advice: string, run: () => Promise<unknown>): Promise<Finding> {
  try {
    const answer = await run();
    return { name, isWell: true, text: typeof answer === 'string' ? answer : JSON.stringify(answer) };
  } catch (thrown) {
    return { name, isWell: false, text: toAppError(thrown).message, advice };
  }
}

async function readServer(context: CommandContext): Promise<string> {
  const { url } = context.server();
  const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) });
  return `${url} ${response.ok ? 'is ready' : `answers ${response.status}: ${await response.text()}`}`;
}

async function readAccess(context: CommandContext): Promise<string> {
  const session = await context.server().client.call('getSession');
  return `${session.user.email} (${session.user.role}) of ${session.tenant.name}`;
}

function describe(finding: Finding): string {
  const mark = finding.isWell ? pc.green('✓') : pc.red('✗');
  const advice = finding.isWell || finding.advice === undefined ? '' : `\n    ${pc.dim(finding.advice)}`;
  return `${mark} ${finding.name}: ${finding.text}${advice}`;
}
