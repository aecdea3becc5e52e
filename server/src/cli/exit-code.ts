/**
 * 0: no finding at the fail level, explained, or booted · 1: findings, no plan, no known cause, or not booted · 2:
 * usage error, or a file that cannot be read or written · 3: no engine.
 */
export type ExitCode = 0 | 1 | 2 | 3;
