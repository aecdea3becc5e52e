/**
 * 0: clean below the level, explained, or booted · 1: findings, no plan, no known cause, or not booted · 2: usage, or a file
 * that cannot be read or written · 3: no engine.
 */
export type ExitCode = 0 | 1 | 2 | 3;
