/**
 * The first systemd version that detects Docker by the file /.dockerenv (systemd 248, virt.c; measured for 247 and
 * 252).
 */
export const detectsDocker = 248;
